//! How a review shows findings and series.

use std::fmt::Write as _;
use std::ops::Range;

use anstyle::{AnsiColor, Style};
use descan_report::human::{level_style, quoted, reason};
use descan_report::keys::KEYS;
use descan_report::names::marked;
use descan_report::series::{Common, whole_words};
use descan_rules::RuleSet;
use descan_text::escape::visible;
use descan_text::level::Level;

use crate::commands::review::item::Item;
use crate::terminal::layout::{Piece, cut_end, wrapped};
use crate::terminal::output::counted;

/// Characters of the line shown on either side of a change.
const BESIDE: usize = 100;
/// Characters shown of a long change.
const SHOWN: usize = 400;
/// Characters shown on either side of a sample.
const NEAR: usize = 24;
/// Characters shown of what a sample changes.
const SAMPLE: usize = 40;

const OLD: Style = AnsiColor::Red.on_default().bold();
const NEW: Style = AnsiColor::Green.on_default().bold();
const DIM: Style = Style::new().dimmed();
const BOLD: Style = Style::new().bold();

/// The number of what is shown, and of how many.
#[derive(Clone, Copy)]
pub(super) struct Number {
    pub at: usize,
    pub of: usize,
}

/// A finding with its line before and after the change, and the reasons: the first, or all
/// with their figures.
pub(super) fn item(item: &Item, number: Number, path: &str, text: &str, columns: usize, figures: bool) -> String {
    let finding = &item.finding;
    let level = level_style(finding.level);
    let status = if finding.applied { "applied unless you refuse" } else { "suggested, not applied" };
    let mut head: Vec<Piece> = vec![
        (BOLD, format!("[{}/{}] {path}:{}:{} ", number.at, number.of, item.at.line, item.at.column)),
        (Style::new(), format!("{} ", item.place().rule)),
        (level, finding.level.name().to_owned()),
        (DIM, format!(", {status}")),
    ];
    if item.count > 1 {
        head.push((DIM, format!(", {} places with the same surrounding words", item.count)));
    }
    let mut out = format!("\n{}", wrapped(&head, columns, "", "  "));
    change(text, &finding.span, &finding.before, &finding.after, columns, &mut out);
    if figures {
        for (index, why) in finding.reasons.iter().enumerate() {
            let first = if index == 0 { "why: " } else { "     " };
            out.push_str(&wrapped(&[(Style::new(), reason(why))], columns, first, "     "));
        }
        let _ = writeln!(out, "     likely right: {:.1} %", finding.confidence * 100.0);
    } else if let Some(why) = finding.reasons.first() {
        out.push_str(&wrapped(&[(Style::new(), visible(&why.what))], columns, "why: ", "     "));
    }
    out
}

/// The line of a change before and after it, between the lines above and below.
pub(super) fn change(text: &str, span: &Range<usize>, before: &str, after: &str, columns: usize, out: &mut String) {
    let (start, end) = (span.start, span.end);
    let line_start = text[..start].rfind('\n').map_or(0, |i| i + 1);
    let line_end = text[end..].find('\n').map_or(text.len(), |i| end + i);
    if let Some(above) = line_before(text, line_start) {
        let _ = writeln!(out, "{DIM}  {}{DIM:#}", cut_end(&visible(above), columns.saturating_sub(2)));
    }
    let left = last_chars(&text[line_start..start], BESIDE);
    let right = first_chars(&text[end..line_end], BESIDE);
    for (sign, style, changed) in [("- ", OLD, before), ("+ ", NEW, after)] {
        let pieces =
            [(Style::new(), left.clone()), (style.underline(), shortened(changed)), (Style::new(), right.clone())];
        out.push_str(&wrapped(&pieces, columns, sign, "  "));
    }
    if let Some(below) = line_behind(text, line_end) {
        let _ = writeln!(out, "{DIM}  {}{DIM:#}", cut_end(&visible(below), columns.saturating_sub(2)));
    }
}

