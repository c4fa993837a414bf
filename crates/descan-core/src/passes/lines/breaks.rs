//! Blank lines between paragraphs that the scan lost.

use descan_rules::{Reason, RuleId};
use descan_text::flow::{End, Start};
use descan_text::layout::{Line, Region};
use descan_text::level::Level;
use descan_text::measure::Measure;

use crate::pass::{Proposals, View};

/// Share of the full width by which a paragraph's last line must fall short, the
/// next word added, to end it beyond doubt.
const CLEAR: f32 = 0.12;
/// The same where nothing else can have shortened the line: what was broken at the end of the line
/// before it, and was joined there, leaves a good deal of room too.
const BEYOND_DOUBT: f32 = 0.3;

/// How many paragraphs the document must part by blank lines, and how many for
/// each one that it does not.
const PARTED: usize = 8;
const FOR_EACH: usize = 9;

/// Proposes a blank line where a paragraph clearly ends and another begins, in
/// a document that parts its paragraphs by blank lines.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let lines = view.layout().lines();
    let measure = view.measure();
    if !measure.is_wrapped() || !measure.is_sure() {
        return;
    }
    let breaks = Breaks { text, lines, measure };
    let full: Vec<usize> = (0..lines.len()).filter(|&i| !lines[i].is_blank()).collect();
    let (mut parted, mut lost) = (0, Vec::new());
    for (at, pair) in full.windows(2).enumerate() {
        let (a, b) = (pair[0], pair[1]);
        let before = at.checked_sub(1).map(|i| full[i]).filter(|&i| i + 1 == a);
        if !breaks.part(before, a, b) {
            continue;
        }
        if b == a + 1 { lost.push(b) } else { parted += 1 }
    }
    if parted < PARTED || parted < FOR_EACH * lost.len() {
        return;
    }
    // What stands above the first blank line is title, author, summary as often
    // as story, and is set as it likes.
    let Some(head) = full.windows(2).find(|pair| pair[1] > pair[0] + 1).map(|pair| pair[1]) else {
        return;
    };
    for b in lost.into_iter().filter(|&b| b > head) {
        let at = lines[b].start;
        let reasons = vec![
            Reason::new("the line had room for more, and a sentence begins"),
            Reason::with("such places in the document with a blank line", parted as f64),
        ];
        let room = measure.room(breaks.line(b - 1), breaks.line(b));
        let level = if room >= BEYOND_DOUBT { Level::Certain } else { Level::Probable };
        out.propose(RuleId::LOST_PARAGRAPH_BREAK, level, at..at, "\n", reasons);
    }
}

struct Breaks<'t> {
    text: &'t str,
    lines: &'t [Line],
    measure: &'t Measure,
}

impl Breaks<'_> {
    /// A line without the spaces at its ends.
    fn line(&self, index: usize) -> &str {
        self.text[self.lines[index].span()].trim()
    }

    /// Whether a paragraph ends with the line `a` and another begins with `b`: all
    /// stand at the margin, the line before `a` is full, a sentence ends early,
    /// and the line `b` is full or speech answers speech.
    fn part(&self, before: Option<usize>, a: usize, b: usize) -> bool {
        let prose = |i: usize| self.lines[i].region == Region::Prose && self.lines[i].text_start == self.lines[i].start;
        if !prose(a) || !prose(b) || before.is_some_and(|i| !prose(i)) {
            return false;
        }
        let (left, right) = (self.line(a), self.line(b));
        let ends = End::of(left) == End::Sentence && matches!(Start::of(right), Start::Capital | Start::Quote);
        if !ends || self.measure.room(left, right) < CLEAR {
            return false;
        }
        let last = before
            .is_some_and(|i| !self.measure.ends_early(self.line(i), left) && self.measure.share(self.line(i)) >= FULL);
        let speech = |line: &str| line.starts_with(['“', '"', '‘']);
        last && self.measure.share(right) >= FULL || speech(left) && speech(right) && left.ends_with(['”', '"', '’'])
    }
}

/// The share of the full width from which on a line is full.
const FULL: f32 = 0.85;
