//! The parts of the page that do not depend on a text.

use std::ops::AddAssign;

use descan_text::escape::is_hidden;
use descan_text::level::Level;

use crate::ReportedFinding;
use crate::keys::{Action, KEYS};

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
/// runs; without it the marked text is still readable. `sum` says what the page holds, and
/// `save` what becomes of decisions.
pub(super) fn top(sum: &str, save: &str) -> String {
    let levels: String = Level::ALL
        .iter()
        .map(|level| {
            let (name, letter) = (level.name(), letter(*level));
            format!(
                "<label class=\"key {letter}\"><input type=checkbox checked data-level={letter}> {name} \
                 <span class=n data-count={letter}></span></label>\n"
            )
        })
        .collect();
    let find = button(Action::Find, "Find");
    let [series, keys] = [button(Action::Open, "Series"), button(Action::Keys, "Keys")];
    format!(
        "<a class=skip href=\"#d0\">To the text</a>\n<header>\n<h1>descan</h1>\n\
         <p class=sum>{sum}</p>\n<div id=bar hidden>\n\
         <fieldset class=views><legend>Show</legend>\n\
         <label><input type=radio name=view value=marks checked><span>marked</span></label>\n\
         <label><input type=radio name=view value=before><span>before</span></label>\n\
         <label><input type=radio name=view value=after><span>after</span></label>\n</fieldset>\n\
         <fieldset class=levels><legend>Levels</legend>\n{levels}</fieldset>\n\
         <details id=rules><summary>Rules</summary><p><button type=button data-all=1>all</button> \
         <button type=button data-all=0>none</button></p><div></div></details>\n\
         <form id=search role=search><input type=search id=query aria-label=\"Search words, rules and files\" \
         placeholder=Search>{find}</form>\n\
         <p class=work>{series} {keys} <span id=tally role=status></span> {save}</p>\n</div>\n</header>\n",
    )
}

/// A button for an action, with its key.
fn button(action: Action, label: &str) -> String {
    let key = KEYS.iter().find(|key| key.action == action);
    let (name, help) = key.map_or(("", ""), |key| (key.name, key.help));
    format!(
        "<button type=button data-do={name} title=\"{}\">{} <kbd>{}</kbd></button>",
        escaped(help),
        escaped(label),
        action.key()
    )
}

/// The panel that shows a finding or the series, and the list of keys.
pub(super) fn panel() -> String {
    let group = |class: &str, actions: &[Action]| {
        let mut out = format!("<p class=\"{class}\">");
        for key in KEYS.iter().filter(|key| actions.contains(&key.action)) {
            out.push_str(&button(key.action, key.label));
            out.push(' ');
        }
        out + "</p>\n"
    };
    use Action::{
        Accept, AcceptAlike, Details, Never, Next, NextFile, Open, Previous, PreviousFile, Reject, RejectAlike, Right,
        Type, TypeAlike, Undo,
    };
    let mut keys = String::new();
    for key in KEYS.iter().filter(|key| key.in_page) {
        let series = key.series.filter(|series| *series != key.help);
        let series = series.map_or_else(String::new, |series| format!("; on a series: {}", escaped(series)));
        keys.push_str(&format!("<dt><kbd data-name={}>{}</kbd><dd>{}{series}\n", key.name, key.key, escaped(key.help)));
    }
    [
        "<aside id=panel hidden tabindex=-1 aria-label=Finding>\n<button type=button id=close aria-label=Close>×</button>\n\
         <div id=finding>\n<div id=what></div>\n<figure id=scan hidden></figure>\n",
        &group("verdict", &[Accept, Reject, Type]),
        "<div id=why></div>\n",
        &group("walk", &[Details]),
        &group("verdict alike", &[AcceptAlike, RejectAlike, TypeAlike, Right, Never]),
        &group("walk", &[Previous, Next, PreviousFile, NextFile, Undo]),
        "<p class=walk>",
        &button(Open, "series"),
        "</p>\n",
        "</div>\n<div id=series hidden>\n<h2>Series</h2>\n\
         <p><label><input type=checkbox id=spacing> white space too</label></p>\n<ol></ol>\n</div>\n</aside>\n\
         <div id=ask role=alertdialog aria-labelledby=question hidden><p id=question></p>\n\
         <form><input id=typed type=text autocomplete=off spellcheck=false hidden aria-label=\"The correct text\">\
         <p id=preview class=reading></p>\n<p id=answers></p></form></div>\n\
         <div id=keys role=dialog aria-label=Keys hidden><button type=button id=unkeys aria-label=Close>×</button>\n<dl>\n",
        &keys,
        "</dl></div>\n",
    ]
    .concat()
}

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
