//! What stands in the margins of lines and is read as their beginning or end:
//! rules between columns, numbers of lines, the marks of quoted mail.
//!
//! One line says nothing. A mark in the same margin of each line of a block, or
//! numbers that rise by one from line to line while the sentences run on, are no
//! part of the text.

use std::ops::Range;

use descan_rules::{Reason, RuleId};
use descan_text::flow::{End, Start};
use descan_text::layout::{Line, Region};
use descan_text::level::Level;

use crate::pass::{Proposals, View};

/// So many lines in a row at least show a margin.
const LEAST: usize = 3;
/// So many sentences at least must run on over the lines between rising numbers.
const LEAST_OPEN: usize = 2;
/// So many bytes at least has a line of a page that sentences run on over.
const FULL: usize = 30;
/// Every so many lines a printed poem has a number.
const VERSE_STEPS: [usize; 3] = [5, 10, 4];
/// So many numbers at least show that lines are numbered, where no gap parts them from the text.
const LEAST_NUMBERS: usize = 3;

/// Proposes to remove what the margins of lines hold.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let blocks = blocks(view.layout().lines());
    if out.wants(RuleId::QUOTING_MARK) {
        quoting_marks(view, out);
    }
    for block in blocks {
        if out.wants(RuleId::MARGIN_BAR) {
            bars(view, block.clone(), out);
        }
        if out.wants(RuleId::MARGIN_NUMBER) {
            stepped_numbers(view, block, out);
        }
    }
    if out.wants(RuleId::MARGIN_NUMBER) {
        numbers(view, out);
    }
    if out.wants(RuleId::VERSE_NUMBER) {
        verse_numbers(view, out);
    }
}

/// The lines between blank lines, as indices.
fn blocks(lines: &[Line]) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let mut start = 0;
    for (index, line) in lines.iter().enumerate() {
        if line.is_blank() {
            blocks.push(start..index);
            start = index + 1;
        }
    }
    blocks.push(start..lines.len());
    blocks.retain(|block| block.len() >= LEAST);
    blocks
}

/// The mark of quoted mail before each line of the whole text.
fn quoting_marks(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let full: Vec<&Line> = view.layout().lines().iter().filter(|line| !line.is_blank()).collect();
    if full.len() < LEAST || !full.iter().all(|line| text[line.text_start..line.end].starts_with('>')) {
        return;
    }
    for line in &full {
        let body = &text[line.text_start..line.end];
        let rest = body.trim_start_matches(['>', ' ']);
        let span = line.start..line.end - rest.len();
        let reasons = vec![
            Reason::new("every line of the text begins with the mark"),
            Reason::with("lines of the text", full.len() as f64),
        ];
        out.propose(RuleId::QUOTING_MARK, Level::Certain, span, "", reasons);
    }
}

/// What a rule beside a column is read as.
const BARS: [char; 2] = ['|', '¦'];
/// One in so many lines at least has the bar.
const BARRED: usize = 4;
/// A bar that touches a word of fewer letters may be the letter I.
const WORD: usize = 4;

/// Bars at the same end of the lines of a block: a rule beside a column. Where
/// bars stand inside the lines as well it is a table.
fn bars(view: &View<'_>, block: Range<usize>, out: &mut Proposals<'_>) {
    let text = view.text();
    let lines = &view.layout().lines()[block];
    if memchr::memchr2(b'|', 0xc2, &text.as_bytes()[lines[0].start..lines[lines.len() - 1].end]).is_none() {
        return;
    }
    let inner = |line: &Line| text[line.text_start..line.end].trim().trim_matches(BARS);
    if lines.iter().any(|line| inner(line).contains(BARS) || inner(line).trim().is_empty()) {
        return;
    }
    let starts: Vec<&Line> = lines.iter().filter(|line| begins_with_bar(&text[line.text_start..line.end])).collect();
    let body = |line: &Line| text[line.start..line.end].trim_end();
    let ends = |line: &&Line| body(line).strip_suffix(BARS).is_some_and(|rest| rest.ends_with(' '));
    let ends: Vec<&Line> = lines.iter().filter(ends).collect();
    if starts.is_empty() == ends.is_empty() || open_lines(text, lines, &inner) < lines.len().min(LEAST_OPEN) {
        return;
    }
    let barred = starts.len() + ends.len();
    let full = starts.iter().chain(&ends).filter(|line| inner(line).len() >= FULL).count();
    if barred < lines.len() && (barred < LEAST || barred * BARRED < lines.len() || full * 4 < barred * 3) {
        return;
    }
    let reasons = || {
        vec![
            Reason::new("a bar in the same margin of the lines of the paragraph"),
            Reason::with("lines of the paragraph that have one", barred as f64),
        ]
    };
    for line in starts {
        let rest = text[line.text_start..line.end].trim_start_matches(BARS).trim_start();
        out.propose(RuleId::MARGIN_BAR, Level::Certain, line.text_start..line.end - rest.len(), "", reasons());
    }
    for line in ends {
        let rest = body(line).trim_end_matches(BARS).trim_end();
        let span = line.start + rest.len()..line.start + body(line).len();
        out.propose(RuleId::MARGIN_BAR, Level::Certain, span, "", reasons());
    }
}

