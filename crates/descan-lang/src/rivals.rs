//! Which known words could be a misreading of another known word, computed when the
//! model is built.
//!
//! Nearly all words of a clean text are known words that there is no reason to doubt:
//! no common word is one usual misreading away from them. For every common word the
//! table says by how much the best of its rivals leads, as far as the language alone
//! can tell; the document's error rate decides whether that is enough.

use std::borrow::Cow;

use super::fuse::FuseMap;
use super::terms::TermHash;

/// The bytes that the table begins with.
pub const MAGIC: &[u8; 8] = b"descanR1";
/// Nats between two steps of the scale on which leads are kept.
const STEP: f32 = 0.25;
/// The lead that the first step stands for, in nats; 0 stands for no rival at all.
const LEAST: f32 = -40.0;

/// The leads of the best rivals of common words.
#[derive(Clone, Debug)]
pub struct Rivals {
    /// Words of this commonness and above are in the table.
    from: u8,
    leads: FuseMap<1>,
}

impl Rivals {
    /// Reads a table in place; nothing if the bytes are none.
    pub fn open(bytes: impl Into<Cow<'static, [u8]>>) -> Option<Rivals> {
        let bytes = bytes.into();
        let (&from, rest) = bytes.strip_prefix(MAGIC)?.split_first()?;
        let (leads, rest) = FuseMap::split_from(rest.to_vec().into())?;
        rest.is_empty().then_some(Rivals { from, leads })
    }

    /// By how many nats at most a rival of `word` leads on it, were every letter
    /// misread: what is added is only the logarithm of the rate at which they
    /// are. Negative infinity for a word without rivals, nothing for a word that
    /// is not in the table.
    ///
    /// `word` is a trusted word in lower case, of the `commonness` that its
    /// [`super::entry::Entry`] has.
    pub fn lead(&self, word: TermHash, commonness: u8) -> Option<f32> {
        let step = (commonness >= self.from).then(|| self.leads.get(word.0)).flatten()?;
        Some(if step == 0 { f32::NEG_INFINITY } else { LEAST + step as f32 * STEP })
    }
}

/// The step that stands for a lead, rounded up.
pub fn step(lead: f32) -> u32 {
    if lead == f32::NEG_INFINITY { 0 } else { ((lead - LEAST) / STEP).ceil().clamp(1.0, 255.0) as u32 }
}
