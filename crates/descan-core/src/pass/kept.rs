//! What was found out about a text and holds after edits.

use descan_rules::RuleSet;
use descan_text::edit::EditList;

use super::Selection;
use super::hits::Hits;
use super::moves::Moves;
use super::sought::Sought;
use super::tried::Tried;

/// What a view found out about its text, as far as it stays with the text through edits.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// Where the text has what patterns look for, if any pass asked.
    pub(super) hits: Option<Hits>,
    /// Where patterns matched.
    pub(super) tried: Tried,
    /// Which regexes the text has.
    pub(super) sought: Sought,
}

impl Kept {
    /// What holds of the text that edits made.
    pub(super) fn after(self, edits: &EditList, text: &str, rules: &RuleSet, on: &Selection) -> Kept {
        let moves = Moves::of(edits);
        Kept {
            hits: self.hits.map(|hits| hits.after(edits, text, rules, on)),
            tried: self.tried.after(&moves),
            sought: self.sought.after(&moves),
        }
    }
}