/// Whether a line begins with a bar that is no letter.
fn begins_with_bar(line: &str) -> bool {
    let Some(rest) = line.strip_prefix(BARS) else { return false };
    rest.starts_with(' ') || rest.chars().take_while(|c| c.is_lowercase()).count() >= WORD
}

/// Over how many line breaks a sentence runs on, of the lines without their margins.
fn open_lines<'t>(text: &'t str, lines: &[Line], body: &dyn Fn(&Line) -> &'t str) -> usize {
    debug_assert!(lines.iter().all(|line| line.end <= text.len()));
    lines.windows(2).filter(|pair| runs_on(body(&pair[0]), body(&pair[1]))).count()
}

/// Whether a sentence goes on from one line to the next.
fn runs_on(before: &str, after: &str) -> bool {
    let is_open = matches!(End::of(before.trim()), End::Word | End::Comma | End::Hyphen);
    is_open && Start::of(after.trim()) == Start::Small
}

/// Numbers before lines that rise by one, while sentences run on from line to line: those of a list do not. Blank lines
/// between paragraphs have none.
fn numbers(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let number = |line: &Line| leading_number(&text[line.text_start..line.end]);
    let numbered: Vec<&Line> = view.layout().lines().iter().filter(|line| !line.is_blank()).collect();
    let mut at = 0;
    while at < numbered.len() {
        let Some((first, _)) = number(numbered[at]) else {
            at += 1;
            continue;
        };
        let rises = |(index, line): (usize, &&Line)| number(line).is_some_and(|(n, _)| n == first + index as u32);
        let count = numbered[at..].iter().enumerate().take_while(|&(index, line)| rises((index, line))).count();
        let run = &numbered[at..at + count];
        at += count.max(1);
        if run.len() < LEAST {
            continue;
        }
        let body = |line: &Line| {
            let start = line.text_start + number(line).map_or(0, |(_, length)| length);
            &text[start..line.end]
        };
        // The lines of a page reach the margin, but for the last of a paragraph; the items of a recipe end before it.
        let is_close = |pair: &&[&Line]| text[pair[0].end..pair[1].start].matches('\n').count() == 1;
        let close: Vec<&[&Line]> = run.windows(2).filter(is_close).collect();
        let open = close.iter().filter(|pair| runs_on(body(pair[0]), body(pair[1]))).count();
        let full = close.iter().filter(|pair| body(pair[0]).len() >= FULL).count();
        if full * 4 < close.len() * 3 || open < LEAST_OPEN || open * 2 < close.len() {
            continue;
        }
        for line in run {
            let Some((value, length)) = number(line) else { continue };
            let reasons = vec![
                Reason::new(format!("number {value} of lines that are numbered one by one")),
                Reason::with("lines that are numbered so", run.len() as f64),
                Reason::with("sentences that run on from one line to the next", open as f64),
            ];
            let span = line.start..line.text_start + length;
            out.propose(RuleId::MARGIN_NUMBER, Level::Certain, span, "", reasons);
        }
    }
}

/// The number that a line begins with, and the length of it with the spaces
/// behind it, in bytes.
fn leading_number(line: &str) -> Option<(u32, usize)> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let spaces = line[digits..].bytes().take_while(|&byte| byte == b' ' || byte == b'\t').count();
    if digits == 0 || digits > 3 || spaces == 0 {
        return None;
    }
    Some((line[..digits].parse().ok()?, digits + spaces))
}

