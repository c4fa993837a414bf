//! All decisions of a run, indexed for lookup.

use std::ops::Range;

use descan_rules::{compile, current_name};
use descan_text::hash::sha256;
use descan_text::token::words;
use rustc_hash::FxHashMap;

use super::never::NeverWords;
use super::places::Places;
use super::typed::Typed;
use super::{Alike, Context, Decision, Place, Right};
use crate::protect::{ProtectEntry, Protection};

/// The decisions of a run.
#[derive(Clone, Debug, Default)]
pub struct Decisions {
    entries: Vec<Entry>,
    places: FxHashMap<Reading, Places>,
    alike: FxHashMap<Reading, usize>,
    /// The places where a change was refused, and the changes refused everywhere, whatever rule makes them.
    refused: FxHashMap<Change, Places>,
    refused_alike: FxHashMap<Change, usize>,
    typed: Typed,
    never: NeverWords,
    /// Words and patterns marked as right, and their entries.
    right: Protection,
    right_entries: Vec<usize>,
    by_right: FxHashMap<Right, usize>,
}

/// A decision and its location.
#[derive(Clone, Debug)]
pub struct Entry {
    /// File and line, as `descan.decisions.jsonl:12`.
    pub origin: String,
    /// What was decided.
    pub decision: Decision,
    /// The earlier identical entry, if any.
    pub same_as: Option<usize>,
}

/// The decision on a proposal, and its entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// The index of the entry.
    pub entry: usize,
    /// The decision.
    pub verdict: Verdict,
}

/// The decision on a reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is right.
    Accept,
    /// The text is right as it is.
    Refuse,
    /// The text should be this instead.
    Replace(String),
}

/// A rule's name, the text it found and its replacement.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Reading(String, String, String);

/// A text that some rule found and its replacement.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Change(String, String);

impl Reading {
    /// Resolves aliases: the rule may have been renamed since the decision.
    fn new(rule: &str, before: &str, after: &str) -> Reading {
        Reading(current_name(rule).to_owned(), before.to_owned(), after.to_owned())
    }
}

impl Decisions {
    /// Whether there are no decisions.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The decisions in the order in which they were made.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The SHA-256 of the decisions, wherever they are stored; `None` if there are none.
    pub fn digest(&self) -> Option<String> {
        let lines: String = self.entries.iter().map(|e| e.decision.to_json()).collect();
        (!self.is_empty()).then(|| sha256(lines.as_bytes()))
    }

    /// The replacements that people typed.
    pub(crate) fn typed(&self) -> &Typed {
        &self.typed
    }

    /// The words that no repair may produce.
    pub(crate) fn never(&self) -> &NeverWords {
        &self.never
    }

    /// The words and patterns that are right as they are.
    pub(crate) fn right(&self) -> &Protection {
        &self.right
    }

    /// The entry for an index of [`Decisions::right`].
    pub(crate) fn right_entry(&self, index: usize) -> usize {
        self.right_entries[self.right.list()[index].entry]
    }

    /// Adds a decision. `origin` is its location, for messages. Call `make_ready`
    /// after the last one.
    ///
    /// # Errors
    /// The decision is incomplete or contradicts an earlier one. The message
    /// completes a sentence that begins with its location.
    pub(super) fn add(&mut self, decision: Decision, origin: &str) -> Result<(), String> {
        check(&decision)?;
        let index = self.entries.len();
        let earlier = match &decision {
            Decision::Accept(p) | Decision::Refuse(p) | Decision::Replace(p) => {
                let reading = Reading::new(&p.rule, &p.before, &p.after);
                self.places.entry(reading).or_default().add(&p.context, index)
            }
            Decision::AcceptAlike(a) | Decision::RefuseAlike(a) | Decision::ReplaceAlike(a) => {
                let reading = Reading::new(&a.rule, &a.before, &a.after);
                let first = *self.alike.entry(reading).or_insert(index);
                (first != index).then_some(first)
            }
            Decision::Never(never) => self.never.add(&never.word, index),
            Decision::Right(right) => {
                let key = Right { reason: None, ..right.clone() };
                let first = *self.by_right.entry(key).or_insert(index);
                (first != index).then_some(first)
            }
        };
        if let Some(earlier) = earlier.map(|e| &self.entries[e])
            && verdict(&earlier.decision) != verdict(&decision)
        {
            return Err(format!("it contradicts {}; delete one of the two", earlier.origin));
        }
        match &decision {
            Decision::Refuse(p) => {
                self.refused.entry(Change(p.before.clone(), p.after.clone())).or_default().add(&p.context, index);
            }
            Decision::RefuseAlike(a) => {
                self.refused_alike.entry(Change(a.before.clone(), a.after.clone())).or_insert(index);
            }
            Decision::Replace(Place { with: Some(with), context, .. }) => {
                self.typed.add(with, Some(context), index);
            }
            Decision::ReplaceAlike(Alike { with: Some(with), .. }) => self.typed.add(with, None, index),
            _ => {}
        }
        self.entries.push(Entry { origin: origin.to_owned(), decision, same_as: earlier });
        Ok(())
    }

