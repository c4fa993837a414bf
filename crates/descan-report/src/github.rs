//! GitHub workflow annotations: commands on the standard output that show a
//! finding next to its line.
//!
//! Format and escaping follow GitHub's own
//! [toolkit](https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts).
//! GitHub's page shows ten errors, ten warnings and ten notices per step; the log
//! has all of them.

use std::fmt::Write as _;
use std::path::Path;

use descan_text::escape::visible;
use descan_text::level::Level;

use super::{Checked, ReportedFinding, Totals};

/// The annotations of a file, one per line.
pub fn annotations(file: &Checked<'_>) -> String {
    let mut out = String::new();
    for reported in file.reported() {
        one(file.path, &reported, &mut out);
    }
    out
}

/// The inputs that failed, as errors, and the totals, as a notice.
pub fn foot(totals: &Totals) -> String {
    let mut out = String::new();
    for (path, why) in &totals.failures {
        let text = format!("{} {why}", visible(&path.to_string_lossy()));
        let _ = writeln!(out, "::error file={},title=descan::{}", property(&shown(path)), data(&text));
    }
    let counted = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let Totals { files, findings, failing, known, .. } = *totals;
    let known = if known > 0 { format!(", {known} more known from the baseline") } else { String::new() };
    let _ = writeln!(
        out,
        "::notice title=descan::{} in {}, {failing} failing the check{known}",
        counted(findings, "finding"),
        counted(files, "file"),
    );
    out
}

fn one(path: &Path, reported: &ReportedFinding<'_>, out: &mut String) {
    let command = match reported.finding.level {
        Level::Certain => "error",
        Level::Probable => "warning",
        Level::Suspect => "notice",
    };
    let (start, end) = (reported.start(), reported.end());
    // GitHub uses columns only for findings within one line; `endColumn` is the
    // column of the last character.
    let columns = if start.line == end.line {
        format!(",col={},endColumn={}", start.column, start.column.max(end.column - 1))
    } else {
        String::new()
    };
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "::{command} file={},line={},endLine={}{columns},title={}::{}",
        property(&shown(path)),
        start.line,
        end.line,
        property(&format!("{} ({})", reported.rule.name, reported.finding.level.name())),
        data(&reported.sentence()),
    );
}

/// A path as GitHub names repository files: with slashes and no leading `./`.
fn shown(path: &Path) -> String {
    let path = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    path.strip_prefix("./").unwrap_or(&path).to_owned()
}

/// Text as the message of a command. GitHub has no escape for other control
/// characters; they are shown by number.
fn data(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '%' => out.push_str("%25"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            c if c.is_control() => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

/// Text as the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_value_or_a_line_is_escaped() {
        assert_eq!(data("100 %\r\n::error::x\u{1b}\u{9b}"), "100 %25%0D%0A::error::x\\u{1b}\\u{9b}");
        assert_eq!(property("a,b:c%2C\n"), "a%2Cb%3Ac%252C%0A");
    }
}