/// What a series has in common, how many places it has, and what is done about them.
pub(super) fn series(common: &Common, items: &[&Item], number: Number, rules: &RuleSet, columns: usize) -> String {
    let places: usize = items.iter().map(|item| item.count).sum();
    let mut files: Vec<usize> = items.iter().map(|item| item.file).collect();
    files.dedup();
    let times = if places == 1 { "once".to_owned() } else { format!("{places} times") };
    let files = counted(files.len(), "file");
    let mut head: Vec<Piece> = vec![(BOLD, format!("[{}/{}] ", number.at, number.of))];
    match common {
        Common::Reading(reading) => {
            head.push((OLD, quoted(&reading.old)));
            head.push((Style::new(), " → ".to_owned()));
            head.push((NEW, quoted(&reading.new)));
            head.push((BOLD, format!(", {times} in {files}")));
        }
        Common::Rule { rule, .. } => {
            let rule = rules.get(*rule);
            head.push((BOLD, format!("{}, {times} in {files}: ", rule.name)));
            head.push((Style::new(), rule.summary.clone()));
        }
        Common::Pass { pass, .. } => {
            head.push((BOLD, format!("other repairs of {pass}, {times} in {files}")));
        }
    }
    let mut levels: Vec<Piece> = Vec::new();
    for level in Level::ALL {
        let here = items.iter().filter(|item| item.finding.level == level).map(|item| item.count).sum::<usize>();
        if here > 0 {
            let comma = if levels.is_empty() { "" } else { ", " };
            levels.push((Style::new(), comma.to_owned()));
            levels.push((level_style(level), format!("{here} {}", level.name())));
        }
    }
    let applied = items.iter().filter(|item| item.finding.applied).map(|item| item.count).sum::<usize>();
    let status = match (applied, places - applied) {
        (_, 0) => "applied unless you refuse".to_owned(),
        (0, _) => "suggested, not applied".to_owned(),
        (applied, suggested) => format!("{applied} applied unless you refuse, {suggested} suggested"),
    };
    levels.push((DIM, format!("; {status}")));
    format!("\n{}{}", wrapped(&head, columns, "", "  "), wrapped(&levels, columns, "  ", "  "))
}

/// A place of a series in one line: `[-old-]{+new+}` between the words around it.
pub(super) fn sample(item: &Item, path: &str, columns: usize) -> String {
    let span = whole_words(&item.around, &item.inside);
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let spaced = |c: Option<char>| if c.is_some_and(char::is_whitespace) { " " } else { "" };
    let (left, right) = (&item.around[..span.start], &item.around[span.end..]);
    let left = format!("{}{}", last_chars(&one_line(left), NEAR), spaced(left.chars().next_back()));
    let right = format!("{}{}", spaced(right.chars().next()), first_chars(&one_line(right), NEAR));
    let reading = &item.member.reading;
    let pieces = [
        (DIM, format!("{path}:{} ", item.at.line)),
        (Style::new(), left),
        (OLD, format!("[-{}-]", cut_end(&visible(&reading.old), SAMPLE))),
        (NEW, format!("{{+{}+}}", cut_end(&visible(&reading.new), SAMPLE))),
        (Style::new(), right),
    ];
    wrapped(&pieces, columns, "  ", "    ")
}

/// As many lines around a finding as fit, with its own lines marked.
pub(super) fn page(item: &Item, text: &str, columns: usize, rows: usize) -> String {
    let (start, end) = (item.finding.span.start, item.finding.span.end);
    let around = rows.saturating_sub(4) / 2;
    let mut from = start;
    for _ in 0..=around {
        from = text[..from].rfind('\n').unwrap_or(0);
    }
    let from = if from == 0 { 0 } else { from + 1 };
    let first = item.at.line - text[from..start].matches('\n').count();
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

/// The keys in a few lines.
pub(super) fn legend(for_series: bool, columns: usize) -> String {
    let mut pieces: Vec<Piece> = Vec::new();
    for key in KEYS.iter().filter(|key| !for_series || key.series.is_some()) {
        pieces.push((BOLD, key.key.to_string()));
        // No line is broken inside a label: its spaces are put in afterwards.
        pieces.push((DIM, format!("\u{a0}{}  ", key.label.replace(' ', "\u{a0}"))));
    }
    wrapped(&pieces, columns, "", "").replace('\u{a0}', " ")
}

/// Every key with what it does.
pub(super) fn keys(for_series: bool, columns: usize) -> String {
    let mut out = String::from("\n");
    for key in KEYS {
        let help = if for_series { key.series } else { Some(key.help) };
        if let Some(help) = help {
            let pieces = [(BOLD, key.key.to_string()), (Style::new(), format!("  {help}"))];
            out.push_str(&wrapped(&pieces, columns, "", "   "));
        }
    }
    out
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
