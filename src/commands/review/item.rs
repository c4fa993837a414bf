//! How a review shows a finding.

use std::collections::HashMap;
use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use descan_core::decisions::Place;
use descan_core::finding::Finding;
use descan_core::pipeline::Outcome;
use descan_report::human::{level_style, reason};
use descan_report::names::marked;
use descan_report::{LineColumn, LineIndex};
use descan_rules::RuleSet;
use descan_source::Document;
use descan_text::escape::visible;
use descan_text::token::{is_word_char, words};

use crate::terminal::layout::{Piece, cut_end, wrapped};

/// Characters of the line shown on either side of a change.
const BESIDE: usize = 100;
/// Characters shown of a long change.
const SHOWN: usize = 400;
/// The longest word that can be marked right, in characters.
const LONGEST_WORD: usize = 60;

const OLD: Style = AnsiColor::Red.on_default().bold();
const NEW: Style = AnsiColor::Green.on_default().bold();
const DIM: Style = Style::new().dimmed();
const BOLD: Style = Style::new().bold();

/// A finding to decide.
pub(super) struct Item {
    pub finding: Finding,
    pub place: Place,
    at: LineColumn,
    /// The number of places with the same surrounding words; they are decided together.
    pub count: usize,
    /// The decision lines that this review wrote about it.
    pub made: Vec<String>,
}

/// The undecided findings of a file, in order; those decided together are one
/// item.
pub(super) fn items(document: &Document<'_>, outcome: &Outcome, rules: &RuleSet, offered_only: bool) -> Vec<Item> {
    let mut lines = LineIndex::new(document.text());
    let mut seen: HashMap<Place, usize> = HashMap::new();
    let mut items: Vec<Item> = Vec::new();
    let open = |f: &&Finding| f.part_of.is_none() && f.decided.is_none() && !(offered_only && f.applied);
    for finding in outcome.findings.iter().filter(open) {
        let place = Place::of(document.text(), finding, rules);
        let next = items.len();
        let index = *seen.entry(place.clone()).or_insert(next);
        if index == next {
            let at = lines.position(finding.span.start);
            items.push(Item { finding: finding.clone(), place, at, count: 1, made: Vec::new() });
        } else {
            items[index].count += 1;
        }
    }
    items
}

impl Item {
    /// The finding with its line before and after the change, and the reasons.
    pub(super) fn shown(&self, number: usize, of: usize, path: &str, text: &str, columns: usize) -> String {
        let finding = &self.finding;
        let level = level_style(finding.level);
        let status = if finding.applied { "applied unless you refuse" } else { "suggested, not applied" };
        let mut head: Vec<Piece> = vec![
            (BOLD, format!("[{number}/{of}] {path}:{}:{} ", self.at.line, self.at.column)),
            (Style::new(), format!("{} ", self.place.rule)),
            (level, finding.level.name().to_owned()),
            (DIM, format!(", {status}")),
        ];
        if self.count > 1 {
            head.push((DIM, format!(", {} places with the same surrounding words", self.count)));
        }
        let mut out = format!("\n{}", wrapped(&head, columns, "", "  "));
        let (start, end) = (finding.span.start, finding.span.end);
        let line_start = text[..start].rfind('\n').map_or(0, |i| i + 1);
        let line_end = text[end..].find('\n').map_or(text.len(), |i| end + i);
        if let Some(above) = line_before(text, line_start) {
            let _ = writeln!(out, "{DIM}  {}{DIM:#}", cut_end(&visible(above), columns.saturating_sub(2)));
        }
        let before = last_chars(&text[line_start..start], BESIDE);
        let behind = first_chars(&text[end..line_end], BESIDE);
        for (sign, style, changed) in [("- ", OLD, &finding.before), ("+ ", NEW, &finding.after)] {
            let pieces = [
                (Style::new(), before.clone()),
                (style.underline(), shortened(changed)),
                (Style::new(), behind.clone()),
            ];
            out.push_str(&wrapped(&pieces, columns, sign, "  "));
        }
        if let Some(below) = line_behind(text, line_end) {
            let _ = writeln!(out, "{DIM}  {}{DIM:#}", cut_end(&visible(below), columns.saturating_sub(2)));
        }
        for (index, why) in finding.reasons.iter().enumerate() {
            let first = if index == 0 { "why: " } else { "     " };
            out.push_str(&wrapped(&[(Style::new(), reason(why))], columns, first, "     "));
        }
        out
    }

