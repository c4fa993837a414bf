//! Specks of dirt between words that were read as punctuation.

use descan_lang::terms::{Gap, context};
use descan_lang::words::{WordList, WordLists};
use descan_rules::{Reason, RuleId};
use descan_text::level::Level;
use descan_text::token::paragraph_around;
use rustc_hash::FxHashMap;

use super::lone::{Edge, Lone, Tokens, counts, few};
use crate::pass::{Proposals, View};
use crate::passes::grammar;

/// So many nats better no mark must read than a colon, and than a dash: of 100
/// dashes in right texts two go beyond the second.
const NOTHING_OVER_COLON: f32 = 6.0;
const NOTHING_OVER_DASH: f32 = 8.0;
/// The same of a comma where a full stop may be what is left of it.
const NOTHING_UNDER_COMMA: f32 = -1.0;

/// Proposes to take out specks.
pub(super) fn run(view: &View<'_>, tokens: &Tokens<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let few = few(tokens.words);
    let inside: Vec<Option<Judgement>> = tokens.lone.iter().map(|lone| judge(lone, view)).collect();
    // Counted is what this run leaves, so that the next one counts the same.
    let left = |lone: &Lone<'_>, judged: &Option<Judgement>| {
        judged.is_none_or(|(level, _)| !view.makes(RuleId::SPECK, level)) && !super::before::closes_up(lone, view)
    };
    let spaced = tokens
        .lone
        .iter()
        .zip(&inside)
        .filter(|(lone, judged)| {
            lone.edge == Edge::None && matches!(lone.mark, ';' | ':' | '!' | '?' | '-' | '—') && left(lone, judged)
        })
        .count();
    let judged: Vec<Option<Judgement>> =
        tokens.lone.iter().zip(inside).map(|(lone, inside)| at_edge(lone, spaced, view).or(inside)).collect();
    let counts = counts(tokens.lone.iter().zip(&judged).filter(|(_, j)| j.is_some()).map(|(l, _)| l.mark));
    // One look at the text for each mark, however many of it are judged.
    let mut written_elsewhere: FxHashMap<char, bool> = FxHashMap::default();
    for (lone, judgement) in tokens.lone.iter().zip(&judged) {
        let Some((level, reason)) = *judgement else {
            continue;
        };
        let count = counts.get(&lone.mark).copied().unwrap_or(0);
        let limit = if lone.mark == '-' && lone.edge == Edge::None { 2 } else { few };
        if count > limit {
            continue;
        }
        // A sign that the document also writes beside figures or letters is one of its own.
        let is_sign = !matches!(lone.mark, '.' | ',' | ':' | ';' | '-' | '_' | '*' | '\'' | '‘' | '’');
        let own = || text.matches(lone.mark).count() > tokens.lone.iter().filter(|l| l.mark == lone.mark).count();
        let is_own = is_sign && *written_elsewhere.entry(lone.mark).or_insert_with(own);
        let level = if is_own { Level::Suspect } else { level };
        let (start, end) = with_blank(text, lone);
        let reasons = vec![Reason::new(reason), Reason::with("times the mark stands so in the document", count as f64)];
        out.propose(RuleId::SPECK, level, start..end, "", reasons);
    }
}

