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
/// The unit in which leads are stored, in nats.
const STEP: f32 = 0.25;
/// The lead of code 1 less one unit, in nats; code 0 means no rival at all.
const LEAST: f32 = -40.0;

/// The leads of the best rivals of common words.
#[derive(Clone, Debug)]
pub struct Rivals {
    /// The least log2 frequency of the words in the table.
    from: u8,
    leads: FuseMap<1>,
}

impl Rivals {
    /// Reads a table in place; `None` if the bytes are not a table.
    pub fn open(bytes: impl Into<Cow<'static, [u8]>>) -> Option<Rivals> {
        let bytes = bytes.into();
        let (&from, rest) = bytes.strip_prefix(MAGIC)?.split_first()?;
        let (leads, rest) = FuseMap::split_from(rest.to_vec().into())?;
        rest.is_empty().then_some(Rivals { from, leads })
    }

    /// The largest lead of a rival over `word`, in nats, if every letter were
    /// misread: a document adds the logarithm of its rate of misread letters.
    /// Negative infinity for a word without rivals, `None` for a word that is not
    /// in the table.
    ///
    /// `word` is a trusted word in lower case, of the `log2_frequency` that its
    /// [`super::entry::Entry`] has.
    pub fn lead(&self, word: TermHash, log2_frequency: u8) -> Option<f32> {
        let code = (log2_frequency >= self.from).then(|| self.leads.get(word.0)).flatten()?;
        Some(if code == 0 { f32::NEG_INFINITY } else { LEAST + code as f32 * STEP })
    }
}

/// The code of a lead in the table, rounded up.
pub fn encode_lead(lead: f32) -> u32 {
    if lead == f32::NEG_INFINITY { 0 } else { ((lead - LEAST) / STEP).ceil().clamp(1.0, 255.0) as u32 }
}
