//! A human-readable diff: changed words are highlighted and invisible characters
//! are named.

use std::ops::Range;

use anstyle::{AnsiColor, Style};
use descan_report::names::marked;
use descan_text::escape::is_hidden;
use descan_text::token::words;
use similar::algorithms::{Capture, Compact, Replace, myers};
use similar::{DiffOp, DiffTag};

use crate::terminal::layout::{Piece, broken};

/// The largest change compared word by word, in bytes. Larger ones are shown by
/// lines.
const COMPARED: usize = 1 << 15;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const HUNK: Style = AnsiColor::Cyan.on_default();
const OLD: Style = AnsiColor::Red.on_default();
const NEW: Style = AnsiColor::Green.on_default();

/// A unified diff, line by line.
pub(super) fn by_lines(diff: &str) -> String {
    let mut out = String::new();
    for part in parts(diff) {
        match part {
            Part::Head(style, line) => put(&[(style, plain(line))], &mut out),
            Part::Kept(line) => put(&[(Style::new(), format!(" {}", plain(line)))], &mut out),
            Part::Changed { old, new } => {
                let (old, new) = compared(&old, &new);
                for (sign, style, lines) in [('-', OLD, old), ('+', NEW, new)] {
                    for mut line in lines {
                        line.insert(0, (style, sign.to_string()));
                        put(&line, &mut out);
                    }
                }
            }
        }
    }
    out
}

/// A unified diff with the old text on the left and the new on the right.
pub(super) fn side_by_side(diff: &str, columns: usize) -> String {
    let half = columns.saturating_sub(3) / 2;
    let mut out = String::new();
    let mut row = |left: &[Piece], right: &[Piece]| {
        let (left, right) = (broken(left, half), broken(right, half));
        for index in 0..left.len().max(right.len()) {
            let (text, width) = left.get(index).map_or(("", 0), |(text, width)| (text, *width));
            let other = right.get(index).map_or("", |(text, _)| text);
            let line = format!("{text}{} {DIM}│{DIM:#} {other}", " ".repeat(half.saturating_sub(width)));
            out.push_str(line.trim_end());
            out.push('\n');
        }
    };
    for part in parts(diff) {
        match part {
            Part::Head(style, line) => row(&[(style, plain(line))], &[]),
            Part::Kept(line) => {
                let cell = [(Style::new(), plain(line))];
                row(&cell, &cell);
            }
            Part::Changed { old, new } => {
                let (old, new) = compared(&old, &new);
                for index in 0..old.len().max(new.len()) {
                    row(old.get(index).map_or(&[], Vec::as_slice), new.get(index).map_or(&[], Vec::as_slice));
                }
            }
        }
    }
    out
}

/// A part of a unified diff.
enum Part<'d> {
    /// File names, hunk headers, and notes about the end of a file.
    Head(Style, &'d str),
    Kept(&'d str),
    /// Changed lines, without their signs.
    Changed {
        old: Vec<&'d str>,
        new: Vec<&'d str>,
    },
}

fn parts(diff: &str) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    for (number, line) in diff.split_terminator('\n').enumerate() {
        let sign = line.as_bytes().first().copied().filter(|_| number > 1);
        let text = line.get(1..).unwrap_or_default();
        match (sign, parts.last_mut()) {
            (Some(b'-'), Some(Part::Changed { old, new })) if new.is_empty() => old.push(text),
            (Some(b'-'), _) => parts.push(Part::Changed { old: vec![text], new: Vec::new() }),
            (Some(b'+'), Some(Part::Changed { new, .. })) => new.push(text),
            (Some(b'+'), _) => parts.push(Part::Changed { old: Vec::new(), new: vec![text] }),
            (Some(b' '), _) => parts.push(Part::Kept(text)),
            (Some(b'@'), _) => parts.push(Part::Head(HUNK, line)),
            (Some(_), _) => parts.push(Part::Head(DIM, line)),
            (None, _) => parts.push(Part::Head(BOLD, line)),
        }
    }
    parts
}

