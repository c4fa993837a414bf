//! What no repair may do, whichever rule proposes it.
//!
//! Some things carry so much meaning that a wrong repair of them is worse than any
//! damage: digits, negations, the letters that stand for things, the bars of
//! tables, abbreviations. All proposals are held against that here, so that no
//! pass has to think of it.

mod company;
mod refused;
mod scan;
mod short_forms;
mod spoken;
mod symbols;

use std::ops::Range;

use descan_rules::{PassName, Reason, RuleId};
use descan_text::level::Level;
use descan_text::token::is_apostrophe;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::evidence::vocabulary::fold;
use crate::pass::{Proposal, View};

use refused::{
    drops_digit, is_bar, is_between_back_ticks, is_of_signature, is_stroke_of_drawing, is_tag, makes_twins, reverses,
};
use scan::is_scan;
use short_forms::{is_abbreviation, is_cut_short, is_name_behind_title, is_old_spelling, is_repeated, is_short_form};
use spoken::Spoken;
pub(crate) use spoken::are_strangers;
pub(crate) use symbols::around;
use symbols::{is_note_mark, is_numeral_among_others, is_symbol, is_variable};

/// Drops the proposals that would take away meaning, and lowers those that may.
pub fn guard(proposals: &mut Vec<Proposal>, view: &View<'_>) {
    let Some(first) = proposals.first() else { return };
    match first.pass {
        PassName::Encoding | PassName::Pages => return,
        PassName::Characters | PassName::Lines => return doubt_patterns(proposals, view),
        _ => {}
    }
    let text = view.text();
    proposals.retain(|proposal| {
        let old = &text[proposal.span.clone()];
        // A pattern that takes digits or an abbreviation names them, and with what evidence.
        let is_named = view.rules().get(proposal.rule).is_data();
        !(!is_named && (drops_digit(old, &proposal.text) || is_abbreviation(proposal, view))
            || reverses(old, &proposal.text, view)
            || is_tag(&proposal.span, text)
            || is_between_back_ticks(&proposal.span, text)
            || is_of_signature(old, &proposal.span, text)
            || is_bar(old, &proposal.span, view)
            || is_stroke_of_drawing(old, &proposal.span, view))
    });
    let offered = places_offered(proposals, text);
    let is_own = |proposal: &Proposal| {
        let word = replaced_word(proposal, text).map(|word| fold(&text[word]));
        let is_one = proposal.pass == PassName::Context && proposal.level == Level::Suspect;
        is_one && word.is_some_and(|word| is_word_of_document(&word, &offered, view))
    };
    proposals.retain(|proposal| !is_own(proposal));
    let used = used_words(proposals, view);
    let spoken = Spoken::of(proposals, view);
    for proposal in proposals.iter_mut().filter(|proposal| proposal.level < Level::Suspect) {
        if let Some(doubt) = doubt(proposal, &used, &spoken, view) {
            proposal.level = Level::Suspect;
            proposal.reasons.push(Reason::new(doubt));
        }
    }
}

/// Lowers what patterns of the early passes propose where a text speaks of words and marks.
fn doubt_patterns(proposals: &mut [Proposal], view: &View<'_>) {
    let spoken = Spoken::of(proposals, view);
    for proposal in proposals.iter_mut().filter(|proposal| proposal.level < Level::Suspect) {
        let old = &view.text()[proposal.span.clone()];
        let is_blank = old.trim().is_empty() && proposal.text.trim().is_empty();
        if is_blank || makes_word_of_pieces(proposal, view) || !view.rules().get(proposal.rule).is_data() {
            continue;
        }
        if let Some(doubt) = spoken.doubt_by_surroundings(proposal, view) {
            proposal.level = Level::Suspect;
            proposal.reasons.push(Reason::new(doubt));
        }
    }
}

/// Whether a hyphen with a blank goes from between two pieces of which one is no word, `irre- deemable`: nothing that a
/// text speaks of.
fn makes_word_of_pieces(proposal: &Proposal, view: &View<'_>) -> bool {
    let (text, lexicon) = (view.text(), view.evidence().lexicon());
    let (before, behind) = (&text[..proposal.span.start], &text[proposal.span.end..]);
    let first = &before[before.trim_end_matches(char::is_alphabetic).len()..];
    let second = &behind[..behind.len() - behind.trim_start_matches(char::is_alphabetic).len()];
    let is_piece = |part: &str| part.len() > 1 && !lexicon.is_word(&fold(part));
    matches!(text[proposal.span.clone()].trim(), "-" | "¬")
        && proposal.text.is_empty()
        && (is_piece(first) || is_piece(second))
}

