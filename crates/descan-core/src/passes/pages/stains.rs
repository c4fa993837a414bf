//! Marks and letters that a stain, the edge of the paper or the shadow of the binding leaves beside the lines of
//! a page.
//!
//! One mark at the end of a line says little. Where many lines near each other have one in the same margin, and
//! hardly two the same, it is no writer's: what stands alone in that margin between them belongs to it too.

use std::ops::Range;

use descan_rules::{Reason, RuleId};
use descan_text::flow::{End, Start};
use descan_text::layout::{Line, Region};
use descan_text::level::Level;

use crate::pass::{Proposals, View};

/// How many lines before and behind one are looked at.
const NEAR: usize = 10;
/// So many other lines near it must have what cannot be text, of so many kinds.
const LEAST: usize = 3;
const LEAST_KINDS: usize = 3;
/// One in so many lines near it at least must have something in the margin.
const DENSE: usize = 3;
/// The shortest line of a page, in bytes, that has a margin.
const FULL: usize = 30;
/// The longest thing in a margin, in characters.
const LONGEST: usize = 3;

/// What stands alone at the edge of a line.
struct Stain<'t> {
    /// The line, by its index.
    line: usize,
    /// What goes, with the gap beside it, in bytes of the text.
    span: Range<usize>,
    /// What stands there.
    mark: &'t str,
    /// Whether it cannot be text.
    is_noise: bool,
}

/// A margin of the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Margin {
    Left,
    Right,
}

/// Proposes to remove what stains left in the margins of lines.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    if !out.wants(RuleId::STAIN_IN_MARGIN) {
        return;
    }
    for margin in [Margin::Left, Margin::Right] {
        let stains = stains(view, margin);
        for (index, stain) in stains.iter().enumerate() {
            let is_near = |other: &&Stain<'_>| other.line.abs_diff(stain.line) <= NEAR;
            let before = stains[..index].iter().rev().take_while(is_near);
            let behind = stains[index + 1..].iter().take_while(is_near);
            let near: Vec<&Stain<'_>> = before.chain(behind).collect();
            let noise: Vec<&str> = near.iter().filter(|other| other.is_noise).map(|other| other.mark).collect();
            let mut kinds = noise.clone();
            kinds.sort_unstable();
            kinds.dedup();
            let lines = full_lines_near(view, stain.line);
            if noise.len() < LEAST || kinds.len() < LEAST_KINDS || (near.len() + 1) * DENSE < lines {
                continue;
            }
            let is_number = stain.mark.bytes().any(|byte| byte.is_ascii_digit());
            let level = if is_number && !stain.is_noise { Level::Probable } else { Level::Certain };
            let reasons = vec![
                Reason::with("lines near it with something in the same margin", near.len() as f64),
                Reason::with("of them with what cannot be text", noise.len() as f64),
            ];
            out.propose(RuleId::STAIN_IN_MARGIN, level, stain.span.clone(), "", reasons);
        }
    }
}

/// How many lines of a page's width stand near one, with it.
fn full_lines_near(view: &View<'_>, line: usize) -> usize {
    let lines = view.layout().lines();
    let near = &lines[line.saturating_sub(NEAR)..(line + NEAR + 1).min(lines.len())];
    near.iter().filter(|line| line.end - line.start >= FULL).count()
}

/// What stands alone in a margin of each line, in order.
fn stains<'t>(view: &'t View<'_>, margin: Margin) -> Vec<Stain<'t>> {
    let (text, lines) = (view.text(), view.layout().lines());
    let mut stains = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if line.end - line.start < FULL || matches!(line.region, Region::Table | Region::Code) {
            continue;
        }
        let stain = match margin {
            Margin::Left => before_line(text, lines, index),
            Margin::Right => behind_line(text, lines, index),
        };
        stains.extend(stain);
    }
    stains
}

/// What stands alone behind a line whose sentence goes on in the next.
fn behind_line<'t>(text: &'t str, lines: &[Line], index: usize) -> Option<Stain<'t>> {
    let line = &lines[index];
    let body = text[line.start..line.end].trim_end();
    let (words, mark) = body.rsplit_once(' ')?;
    let words = words.trim_end();
    // ` . . .` and ` — ` are no stains.
    if !words.ends_with(|c: char| c.is_alphabetic() || ",;-.!?’”".contains(c)) || words.ends_with(" .") {
        return None;
    }
    let next = lines.get(index + 1).map_or("", |next| text[next.text_start..next.end].trim());
    let goes_on = End::of(words) != End::Sentence && Start::of(next) == Start::Small || next.is_empty();
    let is_noise = is_noise(mark)?;
    let span = line.start + words.len()..line.start + body.len();
    let is_of_marks = !mark.contains(char::is_alphanumeric);
    (is_noise && is_of_marks || goes_on).then_some(Stain { line: index, span, mark, is_noise })
}

/// What stands alone before a line that carries on the sentence of the one before.
fn before_line<'t>(text: &'t str, lines: &[Line], index: usize) -> Option<Stain<'t>> {
    let line = &lines[index];
    let body = &text[line.text_start..line.end];
    let (mark, words) = body.split_once(' ')?;
    let words = words.trim_start();
    if !words.starts_with(|c: char| c.is_alphabetic() || "“‘\"(".contains(c)) {
        return None;
    }
    let before = index.checked_sub(1).map_or("", |before| text[lines[before].span()].trim());
    // What stands before the lines of a list or of speech is text.
    let goes_on = matches!(End::of(before), End::Word | End::Comma | End::Hyphen) && Start::of(words) == Start::Small;
    let is_noise = is_noise(mark)?;
    let span = line.text_start..line.end - words.len();
    goes_on.then_some(Stain { line: index, span, mark, is_noise })
}

/// Whether what stands alone cannot be text, as `~` or `5»`; nothing where it is none at all of what stains
/// are read as.
fn is_noise(mark: &str) -> Option<bool> {
    let count = mark.chars().count();
    let letters = mark.chars().filter(|c| c.is_alphabetic()).count();
    let digits = mark.chars().filter(char::is_ascii_digit).count();
    let is_of = |set: &str| mark.chars().all(|c| c.is_alphanumeric() || set.contains(c));
    // Words of one letter, dashes, and the signs of notes and lists.
    let is_text = matches!(mark, "a" | "A" | "I" | "O") || letters + digits == 0 && is_of("-—–&….*+#><•†‡§%");
    let is_quoted = letters > 0 && mark.starts_with(['“', '‘', '"', '\'', '(', '[']);
    if count > LONGEST || letters + digits > 2 || letters > 1 || is_text || is_quoted {
        return None;
    }
    // A letter or a figure may be text, with or without a stop; French puts a space before some marks.
    let is_possible = match (letters, digits) {
        (0, 0) => is_of(":;!?»«“‘\""),
        (0, _) | (_, 0) => is_of(".,;:)"),
        _ => false,
    };
    Some(!is_possible)
}
