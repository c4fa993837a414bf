//! A blank before a mark that belongs to the word.

use super::Tokens;
use crate::finding::Reason;
use crate::level::Level;
use crate::pipeline::{Proposals, View};

/// Proposes to close up a mark with the word before it.
///
/// French has a blank before `;`, `:`, `!` and `?`, and so have old English
/// books: what the document does throughout is its style.
pub fn run(view: &View<'_>, tokens: &Tokens<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    for lone in &tokens.lone {
        let word_before = lone.before.ends_with(char::is_lowercase) && lone.before.chars().count() >= 2;
        let known = view.evidence().lexicon().is_word(lone.before.trim_start_matches(|c: char| !c.is_alphanumeric()));
        if !word_before || !known {
            continue;
        }
        let capital_next = lone.after.is_empty() || lone.after.starts_with(char::is_uppercase) && lone.after.len() > 1;
        let spaced = tokens.count(lone.mark);
        let level = match lone.mark {
            '.' | '?' if capital_next && spaced <= 3 => Level::Certain,
            '!' if capital_next && spaced <= 3 => Level::Probable,
            ',' if spaced >= 2 => Level::Probable,
            ';' | '?' | '!' | ':' if spaced >= 2 => Level::Probable,
            _ => continue,
        };
        let start = text[..lone.at].trim_end_matches(' ').len();
        if start == lone.at || text[..start].ends_with('\n') {
            continue;
        }
        let reasons = vec![
            Reason::new("a blank before a mark that belongs to the word"),
            Reason::with("times it stands so in the document", spaced as f64),
        ];
        out.propose("blank-before-mark", level, 0.97, start..lone.at, "", reasons);
    }
}