/// Why a proposal may take away meaning: the first reason that holds.
fn doubt(
    proposal: &Proposal,
    used: &FxHashMap<String, bool>,
    spoken: &Spoken,
    view: &View<'_>,
) -> Option<&'static str> {
    let (text, span) = (view.text(), &proposal.span);
    let old = &text[span.clone()];
    let is_named = view.rules().get(proposal.rule).is_data();
    // What stands in a phrase has its neighbours for evidence.
    let parts = old.split(' ').count();
    let is_used = |&is_far_more: &bool| is_far_more && parts == 2 || parts == 1;
    if replaced_word(proposal, text).is_some_and(|word| used.get(&fold(&text[word])).is_some_and(is_used)) {
        return Some("the document has the word where nothing else would fit");
    }
    if !is_named && is_short_form(proposal, view) {
        return Some("a full stop follows and the sentence goes on: it may be a short form");
    }
    if let Some(doubt) = spoken.doubt(proposal, view) {
        return Some(doubt);
    }
    if is_cut_short(proposal, view) {
        return Some("an apostrophe stands for its end: it may be a short form");
    }
    if let Some(doubt) = company::doubt(proposal, spoken, view) {
        return Some(doubt);
    }
    if makes_twins(proposal, view) {
        return Some("both words are the same: they may be syllables of a song, or a lisp");
    }
    if is_name_behind_title(proposal, view) {
        return Some("a title stands before it: it may be a name");
    }
    if is_repeated(proposal, view) {
        return Some("it returns again and again, and the reading never stands in the text: it may be a name");
    }
    if is_old_spelling(proposal, text, view) {
        return Some("with v for u, or u for v, it is a word: it may be an old spelling");
    }
    if is_note_mark(old, span, view) {
        return Some("other words near it have the number of a note: it may be one");
    }
    if is_symbol(old, span, text) {
        return Some("other single capitals stand near: it may be a symbol");
    }
    if is_numeral_among_others(proposal, text) {
        return Some("other small Roman numerals stand near: it may be one");
    }
    is_variable(proposal, text).then_some("other single letters stand near: it may be a symbol")
}

/// The words that would be replaced as misreadings of others, but that the document has more often at places where
/// nothing speaks against them; with each whether at far more.
fn used_words(proposals: &[Proposal], view: &View<'_>) -> FxHashMap<String, bool> {
    // A scan misreads the same word again and again.
    if is_scan(view) {
        return FxHashMap::default();
    }
    let text = view.text();
    let mut replaced: FxHashMap<String, Replaced> = FxHashMap::default();
    // What is offered by its lead alone says nothing against the word.
    let is_lead = |proposal: &Proposal| {
        let is_offer = proposal.level == Level::Suspect && proposal.confidence < UNLIKELY;
        proposal.rule == RuleId::MISREAD_REAL_WORD && is_offer
    };
    for proposal in proposals.iter().filter(|proposal| !is_lead(proposal)) {
        let Some(word) = replaced_word(proposal, text) else { continue };
        let replaced = replaced.entry(fold(&text[word.clone()])).or_default();
        replaced.places.insert(word.start);
        if proposal.level < Level::Suspect {
            replaced.sure.insert(word.start);
        }
        replaced.is_noun |= proposal.rule == RuleId::MISREAD_NOUN;
    }
    let vocabulary = view.evidence().vocabulary();
    let is_used = |(word, Replaced { places, sure, is_noun }): (String, Replaced)| {
        let (all, sure) = (places.len() as u32, sure.len() as u32);
        // What a text is about it has as a noun, however common.
        let rare = is_noun || vocabulary.entry(&word).is_some_and(|entry| entry.log2_frequency() <= RARE);
        let others = vocabulary.count(&word).saturating_sub(all);
        // In so short a text it stands again only if that is what the text is about.
        let usual = vocabulary.entry(&word).map_or(0, |entry| entry.log2_frequency());
        let is_matter = f64::from(vocabulary.total()) * f64::from(1u32 << usual) < BY_CHANCE;
        let has_more = others >= sure;
        let is_used = sure > 0 && (rare && (others > sure || others >= SEVERAL) || is_matter && has_more);
        is_used.then_some((word, others > sure && others >= SEVERAL))
    };
    replaced.into_iter().filter_map(is_used).collect()
}