    /// As many lines around the finding as fit, with its own lines marked.
    pub(super) fn page(&self, text: &str, columns: usize, rows: usize) -> String {
        let (start, end) = (self.finding.span.start, self.finding.span.end);
        let around = rows.saturating_sub(4) / 2;
        let mut from = start;
        for _ in 0..=around {
            from = text[..from].rfind('\n').unwrap_or(0);
        }
        let from = if from == 0 { 0 } else { from + 1 };
        let first = self.at.line - text[from..start].matches('\n').count();
        let mut out = String::from("\n");
        let mut at = from;
        for (number, line) in (first..).zip(text[from..].split_inclusive('\n').take(2 * around + 1)) {
            let touched = at <= end && start < at + line.len();
            let plain = cut_end(&first_chars(line.trim_end_matches('\n'), SHOWN), columns.saturating_sub(8));
            let (sign, style) = if touched { ('>', BOLD) } else { (' ', Style::new()) };
            let _ = writeln!(out, "{DIM}{number:>5}{DIM:#} {style}{sign} {plain}{style:#}");
            at += line.len();
        }
        out
    }

    /// The word or words at the finding.
    pub(super) fn word(&self, text: &str) -> Option<String> {
        let (from, to) = whole_words(text, self.finding.span.start, self.finding.span.end);
        let word = text[from..to].trim_matches(|c| !is_word_char(c));
        let fits = !word.is_empty() && !word.contains('\n') && word.chars().count() <= LONGEST_WORD;
        fits.then(|| word.to_owned())
    }

    /// The new word that the repair would add, if there is exactly one.
    pub(super) fn new_word(&self, text: &str) -> Option<String> {
        let (start, end) = (self.finding.span.start, self.finding.span.end);
        let (from, to) = whole_words(text, start, end);
        let made = [&text[from..start], &self.finding.after, &text[end..to]].concat();
        let old: Vec<&str> = words(&text[from..to]).map(|w| w.text(&text[from..to])).collect();
        let mut new = words(&made).map(|w| w.text(&made)).filter(|w| !old.contains(w));
        let word = new.next()?;
        new.next().is_none().then(|| word.to_owned())
    }
}

/// A span widened to whole words.
fn whole_words(text: &str, start: usize, end: usize) -> (usize, usize) {
    let in_word = |c: &char| is_word_char(*c) || matches!(c, '\'' | '’');
    let back = text[..start].chars().rev().take(LONGEST_WORD).take_while(in_word).map(char::len_utf8).sum::<usize>();
    let on = text[end..].chars().take(LONGEST_WORD).take_while(in_word).map(char::len_utf8).sum::<usize>();
    (start - back, end + on)
}

fn line_before(text: &str, line_start: usize) -> Option<&str> {
    let above = &text[..line_start.checked_sub(1)?];
    Some(&above[above.rfind('\n').map_or(0, |i| i + 1)..])
}

fn line_behind(text: &str, line_end: usize) -> Option<&str> {
    let below = text.get(line_end + 1..)?;
    (!below.is_empty()).then(|| &below[..below.find('\n').unwrap_or(below.len())])
}

/// The end of a line, safe to print.
fn last_chars(line: &str, count: usize) -> String {
    match line.char_indices().rev().nth(count) {
        Some((i, c)) => format!("…{}", visible(&line[i + c.len_utf8()..])),
        None => visible(line),
    }
}

/// The start of a line, safe to print.
fn first_chars(line: &str, count: usize) -> String {
    match line.char_indices().nth(count) {
        Some((i, _)) => format!("{}…", visible(&line[..i])),
        None => visible(line),
    }
}

/// A change with invisible characters named; if it is long, the middle is left
/// out.
fn shortened(text: &str) -> String {
    let head = text.char_indices().nth(SHOWN / 2).map_or(text.len(), |(i, _)| i);
    let tail = text.char_indices().rev().nth(SHOWN / 2).map_or(0, |(i, _)| i);
    if head >= tail { marked(text) } else { format!("{} … {}", marked(&text[..head]), marked(&text[tail..])) }
}
