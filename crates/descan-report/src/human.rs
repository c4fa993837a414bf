//! Findings for people at a terminal: the line, a marker under the place, the
//! rule and the main reason. Identical repairs are shown once.

use std::collections::HashMap;
use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use descan_core::finding::Finding;
use descan_rules::{PassName, Reason, RuleId, RuleSet};
use descan_text::escape::visible;
use descan_text::level::Level;

use super::series::{Reading, reading};
use super::{Checked, LineColumn};

/// Characters of the line shown before and after the place.
const BEFORE: usize = 36;
const AFTER: usize = 60;
/// Places listed for the same repair.
const LISTED: usize = 8;

const PATH: Style = Style::new().bold();
const FRAME: Style = AnsiColor::Blue.on_default().bold();
const DIM: Style = Style::new().dimmed();

/// Repairs that are shown together: same rule, text, replacement and `applied`.
type Kind<'f> = (RuleId, &'f str, &'f str, bool);

/// The findings of a file, with colours that the output stream may strip.
pub fn report(file: &Checked<'_>) -> String {
    let path = visible(&file.path.to_string_lossy());
    let mut order: Vec<(&Finding, Vec<LineColumn>)> = Vec::new();
    let mut seen: HashMap<Kind<'_>, usize> = HashMap::new();
    for reported in file.reported() {
        let (finding, place) = (reported.finding, reported.start());
        let kind = (finding.rule, &*finding.before, &*finding.after, finding.applied);
        let index = *seen.entry(kind).or_insert(order.len());
        match order.get_mut(index) {
            Some((_, more)) => more.push(place),
            None => order.push((finding, vec![place])),
        }
    }
    let mut out = String::new();
    for (finding, places) in order {
        one(&path, file.document.text(), finding, &places, file.rules, &mut out);
    }
    out
}

/// A reason with its number.
pub fn reason(reason: &Reason) -> String {
    match reason.value {
        Some(v) if v.fract() == 0.0 => format!("{} ({v:.0})", visible(&reason.what)),
        Some(v) => format!("{} ({v:.2})", visible(&reason.what)),
        None => visible(&reason.what),
    }
}

/// The colour of a level.
pub fn level_style(level: Level) -> Style {
    match level {
        Level::Certain => AnsiColor::Red.on_default().bold(),
        Level::Probable => AnsiColor::Yellow.on_default().bold(),
        Level::Suspect => AnsiColor::Cyan.on_default(),
    }
}

fn one(path: &str, text: &str, finding: &Finding, places: &[LineColumn], rules: &RuleSet, out: &mut String) {
    let rule = rules.get(finding.rule);
    let level = level_style(finding.level);
    let LineColumn { line, column } = places[0];
    let line_number = line.to_string();
    let gutter = " ".repeat(line_number.len());
    let (excerpt, indent, width) = excerpt(text, finding);
    let why = finding.reasons.first().map_or_else(|| rule.summary.clone(), reason);
    // What is joined over a line end is unreadable without the rest of its words.
    let over_lines = finding.before.contains('\n') && finding.pass == PassName::Lines;
    let Reading { old, new } = match over_lines {
        true => reading(text, finding),
        false => Reading { old: finding.before.clone(), new: finding.after.clone() },
    };
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "{PATH}{path}:{line}:{column}{PATH:#}: {level}{}{level:#} {}: {} {DIM}→{DIM:#} {}\n\
         {FRAME}{gutter} |{FRAME:#}\n\
         {FRAME}{line_number} |{FRAME:#} {excerpt}\n\
         {FRAME}{gutter} |{FRAME:#} {}{level}{}{level:#} {why}\n",
        finding.level.name(),
        rule.name,
        quoted(&old),
        quoted(&new),
        " ".repeat(indent),
        "^".repeat(width),
    );
    if let [_, more @ ..] = places
        && !more.is_empty()
    {
        let listed: Vec<String> = more.iter().take(LISTED).map(|p| format!("{}:{}", p.line, p.column)).collect();
        let rest = more.len().saturating_sub(LISTED);
        let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        let _ = writeln!(out, "{FRAME}{gutter} ={FRAME:#} also at {}{rest}", listed.join(", "));
    }
    out.push('\n');
}

/// A text in backticks, its middle elided if it is long.
pub fn quoted(text: &str) -> String {
    const SHOWN: usize = 30;
    if text.is_empty() {
        return "nothing".to_owned();
    }
    let head = text.char_indices().nth(SHOWN).map_or(text.len(), |(i, _)| i);
    let tail = text.char_indices().rev().nth(SHOWN - 1).map_or(0, |(i, _)| i);
    if head >= tail {
        return format!("`{}`", visible(text));
    }
    format!("`{} … {}`", visible(&text[..head]), visible(&text[tail..]))
}

/// An excerpt of the finding's first line, and the column and width of the
/// finding within it.
fn excerpt(text: &str, finding: &Finding) -> (String, usize, usize) {
    let start = finding.span.start;
    let before: String = text[..start].chars().rev().take_while(|&c| c != '\n').take(BEFORE + 1).collect();
    let cut = before.chars().count() > BEFORE;
    let before: String = before.chars().take(BEFORE).collect::<Vec<_>>().into_iter().rev().collect();
    let before = format!("{}{}", if cut { "…" } else { "" }, visible(before.trim_start_matches('\u{feff}')));
    let bad: String = text[finding.span.clone()].chars().take_while(|&c| c != '\n').take(AFTER).collect();
    let whole = bad.len() == finding.span.len();
    let behind: String = if whole {
        text[finding.span.end..].chars().take_while(|&c| c != '\n').take(AFTER + 1).collect()
    } else {
        String::new()
    };
    let mut behind_shown = visible(&behind.chars().take(AFTER).collect::<String>());
    if behind.chars().count() > AFTER {
        behind_shown.push('…');
    }
    let bad = visible(&bad);
    let (indent, width) = (before.chars().count(), bad.chars().count().max(1));
    (format!("{before}{bad}{behind_shown}"), indent, width)
}
