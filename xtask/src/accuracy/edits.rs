//! Judges single edits by comparing them with the truth.
//!
//! An edit is right if it brings the words around it closer to the truth, and
//! wrong if it takes them further away. Other damage nearby does not count
//! against it.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use descan_core::finding::Finding;
use descan_core::pipeline::Outcome;

use crate::measure::align::{Symbols, align, distance};
use crate::measure::score::words;

/// Words compared on either side of an edit.
const AROUND: usize = 3;

/// Edits that were applied, by pass.
#[derive(Clone, Debug, Default)]
pub(super) struct Edits {
    /// The counts of each pass.
    pub by_pass: BTreeMap<&'static str, Counts>,
}

/// The number of edits by their effect.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    /// Edits that came closer to the truth.
    pub right: usize,
    /// Edits that replaced one wrong reading with another.
    pub neither: usize,
    /// Edits that went further from the truth.
    pub wrong: usize,
}

impl Counts {
    /// Counts an edit.
    pub(crate) fn count(&mut self, verdict: Ordering) {
        match verdict {
            Ordering::Less => self.right += 1,
            Ordering::Equal => self.neither += 1,
            Ordering::Greater => self.wrong += 1,
        }
    }

    /// Adds other counts.
    pub(crate) fn add(&mut self, other: Counts) {
        self.right += other.right;
        self.neither += other.neither;
        self.wrong += other.wrong;
    }

    /// Right edits as a percentage of those that are right or wrong.
    pub(crate) fn share(self) -> f64 {
        100.0 * self.right as f64 / (self.right + self.wrong).max(1) as f64
    }
}

impl Edits {
    /// Judges each edit that a run applied to `text`.
    pub(super) fn of(text: &str, outcome: &Outcome, truth: &str) -> Edits {
        let mut edits = Edits::default();
        let applied: Vec<&Finding> = outcome.findings.iter().filter(|f| f.applied && f.part_of.is_none()).collect();
        for (finding, verdict) in judge(text, &applied, truth) {
            edits.by_pass.entry(finding.pass.as_str()).or_default().count(verdict);
        }
        edits
    }

    /// Adds the counts of other texts.
    pub(super) fn add(&mut self, other: &Edits) {
        for (pass, counts) in &other.by_pass {
            self.by_pass.entry(pass).or_default().add(*counts);
        }
    }
}

/// Judges each of some edits of `text` by itself: whether the words around it are
/// then fewer letters away from the truth, as many, or more.
pub(crate) fn judge<'f>(text: &str, findings: &[&'f Finding], truth: &str) -> Vec<(&'f Finding, Ordering)> {
    let (found, meant): (Vec<&str>, Vec<&str>) = (words(text).collect(), words(truth).collect());
    let mut symbols = Symbols::default();
    let alignment = align(&symbols.of(found.iter().copied()), &symbols.of(meant.iter().copied()));
    let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let mut verdicts = Vec::with_capacity(findings.len());
    for &finding in findings {
        let span = &finding.span;
        let first = found.partition_point(|word| start(word) + word.len() < span.start).saturating_sub(AROUND);
        let last = found.partition_point(|word| start(word) <= span.end) + AROUND;
        let last = last.min(found.len());
        if first >= last {
            continue;
        }
        let (from, to) =
            (start(found[first]).min(span.start), (start(found[last - 1]) + found[last - 1].len()).max(span.end));
        let place = |word: usize| alignment.at.partition_point(|&at| at < word);
        let (low, high) = (place(first).saturating_sub(1), (place(last) + 1).min(meant.len()));
        let printed = meant[low..high].join(" ");
        let apart = |window: &str| {
            let mut symbols = Symbols::default();
            let window = words(window).collect::<Vec<_>>().join(" ");
            distance(&symbols.of(window.chars()), &symbols.of(printed.chars()))
        };
        let before = apart(&text[from..to]);
        let after = apart(&[&text[from..span.start], &finding.after, &text[span.end..to]].concat());
        verdicts.push((finding, after.cmp(&before)));
    }
    verdicts
}
