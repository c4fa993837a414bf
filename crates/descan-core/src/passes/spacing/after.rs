//! A space after a punctuation mark that was lost, or read as a mark.

use std::ops::Range;

use descan_lang::terms::{Gap, context};
use descan_lang::words::WordList;
use descan_rules::{Reason, RuleId};
use descan_text::level::Level;
use descan_text::token::without_blanks;

use super::edges::is_ending;
use crate::pass::{Proposals, View};
use crate::passes::grammar;

/// By how many nats no mark must read better than a full stop, and than a comma,
/// which is more often lost together with its space.
const OVER_STOP: f32 = 2.0;
const OVER_COMMA: f32 = 3.0;
/// So many such places, and one in so many words, show that a scan does so.
const SEVERAL: usize = 3;
const WORDS_TO_ONE: usize = 500;
/// The least frequency of words that a mark parts, and the least of letters
/// that both have.
const COMMON: u8 = 6;
const LETTERS: usize = 3;
/// Words of so few letters must be as usual as this for a space to be all that was lost between them.
const SHORT: usize = 3;
const USUAL: u8 = 12;

/// Proposes a space between a mark and the word after it.
///
/// Both sides must be words by themselves: addresses, abbreviations, times,
/// numbers and code have something else on one side.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let mut perhaps = Vec::new();
    let mut sure = 0;
    for (_, left, right) in view.marked_pairs() {
        let (left, right) = (left.span(), right.span());
        let gap = &text[left.end..right.start];
        if gap.is_empty() || gap.len() > 8 || gap.contains(char::is_whitespace) {
            continue;
        }
        if matches!(gap, "." | ":")
            && let Some((over_stop, over_comma)) = for_blank(view, left.clone(), right.clone())
        {
            if over_stop > OVER_STOP && over_comma > OVER_COMMA {
                let reasons = vec![Reason::new("two common words with a mark between them that no sentence has there")];
                out.propose(RuleId::MARK_FOR_SPACE, Level::Certain, left.end..right.start, " ", reasons);
                sure += 1;
                continue;
            }
            if gap == "." && over_stop > 0.0 && over_comma > 0.0 {
                perhaps.push(left.end..right.start);
                continue;
            }
        }
        let capital = text[right.clone()].starts_with(char::is_uppercase);
        let split = match gap {
            // No clause ends with such a word: the mark may be a letter.
            ";" if grammar::is_never_last(view.lists(), &text[left.clone()]) => continue,
            "," | ";" => 1,
            "?" | "!" if capital => 1,
            "." if capital && text[left.clone()].chars().all(char::is_lowercase) => 1,
            ".“" | "!“" | "?“" | ",“" => 1,
            ".”" | "!”" | "?”" | ",”" => gap.len(),
            _ => continue,
        };
        let (before, after) = (&text[left.clone()], &text[right.clone()]);
        let lexicon = view.evidence().lexicon();
        let is_word = |word: &str| {
            word.chars().count() >= 2
                && word.chars().all(|c| c.is_alphabetic() || matches!(c, '’' | '\''))
                && lexicon.is_word(word)
        };
        if !is_word(before)
            || !is_word(after)
            || !view.layout().region_at(left.start).is_running()
            || in_address(text, left.start, right.end)
        {
            continue;
        }
        // `Count;ea`: of short words that nobody uses, the mark is more likely a misread letter.
        let is_usual = |word: &str| {
            let entry = || lexicon.lookup(word);
            word.chars().count() > SHORT || entry().is_some_and(|e| e.log2_frequency() >= USUAL)
        };
        // A full stop between words may be a speck where a space was.
        let sure = gap != "." && is_usual(before) && is_usual(after);
        let level = if sure { Level::Certain } else { Level::Probable };
        let at = left.end + split;
        let reasons = vec![Reason::new("two words with a mark and no blank between them")];
        out.propose(RuleId::LOST_SPACE, level, at..at, " ", reasons);
    }
    // What a scan does once, it does again.
    if view.evidence().is_damaged()
        && sure + perhaps.len() >= SEVERAL
        && (sure + perhaps.len()) * WORDS_TO_ONE >= view.words().len()
    {
        for span in perhaps {
            let reasons = vec![Reason::new("two common words with a mark between them, as at other places")];
            out.propose(RuleId::MARK_FOR_SPACE, Level::Probable, span, " ", reasons);
        }
    }
}

/// By how much no mark reads better than a full stop and a comma between two common words in lower case, if a mark
/// there may have been read for a space.
fn for_blank(view: &View<'_>, left: Range<usize>, right: Range<usize>) -> Option<(f32, f32)> {
    let text = view.text();
    let run = without_blanks(text, &(left.start..right.end));
    let marks =
        text[run.clone()].trim_end_matches(['.', ',', '!', '?', ';', ':', '”', '"', '’', '\'']).matches(['.', ':']);
    let common = |word: &str| {
        word.bytes().all(|b| b.is_ascii_lowercase())
            && view
                .evidence()
                .lexicon()
                .lookup(word)
                .is_some_and(|e| e.log2_frequency() >= COMMON && !e.usually_misread())
    };
    let (before, after) = (&text[left.clone()], &text[right.clone()]);
    if marks.count() != 1
        || before.len() + after.len() < LETTERS
        || !common(before)
        || !common(after)
        || grammar::is_abbreviation(view.lists(), before)
        || is_ending(view.lists(), after)
        || view.lists().has(WordList::ContractedTails, after)
        || in_address(text, left.start, right.end)
        || !view.layout().region_at(left.start).is_running()
    {
        return None;
    }
    let place = view.evidence().ngrams().slot(&context(text, left.end..right.start));
    let over = |gap: Gap| place.score(&[]) - place.score(gap.term().as_slice());
    Some((over(Gap::SentenceEnd), over(Gap::Comma)))
}

/// Whether the run without spaces around the place has marks of an address, a
/// path, a list without spaces, or code.
fn in_address(text: &str, start: usize, end: usize) -> bool {
    let run = &text[without_blanks(text, &(start..end))];
    run.contains(['/', '\\', '@', '=', '<', '>', '{', '}', '|', '_', '#', '&', '+'])
        || run.contains(|c: char| c.is_ascii_digit())
        || run.starts_with("www.")
        || run.matches(',').count() + run.matches(';').count() > 2
}
