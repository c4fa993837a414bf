//! What a run found and changed in right text.

use std::collections::BTreeMap;

use descan_core::pipeline::Outcome;
use descan_rules::RuleId;
use descan_source::Document;
use descan_text::level::Level;

use super::align::{Symbols, distance};
use super::score::words;

/// Words changed, and edits made or offered, over the texts of a set.
#[derive(Clone, Debug, Default)]
pub(crate) struct Harm {
    /// The number of texts.
    pub files: usize,
    /// The number of words in them.
    pub words: usize,
    /// Words changed, by the rule that changed them.
    pub by_rule: BTreeMap<RuleId, usize>,
    /// Edits made or offered, by rule and level, without those that are part of
    /// another edit.
    pub edits: BTreeMap<(RuleId, Level), usize>,
}

impl Harm {
    /// Counts what a run did. A change of white space into other white space does
    /// not change a word.
    pub(crate) fn of(document: &Document<'_>, outcome: &Outcome) -> Harm {
        let text = document.text();
        let mut harm = Harm { files: 1, words: words(text).count(), ..Harm::default() };
        let mut owners: BTreeMap<usize, RuleId> = BTreeMap::new();
        for finding in outcome.findings.iter().filter(|f| f.part_of.is_none()) {
            *harm.edits.entry((finding.rule, finding.level)).or_default() += 1;
            if finding.applied {
                owners.insert(finding.span.start, finding.rule);
            }
        }
        let mut edits = outcome.edits.iter().peekable();
        while let Some(edit) = edits.next() {
            let start = text[..edit.span.start].rfind(char::is_whitespace).unwrap_or(0);
            let mut after = [&text[start..edit.span.start], &edit.text].concat();
            let mut done = edit.span.end;
            // Edits within the same word count together.
            let end = loop {
                let end = text[done..].find(char::is_whitespace).map_or(text.len(), |i| done + i);
                let Some(next) = edits.next_if(|next| next.span.start <= end) else { break end };
                after.push_str(&text[done..next.span.start]);
                after.push_str(&next.text);
                done = next.span.end;
            };
            after.push_str(&text[done..end]);
            let mut symbols = Symbols::default();
            let before = symbols.of(words(&text[start..end]));
            let changed = distance(&before, &symbols.of(words(&after)));
            if let (1.., Some(&rule)) = (changed, owners.get(&edit.span.start)) {
                *harm.by_rule.entry(rule).or_default() += changed;
            }
        }
        harm
    }

    /// Adds the counts of other texts.
    pub(crate) fn add(&mut self, other: &Harm) {
        self.files += other.files;
        self.words += other.words;
        for (&rule, count) in &other.by_rule {
            *self.by_rule.entry(rule).or_default() += count;
        }
        for (&key, count) in &other.edits {
            *self.edits.entry(key).or_default() += count;
        }
    }

    /// The number of words changed.
    pub(crate) fn changed(&self) -> usize {
        self.by_rule.values().sum()
    }

    /// Words changed per 10,000.
    pub(crate) fn rate(&self) -> f64 {
        1e4 * self.changed() as f64 / self.words.max(1) as f64
    }
}
