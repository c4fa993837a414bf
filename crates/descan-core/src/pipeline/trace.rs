//! Records the edits made to a text and maps each one back to the original.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use descan_rules::Reason;
use descan_source::{Document, NoPlace};
use descan_text::analysis::Text;
use descan_text::edit::{Edit, EditList};
use descan_text::layout::Region;
use descan_text::level::Level;

use super::outcome::Outcome;
use crate::decisions::Decisions;
use crate::finding::{Finding, Spot};
use crate::pass::{Decided, Decider, Proposal};

/// A document on its way through the passes.
pub(super) struct Trace<'d> {
    document: &'d Document<'d>,
    /// Where in its text the section begins.
    start: usize,
    /// Its text, or the section of it that goes through the passes.
    original: &'d str,
    /// The text as the passes so far left it.
    text: Text<'d>,
    /// All edits so far, of the original text; shared, as every look keeps those it began with.
    edits: Arc<EditList>,
    findings: Vec<Finding>,
    held_back: BTreeSet<usize>,
    decided: Decided,
}

impl<'d> Trace<'d> {
    /// Nothing done yet.
    pub(super) fn new(document: &'d Document<'d>, section: Range<usize>) -> Trace<'d> {
        let (start, original) = (section.start, &document.text()[section]);
        Trace {
            document,
            start,
            original,
            text: Text::Borrowed(original),
            edits: Arc::default(),
            findings: Vec::new(),
            held_back: BTreeSet::new(),
            decided: Decided::default(),
        }
    }

    /// The text as the passes so far left it.
    pub(super) fn text(&self) -> Text<'d> {
        self.text.clone()
    }

    /// Whether the lines of the document are those of a scanned page, each with its place.
    pub(super) fn is_page_image(&self) -> bool {
        self.document.format().is_page_image()
    }

    /// Whether all bytes of the document were decoded.
    pub(super) fn is_decoded(&self) -> bool {
        self.document.undecodable() == 0
    }

    /// All edits so far, of the original text.
    pub(super) fn edits(&self) -> Arc<EditList> {
        Arc::clone(&self.edits)
    }

    /// What was found so far, in the order of the passes.
    pub(super) fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Drops what was only suggested: the next iteration judges those places again.
    pub(super) fn forget_suggestions(&mut self) {
        self.findings.retain(|f| f.applied);
        (self.decided.refused, self.decided.kept) = (0, 0);
    }

    /// Remembers which protected words and patterns kept proposals away.
    pub(super) fn hold_back(&mut self, by: BTreeSet<usize>) {
        self.held_back.extend(by);
    }

    /// What decisions did so far.
    pub(super) fn decided(&self) -> &Decided {
        &self.decided
    }

    /// Who decides about the next pass's proposals, where anything was decided.
    pub(super) fn decider<'a>(&'a self, decisions: &'a Decisions) -> Option<Decider<'a>> {
        (!decisions.is_empty()).then(|| Decider::new(decisions, self.original, self.edits.origin()))
    }

    /// Takes a pass's proposals: records all, applies those of `level` and surer
    /// and those that a person accepted. `decided` is what decisions did so far.
    /// Tells whether that changed the text.
    pub(super) fn take(
        &mut self,
        proposals: impl Iterator<Item = (Proposal, Region)>,
        level: Level,
        decided: Decided,
    ) -> EditList {
        self.decided = decided;
        let origin = self.edits.origin();
        let mut edits = Vec::new();
        for (mut proposal, region) in proposals {
            let place = origin.widen(proposal.span.clone());
            let text = &self.text;
            // A soft hyphen at the end of a line on a page is how mark-up says that the word goes on.
            if self.is_page_image() && text[proposal.span.start..].starts_with("\u{ad}\n") {
                continue;
            }
            let after = [
                &text[place.after.start..proposal.span.start],
                &proposal.text,
                &text[proposal.span.end..place.after.end],
            ]
            .concat();
            let why_not = if !self.document.can_take(&proposal.text) {
                Some(
                    "withheld: the file's encoding cannot hold the new text, and bytes that are no text keep it from UTF-8",
                )
            } else {
                self.document.no_place_for(self.start + place.before.start..self.start + place.before.end, &after).map(
                    |lacks| match lacks {
                        NoPlace::Word => "withheld: it needs a word element more or less; --structure makes it",
                        NoPlace::Line => {
                            "withheld: the mark-up has no place for it, as it needs a word or a line more or less"
                        }
                        NoPlace::Original => "withheld: the mark-up has no place for the old reading",
                    },
                )
            };
            if let Some(why) = why_not {
                proposal.level = Level::Suspect;
                proposal.reasons.push(Reason::new(why));
            }
            let applied = why_not.is_none() && (proposal.level <= level || proposal.ruled.is_some());
            let mut ruled = proposal.ruled.take();
            self.findings.push(Finding {
                rule: proposal.rule,
                pass: proposal.pass,
                level: proposal.level,
                confidence: proposal.confidence,
                before: self.original[place.before.clone()].to_owned(),
                after,
                spot: Spot {
                    span: place.before.clone(),
                    before: text[proposal.span.clone()].to_owned(),
                    after: ruled.as_mut().and_then(|r| r.proposed.take()).unwrap_or_else(|| proposal.text.clone()),
                },
                span: place.before,
                weighed: proposal.weighed,
                reasons: proposal.reasons,
                region,
                applied,
                part_of: None,
                decided: ruled.filter(|_| applied).map(|r| r.entry),
            });
            if applied {
                edits.push(Edit::new(proposal.span, proposal.text));
            }
        }
        let edits = EditList::new(edits);
        if !edits.is_empty() {
            self.text = Text::Shared(edits.apply(&self.text).into());
            self.edits = Arc::new(self.edits.compose(&edits));
        }
        edits
    }

    /// Sorts the findings and ties together those that changed one place.
    pub(super) fn finish(mut self) -> Outcome {
        // A stable sort keeps the order of the passes where the place is one.
        self.findings.sort_by_key(|f| (f.span.start, f.span.end));
        let text = self.original;
        let edits = Arc::unwrap_or_clone(std::mem::take(&mut self.edits)).without_idle(text);
        self.tie_together(&edits);
        self.settle(&edits);
        Outcome { findings: self.findings, edits, held_back: self.held_back, decided: self.decided }
    }

    /// Drops the applied findings that nothing is left of, because a later pass
    /// put the place back as it was, and puts the others in order.
    fn settle(&mut self, edits: &EditList) {
        let edits: Vec<&Edit> = edits.iter().collect();
        let stands = |f: &Finding| {
            let at = edits.partition_point(|e| e.span.end < f.span.start);
            edits.get(at).is_some_and(|e| e.span.start <= f.span.start && f.span.end <= e.span.end)
        };
        let findings = std::mem::take(&mut self.findings);
        let mut findings: Vec<(usize, Finding)> = findings.into_iter().enumerate().collect();
        let mut places = vec![0; findings.len()];
        findings.retain(|(_, f)| !f.applied || stands(f));
        findings.sort_by_key(|(_, f)| (f.span.start, f.span.end));
        for (new, (old, _)) in findings.iter().enumerate() {
            places[*old] = new;
        }
        for (_, mut finding) in findings {
            finding.part_of = finding.part_of.map(|owner| places[owner]);
            self.findings.push(finding);
        }
    }

    /// Of the applied findings in one composed edit, the least sure stands for all, of those the last pass's: its before
    /// and after become the edit's, and the others point to it. So no edit is called surer than any part of it.
    fn tie_together(&mut self, edits: &EditList) {
        let mut from = 0;
        for edit in edits.iter() {
            while self.findings.get(from).is_some_and(|f| !f.applied || f.span.end < edit.span.start) {
                from += 1;
            }
            let inside = |f: &Finding| f.applied && edit.span.start <= f.span.start && f.span.end <= edit.span.end;
            let members: Vec<usize> = (from..self.findings.len())
                .take_while(|&i| self.findings[i].span.start <= edit.span.end)
                .filter(|&i| inside(&self.findings[i]))
                .collect();
            let rank = |&&i: &&usize| {
                let finding = &self.findings[i];
                (finding.level, finding.pass, finding.span.len(), i)
            };
            let Some(&owner) = members.iter().max_by_key(rank) else { continue };
            let whole = &mut self.findings[owner];
            whole.before = self.original[edit.span.clone()].to_owned();
            whole.after.clone_from(&edit.text);
            whole.span = edit.span.clone();
            for member in members {
                if member != owner {
                    self.findings[member].part_of = Some(owner);
                }
            }
        }
    }
}
