//! The engine's word: of what it was sure, less is repaired.
//!
//! Where the confidences of a document tell words that the lexicon has from words that it
//! lacks ([`Engine`]), a repair of a word that the engine was surer of than of others is less
//! likely right. That lowers its confidence and its level; nothing makes a repair surer.

use descan_rules::{PassName, Reason};
use descan_text::edit::Origin;
use descan_text::level::Level;

use crate::evidence::engine::Engine;
use crate::pass::Proposal;

/// Below these odds, over those of any word of the document, a repair is not certain.
const SURE: f64 = 0.1;

/// Weighs the repairs of words that the lexicon lacks in this text. `origin` leads from it
/// to the document's.
pub(crate) fn weigh(proposals: &mut [Proposal], text: &str, engine: &Engine, origin: &Origin) {
    for proposal in proposals {
        if !matches!(proposal.pass, PassName::Letters | PassName::Words) {
            continue;
        }
        let Some(sureness) = engine.sureness(&origin.widen(proposal.span.clone()).before) else { continue };
        let in_ten = sureness.wrong * 10.0;
        let share = match in_ten {
            10.0.. | 1.0..10.0 => format!("{in_ten:.0} of 10"),
            0.1..1.0 => format!("{:.0} of 100", in_ten * 10.0),
            _ => "less than 1 of 100".to_owned(),
        };
        let confidence = sureness.confidence;
        proposal.reasons.push(Reason::new(format!(
            "the engine gave this word {confidence}; such words are wrong in {share} cases here"
        )));
        // The engine hesitated here, however sure it says it was.
        let others = engine.others(&text[proposal.span.clone()]);
        if others.iter().any(|other| other.eq_ignore_ascii_case(&proposal.text)) {
            continue;
        }
        if sureness.ratio < 1.0 {
            let odds = proposal.confidence / (1.0 - proposal.confidence).max(1e-6) * sureness.ratio;
            proposal.confidence = odds / (1.0 + odds);
        }
        if sureness.ratio < SURE && proposal.level == Level::Certain {
            proposal.level = Level::Probable;
        }
    }
}
