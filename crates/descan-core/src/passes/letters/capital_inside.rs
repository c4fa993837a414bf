//! A capital I or J read for the small letter that begins a word inside a sentence.

use std::ops::Range;

use descan_lang::terms::{SENTENCE_END, context, term};
use descan_rules::{Reason, RuleId};
use descan_text::case::Shape;
use descan_text::layout::Region;
use descan_text::level::Level;

use crate::guardian::are_strangers;
use crate::pass::{Proposals, View};

/// The lead, in nats, from which no sentence is taken to begin at a capital.
const CLEARLY: f32 = 3.0;
/// So many common words between words in small letters show that the engine reads the letter so.
const SHOWN: usize = 3;
/// The log2 frequency from which a word is common.
const COMMON: u8 = 13;
/// So often a word stands with its capital, and never without, where it may be a name.
const NAMED: u32 = 3;
/// The log2 frequency from which a word is no name.
const NEVER_NAMED: u8 = 17;
/// The share of a word's occurrences in small letters from which its capital asks for a reason.
const SMALL: f32 = 0.9;

/// So many such words stand beside one another, at most.
const MOST_TOGETHER: usize = 2;

/// A word that begins with a capital inside a sentence.
struct Place {
    span: Range<usize>,
    /// Whether nothing but spaces, and other such words, part it from words in small letters.
    among_small: bool,
    /// Whether it is a common word besides.
    plain: bool,
    /// Whether it is hardly ever written with a capital inside a sentence.
    always_small: bool,
    /// How much better it goes on the sentence than it begins one, in nats.
    lead: f32,
}

/// Runs the rule.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let places = places(view);
    let shown = places.iter().filter(|place| place.plain && place.lead > 0.0).count();
    for place in places {
        let no_sentence_begins = place.lead >= CLEARLY;
        let level = match place.plain {
            true if no_sentence_begins => Level::Certain,
            true => Level::Suspect,
            false if shown >= SHOWN && no_sentence_begins && place.among_small && place.always_small => Level::Probable,
            // Writers of titles have such capitals too.
            false if shown >= SHOWN && no_sentence_begins => Level::Suspect,
            false => continue,
        };
        let span = place.span.start..place.span.start + 1;
        let small = view.text()[span.clone()].to_lowercase();
        let why = match place.plain {
            true => Reason::new("a common word between words in small letters"),
            false => Reason::with("common words with that capital between words in small letters", shown as f64),
        };
        let reasons = vec![why, Reason::with("log-odds against a full stop lost before it", f64::from(place.lead))];
        out.propose(RuleId::CAPITAL_I_INSIDE, level, span, small, reasons);
    }
}

/// The words that may have been printed with a small letter.
fn places(view: &View<'_>) -> Vec<Place> {
    let text = view.text();
    let lexicon = view.evidence().lexicon();
    let is_small_word = |word: &str| {
        word.starts_with(['I', 'J'])
            && word.len() >= 2
            && Shape::of(word) == Shape::Capital
            && lexicon.lookup(word).is_some_and(|e| e.lower() && e.lower_share() > SMALL)
    };
    let words = view.words();
    let mut places = Vec::new();
    for index in view.words_that(is_small_word) {
        if index == 0 || index + 1 >= words.len() {
            continue;
        }
        // `if It Is`: one beside another goes by what stands around both.
        let is_read_so = |at: usize| {
            let word = words[at].text(text);
            is_small_word(word) && lexicon.lookup(word).is_some_and(|e| e.log2_frequency() >= COMMON)
        };
        let are_parted_by_space =
            |at: usize| matches!(&text[words[at].span().end..words[at + 1].span().start], " " | "\n");
        let mut first = index;
        while first > 1 && index - first < MOST_TOGETHER && is_read_so(first - 1) && are_parted_by_space(first - 1) {
            first -= 1;
        }
        let mut last = index;
        while last + 2 < words.len()
            && last - index < MOST_TOGETHER
            && is_read_so(last + 1)
            && are_parted_by_space(last)
        {
            last += 1;
        }
        let gap_before = |at: usize| &text[words[at - 1].span().end..words[at].span().start];
        // `It Is so`: the first of them begins the sentence.
        let is_second = index - first == 1 && !matches!(gap_before(first), " " | ", " | " (");
        if is_second {
            first = index;
        }
        let (before, after) = (words[first - 1].span(), words[last + 1].span());
        let span = words[index].span();
        let gap = gap_before(first);
        let is_inside = matches!(gap, " " | ", " | " (") && text[before.clone()].chars().any(char::is_lowercase);
        if !is_inside || !matches!(view.layout().region_at(before.start), Region::Prose | Region::Verse) {
            continue;
        }
        let frequency = lexicon.lookup(&text[span.clone()]).map_or(0, |e| e.log2_frequency());
        // `Ill`, of whom a play never speaks otherwise.
        let facts = view.evidence().vocabulary().facts(&text[span.clone()]);
        let is_name = frequency < NEVER_NAMED && facts.lower == 0 && facts.capital >= NAMED;
        // `In of`: the letters are of no word.
        let next = words[index + 1].text(text);
        let goes_on = !are_strangers(&text[span.clone()], next, view);
        let among_small = goes_on
            && !is_name
            && gap == " "
            && (is_second || text[before].chars().all(char::is_lowercase))
            && are_parted_by_space(last)
            && text[after].starts_with(char::is_lowercase);
        let always_small = lexicon.lookup(&text[span.clone()]).is_some_and(|e| e.lower_share() >= 1.0);
        let plain = among_small && frequency >= COMMON;
        let lead = lead_on_a_lost_stop(view, span.clone());
        places.push(Place { span, among_small, plain, always_small, lead });
    }
    places
}

/// How much better a word goes on the sentence before it than it begins one.
fn lead_on_a_lost_stop(view: &View<'_>, span: Range<usize>) -> f32 {
    let (text, ngrams) = (view.text(), view.evidence().ngrams());
    let here = context(text, span.clone());
    let word = term(&text[span]);
    ngrams.score_sequence(&here.left, &[word], &here.right)
        - ngrams.score_sequence(&here.left, &[term(SENTENCE_END), word], &here.right)
}
