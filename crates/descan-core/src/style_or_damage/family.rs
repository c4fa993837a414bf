//! What is counted together: the places that a rule would change, and those that
//! have the right form already.

use descan_rules::{Family, RuleId, Style};
use rustc_hash::FxHashMap;

use crate::evidence::vocabulary::fold;
use crate::pass::{Proposal, View};
use crate::weighed::Counts;

/// A passage has so many bytes: a page or so.
const PASSAGE: usize = 4000;

/// Edits that are counted together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    rule: RuleId,
    old: String,
    new: String,
}

/// The counts of a family, by passage.
#[derive(Debug, Default)]
pub(super) struct Members {
    pub changed: Vec<u32>,
    pub right: Vec<u32>,
    by_passage: bool,
}

impl Key {
    /// The family of a proposal, if its rule counts any.
    pub(super) fn of(proposal: &Proposal, style: &Style, text: &str) -> Option<Key> {
        let old = || fold(&text[proposal.span.clone()]);
        let (old, new) = match style.family {
            Family::Rule if style.source().is_empty() => return None,
            Family::Rule => (String::new(), String::new()),
            Family::Reading => (old(), fold(&proposal.text)),
            Family::Word => (old(), String::new()),
        };
        Some(Key { rule: proposal.rule, old, new })
    }
}

impl Members {
    /// The counts of the whole document.
    pub(super) fn document(&self) -> Counts {
        Counts { changed: self.changed.iter().sum(), right: self.right.iter().sum() }
    }

    /// The counts of one passage, and those of all others. Nothing where the right
    /// forms are counted in the document only.
    pub(super) fn passage(&self, at: usize) -> Option<(Counts, Counts)> {
        if !self.by_passage {
            return None;
        }
        let here = |of: &[u32]| of.get(at / PASSAGE).copied().unwrap_or(0);
        let here = Counts { changed: here(&self.changed), right: here(&self.right) };
        let all = self.document();
        Some((here, Counts { changed: all.changed - here.changed, right: all.right - here.right }))
    }

    fn new(text: &str, by_passage: bool) -> Members {
        let passages = text.len() / PASSAGE + 1;
        Members { changed: vec![0; passages], right: vec![0; passages], by_passage }
    }
}

/// Counts the families of all proposals.
pub(super) fn count(proposals: &[Proposal], view: &View<'_>) -> FxHashMap<Key, Members> {
    let text = view.text();
    let mut families: FxHashMap<Key, Members> = FxHashMap::default();
    for proposal in proposals {
        let style = &view.rules().get(proposal.rule).style;
        let Some(key) = Key::of(proposal, style, text) else { continue };
        let members = families.entry(key).or_insert_with(|| {
            let mut members = Members::new(text, style.right().is_some());
            match style.right() {
                Some(right) => {
                    for found in right.find_iter(text) {
                        members.right[found.start() / PASSAGE] += 1;
                    }
                }
                None => members.right[0] = view.evidence().vocabulary().count(&proposal.text),
            }
            members
        });
        members.changed[proposal.span.start / PASSAGE] += 1;
    }
    families
}
