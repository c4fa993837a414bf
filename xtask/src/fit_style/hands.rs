//! Counts the signs of unknown words in scans and in right texts.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use descan_core::evidence::Evidence;
use descan_lang::candidates::CandidateCache;
use descan_lang::searcher::Searcher;
use descan_source::Document;
use descan_text::analysis::Analysis;
use rayon::prelude::*;

use super::samples::{RIGHT, SCANS};
use crate::measure::split::Half;

/// The signs of one document count as so many at most, else one glossary of
/// unknown words would stand for all writers.
const MOST: f64 = 100.0;

const HEAD: &str = "\
# Confusions that alone explain unknown words: as read, as printed, in how many words of scans, in how
# many of right texts.
# Written by `cargo xtask fit-style`.
";

type Signs = BTreeMap<(String, String), f64>;

/// The table of hands, from the halves for fitting.
///
/// # Errors
/// A sentence about the first set or file that cannot be read.
pub(super) fn count(corpus: &Path) -> Result<String, String> {
    let searcher = Searcher::english();
    let mut of_both = Vec::new();
    for (sets, ending) in [(&SCANS[..], ".ocr.txt"), (&RIGHT[..], ".txt")] {
        let mut paths: Vec<PathBuf> = Vec::new();
        for set in sets {
            paths.extend(Half::Fit.documents(corpus, set, ending)?);
        }
        let counted: Vec<Signs> = paths
            .par_iter()
            .map(|path| {
                let bytes = fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
                Ok(signs(Document::decode(&bytes[..]).text(), &searcher))
            })
            .collect::<Result<_, String>>()?;
        let mut sum = Signs::new();
        for (sign, count) in counted.into_iter().flatten() {
            *sum.entry(sign).or_default() += count;
        }
        of_both.push(sum);
    }
    let [scans, right] = &of_both[..] else { return Err("two kinds of texts are counted".to_owned()) };
    let signs: BTreeSet<_> = scans.keys().chain(right.keys()).collect();
    let of = |counts: &Signs, sign: &(String, String)| counts.get(sign).copied().unwrap_or(0.0);
    let line =
        |sign: &(String, String)| format!("{}\t{}\t{:.1}\t{:.1}\n", sign.0, sign.1, of(scans, sign), of(right, sign));
    Ok(signs.into_iter().fold(HEAD.to_owned(), |table, sign| table + &line(sign)))
}

fn signs(text: &str, searcher: &Arc<Searcher>) -> Signs {
    let candidates = Arc::new(CandidateCache::new(Arc::clone(searcher)));
    let evidence = Evidence::gather(&Analysis::new(text, searcher.language().part_names()), &candidates, None);
    let confusions = searcher.language().confusions();
    let mut signs = Signs::new();
    for index in evidence.noise().explanations() {
        let confusion = confusions.get(index);
        *signs.entry((confusion.seen.to_string(), confusion.meant.to_string())).or_default() += 1.0;
    }
    let all: f64 = signs.values().sum();
    let share = (MOST / all).min(1.0);
    signs.values_mut().for_each(|count| *count *= share);
    signs
}
