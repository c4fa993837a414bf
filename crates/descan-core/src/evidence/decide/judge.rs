//! What judges the places of a document: its evidence, and what was looked up already.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use descan_lang::candidates::CandidateCache;
use descan_lang::confusion::Confusions;
use descan_lang::decision::DecisionModel;
use descan_lang::language::Language;
use descan_lang::lexicon::Lexicon;
use descan_lang::ngrams::{Ngrams, Slot};
use descan_lang::terms::{Context, SENTENCE_END, TermHash, term};
use descan_text::analysis::Analysis;
use descan_text::token::Token;
use rustc_hash::FxHashMap;

use super::reading::Way;
use crate::archive::ArchiveStats;
use crate::evidence::Evidence;
use crate::evidence::engine::Engine;
use crate::evidence::hand::Hand;
use crate::evidence::noise::Noise;
use crate::evidence::vocabulary::Vocabulary;

/// So many words run together are a habit of a document, and so many of a bad scan, in which others look so.
const RUN_ONS: u32 = 4;
const RUN_ONS_OF_BAD_SCAN: u32 = 12;

/// Judges places of one document.
pub struct Judge<'e> {
    pub(super) text: &'e str,
    pub(super) tokens: &'e [Token],
    pub(super) vocabulary: &'e Vocabulary,
    pub(super) noise: &'e Noise,
    pub(super) language: &'e Language,
    pub(super) lexicon: &'e Lexicon,
    pub(super) ngrams: &'e Ngrams,
    pub(super) confusions: &'e Confusions,
    pub(super) reached: &'e CandidateCache,
    pub(super) decision: &'e DecisionModel,
    pub(super) engine: &'e Engine,
    pub(super) hand: &'e Hand,
    pub(super) archive: Option<&'e ArchiveStats>,
    /// Whether the document is a bad scan.
    pub(super) garbled: bool,
    /// Whether it has so much damage that its words are compared with others as a whole.
    pub(super) damaged: bool,
    /// Whether it runs words together again and again.
    pub(super) runs_on: bool,
    /// A place without neighbours.
    pub(super) nowhere: Slot<'e>,
    /// Whether judgements that reach no level are told too.
    pub(super) tells_all: bool,
    pub(super) cache: RefCell<FxHashMap<Box<str>, Rc<[Way]>>>,
    pub(super) rivals: RefCell<FxHashMap<Box<str>, Rc<[Way]>>>,
    /// The terms that damaged words of a garbled document most likely stand for.
    pub(super) likely: RefCell<FxHashMap<Box<str>, TermHash>>,
    /// Whether the printer set his capital W in two pieces.
    pub(super) sets_in_two: OnceCell<bool>,
}

impl<'e> Judge<'e> {
    /// A judge of a text's places with the document's evidence.
    pub fn new(analysis: &'e Analysis<'_>, evidence: &'e Evidence) -> Judge<'e> {
        let (cache, rivals, likely) = Default::default();
        Judge {
            text: analysis.text(),
            tokens: analysis.words(),
            vocabulary: evidence.vocabulary(),
            noise: evidence.noise(),
            lexicon: evidence.lexicon(),
            ngrams: evidence.ngrams(),
            language: evidence.language(),
            confusions: evidence.language().confusions(),
            reached: evidence.candidates(),
            decision: evidence.language().decision(),
            engine: evidence.engine(),
            hand: evidence.hand(),
            archive: evidence.archive(),
            garbled: evidence.is_garbled(),
            damaged: evidence.is_damaged(),
            runs_on: evidence.run_ons() >= if evidence.is_garbled() { RUN_ONS_OF_BAD_SCAN } else { RUN_ONS },
            nowhere: evidence.ngrams().slot(&Context { left: [term_stop(); 2], right: [term_stop(); 2] }),
            tells_all: false,
            cache,
            rivals,
            likely,
            sets_in_two: OnceCell::new(),
        }
    }

    /// The same, telling of every place the best reading there is, however unlikely.
    pub fn telling_all(self) -> Judge<'e> {
        Judge { tells_all: true, ..self }
    }
}

/// What stands before the first word of a sentence and behind its last.
pub(super) fn term_stop() -> TermHash {
    term(SENTENCE_END)
}