/// Numbers behind lines of verse, so many lines apart as they say. Blank lines between stanzas do not count.
fn verse_numbers(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let lines: Vec<&Line> = view.layout().lines().iter().filter(|line| !line.is_blank()).collect();
    let found = Numbered::all(&lines, |line| trailing_number(text, line, 2));
    let mut start = 0;
    for end in 1..=found.len() {
        if end < found.len() && step(&found[end - 1..=end]).is_some() {
            continue;
        }
        let chain = &found[start..end];
        start = end;
        let (Some(first), Some(last)) = (chain.first(), chain.last()) else { continue };
        // The gap before a number gives its line the look of a table's.
        let columns = lines[first.line..=last.line].iter().filter(|line| is_columns(line)).count();
        let Some(step) = step(chain) else { continue };
        if chain.len() < 2 || columns > chain.len() {
            continue;
        }
        for Numbered { value, span, .. } in chain {
            let reasons = vec![
                Reason::new(format!("number {value} behind a line of verse, as on every line so far on")),
                Reason::with("lines from one number to the next", step as f64),
            ];
            out.propose(RuleId::VERSE_NUMBER, Level::Certain, span.clone(), "", reasons);
        }
    }
}

/// Whether a line is taken for one of a table or of code.
fn is_columns(line: &Line) -> bool {
    matches!(line.region, Region::Table | Region::Code)
}

/// A line with a number in its margin.
struct Numbered {
    /// The line, counted from the first one of its block.
    line: usize,
    value: u32,
    /// The number with the gap beside it.
    span: Range<usize>,
}

impl Numbered {
    /// The lines in which `find` finds a number.
    fn all(lines: &[&Line], find: impl Fn(&Line) -> Option<(u32, Range<usize>)>) -> Vec<Self> {
        let mut all = Vec::new();
        for (line, place) in lines.iter().enumerate() {
            if let Some((value, span)) = find(place) {
                all.push(Self { line, value, span });
            }
        }
        all
    }
}

/// How many lines numbers are apart, if each is as many more than the one before.
fn step(found: &[Numbered]) -> Option<usize> {
    let is_step = |step: usize| found.iter().all(|number| (number.value as usize).is_multiple_of(step));
    let step = VERSE_STEPS.into_iter().find(|&step| is_step(step))?;
    let rises = |pair: &[Numbered]| {
        let values = pair[1].value.checked_sub(pair[0].value);
        values == Some(step as u32) && pair[1].line - pair[0].line == step
    };
    found.windows(2).all(rises).then_some(step)
}

/// Numbers before or behind every fifth line or so of a page, with no more than a space beside them.
fn stepped_numbers(view: &View<'_>, block: Range<usize>, out: &mut Proposals<'_>) {
    let text = view.text();
    let lines: Vec<&Line> = view.layout().lines()[block].iter().collect();
    let before = Numbered::all(&lines, |line| {
        let (value, length) = leading_number(&text[line.text_start..line.end])?;
        Some((value, line.start..line.text_start + length))
    });
    let behind = Numbered::all(&lines, |line| trailing_number(text, line, 1));
    for found in [before, behind] {
        // With the gap that a verse has before its number, two are enough: those are left to another rule.
        let is_close = found.iter().any(|number| number.span.len() <= number.value.to_string().len() + 1);
        if found.len() < LEAST_NUMBERS || !is_close {
            continue;
        }
        let Some(step) = step(&found) else { continue };
        for Numbered { value, span, .. } in found {
            let reasons = vec![
                Reason::new(format!("number {value} of lines that are numbered at even distances")),
                Reason::with("lines from one number to the next", step as f64),
            ];
            out.propose(RuleId::MARGIN_NUMBER, Level::Certain, span, "", reasons);
        }
    }
}

/// The number behind a gap of `least` blanks at least at a line's end, with the gap.
fn trailing_number(text: &str, line: &Line, least: usize) -> Option<(u32, Range<usize>)> {
    let body = text[line.start..line.end].trim_end();
    let words = body.trim_end_matches(|c: char| c.is_ascii_digit());
    let verse = words.trim_end();
    let has_gap = words.len() - verse.len() >= least || words.ends_with('\t');
    if words.len() == body.len() || body.len() - words.len() > 4 || !has_gap || verse.is_empty() {
        return None;
    }
    let value = body[words.len()..].parse().ok()?;
    Some((value, line.start + verse.len()..line.start + body.len()))
}