    /// Compiles the words and patterns marked as right.
    ///
    /// # Errors
    /// There are too many of them.
    pub(super) fn make_ready(&mut self) -> Result<(), String> {
        let mut protect = Vec::new();
        self.right_entries.clear();
        for (index, entry) in self.entries.iter().enumerate() {
            if let Decision::Right(Right { word, pattern, .. }) = &entry.decision
                && entry.same_as.is_none()
            {
                let words = word.iter().cloned().collect();
                protect.push(ProtectEntry { words, pattern: pattern.clone(), reason: String::new() });
                self.right_entries.push(index);
            }
        }
        self.right = Protection::new(&protect)?;
        Ok(())
    }

    /// Adds one decision and makes it effective at once.
    ///
    /// # Errors
    /// As for `add`.
    pub fn push(&mut self, decision: Decision, origin: &str) -> Result<(), String> {
        let is_right = matches!(decision, Decision::Right(_));
        self.add(decision, origin)?;
        if is_right { self.make_ready() } else { Ok(()) }
    }

    /// Whether a reading at a place is decided, there or wherever it is proposed.
    pub fn settles(&self, place: &Place) -> bool {
        self.ruling(&place.rule, &place.before, &place.after, || place.context.clone()).is_some()
    }

    /// Whether a word or pattern that is right, or a word that is never used, forbids
    /// putting `after` in the place of `span` in a `text` around it.
    pub fn forbids(&self, text: &str, span: &Range<usize>, after: &str) -> bool {
        !self.right.places(text).touched(text, span, after).is_empty() || self.never.keeper(text, span, after).is_some()
    }

    /// The decision on a reading: the one for this place, or else the one for all
    /// places where it is proposed. What was refused of one rule no other rule makes.
    pub(crate) fn ruling(
        &self,
        rule: &str,
        before: &str,
        after: &str,
        context: impl FnOnce() -> Context,
    ) -> Option<Ruling> {
        let reading = Reading::new(rule, before, after);
        let change = Change(before.to_owned(), after.to_owned());
        let (places, refused) = (self.places.get(&reading), self.refused.get(&change));
        let context = (places.is_some() || refused.is_some()).then(context);
        let find = |places: Option<&Places>| places?.find(context.as_ref()?);
        let entry = find(places)
            .or_else(|| find(refused))
            .or_else(|| self.alike.get(&reading).copied())
            .or_else(|| self.refused_alike.get(&change).copied())?;
        Some(Ruling { entry, verdict: verdict(&self.entries[entry].decision)? })
    }
}

/// The verdict of a decision on a reading.
fn verdict(decision: &Decision) -> Option<Verdict> {
    match decision {
        Decision::Accept(_) | Decision::AcceptAlike(_) => Some(Verdict::Accept),
        Decision::Refuse(_) | Decision::RefuseAlike(_) => Some(Verdict::Refuse),
        Decision::Replace(place) => place.with.clone().map(Verdict::Replace),
        Decision::ReplaceAlike(alike) => alike.with.clone().map(Verdict::Replace),
        Decision::Never(_) | Decision::Right(_) => None,
    }
}

/// Rejects a decision with missing or superfluous fields.
fn check(decision: &Decision) -> Result<(), String> {
    let (before, after, with, typed) = match decision {
        Decision::Accept(p) | Decision::Refuse(p) => (&p.before, &p.after, &p.with, false),
        Decision::AcceptAlike(a) | Decision::RefuseAlike(a) => (&a.before, &a.after, &a.with, false),
        Decision::Replace(p) => (&p.before, &p.after, &p.with, true),
        Decision::ReplaceAlike(a) => (&a.before, &a.after, &a.with, true),
        Decision::Never(never) if !is_one_word(&never.word) => {
            return Err(format!("{:?} is not a single word", never.word));
        }
        Decision::Never(_) => return Ok(()),
        Decision::Right(right) => {
            return match (&right.word, &right.pattern) {
                (Some(word), None) if word.trim().is_empty() || word.trim() != word => {
                    Err("`word` is empty or has spaces around it".to_owned())
                }
                (Some(_), None) => Ok(()),
                (None, Some(pattern)) => match compile(pattern)?.is_match("") {
                    true => Err("the pattern matches the empty string".to_owned()),
                    false => Ok(()),
                },
                _ => Err("a right line needs either a `word` or a `pattern`".to_owned()),
            };
        }
    };
    match with {
        None if typed => Err("it lacks `with`, the text to use instead".to_owned()),
        Some(_) if !typed => Err(format!("only replace lines have `with`, and this is {}", decision.name())),
        Some(text) if text.contains(['\r', '\u{fffd}']) => {
            Err("`with` contains a character that is not allowed in text; write line breaks as \\n".to_owned())
        }
        _ if before == after => Err("`before` and `after` are the same".to_owned()),
        _ => Ok(()),
    }
}

/// Whether a text is exactly one word.
fn is_one_word(text: &str) -> bool {
    words(text).next().is_some_and(|word| word.span() == (0..text.len()))
}
