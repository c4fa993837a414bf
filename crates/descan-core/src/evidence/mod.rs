//! The evidence for and against a repair.

pub mod decide;
pub mod engine;
pub mod foreign;
pub mod hand;
pub mod noise;
pub mod passages;
mod run_ons;
pub mod signs;
pub mod style;
pub mod typing;
mod usual;
pub mod vocabulary;

use std::sync::Arc;

use descan_lang::candidates::CandidateCache;
use descan_lang::language::Language;
use descan_lang::lexicon::Lexicon;
use descan_lang::ngrams::Ngrams;
use descan_text::analysis::Analysis;

use engine::Engine;
use hand::{Hand, Leaning};
use noise::Noise;
use signs::{ShownSigns, Signs};
use style::HouseStyle;
use vocabulary::Vocabulary;

use crate::archive::ArchiveStats;

/// What a whole document shows: its words, its style, how damaged it is.
///
/// It is gathered in each iteration of the pipeline, from the text as the
/// iteration finds it, and once more in the same iteration if the passes
/// `encoding` and `characters` changed anything. Within an iteration no repair of
/// a word depends on another; between iterations it does. What stands for letters
/// that could not be read is remembered, since repairs take away what showed it.
#[derive(Debug)]
pub struct Evidence {
    candidates: Arc<CandidateCache>,
    vocabulary: Vocabulary,
    style: HouseStyle,
    noise: Noise,
    hand: Hand,
    signs: Signs,
    run_ons: u32,
    archive: Option<Arc<ArchiveStats>>,
    engine: Arc<Engine>,
}

/// How dense a scan's words are in a bad scan, by [`Leaning::density`](hand::Leaning::density). Of the
/// right texts and pages that the figures were looked for in, dialect and manuals among them, none has both.
const MISREAD: f64 = 1.0;
/// How strongly the unknown words of a bad scan lean, by [`Leaning::strength`](hand::Leaning::strength).
const SURELY_A_SCAN: f64 = 0.5;
/// How dense a scan's words are at least where garbled words make a bad scan: manuals and
/// lists of abbreviations have such words too.
const SOME_MISREAD: f64 = 0.4;

/// How dense a scan's words are at least where words are compared with others as a whole: one such word on
/// a page is a slip, two are not.
const OFTEN_MISREAD: f64 = 0.75;

/// Whether unknown words are so dense, and lean so strongly, that a scan misread them.
fn is_misread(hand: &Leaning) -> bool {
    hand.density() > MISREAD && hand.strength() > SURELY_A_SCAN
}

impl Evidence {
    /// Gathers the evidence of a text. `candidates` keeps what earlier iterations
    /// searched for, and `archive` is what its other documents showed, if there are any.
    pub fn gather(
        analysis: &Analysis<'_>,
        candidates: &Arc<CandidateCache>,
        archive: Option<&Arc<ArchiveStats>>,
    ) -> Evidence {
        let vocabulary = Vocabulary::of(analysis, candidates.searcher().language());
        let noise = Noise::of(analysis.text(), &vocabulary, candidates, archive.map(Arc::as_ref));
        candidates.allow(noise.log_probs(), noise.learned());
        Evidence {
            style: HouseStyle { damaged: noise.is_heavy(), ..HouseStyle::of(analysis.text()) },
            hand: Hand::of(analysis, &noise, candidates.searcher().language(), archive.map(Arc::as_ref)),
            signs: Signs::of(analysis, candidates),
            run_ons: run_ons::count(&vocabulary, candidates.searcher().language()),
            noise,
            archive: archive.cloned(),
            vocabulary,
            candidates: Arc::clone(candidates),
            engine: Arc::default(),
        }
    }

    /// The same, with what the OCR engine said of the document's words.
    pub fn with_engine(self, engine: &Arc<Engine>) -> Evidence {
        Evidence { engine: Arc::clone(engine), ..self }
    }

    /// What the OCR engine said of the document's words.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The same, with the signs that the text showed to stand for letters before it was repaired.
    pub fn remembering(mut self, earlier: &ShownSigns) -> Evidence {
        self.signs.remember(earlier);
        self
    }

    /// The same, in a style that was asked for.
    pub fn in_style(mut self, wanted: style::Wanted) -> Evidence {
        self.style.wanted = wanted;
        self
    }

    /// The document's words.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The document's habits of quotes, dashes and ellipses.
    pub fn style(&self) -> &HouseStyle {
        &self.style
    }

    /// How damaged the document is.
    pub fn noise(&self) -> &Noise {
        &self.noise
    }

    /// Whose hand its unknown words show.
    pub fn hand(&self) -> &Hand {
        &self.hand
    }

    /// What the archive shows that the document is from, if anybody learned it.
    pub fn archive(&self) -> Option<&ArchiveStats> {
        self.archive.as_deref()
    }

    /// Whether the document is a bad scan, which nobody can have written so: its unknown words are
    /// far more often a scan's than a writer's, or many are none that anybody writes.
    pub fn is_garbled(&self) -> bool {
        let hand = self.hand.document();
        is_misread(&hand) || self.vocabulary.is_garbled() && hand.density() > SOME_MISREAD
    }

    /// Whether the unknown words of the document are a scan's rather than a writer's, and some more than
    /// usual: it is a bad scan, or nearly one.
    pub fn is_damaged(&self) -> bool {
        let hand = self.hand.document();
        self.is_garbled() || hand.density() > OFTEN_MISREAD && hand.strength() > SURELY_A_SCAN
    }

    /// Whether a scan misread words near a place of the text, or all over it, as
    /// [`Evidence::is_garbled`] says: `place` is a byte.
    pub fn is_misread_at(&self, place: usize) -> bool {
        is_misread(&self.hand.at(place)) || self.is_garbled()
    }

    /// How many different words it has that are a small word and a common one run together.
    pub fn run_ons(&self) -> u32 {
        self.run_ons
    }

    /// The signs that it has for letters which the engine could not read.
    pub fn signs(&self) -> &Signs {
        &self.signs
    }

    /// The words that readings may stand for, as far as they were searched for.
    pub fn candidates(&self) -> &CandidateCache {
        &self.candidates
    }

    /// What is known of the language.
    pub fn language(&self) -> &Language {
        self.candidates.searcher().language()
    }

    /// The words of the language.
    pub fn lexicon(&self) -> &Lexicon {
        self.language().lexicon()
    }

    /// How the words of the language follow each other.
    pub fn ngrams(&self) -> &Ngrams {
        self.language().ngrams()
    }
}