/// Old and new lines, with the changed words highlighted.
fn compared(old: &[&str], new: &[&str]) -> (Vec<Vec<Piece>>, Vec<Vec<Piece>>) {
    let whole = |lines: &[&str]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    let (before, after) = (whole(old), whole(new));
    if before.len() + after.len() > COMPARED || old.is_empty() || new.is_empty() {
        let all = |lines: &[&str], style| lines.iter().map(|line| vec![(style, plain(line))]).collect();
        return (all(old, OLD), all(new, NEW));
    }
    let mut sides = (Side::new(OLD), Side::new(NEW));
    let (before, after) = (pieces(&before), pieces(&after));
    for op in operations(&before, &after) {
        let is_changed = op.tag() != DiffTag::Equal;
        before[op.old_range()].iter().for_each(|piece| sides.0.add(piece, is_changed));
        after[op.new_range()].iter().for_each(|piece| sides.1.add(piece, is_changed));
    }
    (sides.0.lines, sides.1.lines)
}

/// What is compared with each other: words, and each character between them.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut done = 0;
    for word in words(text) {
        let Range { start, end } = word.span();
        pieces.extend(text[done..start].split_inclusive(|_| true));
        pieces.push(&text[start..end]);
        done = end;
    }
    pieces.extend(text[done..].split_inclusive(|_| true));
    pieces
}

/// How the new pieces come from the old ones, by Myers' algorithm. It is named here, because
/// the general function of its crate brings all others along.
fn operations(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    let mut hook = Compact::new(Replace::new(Capture::new()), old, new);
    let Ok(()) = myers::diff(&mut hook, old, 0..old.len(), new, 0..new.len());
    hook.into_inner().into_inner().into_ops()
}

/// The lines of one side, built up piece by piece.
struct Side {
    style: Style,
    lines: Vec<Vec<Piece>>,
    /// Whether the last line is complete.
    ended: bool,
}

impl Side {
    fn new(style: Style) -> Side {
        Side { style, lines: Vec::new(), ended: true }
    }

    fn add(&mut self, text: &str, changed: bool) {
        for line in text.split_inclusive('\n') {
            if self.ended {
                self.lines.push(Vec::new());
            }
            self.ended = line.ends_with('\n');
            let piece = if changed {
                (self.style.bold().underline(), marked(line))
            } else {
                (self.style, plain(line.trim_end_matches('\n')))
            };
            if let Some(last) = self.lines.last_mut() {
                last.push(piece);
            }
        }
    }
}

fn put(line: &[Piece], out: &mut String) {
    for (style, text) in line {
        out.push_str(&format!("{style}{text}{style:#}"));
    }
    out.push('\n');
}

/// Text that is safe to print.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) && c != '\t' { out.extend(c.escape_unicode()) } else { out.push(c) }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIFF: &str =
        "--- a/x\n+++ b/x\n@@ -1,3 +1,2 @@\n one\n-the lan-\n-tern\u{ad} of tbe\n+the lantern of the\n two\n";

    fn without_colours(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    #[test]
    fn changed_words_stand_out_and_nothing_is_lost() {
        let shown = by_lines(DIFF);
        let bold = NEW.bold().underline();
        assert!(
            shown.contains(&format!("{bold}lantern{bold:#}")) || shown.contains(&format!("{bold}lantern")),
            "{shown}"
        );
        assert_eq!(
            without_colours(&shown),
            "--- a/x\n+++ b/x\n@@ -1,3 +1,2 @@\n one\n-the lan-⏎\n-tern‹U+00AD SOFT HYPHEN› of tbe\n+the lantern of the\n two\n"
        );
    }

    #[test]
    fn the_two_columns_have_the_same_width() {
        let shown = without_colours(&side_by_side(DIFF, 43));
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines.contains(&"one                  │ one"), "{shown}");
        assert!(lines.iter().all(|line| line.chars().count() <= 43), "{shown}");
        assert!(shown.contains("the lan-⏎            │ the lantern of the"), "{shown}");
    }

    #[test]
    fn control_characters_are_escaped() {
        let shown = by_lines("--- a/x\n+++ b/x\n@@ -1,1 +1,1 @@\n-a\u{1b}[2J b\n+c\u{202e}\n");
        let shown = without_colours(&shown);
        assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown:?}");
    }
}
