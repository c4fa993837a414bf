//! Whether a text is in the language of a lexicon at all.

use descan_lang::language::Language;
use descan_lang::words::WordList;
use descan_text::token::words;

/// A word is common that occurs once in a thousand words and more often, as the binary
/// logarithm that the lexicon has of it: some 150 words, nearly half of any English prose.
const COMMON: u8 = 16;

/// Shares of a text in the language: common words are more, unknown words are fewer.
/// Between them lie no prose but lists of names and tables, of which nothing is said.
const LEAST_COMMON: f32 = 0.15;
const MOST_UNKNOWN: f32 = 0.25;

/// What speaks for another language: function words of others, and words with letters that
/// English does not write. Of 60 words and more in scans of English, however damaged, at
/// most 0.04 are the ones; in other languages they are from 0.08 to 0.4.
const LEAST_FOREIGN: f32 = 0.055;
const LEAST_ACCENTED: f32 = 0.1;

/// Of fewer words nothing is said.
const LEAST: usize = 60;

/// How much is read at the start, the middle and the end of a text, in bytes.
const SAMPLE: usize = 1 << 15;

/// Whether a text is in another language than that of these words: hardly any of its words
/// are among the commonest, many are unknown, and some are those of other languages or
/// written in their letters. Damage takes away common words last.
///
/// ```
/// use descan_core::evidence::foreign::is_foreign;
/// use descan_lang::language::Language;
/// let english = Language::english();
/// let text = "Das Haus stand am Ufer, und niemand wußte, wem es gehörte. ".repeat(9);
/// assert!(is_foreign(&text, &english));
/// ```
pub fn is_foreign(text: &str, language: &Language) -> bool {
    let (lexicon, lists) = (language.lexicon(), language.words());
    let (mut all, mut common, mut unknown, mut foreign, mut accented) = (0, 0, 0, 0, 0);
    for part in samples(text) {
        for word in words(part).map(|token| token.text(part)).filter(|word| word.len() > 1) {
            if word.bytes().any(|b| b.is_ascii_digit()) {
                continue;
            }
            all += 1;
            foreign += usize::from(lists.has_in_any_case(WordList::ForeignWords, word));
            accented += usize::from(word.chars().any(|c| c.is_alphabetic() && !c.is_ascii()));
            match lexicon.lookup(word).filter(|entry| !entry.usually_misread()) {
                Some(entry) => common += usize::from(entry.log2_frequency() >= COMMON),
                None => unknown += 1,
            }
        }
    }
    let share = |count: usize| count as f32 / all as f32;
    let is_no_english = all >= LEAST && share(common) < LEAST_COMMON && share(unknown) > MOST_UNKNOWN;
    is_no_english && (share(foreign) >= LEAST_FOREIGN || share(accented) >= LEAST_ACCENTED)
}

/// The start, the middle and the end of a long text, or the whole of a short one.
fn samples(text: &str) -> Vec<&str> {
    if text.len() <= 3 * SAMPLE {
        return vec![text];
    }
    let border = |at: usize| (at..=text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len());
    let middle = text.len() / 2 - SAMPLE / 2;
    vec![&text[..border(SAMPLE)], &text[border(middle)..border(middle + SAMPLE)], &text[border(text.len() - SAMPLE)..]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_languages_are_foreign_and_damaged_english_is_not() {
        let english = Language::english();
        for text in [
            "Am Morgen lag der Nebel über dem Fluß, und die Fähre kam erst gegen Mittag an. ",
            "Le bateau arriva vers midi, et personne ne savait à qui étaient les caisses sur le quai. ",
            "La mattina c’era nebbia sul fiume e il traghetto arrivò soltanto verso mezzogiorno. ",
            "Mane nebula super flumen erat, et navis circa meridiem tandem ad ripam pervenit. ",
            "Rano nad rzeką leżała mgła, a prom przypłynął dopiero około południa. ",
        ] {
            assert!(is_foreign(&text.repeat(8), &english), "{text}");
            assert!(!is_foreign(text, &english), "one sentence is not told");
        }
        for text in [
            "In the morning there was fog on the river, and the ferry did not come till noon. ",
            "ln tbe rnorning tliere vvas f0g on the nver, aud tbe ferrv did n0t corne tlll noou. ",
            "tbo nrivor wns fonnd jn tlie nidor nnder bis ownhonse, nnd tho polioo sajd notbing. ",
            "Harrow, John 12; Hartley, Mary 40; Haslam, Peter 7; Hathersage 91; Hayfield 18. ",
        ] {
            assert!(!is_foreign(&text.repeat(8), &english), "{text}");
        }
    }
}