/// How sure it is that a mark is a speck, and why.
type Judgement = (Level, &'static str);

fn judge(lone: &Lone<'_>, view: &View<'_>) -> Option<Judgement> {
    if lone.edge == Edge::BlockStart || is_bullet(lone, view) {
        return None;
    }
    let digit = |word: &str| word.contains(|c: char| c.is_ascii_digit());
    let letter_before = lone.before.ends_with(char::is_lowercase);
    let letter_after = lone.after.starts_with(char::is_lowercase);
    let word_before = lone.before.chars().filter(|c| c.is_lowercase()).count() >= 2;
    let word_after = lone.after.chars().filter(|c| c.is_lowercase()).count() >= 2;
    let stopped = word_before && lone.before.ends_with(['.', '!', '?', '”', '"', '…']);
    if digit(lone.before) || digit(lone.after) || !word_before || !word_after {
        return None;
    }
    let style = view.evidence().style();
    let after_stop = Some((Level::Certain, "a mark between blanks behind the end of a sentence"));
    let sentence_next = lone.after.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"'));
    // What stands before a sentence without its first letter may be that letter.
    if stopped && letter_after {
        return None;
    }
    match lone.mark {
        // Where a bullet or an angle stands at a line's edge it may be what is left of a word or a mark.
        '•' | '<' | '>' if lone.edge != Edge::None => {
            Some((Level::Suspect, "a mark that no sentence has, at a line's edge"))
        }
        // Beside a piece it may be a letter of the word, or its hyphen.
        '·' | '•' | '^' | '~' if !are_known(lone, view) => {
            Some((Level::Suspect, "a mark that no sentence has, beside what is no word"))
        }
        '~' | '_' | '^' | '·' | '•' | '¢' | '©' | '®' | '¦' | '£' | '°' | '<' | '>' => {
            Some((Level::Certain, "a mark that no sentence has between two words"))
        }
        '.' if stopped && !lone.before.ends_with("..") && sentence_next => after_stop,
        '.' if letter_before && letter_after => Some((Level::Certain, "a full stop between blanks inside a sentence")),
        ':' | ';' | ',' | '+' if stopped && sentence_next => after_stop,
        '-' if stopped && sentence_next && style.em_dashes + style.double_hyphens > 0 => after_stop,
        // `(Gap + captain)`: a sum of words.
        '*' | '+' if lone.before.starts_with('(') || lone.after.ends_with(')') => None,
        '*' | '+' if (letter_before || lone.before.ends_with(',')) && letter_after => {
            Some((Level::Certain, "a mark between blanks inside a sentence"))
        }
        '-' if letter_before && letter_after && style.em_dashes >= 2 => {
            let sure = lone.edge == Edge::None && over(lone, view, Gap::Dash) > NOTHING_OVER_DASH;
            let level = if sure { Level::Certain } else { Level::Probable };
            Some((level, "a hyphen between blanks, where the document writes dashes"))
        }
        '\'' | '‘' | '’' if stopped && sentence_next => after_stop,
        '\'' | '‘' | '’' if letter_before && letter_after && !lone.before.ends_with('s') => {
            Some((Level::Suspect, "a quote between blanks"))
        }
        _ => None,
    }
}

/// Judges a mark that is the first or last of its line: specks gather in the
/// margins, and no line begins or ends with a stop between spaces, except in
/// documents that put spaces before their stops.
fn at_edge(lone: &Lone<'_>, spaced: usize, view: &View<'_>) -> Option<Judgement> {
    if is_bullet(lone, view) {
        return None;
    }
    let style = view.evidence().style();
    let word =
        |w: &str| w.chars().filter(|c| c.is_lowercase()).count() >= 2 && !w.contains(|c: char| c.is_ascii_digit());
    let stopped =
        word(lone.before) && lone.before.ends_with(['.', '!', '?', '”', '"', '…']) && !lone.before.ends_with("..");
    let goes_on = word(lone.before)
        && lone.before.ends_with(|c: char| c.is_lowercase() || c == ',')
        && lone.after.starts_with(|c: char| c.is_lowercase());
    let stop = matches!(
        lone.mark,
        '.' | ',' | ':' | ';' | '\'' | '‘' | '’' | '*' | '+' | '-' | '_' | '~' | '^' | '¢' | '£' | '©' | '°'
    );
    // No clause ends with such a word, so that no list begins there.
    let inside =
        grammar::is_never_last(view.lists(), lone.before) && lone.after.starts_with(|c: char| c.is_lowercase());
    let quote = matches!(lone.mark, '\'' | '‘' | '’');
    let dash = lone.mark == '-' && style.em_dashes + style.double_hyphens >= 2;
    if inside && (quote || dash) && lone.edge != Edge::None {
        return Some((Level::Certain, "a mark at a line's edge, inside a sentence"));
    }
    // A hyphen between spaces is a dash unless the document writes others.
    if !stop || (lone.mark == '-' && style.em_dashes + style.double_hyphens == 0) {
        return None;
    }
    match lone.edge {
        // A star after a sentence may lead to a footnote.
        Edge::End if stopped && lone.mark == '*' => Some((Level::Probable, "a star at a line's end")),
        Edge::End if lone.mark == '*' && goes_on => {
            Some((Level::Probable, "a star at a line's end, which may be what is left of a word"))
        }
        Edge::End if stopped && (spaced == 0 || lone.mark == '.') => {
            // Where no sentence begins behind it, the mark may be what is left of one that does.
            let is_cut = lone.after.starts_with(|c: char| c.is_lowercase() || c == '.');
            let level = if is_cut { Level::Suspect } else { Level::Certain };
            Some((level, "a mark at a line's end behind the end of a sentence"))
        }
        Edge::End if goes_on && lone.mark == ',' && may_pause(view.lists(), lone.before) => {
            Some((Level::Suspect, "a mark at a line's end that may belong to the word"))
        }
        // A full stop may be what is left of a comma.
        Edge::End if goes_on && lone.mark == '.' && over(lone, view, Gap::Comma) < NOTHING_UNDER_COMMA => {
            Some((Level::Suspect, "a mark at a line's end that may belong to the word"))
        }
        Edge::End if goes_on && matches!(lone.mark, ';' | ':') => {
            let level = if spaced == 0 && no_room_for_colon(lone, view) { Level::Certain } else { Level::Suspect };
            Some((level, "a mark at a line's end that may belong to the word"))
        }
        Edge::End if goes_on && spaced == 0 => {
            Some((Level::Certain, "a mark between blanks at a line's end, inside a sentence"))
        }
        Edge::Start if goes_on && spaced == 0 && lone.mark == '*' && lacks_quote(lone, view) => {
            Some((Level::Probable, "a star at a line's start, where a quote is missing"))
        }
        Edge::Start if goes_on && spaced == 0 => {
            Some((Level::Certain, "a mark between blanks at a line's start, inside a sentence"))
        }
        // A page begins inside a sentence.
        Edge::BlockStart
            if goes_on && spaced == 0 && matches!(lone.mark, '.' | ',' | ':' | ';' | '_' | '+' | '~' | '^') =>
        {
            Some((Level::Certain, "a mark between blanks at a page's start, inside a sentence"))
        }
        // A list's bullets stand where a block starts.
        Edge::BlockStart if word(lone.after) && spaced == 0 && matches!(lone.mark, '.' | ',' | ':' | ';' | '_') => {
            Some((Level::Probable, "a mark between blanks at a paragraph's start"))
        }
        // The comma is a full stop that was read so.
        Edge::End if lone.after.is_empty() && spaced == 0 && word(lone.before) && lone.before.ends_with(',') => {
            Some((Level::Certain, "a mark between blanks at a paragraph's end"))
        }
        _ => None,
    }
}

/// Whether a mark begins its line, and another line beside it: they are a list.
fn is_bullet(lone: &Lone<'_>, view: &View<'_>) -> bool {
    let lines = view.layout().lines();
    let here = view.layout().line_at(lone.at);
    let begins = |index: usize| {
        let line = lines.get(index).map_or("", |line| &view.text()[line.text_start..line.end]);
        line.strip_prefix(lone.mark).is_some_and(|rest| rest.starts_with(' '))
    };
    lines.get(here).is_some_and(|line| line.text_start == lone.at) && (begins(here + 1) || here > 0 && begins(here - 1))
}

/// Whether a comma can follow a word: not an article or what else leads to a noun.
fn may_pause(lists: &WordLists, before: &str) -> bool {
    !lists.has(WordList::Determiners, before)
}

/// Whether the words on both sides of a mark are in the lexicon.
fn are_known(lone: &Lone<'_>, view: &View<'_>) -> bool {
    let is_known = |word: &str| view.evidence().lexicon().is_word(word.trim_matches(|c: char| !c.is_alphabetic()));
    is_known(lone.before) && is_known(lone.after)
}

/// Whether the words around a colon or semicolon are known, and read far better without one.
fn no_room_for_colon(lone: &Lone<'_>, view: &View<'_>) -> bool {
    are_known(lone, view) && over(lone, view, Gap::Colon) > NOTHING_OVER_COLON
}

/// How far a paragraph is followed to either side, in bytes.
const PARAGRAPH: usize = 2000;

/// Whether the paragraph around a mark has a double quote without its partner.
fn lacks_quote(lone: &Lone<'_>, view: &View<'_>) -> bool {
    let text = view.text();
    let paragraph = &text[paragraph_around(text, &(lone.at..lone.at), PARAGRAPH)];
    !paragraph.matches(['"', '“', '”']).count().is_multiple_of(2)
}

/// By how many nats the words around a mark read better without it than with `gap`.
fn over(lone: &Lone<'_>, view: &View<'_>, gap: Gap) -> f32 {
    let text = view.text();
    let before = text[..lone.at].trim_end().len();
    let after = text.len() - text[lone.at + lone.mark.len_utf8()..].trim_start().len();
    let around = context(text, before..after);
    let place = view.evidence().ngrams().slot(&around);
    place.score(&[]) - place.score(gap.term().as_slice())
}

/// The mark with the space that goes with it: the one before, or at a line's
/// start the one after.
fn with_blank(text: &str, lone: &Lone<'_>) -> (usize, usize) {
    let end = lone.at + lone.mark.len_utf8();
    let before = &text[..lone.at];
    let start = before.trim_end_matches(' ').len();
    if start > 0 && !before[..start].ends_with(['\n', '\u{c}']) {
        return (start, end);
    }
    (lone.at, end + (text[end..].len() - text[end..].trim_start_matches(' ').len()))
}
