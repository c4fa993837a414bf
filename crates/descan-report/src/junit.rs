//! JUnit XML: a suite per file, a case per finding. Findings that fail the check
//! are failures, the others are skipped; a file without findings is one passing
//! case.

use std::fmt::Write as _;

use descan_text::escape::visible;

use super::{Checked, ReportedFinding, Totals};

/// The start of the report. Counts are per suite: the totals are known only once
/// all files are read.
pub fn head() -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"descan\">\n".to_owned()
}

/// The suite of a file.
pub fn suite(file: &Checked<'_>) -> String {
    let name = xml(&file.path.to_string_lossy());
    let reported: Vec<ReportedFinding<'_>> = file.reported().collect();
    let failing = reported.iter().filter(|t| t.fails).count();
    let skipped = reported.len() - failing;
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "  <testsuite name=\"{name}\" tests=\"{}\" failures=\"{failing}\" errors=\"0\" skipped=\"{skipped}\">",
        reported.len().max(1),
    );
    if reported.is_empty() {
        let _ = writeln!(out, "    <testcase classname=\"{name}\" name=\"no findings\"/>");
    }
    for reported in &reported {
        case(&name, reported, &mut out);
    }
    out.push_str("  </testsuite>\n");
    out
}

/// The inputs that failed, as a suite of errors, and the end of the report.
pub fn foot(totals: &Totals) -> String {
    let mut out = String::new();
    let count = totals.failures.len();
    if count > 0 {
        let _ = writeln!(
            out,
            "  <testsuite name=\"inputs\" tests=\"{count}\" failures=\"0\" errors=\"{count}\" skipped=\"0\">"
        );
        for (path, why) in &totals.failures {
            let _ = writeln!(
                out,
                "    <testcase classname=\"inputs\" name=\"{}\"><error message=\"{}\"/></testcase>",
                xml(&path.to_string_lossy()),
                xml(why)
            );
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

fn case(path: &str, reported: &ReportedFinding<'_>, out: &mut String) {
    let (start, rule, level) = (reported.start(), xml(&reported.rule.name), reported.finding.level.name());
    let message = xml(&reported.sentence());
    let _ = writeln!(
        out,
        "    <testcase classname=\"{path}\" name=\"{}:{} {rule} {}\">",
        start.line, start.column, reported.record.fingerprint
    );
    if reported.fails {
        let reasons: Vec<String> = reported.finding.reasons.iter().map(super::human::reason).collect();
        let reasons = xml(&reasons.join("; "));
        let _ = writeln!(out, "      <failure type=\"{level} {rule}\" message=\"{message}\">{reasons}</failure>");
    } else {
        let _ = writeln!(out, "      <skipped message=\"{level}: {message}\"/>");
    }
    out.push_str("    </testcase>\n");
}

/// Text inside XML 1.0: markup as entities, invisible characters as `\u{…}`, and
/// the two non-characters that XML cannot contain as U+FFFD.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_replaced() {
        assert_eq!(xml("a<b & \"c\"\0\u{1b}\n\u{ffff}]]>"), "a&lt;b &amp; &quot;c&quot;\\u{0}\\u{1b}⏎\u{fffd}]]&gt;");
    }
}
