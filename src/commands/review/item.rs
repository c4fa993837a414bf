//! A finding to decide: what a review keeps of it.

use std::collections::HashMap;
use std::ops::Range;

use descan_core::decisions::{Decisions, Place};
use descan_core::finding::Finding;
use descan_core::pipeline::Outcome;
use descan_report::series::{Member, is_spacing, is_spacing_by_itself, reading, whole_words};
use descan_report::{LineColumn, LineIndex};
use descan_rules::RuleSet;
use descan_text::level::Level;
use descan_text::token::{is_word_char, words};

/// Bytes of the text kept on either side of a finding.
const KEPT: usize = 120;
/// The longest word that can be marked right, in characters.
const LONGEST_WORD: usize = 60;

/// A finding to decide.
pub(super) struct Item {
    /// The index of its file.
    pub file: usize,
    pub finding: Finding,
    pub at: LineColumn,
    /// Its places for decisions: those of the findings that are part of it and its own, less
    /// those that change white space beside a word. The last one is the main one.
    pub places: Vec<Place>,
    /// What series are made from.
    pub member: Member,
    /// The text around the finding, and the finding's place in it.
    pub around: String,
    pub inside: Range<usize>,
    /// The number of places with the same surrounding words; they are decided together.
    pub count: usize,
    /// The decision lines that this review wrote about it.
    pub made: Vec<String>,
}

/// Which findings a review is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    /// Only those that are not applied by default.
    pub offered_only: bool,
    /// Those that change white space alone, too.
    pub spacing: bool,
}

/// The undecided findings of a file, in order, and how many were left out because they
/// change white space alone. Findings decided together are one item.
pub(super) fn items(file: usize, text: &str, outcome: &Outcome, rules: &RuleSet, asked: Asked) -> (Vec<Item>, usize) {
    let mut lines = LineIndex::new(text);
    let mut parts: HashMap<usize, Vec<&Finding>> = HashMap::new();
    for finding in &outcome.findings {
        if let Some(owner) = finding.part_of {
            parts.entry(owner).or_default().push(finding);
        }
    }
    let mut seen: HashMap<Vec<Place>, usize> = HashMap::new();
    let mut items: Vec<Item> = Vec::new();
    let mut spacing = 0;
    for (index, finding) in outcome.findings.iter().enumerate() {
        if finding.part_of.is_some() || finding.decided.is_some() || (asked.offered_only && finding.applied) {
            continue;
        }
        if !asked.spacing && is_spacing(text, finding) {
            spacing += 1;
            continue;
        }
        let mut whole: Vec<&Finding> = parts.remove(&index).unwrap_or_default();
        whole.push(finding);
        // What changes white space beside a word is not decided with the word.
        if whole.iter().any(|part| !is_spacing_by_itself(text, part)) {
            whole.retain(|part| !is_spacing_by_itself(text, part));
        }
        if whole.iter().all(|part| part.decided.is_some()) {
            continue;
        }
        let places: Vec<Place> = whole.iter().map(|part| Place::of(text, part, rules)).collect();
        let next = items.len();
        let known = *seen.entry(places.clone()).or_insert(next);
        if known < next {
            items[known].count += 1;
            continue;
        }
        let last = whole[whole.len() - 1];
        let member = Member {
            reading: reading(text, finding),
            rule: last.rule,
            pass: last.pass,
            level: finding.level,
            confidence: finding.confidence,
            applied: finding.applied,
        };
        let kept = kept(text, &finding.span);
        items.push(Item {
            file,
            at: lines.position(finding.span.start),
            places,
            member,
            around: text[kept.clone()].to_owned(),
            inside: finding.span.start - kept.start..finding.span.end - kept.start,
            count: 1,
            made: Vec::new(),
            finding: finding.clone(),
        });
    }
    (items, spacing)
}

impl Item {
    /// Whether it is decided: at all its places, or by a word that is right or never used.
    pub(super) fn is_settled(&self, decisions: &Decisions) -> bool {
        if decisions.is_empty() {
            return false;
        }
        self.places.iter().all(|place| decisions.settles(place))
            || decisions.forbids(&self.around, &self.inside, &self.finding.after)
    }

    /// Whether it is a guess, which is never decided together with others unasked.
    pub(super) fn is_guess(&self) -> bool {
        self.finding.level == Level::Suspect
    }

    /// Its main place.
    pub(super) fn place(&self) -> &Place {
        &self.places[self.places.len() - 1]
    }

    /// Whether its reading, its rule or its file's `path` contains a text.
    pub(super) fn is_about(&self, wanted: &str, path: &str) -> bool {
        let reading = &self.member.reading;
        [&reading.old, &reading.new, &self.place().rule, path].iter().any(|text| contains(text, wanted))
    }

    /// Whether it is about a text, or its line contains it.
    pub(super) fn is_beside(&self, wanted: &str, path: &str) -> bool {
        let from = self.around[..self.inside.start].rfind('\n').map_or(0, |i| i + 1);
        let to = self.around[self.inside.end..].find('\n').map_or(self.around.len(), |i| self.inside.end + i);
        contains(&self.around[from..to], wanted) || self.is_about(wanted, path)
    }

    /// The word or words at the finding.
    pub(super) fn word(&self) -> Option<String> {
        let span = whole_words(&self.around, &self.inside);
        let word = self.around[span].trim_matches(|c| !is_word_char(c));
        let fits = !word.is_empty() && !word.contains('\n') && word.chars().count() <= LONGEST_WORD;
        fits.then(|| word.to_owned())
    }

    /// The new word that the repair would add, if there is exactly one.
    pub(super) fn new_word(&self) -> Option<String> {
        let reading = &self.member.reading;
        let old: Vec<&str> = words(&reading.old).map(|w| w.text(&reading.old)).collect();
        let mut new = words(&reading.new).map(|w| w.text(&reading.new)).filter(|w| !old.contains(w));
        let word = new.next()?;
        new.next().is_none().then(|| word.to_owned())
    }

    /// What the finding's place becomes if `typed` is put where its main repair is.
    pub(super) fn with(&self, typed: &str) -> String {
        let made = &self.place().after;
        match self.finding.after.find(made.as_str()) {
            Some(at) if !made.is_empty() => {
                [&self.finding.after[..at], typed, &self.finding.after[at + made.len()..]].concat()
            }
            _ => typed.to_owned(),
        }
    }
}

/// Whether a text contains another; capitals count only if the other has some.
fn contains(text: &str, wanted: &str) -> bool {
    let any_case = wanted.chars().all(|c| !c.is_uppercase());
    if any_case { text.to_lowercase().contains(wanted) } else { text.contains(wanted) }
}

/// A span with some text on either side.
fn kept(text: &str, span: &Range<usize>) -> Range<usize> {
    let from = (span.start.saturating_sub(KEPT)..=span.start).find(|&i| text.is_char_boundary(i));
    let to = (span.end..=(span.end + KEPT).min(text.len())).rev().find(|&i| text.is_char_boundary(i));
    from.unwrap_or(span.start)..to.unwrap_or(span.end)
}
