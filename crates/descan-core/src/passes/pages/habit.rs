//! How the paragraphs of a document begin and end, learned from the insides of its
//! pages. It settles page ends where a full line ends a sentence and a capital follows.

use descan_text::flow::{End, Start};
use descan_text::layout::Line;
use descan_text::level::Level;
use descan_text::measure::Measure;

/// That a paragraph goes on after a gap.
pub(super) struct Seam {
    pub level: Level,
    pub reason: &'static str,
}

/// The habits of a document's paragraphs.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Habit {
    /// Full lines that end a sentence, with more of the paragraph after them.
    goes_on: u32,
    /// Such lines that end a paragraph.
    ends: u32,
    /// Paragraphs after a blank line that begin with an indent, and that do not.
    indented: u32,
    flush: u32,
    /// How many blank lines stand after every line, where they do.
    spacing: Option<usize>,
}

impl Habit {
    /// Reads the lines of a text.
    pub(super) fn of(text: &str, lines: &[Line], measure: &Measure) -> Habit {
        let mut habit = Habit { spacing: spacing(text, lines), ..Habit::default() };
        let line = |i: usize| &text[lines[i].text_start..lines[i].end];
        for i in 0..lines.len().saturating_sub(1) {
            let next = (i + 1..lines.len().min(i + 3)).find(|&j| !lines[j].is_blank());
            let Some(next) = next.filter(|_| !lines[i].is_blank() && lines[i].region.is_running()) else { continue };
            let apart = next == i + 2;
            if apart && lines[next].region.is_running() && !text[lines[i].end..lines[next].text_start].contains('\u{c}')
            {
                let set_in = indent(text, &lines[next]) >= 2;
                habit.indented += u32::from(set_in);
                habit.flush += u32::from(!set_in);
            }
            let (a, b) = (line(i), line(next));
            if Start::of(b) == Start::Capital
                && End::of(a) == End::Sentence
                && measure.share(a) >= 0.7
                && measure.room(a, b) < 0.0
            {
                habit.ends += u32::from(apart);
                habit.goes_on += u32::from(!apart);
            }
        }
        habit
    }

    /// Whether the document has blank lines between all its lines, and a gap of
    /// `blanks` is no wider than those.
    pub(super) fn is_mere_spacing(&self, blanks: usize) -> bool {
        self.spacing.is_some_and(|usual| blanks <= usual)
    }

    /// Whether a full line that ends a sentence at a page's end goes on in a
    /// line with a capital that stands in by `indent` columns.
    pub(super) fn seam(&self, indent: usize) -> Option<Seam> {
        if self.indented >= 5 && self.indented >= 4 * self.flush {
            return (indent < 2).then_some(Seam {
                level: Level::Certain,
                reason: "the line before is full, and paragraphs of this document begin with an indent",
            });
        }
        // Three in four such lines are inside a paragraph, over many books;
        // that weighs as much as eight lines of this document.
        let share = f64::from(self.goes_on + 6) / f64::from(self.goes_on + self.ends + 8);
        let level = if share >= CERTAIN { Level::Certain } else { Level::Probable };
        (share >= 0.5).then_some(Seam {
            level,
            reason: "the line before is full, as lines inside this document's paragraphs are that end a sentence",
        })
    }
}

/// The share of full lines that end no paragraph from which on a page's end
/// parts none either.
const CERTAIN: f64 = 0.8;

/// How many blank lines stand after every line of a text that is set with wide
/// gaps: nearly every line stands alone, and the gaps cut sentences as line
/// breaks do.
fn spacing(text: &str, lines: &[Line]) -> Option<usize> {
    const MOST: usize = 4;
    let mut gaps = [0_u32; MOST];
    let (mut all, mut apart, mut cut) = (0, 0, 0);
    let mut last: Option<usize> = None;
    for (index, line) in lines.iter().enumerate().filter(|(_, l)| !l.is_blank()) {
        if let Some(before) = last.replace(index) {
            let blanks = index - before - 1;
            all += 1;
            if (1..MOST).contains(&blanks) {
                apart += 1;
                gaps[blanks] += 1;
                let end = End::of(&text[lines[before].span()]);
                let open = matches!(end, End::Word | End::Comma | End::Hyphen);
                cut += u32::from(open && Start::of(&text[line.span()]) == Start::Small);
            }
        }
    }
    let usual = (1..MOST).max_by_key(|&blanks| gaps[blanks])?;
    (apart >= FEWEST && apart * 6 >= all * 5 && cut * 3 >= apart).then_some(usual)
}

/// The fewest gaps that tell how a text is spaced.
const FEWEST: u32 = 12;

/// By how many columns a line stands in, after a form feed if it has one.
pub(super) fn indent(text: &str, line: &Line) -> usize {
    text[line.start..line.text_start].rsplit('\u{c}').next().unwrap_or_default().chars().count()
}
