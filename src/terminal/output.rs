//! Standard output, and the summaries on standard error.

use std::cmp::Reverse;
use std::io::{self, BufWriter, IsTerminal, StdoutLock};
use std::path::Path;

use descan_report::ledger::SummaryLine;

use crate::display::shown;
use crate::inputs::list::Skipped;
use crate::say::say;

/// Buffered standard output, for results that are printed byte for byte.
pub(crate) fn stdout() -> BufWriter<StdoutLock<'static>> {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// Whether a person reads the standard output: it is a terminal, or colours were
/// requested.
pub(crate) fn is_for_people() -> bool {
    io::stdout().is_terminal() || anstream::ColorChoice::global() == anstream::ColorChoice::Always
}

/// The width of the terminal; without one, the value of `COLUMNS`, or 80.
pub(crate) fn columns() -> usize {
    let terminal = crossterm::terminal::size().ok().map(|(columns, _)| usize::from(columns));
    let from_env = || std::env::var("COLUMNS").ok()?.parse().ok();
    terminal.filter(|columns| *columns > 0).or_else(from_env).unwrap_or(80)
}

/// Prints details for a single file if standard error is a terminal: the repairs,
/// how damaged the page was, and how to review the suggestions.
pub(crate) fn page_summary(summary: &SummaryLine, path: &Path) {
    if summary.files != 1 || summary.failed > 0 || !io::stderr().is_terminal() {
        return;
    }
    let mut rules: Vec<_> = summary.by_rule.iter().collect();
    rules.sort_by_key(|(name, count)| (Reverse(**count), *name));
    for (name, count) in rules {
        say(format_args!("{count:>6}  {name}"));
    }
    if let Some(file) = summary.most_damaged.first() {
        let found = counted(file.damage.damage(), "finding");
        let layout = match file.damage.layout {
            0 => String::new(),
            layout => format!("; {layout} more of white space, lines and pages"),
        };
        say(format_args!("damage: {found}, {:.1} per 1,000 words{layout}", file.damage.rate()));
    }
    if summary.offered > 0 && path.as_os_str() != "-" {
        say(format_args!(
            "{} suggested, not applied; review with `descan review --offered {}`",
            counted(summary.offered, "repair"),
            shown(path)
        ));
    }
}

/// Prints a summary of the run if standard error is a terminal or there were
/// several files.
pub(crate) fn summary(summary: &SummaryLine, skipped: Skipped, wrote: bool) {
    let several = summary.files + summary.failed > 1;
    if !several && !io::stderr().is_terminal() {
        return;
    }
    let mut parts = vec![counted(summary.files, "file")];
    if wrote {
        parts.push(format!("{} changed", summary.changed));
    }
    parts.push(counted(summary.applied, "repair"));
    parts.push(format!("{} suggested", summary.offered));
    if summary.failed > 0 {
        parts.push(format!("{} failed", summary.failed));
    }
    parts.extend(skipped.counted());
    say(parts.join(", "));
}

/// How many rules the summary of a batch lists.
const RULES: usize = 12;

/// Prints details of a run over several files: the kinds of damage, the most
/// damaged files, and the failures.
pub(crate) fn batch_summary(summary: &SummaryLine, taken_over: usize, failures: &[String]) {
    if summary.files + summary.failed < 2 {
        return;
    }
    if taken_over > 0 {
        say(format_args!("{} unchanged since an earlier run, result reused", counted(taken_over, "file")));
    }
    if summary.sound > 0 {
        say(format_args!("{} without findings", counted(summary.sound, "file")));
    }
    let only_suggested = summary.files.saturating_sub(summary.changed + summary.sound);
    if only_suggested > 0 && summary.changed > 0 {
        say(format_args!("{} with suggestions only", counted(only_suggested, "file")));
    }
    let levels = summary.by_level.iter().map(|(level, count)| format!("{} {count}", level.name()));
    list("findings by level", levels.collect());
    let mut rules: Vec<_> = summary.by_rule.iter().collect();
    rules.sort_by_key(|(name, count)| (Reverse(**count), *name));
    let rest = rules.len().saturating_sub(RULES);
    let mut shown_rules: Vec<String> =
        rules.iter().take(RULES).map(|(name, count)| format!("{name} {count}")).collect();
    if rest > 0 {
        shown_rules.push(format!("and {rest} more {}", if rest == 1 { "rule" } else { "rules" }));
    }
    list("repairs by rule", shown_rules);
    if !summary.most_damaged.is_empty() {
        say("most damaged, by findings per 1,000 words (not counting white space, lines and pages):");
        for file in &summary.most_damaged {
            let path = file.path.to_path().unwrap_or_default();
            say(format_args!("{:>8.1}  {}", file.damage.rate(), shown(&path)));
        }
    }
    if !failures.is_empty() {
        say(format_args!("failed:"));
        failures.iter().for_each(|failure| say(format_args!("  {failure}")));
        let rest = summary.failed.saturating_sub(failures.len());
        if rest > 0 {
            say(format_args!("  and {rest} more; the ledger lists them all"));
        }
    }
}

fn list(what: &str, items: Vec<String>) {
    if !items.is_empty() {
        say(format_args!("{what}: {}", items.join(", ")));
    }
}

/// A number with its noun, in the singular or plural.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
