//! The parts of the page that do not depend on a text.

use std::ops::AddAssign;

use descan_text::escape::is_hidden;
use descan_text::level::Level;

use crate::ReportedFinding;

/// How many findings there are of each kind.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    /// By level, the most certain first.
    pub levels: [usize; 3],
    /// Findings that `clean` applies at the run's level.
    pub applied: usize,
}

impl Counts {
    pub(super) fn of(reported: &[ReportedFinding<'_>]) -> Counts {
        let mut counts = Counts::default();
        for reported in reported {
            counts.levels[reported.finding.level as usize] += 1;
            counts.applied += usize::from(reported.finding.applied);
        }
        counts
    }

    pub(super) fn all(&self) -> usize {
        self.levels.iter().sum()
    }

    /// `3 repairs, 2 suggested`
    pub(super) fn sentence(&self) -> String {
        let repairs = if self.applied == 1 { "repair" } else { "repairs" };
        format!("{} {repairs}, {} suggested", self.applied, self.all() - self.applied)
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Counts) {
        for (sum, part) in self.levels.iter_mut().zip(other.levels) {
            *sum += part;
        }
        self.applied += other.applied;
    }
}

/// The header of the page with its controls. They are hidden until the script
/// runs; without it the marked text is still readable.
pub(super) fn top(counts: &Counts, level: Level) -> String {
    let levels: String = Level::ALL
        .iter()
        .map(|level| {
            let (name, letter, count) = (level.name(), letter(*level), counts.levels[*level as usize]);
            format!(
                "<label class=\"key {letter}\"><input type=checkbox checked data-level={letter}> {name} \
                 <span class=n>{count}</span></label>\n"
            )
        })
        .collect();
    format!(
        "<a class=skip href=\"#d0\">To the text</a>\n<header>\n<h1>descan</h1>\n\
         <p class=sum>{}; applied level: {}</p>\n<div id=bar hidden>\n\
         <fieldset class=views><legend>Show</legend>\n\
         <label><input type=radio name=view value=marks checked><span>marked</span></label>\n\
         <label><input type=radio name=view value=before><span>before</span></label>\n\
         <label><input type=radio name=view value=after><span>after</span></label>\n</fieldset>\n\
         <fieldset class=levels><legend>Levels</legend>\n{levels}</fieldset>\n\
         <details id=rules><summary>Rules</summary><p><button type=button data-all=1>all</button> \
         <button type=button data-all=0>none</button></p><div></div></details>\n\
         <p class=work><span id=tally role=status></span> \
         <button type=button id=save disabled>Download decisions</button></p>\n\
         <p class=hint>Click a mark, or go through them with <kbd>j</kbd> and <kbd>k</kbd>; <kbd>a</kbd> accepts, \
         <kbd>r</kbd> refuses, <kbd>u</kbd> takes it back.</p>\n</div>\n</header>\n",
        counts.sentence(),
        level.name(),
    )
}

/// The panel that shows the reasons of a finding.
pub(super) const PANEL: &str = "<aside id=panel hidden tabindex=-1 aria-label=Finding>\n\
    <button type=button id=close aria-label=Close>×</button>\n<div id=what></div>\n<p class=verdict>\
    <button type=button data-do=a>Accept <kbd>a</kbd></button> <button type=button data-do=r>Refuse <kbd>r</kbd></button> \
    <button type=button data-do=u>Undo <kbd>u</kbd></button></p>\n<p class=walk>\
    <button type=button data-do=k>Previous <kbd>k</kbd></button> <button type=button data-do=j>Next <kbd>j</kbd></button>\
    </p>\n<div id=why></div>\n</aside>\n";

/// The letter for a level in the style sheet and the script.
pub(super) fn letter(level: Level) -> char {
    match level {
        Level::Certain => 'c',
        Level::Probable => 'p',
        Level::Suspect => 's',
    }
}

/// Text inside an element or a quoted attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        push(c, &mut out);
    }
    out
}

/// A character as HTML; invisible and control characters by number. Spaces of
/// unusual width stay: they show as spaces.
pub(super) fn push(c: char, out: &mut String) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        '\n' | '\t' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => out.push(c),
        c if is_hidden(c) => out.push_str(&format!("<b>{:04X}</b>", c as u32)),
        c => out.push(c),
    }
}
