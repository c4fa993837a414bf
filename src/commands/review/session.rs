//! The decisions of a review, and how they are undone.

use std::collections::HashSet;
use std::sync::Arc;

use descan_core::decisions::{Decision, Decisions, Place};

use crate::commands::review::item::Item;
use crate::commands::review::log::DecisionLog;
use crate::display::shown;
use crate::error::Result;
use crate::terminal::output::counted;

/// Where a review is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    /// At a series, by its index.
    Series(usize),
    /// At a finding: the number in its series, or in all findings.
    Item { series: Option<usize>, at: usize },
}

/// What a review decided.
pub(super) struct Review {
    log: DecisionLog,
    /// Decisions made and not undone.
    made: usize,
    /// What can be undone: the lines, and where it was decided.
    undo: Vec<(Vec<String>, Option<View>)>,
    /// The files whose repairs the decisions change, by index.
    changed: HashSet<usize>,
    /// Whether decisions were made that apply to all files.
    all_changed: bool,
    /// The findings that were shown.
    pub seen: HashSet<Vec<Place>>,
}

impl Review {
    /// A review that writes to `log`.
    pub(super) fn new(log: DecisionLog) -> Review {
        let (changed, seen) = (HashSet::new(), HashSet::new());
        Review { log, made: 0, undo: Vec::new(), changed, all_changed: false, seen }
    }

    /// All decisions, including those made before this review.
    pub(super) fn decisions(&self) -> &Arc<Decisions> {
        self.log.decisions()
    }

    /// The result of the review, as a sentence.
    pub(super) fn summary(&self) -> String {
        let file = shown(self.log.path());
        let earlier = self.log.decisions().entries().len().saturating_sub(self.made);
        match (self.made, earlier) {
            (0, 0) => "nothing was decided".to_owned(),
            (0, earlier) => format!("nothing new was decided; {file} holds {}", counted(earlier, "earlier decision")),
            (made, _) => format!("{} saved in {file}", counted(made, "decision")),
        }
    }

    /// Decides items: `make` gives the decision on each of an item's places. Places that are
    /// decided already keep their decision, except those that this review decided. Returns
    /// the number of places, or why nothing was decided.
    ///
    /// # Errors
    /// The file cannot be written.
    pub(super) fn decide(
        &mut self,
        items: &mut [Item],
        which: &[usize],
        paths: impl Fn(usize) -> String,
        view: View,
        make: impl Fn(&Item, Place) -> Decision,
    ) -> Result<std::result::Result<usize, String>> {
        let again: Vec<String> = which.iter().flat_map(|&index| std::mem::take(&mut items[index].made)).collect();
        self.withdraw_earlier(&again)?;
        let mut decisions = Vec::new();
        let mut owners = Vec::new();
        for &index in which {
            let item = &items[index];
            for place in &item.places {
                if which.len() > 1 && self.decisions().settles(place) {
                    continue;
                }
                let place = Place { path: Some(paths(item.file)), ..place.clone() };
                decisions.push(make(item, place));
                owners.push(index);
            }
        }
        let accepts: Vec<bool> = decisions.iter().map(|d| matches!(d, Decision::Accept(_))).collect();
        match self.log.decide(decisions)? {
            Err(why) => Ok(Err(why)),
            Ok(lines) => {
                for ((&index, line), accepts) in owners.iter().zip(&lines).zip(accepts) {
                    let item = &mut items[index];
                    item.made.push(line.clone());
                    if !(accepts && item.finding.applied) {
                        self.changed.insert(item.file);
                    }
                }
                self.made += lines.len();
                self.undo.push((lines, Some(view)));
                Ok(Ok(which.iter().map(|&index| items[index].count).sum()))
            }
        }
    }

    /// Makes one decision that applies to more than one place.
    ///
    /// # Errors
    /// As for `decide`.
    pub(super) fn decide_alike(&mut self, decision: Decision, view: View) -> Result<std::result::Result<(), String>> {
        match self.log.decide(vec![decision])? {
            Err(why) => Ok(Err(why)),
            Ok(lines) => {
                self.all_changed = true;
                self.made += lines.len();
                self.undo.push((lines, Some(view)));
                Ok(Ok(()))
            }
        }
    }

    /// Undoes the last thing this review decided. Returns how many decisions that were, and
    /// where they were made, if that is still there; `None` if there is nothing to undo.
    ///
    /// # Errors
    /// The file cannot be written.
    pub(super) fn undo(&mut self, items: &mut [Item]) -> Result<Option<(usize, Option<View>)>> {
        let Some((lines, view)) = self.undo.pop() else { return Ok(None) };
        self.log.withdraw(&lines)?;
        self.made -= lines.len();
        let gone: HashSet<&String> = lines.iter().collect();
        for item in items.iter_mut().filter(|item| !item.made.is_empty()) {
            item.made.retain(|line| !gone.contains(line));
        }
        if view.is_none() {
            self.ask_again();
        }
        Ok(Some((lines.len(), view)))
    }

    /// The last lines of the decisions file that earlier reviews wrote in one go, as far as
    /// that can be told: all of one kind, by one rule.
    pub(super) fn earlier(&self) -> Vec<Decision> {
        let entries = self.log.decisions().entries();
        let Some(last) = entries.last() else { return Vec::new() };
        let alike = |other: &Decision| other.name() == last.decision.name() && rule(other) == rule(&last.decision);
        let run = entries.iter().rev().take_while(|entry| alike(&entry.decision));
        run.map(|entry| entry.decision.clone()).collect()
    }

    /// Takes back decisions of earlier reviews.
    ///
    /// # Errors
    /// The file cannot be written.
    pub(super) fn undo_earlier(&mut self, decisions: &[Decision]) -> Result<()> {
        let lines: Vec<String> = decisions.iter().map(Decision::to_json).collect();
        self.log.withdraw(&lines)?;
        self.ask_again();
        Ok(())
    }

    /// The files among `all` whose findings may be different now: those are gathered again.
    pub(super) fn take_changed(&mut self, all: &[usize]) -> Vec<usize> {
        let changed = std::mem::take(&mut self.changed);
        let all_changed = std::mem::take(&mut self.all_changed);
        all.iter().copied().filter(|file| all_changed || changed.contains(file)).collect()
    }

    /// Forgets where decisions were made: the findings are about to be gathered again.
    pub(super) fn forget_views(&mut self) {
        for (_, view) in &mut self.undo {
            *view = None;
        }
    }

    /// What was undone is asked about again, once the findings have been gathered again.
    fn ask_again(&mut self) {
        self.all_changed = true;
        self.seen.clear();
    }

    /// Withdraws earlier decisions about findings that are decided again.
    fn withdraw_earlier(&mut self, lines: &[String]) -> Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        self.log.withdraw(lines)?;
        self.made -= lines.len();
        let gone: HashSet<&String> = lines.iter().collect();
        for (made, _) in &mut self.undo {
            made.retain(|line| !gone.contains(line));
        }
        self.undo.retain(|(made, _)| !made.is_empty());
        Ok(())
    }
}

/// The rule of a decision about a reading.
fn rule(decision: &Decision) -> Option<&str> {
    match decision {
        Decision::Accept(p) | Decision::Refuse(p) | Decision::Replace(p) => Some(&p.rule),
        Decision::AcceptAlike(a) | Decision::RefuseAlike(a) | Decision::ReplaceAlike(a) => Some(&a.rule),
        Decision::Never(_) | Decision::Right(_) => None,
    }
}
