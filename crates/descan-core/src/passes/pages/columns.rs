//! Two columns of a newspaper that were read across: each line of the text has a
//! line of the one, a gap, and a line of the other.
//!
//! Lists and tables have such gaps too. What shows that two columns were read as
//! one is that sentences run on down each of them, and not across the gap.

use descan_rules::{Reason, RuleId};
use descan_text::flow::{End, Start};
use descan_text::layout::Line;
use descan_text::level::Level;

use crate::pass::{Proposals, View};

/// So many lines in a row at least show two columns.
const LEAST: usize = 4;
/// So many blanks at least part two columns.
const GAP: usize = 2;
/// So many bytes on average has a line of a column at least.
const WIDTH: usize = 14;
/// So much may a line of the second column begin to the left or right of the others.
const SHIFT: usize = 1;

/// The two parts of a line, and where the second begins in it.
struct Halves<'t> {
    left: &'t str,
    right: &'t str,
    column: usize,
}

/// Proposes to put the columns of a page one below the other.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    if !out.wants(RuleId::INTERLEAVED_COLUMNS) {
        return;
    }
    let text = view.text();
    let lines = view.layout().lines();
    let mut at = 0;
    while at < lines.len() {
        let found: Vec<Halves<'_>> = lines[at..].iter().map_while(|line| halves(text, line)).collect();
        let end = at + found.len();
        if found.len() >= LEAST {
            columns(text, lines, at, &found, out);
        }
        at = end + 1;
    }
}

/// The parts of a line with one wide gap.
fn halves<'t>(text: &'t str, line: &Line) -> Option<Halves<'t>> {
    if line.is_blank() || line.start != line.text_start {
        return None;
    }
    let body = text[line.span()].trim_end();
    let gap = body.find("  ")?;
    let right = body[gap..].trim_start();
    let is_one_gap = !right.contains("  ") && !body.contains('\t');
    let column = body[..body.len() - right.len()].chars().count();
    let width = body.len() - right.len() - gap;
    (is_one_gap && width >= GAP).then(|| Halves { left: &body[..gap], right, column })
}

/// Proposes to part the lines from `first` on, of which these are the halves, if sentences run on down both of
/// their columns.
fn columns(text: &str, lines: &[Line], first: usize, found: &[Halves<'_>], out: &mut Proposals<'_>) {
    let mut left: Vec<&str> = found.iter().map(|halves| halves.left).collect();
    let right: Vec<&str> = found.iter().map(|halves| halves.right).collect();
    let at: Vec<usize> = found.iter().map(|halves| halves.column).collect();
    // The longer column may go on alone below the other.
    let mut end = first + found.len();
    if let Some(line) = lines.get(end) {
        let body = text[line.span()].trim_end();
        if !line.is_blank() && line.start == line.text_start && !body.contains("  ") && body.chars().count() < at[0] {
            left.push(body);
            end += 1;
        }
    }
    let (least, most) = (at.iter().min(), at.iter().max());
    let is_straight = least.zip(most).is_some_and(|(least, most)| most - least <= 2 * SHIFT);
    let (down_left, down_right) = (open(&left), open(&right));
    let across = (left.iter().zip(&right)).filter(|(left, right)| runs_on(left, right)).count();
    let is_wide = |column: &[&str]| column.iter().map(|line| line.len()).sum::<usize>() >= WIDTH * column.len();
    let enough = |open: usize, column: &[&str]| open >= 2 && open * 2 >= column.len() - 1;
    // The cells of a list are pieces of one sentence, and none ends in them.
    let has_stop = left.iter().chain(&right).any(|line| line.contains(". ") || line.ends_with('.'));
    let runs_down = enough(down_left, &left) && enough(down_right, &right) && down_left + down_right > across + 1;
    if !is_straight || !has_stop || !runs_down || !is_wide(&left) || !is_wide(&right) {
        return;
    }
    let new = format!("{}\n\n{}", left.join("\n"), right.join("\n"));
    let reasons = vec![
        Reason::with("lines with a gap at the same place", at.len() as f64),
        Reason::with("sentences that run on down the columns", (down_left + down_right) as f64),
        Reason::with("sentences that run on across the gap", across as f64),
    ];
    out.propose(RuleId::INTERLEAVED_COLUMNS, Level::Probable, lines[first].start..lines[end - 1].end, &new, reasons);
}

/// Over how many line breaks of a column a sentence runs on.
fn open(column: &[&str]) -> usize {
    column.windows(2).filter(|pair| runs_on(pair[0], pair[1])).count()
}

/// Whether a sentence runs on from one piece of text to another.
fn runs_on(before: &str, after: &str) -> bool {
    matches!(End::of(before), End::Word | End::Comma | End::Hyphen) && Start::of(after) == Start::Small
}
