//! Headings set with a space between their letters, `T H E  E N D`, or behind the large first letters of small
//! capitals, `T HE M AN`.

use descan_lang::entry::Trust;
use descan_lang::lexicon::Lexicon;
use descan_rules::{Reason, RuleId};
use descan_text::layout::Line;
use descan_text::level::Level;

use crate::pass::{Proposals, View};

/// The longest heading, in bytes, and the fewest letters of its longest word.
const LONGEST: usize = 120;
const LETTERS: usize = 3;
/// The fewest letters of a heading of one word.
const ALONE: usize = 5;
/// A text with more such lines than this is a puzzle or a lesson in letters.
const FEW: usize = 40;

/// Proposes to close up the words of headings whose letters stand apart.
///
/// A line by itself, of single capitals with one space between them and more
/// between the words, is one if the letters make words. In a sentence, and where
/// nothing parts the words, it is left.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let lines = view.layout().lines();
    let blank = |at: Option<usize>| at.and_then(|at| lines.get(at)).is_none_or(Line::is_blank);
    let found: Vec<_> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| (2..=LONGEST).contains(&(line.end - line.text_start)))
        .filter(|(index, _)| blank(index.checked_sub(1)) && blank(Some(index + 1)))
        .filter_map(|(_, line)| {
            let body = text[line.text_start..line.end].trim_end();
            let lexicon = view.evidence().lexicon();
            let heading = match words_of(body) {
                Some(words) => are_words(&words, lexicon).then(|| words.join(" ")),
                None => small_capitals(body, lexicon),
            };
            Some((line.text_start..line.text_start + body.len(), heading?))
        })
        .collect();
    if found.len() > FEW {
        return;
    }
    for (span, heading) in found {
        let reasons = vec![Reason::new("a line by itself whose letters stand apart and make words")];
        out.propose(RuleId::SPACED_OUT_HEADING, Level::Certain, span, heading, reasons);
    }
}

/// The words that the letters of a line make, if it is nothing but capitals
/// that stand apart, and a stop at the end.
fn words_of(body: &str) -> Option<Vec<String>> {
    if body.as_bytes().get(1) != Some(&b' ') {
        return None;
    }
    let mut words = Vec::new();
    for part in body.split("  ").map(str::trim).filter(|part| !part.is_empty()) {
        let letters: Vec<&str> = part.split(' ').collect();
        let (last, others) = letters.split_last()?;
        let is_letter = |piece: &str| piece.chars().count() == 1 && piece.chars().all(char::is_uppercase);
        if !others.iter().all(|piece| is_letter(piece)) || !is_letter(last.trim_end_matches(['.', '!', '?', ':', ',']))
        {
            return None;
        }
        words.push(letters.concat());
    }
    Some(words)
}

/// A line of capitals with the first letters of its words joined to their rest, if that makes words of all of them
/// and one of the rests is none.
fn small_capitals(body: &str, lexicon: &Lexicon) -> Option<String> {
    let is_capital = |c: char| c.is_uppercase() || !c.is_alphanumeric();
    if !body.chars().all(is_capital) {
        return None;
    }
    let letters = |piece: &str| piece.chars().filter(|c| c.is_alphabetic()).count();
    let is_word = |piece: &str| {
        let bare = piece.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        bare.is_empty() || are_words(&[bare.clone(), "the".to_owned()], lexicon)
    };
    let mut words: Vec<String> = Vec::new();
    let mut parts = body.split(' ').filter(|part| !part.is_empty()).peekable();
    let (mut joined, mut needed) = (0, 0);
    while let Some(part) = parts.next() {
        let rest = parts.next_if(|rest| {
            let whole = format!("{part}{rest}");
            letters(part) == 1
                && part.ends_with(char::is_uppercase)
                && rest.starts_with(char::is_uppercase)
                && is_word(&whole)
                && (!matches!(part, "A" | "I") || letters(rest) > 1 && !is_word(rest))
        });
        let Some(rest) = rest else {
            if !is_word(part) {
                return None;
            }
            words.push(part.to_owned());
            continue;
        };
        joined += 1;
        needed += usize::from(!is_word(rest) || letters(rest) == 1);
        words.push(format!("{part}{rest}"));
    }
    (joined >= 2 && needed >= 1).then(|| words.join(" "))
}

/// Whether all are words, or numbers of chapters, and one of them is long enough
/// not to be so by chance.
fn are_words(words: &[String], lexicon: &Lexicon) -> bool {
    let bare = |word: &String| word.trim_end_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    let is_word = |word: &str| match word.chars().count() {
        1 => matches!(word, "a" | "i" | "o" | "v" | "x"),
        _ => {
            lexicon.lookup(word).is_some_and(|e| e.trust() == Trust::Trusted && !e.usually_misread())
                || word.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'l' | 'c'))
        }
    };
    let longest = words.iter().map(|word| bare(word).chars().count()).max().unwrap_or(0);
    longest >= if words.len() > 1 { LETTERS } else { ALONE } && words.iter().all(|word| is_word(&bare(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_stand_apart() {
        assert_eq!(words_of("T H E  E N D .").as_deref(), None);
        assert_eq!(words_of("T H E   E N D.").unwrap_or_default(), ["THE", "END."]);
        assert_eq!(words_of("A  list").as_deref(), None);
        assert_eq!(words_of("“").as_deref(), None);
    }
}
