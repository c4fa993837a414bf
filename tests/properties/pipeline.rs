//! What the whole pipeline keeps for any bytes.

use descan_core::pass::Options;
use descan_core::pipeline::clean;
use descan_rules::RuleSet;
use descan_source::Document;
use descan_text::level::Level;
use proptest::prelude::*;

use crate::files::any_file;

/// Lines of the scanned fixtures, in an order that no scanner left them in.
pub(crate) fn shuffled_scans() -> impl Strategy<Value = String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");
    let mut files: Vec<_> = std::fs::read_dir(folder).expect("a folder").flatten().map(|e| e.path()).collect();
    files.retain(|path| path.to_string_lossy().ends_with(".scan.txt"));
    files.sort();
    let texts = files.iter().map(|path| String::from_utf8_lossy(&std::fs::read(path).expect("readable")).into_owned());
    let lines: Vec<String> = texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect();
    prop::collection::vec(prop::sample::select(lines), 1..60).prop_map(|lines| lines.join("\n"))
}

fn at(level: usize) -> Options {
    Options { level: Level::ALL[level], ..Options::default() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn findings_agree_with_the_edits(bytes in any_file(), level in 0usize..3) {
        let rules = RuleSet::built_in();
        let document = Document::decode(&bytes[..]);
        let options = at(level);
        let outcome = clean(&document, &rules, &options);
        let owners: Vec<_> = outcome.findings.iter().filter(|f| f.applied && f.part_of.is_none()).collect();
        let edits: Vec<_> = outcome.edits.iter().collect();
        prop_assert_eq!(owners.len(), edits.len());
        for (finding, edit) in owners.iter().zip(edits) {
            prop_assert_eq!((&finding.span, &finding.after), (&edit.span, &edit.text));
            prop_assert_eq!(&finding.before, &document.text()[edit.span.clone()]);
            prop_assert_ne!(&finding.before, &finding.after);
        }
        for pair in outcome.findings.windows(2) {
            prop_assert!(pair[0].span.start <= pair[1].span.start);
        }
        for finding in &outcome.findings {
            prop_assert!(finding.part_of.is_none_or(|i| outcome.findings[i].part_of.is_none()));
        }
    }

    #[test]
    fn cleaning_twice_is_cleaning_once(text in shuffled_scans(), level in 0usize..3) {
        let rules = RuleSet::built_in();
        let document = Document::decode(text.as_bytes());
        let cleaned = clean(&document, &rules, &at(level)).edits.apply(document.text());
        let again = Document::decode(cleaned.as_bytes());
        let twice = clean(&again, &rules, &at(level)).edits.apply(again.text());
        prop_assert_eq!(cleaned, twice);
    }
}
