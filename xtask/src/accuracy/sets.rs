//! The sets of texts that are measured, and the work on each text.

use std::fs;
use std::path::{Path, PathBuf};

use descan_core::pass::{Options, Selection};
use descan_core::pipeline::clean;
use descan_rules::RuleSet;
use descan_source::Document;
use descan_text::level::Level;
use rayon::prelude::*;

use super::edits::Edits;
use crate::measure::harm::Harm;
use crate::measure::score::Score;
use crate::measure::split::{Half, truth_of};

/// Texts that are measured with the same options.
pub(super) struct Set {
    /// The name in tables and floors.
    pub name: &'static str,
    folder: &'static str,
    /// The prefix of its files' names; after a `!`, a prefix that excludes files.
    prefix: &'static str,
    /// Passes that are off because the truth keeps what they would repair.
    ignore: &'static [&'static str],
    level: Level,
    truth: Truth,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Truth {
    /// `NAME.gt.txt` beside `NAME.ocr.txt`.
    Beside,
    /// The same, but of another edition of the book.
    Edition,
    /// The text itself: it has no errors.
    Itself,
}

const SCANS: Set =
    Set { name: "", folder: "scans", prefix: "", ignore: &[], level: Level::Certain, truth: Truth::Beside };
const RIGHT: Set = Set { folder: "clean", prefix: "!hard-", truth: Truth::Itself, ..SCANS };
/// Rules for the spaces that old presses set before marks and inside quotes: the
/// truth of the newspapers has them as printed.
const NEWS: Set = Set {
    folder: "news",
    ignore: &[
        "pages",
        "lines",
        "space-before-high-mark",
        "space-before-comma",
        "space-before-closing-full-stop",
        "space-after-opening-straight-quote",
        "space-before-closing-straight-quote",
    ],
    ..SCANS
};
const CRIME: Set = Set {
    folder: "crime",
    ignore: &[
        "space-before-high-mark",
        "space-before-comma",
        "space-before-closing-full-stop",
        "space-after-opening-straight-quote",
        "space-before-closing-straight-quote",
    ],
    ..SCANS
};
/// The books, with only the passes that repair words.
const BOOKS: Set = Set { folder: "books", ignore: &["pages", "lines", "quotes", "spacing"], ..SCANS };
const HARD: Set = Set { prefix: "hard-", ..RIGHT };

/// All sets, in the order of the tables.
pub(super) const SETS: [Set; 23] = [
    Set { name: "scans-mild", prefix: "mild", ..SCANS },
    Set { name: "scans-moderate", prefix: "moderate", ..SCANS },
    Set { name: "scans-heavy", prefix: "heavy", ..SCANS },
    Set { name: "scans-all", ..SCANS },
    Set { name: "scans-all-at-probable", level: Level::Probable, ..SCANS },
    Set { name: "engines", folder: "scans2", ..SCANS },
    Set { name: "engines-at-probable", folder: "scans2", level: Level::Probable, ..SCANS },
    Set { name: "books", folder: "books", ..SCANS },
    Set { name: "books-words", ..BOOKS },
    Set { name: "books-words-at-probable", level: Level::Probable, ..BOOKS },
    Set { name: "news", ..NEWS },
    Set { name: "news-at-probable", level: Level::Probable, ..NEWS },
    Set { name: "news-at-suspect", level: Level::Suspect, ..NEWS },
    Set { name: "crime", ..CRIME },
    Set { name: "crime-at-probable", level: Level::Probable, ..CRIME },
    Set { name: "crime-at-suspect", level: Level::Suspect, ..CRIME },
    Set { name: "hathi", folder: "hathi", truth: Truth::Edition, ..SCANS },
    Set { name: "right-text", ..RIGHT },
    Set { name: "right-text-at-probable", level: Level::Probable, ..RIGHT },
    Set { name: "right-text-at-suspect", level: Level::Suspect, ..RIGHT },
    Set { name: "hard-text", ..HARD },
    Set { name: "hard-text-at-probable", level: Level::Probable, ..HARD },
    Set { name: "hard-text-at-suspect", level: Level::Suspect, ..HARD },
];

