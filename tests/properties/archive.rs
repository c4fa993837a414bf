//! The statistics of an archive are a sum: the same bytes however its documents are parted and ordered.

use descan_core::archive::ArchiveStats;
use descan_core::learn::learn;
use descan_lang::searcher::Searcher;
use descan_source::Document;
use proptest::prelude::*;

use crate::files::any_file;
use crate::pipeline::shuffled_scans;

fn sum(parts: &[ArchiveStats]) -> ArchiveStats {
    let mut all = ArchiveStats::default();
    for part in parts {
        all.add(part);
    }
    all
}

/// Any file, or lines of scans, which have unmistakable errors.
fn any_document() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![any_file(), shuffled_scans().prop_map(String::into_bytes)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_order_and_parts_give_the_same_bytes(
        (documents, shuffled) in prop::collection::vec(any_document(), 1..8)
            .prop_flat_map(|documents| (Just(documents.clone()), Just(documents).prop_shuffle())),
        cut in any::<prop::sample::Index>(),
    ) {
        let learned = |files: &[Vec<u8>]| {
            let mut parts = Vec::new();
            for file in files {
                parts.push(learn(&Document::decode(&file[..]), &Searcher::english()));
            }
            parts
        };
        let (ordered, shuffled) = (learned(&documents), learned(&shuffled));
        let whole = sum(&ordered).to_text();
        let (first, second) = shuffled.split_at(cut.index(shuffled.len()));
        let (first, second) = (sum(first), sum(second));
        prop_assert_eq!(&sum(&[first.clone(), second.clone()]).to_text(), &whole);
        prop_assert_eq!(&sum(&[second, first]).to_text(), &whole);
        prop_assert_eq!(ArchiveStats::parse(whole.as_bytes()).map(|stats| stats.to_text()), Ok(whole));
    }
}
