//! The ledger leads back to the original, byte for byte.

use std::path::Path;

use descan_core::pass::Options;
use descan_core::pipeline::{Outcome, clean};
use descan_report::ledger::{FileLine, Line, Mismatch, PathRecord, restore};
use descan_report::{FindingRecord, records};
use descan_rules::RuleSet;
use descan_source::Document;
use proptest::prelude::*;

use crate::files::{any_file, any_places, outcome};

/// The cleaned bytes and the ledger's lines, read back from their JSON.
fn through_the_ledger(document: &Document<'_>, outcome: &Outcome) -> (Vec<u8>, FileLine, Vec<FindingRecord>) {
    let splice = document.splice(&outcome.edits);
    let cleaned = splice.apply(document.bytes());
    let path = PathRecord::new(Path::new("story.txt"));
    let file = Line::File(FileLine::new(path, None, document, outcome, &splice, &cleaned));
    let Ok(Line::File(file)) = serde_json::from_str(&file.to_json()) else { panic!("no file line") };
    let read_back = |record: FindingRecord| match serde_json::from_str(&Line::Edit(record).to_json()) {
        Ok(Line::Edit(edit)) => edit,
        other => panic!("no edit line: {other:?}"),
    };
    let edits = records(1, document, outcome, &RuleSet::built_in()).into_iter().map(read_back).collect();
    (cleaned, file, edits)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_edits_of_any_file_are_undone(bytes in any_file(), places in any_places()) {
        let document = Document::decode(&bytes[..]);
        let outcome = outcome(&document, &places);
        let (cleaned, file, edits) = through_the_ledger(&document, &outcome);
        prop_assert_eq!(restore(&cleaned, &file, &edits), Ok(bytes.clone()));
        let mut touched = cleaned;
        touched.push(b'!');
        prop_assert_eq!(restore(&touched, &file, &edits), Err(Mismatch::Changed));
    }

    #[test]
    fn a_ledger_that_was_tampered_with_restores_nothing(bytes in any_file(), places in any_places(), which in 0usize..6) {
        let document = Document::decode(&bytes[..]);
        let outcome = outcome(&document, &places);
        let (cleaned, file, mut edits) = through_the_ledger(&document, &outcome);
        if which < edits.len() {
            edits[which].before.push('x');
            edits[which].before_hex = None;
            prop_assert_eq!(restore(&cleaned, &file, &edits), Err(Mismatch::Ledger));
            edits[which].span = [usize::MAX - 3, usize::MAX];
            prop_assert_eq!(restore(&cleaned, &file, &edits), Err(Mismatch::Ledger));
        }
    }

    #[test]
    fn spans_hold_the_text_that_findings_say(bytes in any_file(), places in any_places()) {
        let document = Document::decode(&bytes[..]);
        let outcome = outcome(&document, &places);
        for record in records(1, &document, &outcome, &RuleSet::built_in()) {
            let part = &bytes[record.span[0]..record.span[1]];
            prop_assert_eq!(descan_source::encode(&record.before, document.encoding()), part);
        }
    }

    #[test]
    fn what_the_passes_do_is_undone(bytes in any_file()) {
        let document = Document::decode(&bytes[..]);
        let outcome = clean(&document, &RuleSet::built_in(), &Options::default());
        let (cleaned, file, edits) = through_the_ledger(&document, &outcome);
        prop_assert_eq!(restore(&cleaned, &file, &edits), Ok(bytes));
    }
}