/// The figures of a set, or of one text.
#[derive(Default)]
pub(super) struct Result {
    /// Scans: the comparison with the truth.
    pub score: Score,
    /// Right text: what was changed.
    pub harm: Harm,
    /// The edits of each pass, each judged by itself; only where the truth is of
    /// the same edition.
    pub edits: Edits,
    /// Texts that change again when their cleaned text is cleaned.
    pub unstable: Vec<String>,
}

impl Set {
    /// Whether the set is right text, where every change is likely to be wrong.
    pub(super) fn is_right(&self) -> bool {
        self.truth == Truth::Itself
    }

    /// The texts of the half that nothing is learned from.
    fn texts(&self, corpus: &Path) -> std::result::Result<Vec<PathBuf>, String> {
        let ending = if self.is_right() { ".txt" } else { ".ocr.txt" };
        let mut paths = Half::Check.documents(corpus, self.folder, ending)?;
        paths.retain(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            match self.prefix.strip_prefix('!') {
                Some(prefix) => !name.starts_with(prefix),
                None => name.starts_with(self.prefix),
            }
        });
        Ok(paths)
    }

    fn measure(&self, path: &Path, rules: &RuleSet) -> std::result::Result<Result, String> {
        let read = |path: &Path| fs::read(path).map_err(|e| format!("{}: {e}", path.display()));
        let ignore: Vec<String> = self.ignore.iter().map(ToString::to_string).collect();
        let selection = Selection::new(&[], &ignore, rules).map_err(|e| e.to_string())?;
        let options = Options { level: self.level, selection, ..Options::default() };
        let bytes = read(path)?;
        let document = Document::decode(&bytes[..]);
        let outcome = clean(&document, rules, &options);
        let cleaned = outcome.edits.apply(document.text());
        let mut result = Result::default();
        if self.is_right() {
            result.harm = Harm::of(&document, &outcome);
        } else {
            let truth = String::from_utf8_lossy(&read(&truth_of(path))?).replace("\r\n", "\n");
            if self.truth == Truth::Beside {
                result.edits = Edits::of(document.text(), &outcome, &truth);
            }
            result.score = Score::of(document.text(), &cleaned, &truth, self.truth == Truth::Edition);
        }
        if self.level == Level::Certain && !outcome.edits.is_empty() {
            let written = document.splice(&outcome.edits).apply(&bytes);
            let again = Document::decode(&written[..]);
            if !clean(&again, rules, &options).edits.is_empty() {
                result.unstable.push(path.display().to_string());
            }
        }
        Ok(result)
    }
}

/// Measures all sets, on all cores.
///
/// # Errors
/// A sentence about the first file that cannot be read.
pub(super) fn measure_all(corpus: &Path, rules: &RuleSet) -> std::result::Result<Vec<Result>, String> {
    let mut work = Vec::new();
    for (index, set) in SETS.iter().enumerate() {
        for path in set.texts(corpus)? {
            let size = fs::metadata(&path).map_or(0, |m| m.len());
            work.push((std::cmp::Reverse(size), index, path));
        }
    }
    // The largest texts first, so that no core has to wait for another at the end.
    work.sort();
    let parts: Vec<(usize, Result)> = work
        .par_iter()
        .with_max_len(1)
        .map(|(_, index, path)| Ok((*index, SETS[*index].measure(path, rules)?)))
        .collect::<std::result::Result<_, String>>()?;
    let mut results: Vec<Result> = SETS.iter().map(|_| Result::default()).collect();
    for (index, part) in parts {
        results[index].score.add(&part.score);
        results[index].harm.add(&part.harm);
        results[index].edits.add(&part.edits);
        results[index].unstable.extend(part.unstable);
    }
    Ok(results)
}
