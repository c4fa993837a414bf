//! Letters of another script inside a Latin word that look like Latin letters.

use descan_rules::{Reason, RuleId};
use descan_text::level::Level;

use super::latin::is_latin;
use crate::pass::{Proposals, View};

/// Proposes Latin letters for Cyrillic and Greek ones in a word that has both.
///
/// A word wholly of one script is a word of that script. A mixed one is
/// repaired for certain when that makes an English word or one of the
/// document's own; otherwise it may be a symbol with its unit, and is offered.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let is_mixed =
        |word: &str| !word.is_ascii() && word.chars().any(|c| latin_for(c).is_some()) && word.chars().any(is_latin);
    for index in view.words_that(is_mixed) {
        let token = view.words()[index];
        let word = token.text(text);
        let meant: String = word.chars().map(|c| latin_for(c).unwrap_or(c)).collect();
        if !meant.chars().all(|c| is_latin(c) || descan_text::token::is_apostrophe(c)) {
            continue;
        }
        let evidence = view.evidence();
        let known = evidence.lexicon().is_word(&meant) || evidence.vocabulary().count(&meant) > 0;
        let level = if known && meant.chars().count() > 2 { Level::Certain } else { Level::Probable };
        let reasons = vec![
            Reason::new("letters of two scripts in one word"),
            Reason::with(
                "times the document has the word in Latin letters",
                f64::from(evidence.vocabulary().count(&meant)),
            ),
        ];
        out.propose(RuleId::HOMOGLYPH, level, token.span(), meant, reasons);
    }
}

/// The Latin letter that looks like a Cyrillic or Greek one (Unicode's
/// confusables, those that differ in nothing but the code point).
fn latin_for(c: char) -> Option<char> {
    Some(match c {
        'а' => 'a',
        'е' => 'e',
        'о' | 'ο' => 'o',
        'р' => 'p',
        'с' => 'c',
        'у' => 'y',
        'х' => 'x',
        'і' => 'i',
        'ј' => 'j',
        'ѕ' => 's',
        'һ' => 'h',
        'ԁ' => 'd',
        'ν' => 'v',
        'А' | 'Α' => 'A',
        'В' | 'Β' => 'B',
        'Е' | 'Ε' => 'E',
        'К' | 'Κ' => 'K',
        'М' | 'Μ' => 'M',
        'Н' | 'Η' => 'H',
        'О' | 'Ο' => 'O',
        'Р' | 'Ρ' => 'P',
        'С' => 'C',
        'Т' | 'Τ' => 'T',
        'Х' | 'Χ' => 'X',
        'І' | 'Ι' => 'I',
        'Ѕ' => 'S',
        'Ј' => 'J',
        'Ν' => 'N',
        'Ζ' => 'Z',
        'Υ' => 'Y',
        _ => return None,
    })
}
