//! What the design promises, held against pages as scanners leave them, at
//! every level.

use std::path::Path;

use descan_core::pass::Options;
use descan_core::pipeline::{Outcome, clean};
use descan_report::diff::unified;
use descan_report::ledger::{FileLine, PathRecord, restore};
use descan_report::records;
use descan_rules::RuleSet;
use descan_source::{Document, encode};
use descan_text::level::Level;
use proptest::prelude::*;
use rayon::prelude::*;

use crate::patches::takes;
use crate::scans::{scan, scan_file};

fn at(level: usize) -> Options {
    Options { level: Level::ALL[level], ..Options::default() }
}

fn cleaned(bytes: &[u8], level: usize) -> Vec<u8> {
    let document = Document::decode(bytes);
    let outcome = clean(&document, &RuleSet::built_in(), &at(level));
    document.splice(&outcome.edits).apply(bytes)
}

/// What a run finds and applies, in words that can be compared.
fn told(outcome: &Outcome) -> String {
    format!("{:?}\n{:?}", outcome.findings, outcome.edits)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_cleaned_file_is_not_changed_again(bytes in scan_file(), level in 0usize..3) {
        let once = cleaned(&bytes, level);
        let twice = cleaned(&once, level);
        prop_assert_eq!(String::from_utf8_lossy(&once), String::from_utf8_lossy(&twice));
        prop_assert_eq!(once, twice);
    }

    #[test]
    fn edits_lie_apart_in_order_and_on_the_borders_of_characters(text in scan(), level in 0usize..3) {
        let document = Document::decode(text.as_bytes());
        let outcome = clean(&document, &RuleSet::built_in(), &at(level));
        let text = document.text();
        let mut free = 0;
        for (number, edit) in outcome.edits.iter().enumerate() {
            prop_assert!(edit.span.start <= edit.span.end && (number == 0 || edit.span.start > free));
            let old = text.get(edit.span.clone());
            let is_real = old.is_some_and(|old| old != edit.text && !old.contains('\u{fffd}'));
            prop_assert!(is_real, "{:?}", edit);
            free = edit.span.end;
        }
        let after = outcome.edits.apply(text);
        prop_assert_eq!(outcome.edits.invert(text).apply(&after), text);
    }

    #[test]
    fn the_file_holds_what_findings_say_and_the_ledger_leads_back(bytes in scan_file(), level in 0usize..3) {
        let (document, rules) = (Document::decode(&bytes[..]), RuleSet::built_in());
        let outcome = clean(&document, &rules, &at(level));
        let records = records(1, &document, &outcome, &rules);
        prop_assert_eq!(records.len(), outcome.findings.len());
        for (record, finding) in records.iter().zip(&outcome.findings) {
            prop_assert_eq!(document.text().get(finding.span.clone()), Some(&*finding.before));
            let held = &bytes[record.span[0]..record.span[1]];
            match &record.before_hex {
                Some(hex) => prop_assert_eq!(hex, &held.iter().map(|b| format!("{b:02x}")).collect::<String>()),
                None => prop_assert_eq!(&*encode(&record.before, document.encoding()), held),
            }
        }
        let splice = document.splice(&outcome.edits);
        let after = splice.apply(&bytes);
        let file = FileLine::new(PathRecord::new(Path::new("x")), None, &document, &outcome, &splice, &after);
        prop_assert_eq!(restore(&after, &file, &records), Ok(bytes));
    }

    #[test]
    fn bytes_outside_the_edits_stay(bytes in scan_file(), level in 0usize..3) {
        let document = Document::decode(&bytes[..]);
        let edits = clean(&document, &RuleSet::built_in(), &at(level)).edits;
        let written = document.write(&edits);
        if written.reencoded_for.is_none() {
            // What no edit touches is found in the same order, byte by byte.
            let (mut rest, mut done) = (&written.bytes[..], 0);
            for edit in edits.iter() {
                let place = document.file_span(edit.span.clone());
                let kept = &bytes[done..place.start];
                prop_assert!(rest.starts_with(kept));
                let new = encode(&document.in_own_newlines(&edit.text), document.encoding());
                prop_assert!(rest[kept.len()..].starts_with(&new));
                rest = &rest[kept.len() + new.len()..];
                done = place.end;
            }
            prop_assert_eq!(rest, &bytes[done..]);
        }
    }

    #[test]
    fn a_text_beside_others_is_what_it_is_alone(texts in prop::collection::vec(scan(), 2..6), level in 0usize..3) {
        let rules = RuleSet::built_in();
        let run = |text: &String| told(&clean(&Document::decode(text.as_bytes()), &rules, &at(level)));
        let alone: Vec<String> = texts.iter().map(run).collect();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().expect("two threads");
        let beside: Vec<String> = pool.install(|| texts.par_iter().rev().map(run).collect());
        prop_assert!(beside.iter().rev().eq(&alone));
    }
}

proptest! {
    // Each case starts four programs.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn git_and_patch_make_the_cleaned_text_and_lead_back(bytes in scan_file(), level in 0usize..3) {
        let document = Document::decode(&bytes[..]);
        let outcome = clean(&document, &RuleSet::built_in(), &at(level));
        let splice = document.splice(&outcome.edits);
        let new = splice.apply(&bytes);
        let diff = unified(&bytes, &splice, b"a/x.txt", b"b/x.txt");
        prop_assert_eq!(diff.is_empty(), new == bytes);
        if !diff.is_empty() && !new.is_empty() {
            takes(&bytes, &new, &diff, "x.txt")?;
        }
    }
}

/// A large text is judged by all threads of the pool it is read in, and a very
/// large one section by section.
#[test]
fn a_large_text_is_the_same_for_one_two_and_eight_threads() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");
    let read = |name: &str| std::fs::read_to_string(format!("{folder}/{name}")).expect("readable");
    // Of much right text, so that the test is over soon.
    let chapter = read("harbour-story.scan.txt") + &read("undamaged.clean.txt").repeat(40);
    let large = chapter.repeat(descan_core::pass::LARGE / chapter.len() + 1);
    let very_large = chapter.repeat(13_000_000 / chapter.len() + 1);
    let rules = RuleSet::built_in();
    for (text, others) in [(large, &[2, 8][..]), (very_large, &[2])] {
        let document = Document::decode(text.as_bytes());
        let by = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            pool.install(|| clean(&document, &rules, &Options::default()))
        };
        let one = by(1);
        assert!(one.edits.len() > 20, "{} edits", one.edits.len());
        for &threads in others {
            let other = by(threads);
            assert_eq!(other.findings, one.findings, "{threads} threads");
            assert_eq!(other.edits, one.edits, "{threads} threads");
        }
    }
}