/// At how many places each word would be replaced as a misreading of another.
fn places_offered(proposals: &[Proposal], text: &str) -> FxHashMap<String, u32> {
    let mut offered: FxHashMap<String, FxHashSet<usize>> = FxHashMap::default();
    for proposal in proposals.iter().filter(|proposal| proposal.pass == PassName::Context) {
        if let Some(word) = replaced_word(proposal, text) {
            offered.entry(fold(&text[word.clone()])).or_default().insert(word.start);
        }
    }
    offered.into_iter().map(|(word, places)| (word, places.len() as u32)).collect()
}

/// Whether a rare word stands at several other places where nothing speaks against it: then it is one of the document's own.
fn is_word_of_document(word: &str, offered: &FxHashMap<String, u32>, view: &View<'_>) -> bool {
    let vocabulary = view.evidence().vocabulary();
    let places = offered.get(word).copied().unwrap_or(0);
    let others = vocabulary.count(word).saturating_sub(places);
    let is_rare = || vocabulary.entry(word).is_some_and(|entry| entry.log2_frequency() <= RARE + 2);
    others >= SEVERAL && others >= places && is_rare()
}

/// Where a word would be replaced.
#[derive(Default)]
struct Replaced {
    /// Where it stands.
    places: FxHashSet<usize>,
    /// Those of them where that is more than an offer.
    sure: FxHashSet<usize>,
    /// Whether it is a noun read for another.
    is_noun: bool,
}

/// The word that a proposal makes another: the whole of it, where only some of its letters change. Nothing where
/// only a capital becomes small, or a mark or a blank comes or goes.
fn replaced_word(proposal: &Proposal, text: &str) -> Option<Range<usize>> {
    let old = &text[proposal.span.clone()];
    let is_of_words = matches!(proposal.pass, PassName::Letters | PassName::Words | PassName::Context);
    let is_plain = |part: &str| part.chars().all(|c| c.is_alphabetic() || is_apostrophe(c) || c == ' ');
    if !is_of_words || old.trim().is_empty() || !is_plain(old) || !is_plain(&proposal.text) {
        return None;
    }
    if fold(old) == fold(&proposal.text) {
        return None;
    }
    let word = changed_word(old, &proposal.text);
    let (start, end) = (proposal.span.start + word.start, proposal.span.start + word.end);
    let before = text[..start].trim_end_matches(char::is_alphabetic).len();
    let behind = text.len() - text[end..].trim_start_matches(char::is_alphabetic).len();
    // Units and other short forms stand everywhere.
    let least = if proposal.pass == PassName::Context { 1 } else { SHORT_FORMS };
    (text[before..behind].chars().count() > least).then_some(before..behind)
}

/// The word that becomes another, where of several one alone does.
fn changed_word(old: &str, new: &str) -> Range<usize> {
    let pairs: Vec<(&str, &str)> = old.split(' ').zip(new.split(' ')).collect();
    let changed = pairs.iter().filter(|(old, new)| old != new).count();
    if old.split(' ').count() != new.split(' ').count() || changed != 1 {
        return 0..old.len();
    }
    let kept = pairs.iter().take_while(|(old, new)| old == new).map(|(old, _)| old.len() + 1);
    let start: usize = kept.sum();
    let length = pairs.iter().find(|(old, new)| old != new).map_or(0, |(old, _)| old.len());
    start..start + length
}

/// The most letters that short forms have which look like misread words: `ft`.
const SHORT_FORMS: usize = 2;

/// The probability below which an edit is offered by the lead of its reading alone.
const UNLIKELY: f64 = 0.1;

/// So many places at which nothing speaks against a word show that the document has it.
const SEVERAL: u32 = 2;

/// The words of a text by the occurrences of one in the 40 million words that the model was made of, below which it
/// stands there again by chance in one text of fifty.
const BY_CHANCE: f64 = 800_000.0;

/// The most that the log2 frequency of a word may be of which a document has so many by its matter alone.
const RARE: u8 = 8;
