//! No report passes on what acts: text that looks like markup, like a command or
//! like an order to the terminal is shown and never obeyed.

use std::path::Path;

use descan_core::decisions::Decisions;
use descan_core::pass::Options;
use descan_core::pipeline::clean;
use descan_report::html::{Page, Section};
use descan_report::{BaselineStatus, Checked, Run, Totals, github, human, junit, records, sarif};
use descan_rules::RuleSet;
use descan_source::Document;
use descan_text::escape::is_hidden;
use descan_text::level::Level;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

/// What ends a string, a tag, an attribute, a script, a command, a link or a
/// line; what drives a terminal and turns the reading direction; and damage, so
/// that it stands in findings and beside them.
const ACTS: &[&str] = &[
    "<b>",
    "</b>",
    "<img src=x>",
    "<script>alert(1)</script>",
    "</script>",
    "<!--",
    "-->",
    "]]>",
    "<![CDATA[",
    "&amp;",
    "&",
    "\"",
    "'",
    "`",
    "\" onclick=\"x",
    "' id='d0",
    "[a](b)",
    "{0}",
    "\\",
    "\\u003c",
    "%0A",
    "%",
    "\n::error::x\n",
    "::error file=a::",
    "::stop::",
    "\u{1b}[31m",
    "\u{1b}]0;x\u{7}",
    "\u{9b}2J",
    "\u{8}",
    "\r",
    "\u{202e}",
    "\u{2066}",
    "\u{2028}",
    "\u{85}",
    "\u{feff}",
    "\0",
    "o\u{fb03}cer",
    "<tbe>",
    "of\u{fb01}ce</script>",
    "b\u{43e}\u{43e}t",
    "un\u{ad}til",
    "don,t",
    "Letme",
    "I’'m",
    "wor1d",
    "the",
    "harbour",
    "and",
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
];

fn hostile() -> impl Strategy<Value = String> {
    prop::collection::vec(select(ACTS), 1..40).prop_map(|parts| parts.join(" "))
}

/// What follows each `<`, as far as the name of an element goes.
fn elements(html: &str) -> Vec<&str> {
    html.split('<').skip(1).map(|part| part.split(['>', ' ', '\n']).next().unwrap_or_default()).collect()
}

/// Whether a text would do something to who shows it, besides beginning a line.
fn acts(text: &str) -> bool {
    text.chars().any(|c| c != '\n' && is_hidden(c))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn reports_show_what_a_text_holds_and_do_not_obey_it(text in hostile(), name in hostile()) {
        let (document, rules) = (Document::decode(text.as_bytes()), RuleSet::built_in());
        let options = Options { level: Level::Suspect, ..Options::default() };
        let outcome = clean(&document, &rules, &options);
        let records = records(1, &document, &outcome, &rules);
        let file = Checked {
            path: Path::new(&name),
            document: &document,
            findings: &outcome.findings,
            records: &records,
            statuses: &vec![BaselineStatus::New; records.len()],
            has_baseline: false,
            rules: &rules,
            fail_on: Level::Suspect,
        };
        let totals = Totals::of(&file);
        let count = file.reported().count();

        // SARIF: JSON that holds the very text.
        let run = Run { rules: &rules, selection: &options.selection };
        let log = [sarif::head(run), sarif::results(&file), sarif::foot(&totals)].concat();
        prop_assert!(!acts(&log));
        let log: Value = serde_json::from_str(&log).map_err(|e| TestCaseError::fail(e.to_string()))?;
        let results = log["runs"][0]["results"].as_array().expect("results");
        prop_assert_eq!(results.len(), count);
        for (result, reported) in results.iter().zip(file.reported()) {
            let place = &result["locations"][0]["physicalLocation"];
            prop_assert_eq!(&place["region"]["snippet"]["text"], &Value::from(&*reported.finding.before));
            let uri = place["artifactLocation"]["uri"].as_str().expect("a path");
            prop_assert!(uri.bytes().all(|b| b.is_ascii_graphic() && !b"<>\"`\\{}[]".contains(&b)), "{}", uri);
        }

        // GitHub: one command a finding and no other, whatever lines the text has.
        let commands = [github::annotations(&file), github::foot(&totals)].concat();
        prop_assert_eq!(commands.lines().count(), count + 1);
        prop_assert!(commands.lines().all(|line| line.starts_with("::")), "{}", commands);
        prop_assert!(!commands.contains(['\r', '\u{1b}', '\u{9b}', '\0', '\u{8}']), "{:?}", commands);

        // JUnit: its own elements only.
        let suites = [junit::head(), junit::suite(&file), junit::foot(&totals)].concat();
        prop_assert!(!acts(&suites), "{:?}", suites);
        let own = ["?xml", "testsuites", "testsuite", "testcase", "failure", "skipped/", "skipped", "/testsuites",
            "/testsuite", "/testcase", "/failure", "/skipped"];
        for element in elements(&suites) {
            prop_assert!(own.contains(&element), "{}", element);
        }

        // The terminal: colours are the only orders, and they are descan's own.
        let shown = human::report(&file);
        let mut parts = shown.split('\u{1b}');
        prop_assert!(!acts(parts.next().unwrap_or_default()));
        for part in parts {
            let colour = part.strip_prefix('[').and_then(|part| part.split_once('m'));
            let Some((codes, behind)) = colour else { return Err(TestCaseError::fail(format!("{part:?}"))) };
            prop_assert!(codes.bytes().all(|b| b.is_ascii_digit() || b == b';') && !acts(behind), "{:?}", part);
        }
    }

    /// The page of a text with markup has the elements of the page of the same
    /// text without.
    #[test]
    fn a_page_has_no_element_of_the_texts(text in hostile(), name in hostile()) {
        let page = |text: &str, name: &str| {
            let (document, rules) = (Document::decode(text.as_bytes()), RuleSet::built_in());
            let outcome = clean(&document, &rules, &Options::default());
            let records = records(1, &document, &outcome, &rules);
            let statuses = vec![BaselineStatus::New; records.len()];
            let file = Checked {
                path: Path::new(name),
                document: &document,
                findings: &outcome.findings,
                records: &records,
                statuses: &statuses,
                has_baseline: false,
                rules: &rules,
                fail_on: Level::Certain,
            };
            let mut page = Page::default();
            page.add(Section::new(&file, &[]));
            page.finish(Level::Certain, &rules, &Decisions::default())
        };
        let html = page(&text, &name);
        let empty = page("", "a.txt");
        let own: Vec<&str> = elements(&empty);
        // What a text with findings has besides.
        let marks = ["mark", "/mark", "s", "/s", "del", "/del", "ins", "/ins", "i", "/i", "span", "/span", "p", "/p", "b", "/b", "br",
            "div", "/div", "figure", "/figure", "figcaption", "/figcaption", "svg", "/svg", "rect", "/rect", "title", "/title", "button", "/button", "pre", "/pre", "a", "/a"];
        for element in elements(&html) {
            prop_assert!(own.contains(&element) || marks.contains(&element), "{}", element);
        }
        let count = |html: &str, what: &str| html.matches(what).count();
        for what in ["<script", "</script", "<style", "<!--", " onclick=\""] {
            prop_assert_eq!(count(&html, what), count(&empty, what), "{}", what);
        }
        prop_assert!(!acts(&html), "{:?}", html);
    }
}
