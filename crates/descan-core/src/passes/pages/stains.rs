//! Marks and letters that a stain, the edge of the paper or the shadow of the binding leaves beside the lines of
//! a page.
//!
//! One mark at the end of a line says little. Where many lines near each other have one in the same margin, and
//! hardly two the same, it is no writer's: what stands alone in that margin between them belongs to it too. Lone
//! letters say as much where they are many, of several kinds, and in no order: those of a list rise.

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
/// So many lone letters near it do instead, of so many kinds, if so often one comes before the last in the alphabet.
const LEAST_LETTERS: usize = 6;
const LEAST_LETTER_KINDS: usize = 4;
const LEAST_FALLS: usize = 2;
/// So many lines near it at least have what cannot be text where a letter behind a whole sentence goes too.
const MANY: usize = 4;
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
    /// Whether the sentence goes on over it.
    is_inside: bool,
}

/// What stands in the same margin of the lines near one.
struct Near<'t> {
    marks: Vec<&'t str>,
    noise: Vec<&'t str>,
    /// How many lines of a page's width there are.
    lines: usize,
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
            let near = Near::of(&stains, index, full_lines_near(view, stain.line));
            if !near.shows_stains() || !stain.is_inside && !stain.is_noise && !near.is_full() {
                continue;
            }
            let is_number = stain.mark.bytes().any(|byte| byte.is_ascii_digit());
            let level = if is_number && !stain.is_noise { Level::Probable } else { Level::Certain };
            let reasons = vec![
                Reason::with("lines near it with something in the same margin", near.marks.len() as f64),
                Reason::with("of them with what cannot be text", near.noise.len() as f64),
            ];
            out.propose(RuleId::STAIN_IN_MARGIN, level, stain.span.clone(), "", reasons);
        }
    }
}

impl<'t> Near<'t> {
    /// What stands near one of the stains of a margin, where so many `lines` near it have a page's width.
    fn of(stains: &[Stain<'t>], index: usize, lines: usize) -> Near<'t> {
        let line = stains[index].line;
        let is_near = |other: &&Stain<'_>| other.line.abs_diff(line) <= NEAR;
        let before = stains[..index].iter().rev().take_while(is_near).count();
        let behind = stains[index + 1..].iter().take_while(is_near).count();
        let (mut marks, mut noise) = (Vec::new(), Vec::new());
        for other in stains[index - before..index].iter().chain(&stains[index + 1..][..behind]) {
            if other.is_inside || other.is_noise {
                marks.push(other.mark);
            }
            if other.is_noise {
                noise.push(other.mark);
            }
        }
        Near { marks, noise, lines }
    }

    /// Whether it is no writer's.
    fn shows_stains(&self) -> bool {
        if (self.marks.len() + 1) * DENSE < self.lines {
            return false;
        }
        let is_scatter = self.noise.len() >= LEAST && kinds(&self.noise) >= LEAST_KINDS;
        let letters: Vec<&str> =
            self.marks.iter().filter(|mark| mark.starts_with(char::is_alphabetic)).copied().collect();
        let falls = letters.windows(2).filter(|pair| pair[1] < pair[0]).count();
        let are_many = letters.len() >= LEAST_LETTERS && kinds(&letters) >= LEAST_LETTER_KINDS;
        is_scatter || are_many && falls >= LEAST_FALLS
    }

    /// Whether nearly every other line has something that cannot be text.
    fn is_full(&self) -> bool {
        self.noise.len() >= MANY && (self.marks.len() + 1) * 2 >= self.lines
    }
}

/// How many of some marks are different.
fn kinds(marks: &[&str]) -> usize {
    let mut kinds = marks.to_vec();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.len()
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
    let is_letter = !is_noise && mark.chars().count() == 1 && !is_of_marks;
    let is_noise = is_noise && (is_of_marks || goes_on);
    (is_noise || goes_on || is_letter).then_some(Stain { line: index, span, mark, is_noise, is_inside: goes_on })
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
    goes_on.then_some(Stain { line: index, span, mark, is_noise, is_inside: true })
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
