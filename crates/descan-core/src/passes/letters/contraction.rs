//! I and its contractions with strokes misread, doubled or lost: `“IT am`, `TIl`, `’'ve`.

use std::ops::Range;

use descan_lang::terms::{context, term};
use descan_lang::words::WordList;
use descan_rules::{Reason, RuleId};
use descan_text::layout::Region;
use descan_text::level::Level;
use descan_text::token::is_apostrophe;

use crate::pass::{Proposals, View};

/// By how many nats `I’ll` must go better between its neighbours than each of its rivals.
const LEAD: f32 = 2.0;
/// The same for two strokes at the beginning of a speech: in capitals before a word in small letters `it` is
/// hardly ever written.
const LEAD_AT_SPEECH: f32 = 0.5;

/// Proposes I and its contractions where what stands there is no word.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let is_word = |word: &str| view.evidence().lexicon().lookup(word).is_some_and(|e| e.fits_case(word));
    let is_wanted =
        |word: &str| is_tail(word) || is_two_strokes(word) || is_its(word) || is_strokes(word) && !is_word(word);
    for index in view.words_that(is_wanted) {
        let span = view.words()[index].span();
        if view.layout().region_at(span.start) == Region::Code {
            continue;
        }
        let Some(found) = read(view, span) else { continue };
        let reading = view.evidence().style().apostrophes_of(found.reading, &view.text()[found.span.clone()]);
        out.propose(RuleId::MISREAD_CONTRACTION, Level::Certain, found.span, reading, found.reasons);
    }
}

/// What stands in the place of a contraction.
struct Found {
    span: Range<usize>,
    reading: &'static str,
    reasons: Vec<Reason>,
}

/// What follows the I of a contraction.
fn is_tail(word: &str) -> bool {
    matches!(word, "m" | "d" | "ve" | "ll")
}

/// Whether a word has only strokes that `I’ll` is read as, and more than one kind of them.
fn is_strokes(word: &str) -> bool {
    let mut chars = word.chars();
    let first = chars.next();
    let tail = chars.as_str().strip_prefix(is_apostrophe).unwrap_or(chars.as_str());
    let strokes = tail.chars().all(|c| matches!(c, 'l' | 'I' | '1'));
    let whole = tail.len() == 2 && matches!(first, Some('T' | 'I' | 'l' | 'P')) && !matches!(word, "III" | "lll");
    // `I’11l`: one stroke too many after a sound apostrophe.
    let more = tail.len() == 3 && first == Some('I') && word.contains(is_apostrophe);
    strokes && (whole || more) && tail != "ll"
}

/// Whether a word is `It’s` with one letter misread that leaves no word.
fn is_its(word: &str) -> bool {
    let stem = word.strip_suffix('s').and_then(|word| word.strip_suffix(is_apostrophe));
    stem.is_some_and(|stem| matches!(stem, "Tr" | "Ir" | "Tt" | "lt" | "1t"))
}

/// Whether a word is two strokes of which neither, or no capital alone, makes a word.
fn is_two_strokes(word: &str) -> bool {
    matches!(word, "IT" | "TI" | "Tl" | "T1" | "I1" | "1I")
}

fn read(view: &View<'_>, span: Range<usize>) -> Option<Found> {
    let text = view.text();
    let word = &text[span.clone()];
    if is_tail(word) {
        return behind_marks(view, span);
    }
    if !is_free(&text[..span.start]) || !goes_on(&text[span.end..]) {
        return None;
    }
    if is_two_strokes(word) {
        return at_speech(view, span);
    }
    let end = span.end + usize::from(text[span.end..].starts_with('_'));
    if is_its(word) {
        let ahead = text[..span.start].trim_end_matches([' ', '\n', '“', '"', '‘']);
        let begins = ahead.len() < span.start && (ahead.is_empty() || ahead.ends_with(['.', '!', '?', '”', '’', '"']));
        let reasons = vec![Reason::new("letters that make no word, at the beginning of a sentence")];
        return begins.then_some(Found { span, reading: "It’s", reasons });
    }
    let fits = word.contains(is_apostrophe) && word.starts_with('I') || reads_best(view, span.clone());
    let reasons = vec![Reason::new("strokes that make no word, where I’ll goes")];
    fits.then_some(Found { span: span.start..end, reading: "I’ll", reasons })
}

/// The tail of a contraction after two apostrophes, or after an opening quote.
fn behind_marks(view: &View<'_>, span: Range<usize>) -> Option<Found> {
    let text = view.text();
    let tail = &text[span.clone()];
    let ahead = text[..span.start].trim_end_matches(is_apostrophe);
    let marks = text[ahead.len()..span.start].chars().count();
    if marks == 2 && is_free(ahead) && !text[span.end..].starts_with(is_apostrophe) {
        let reading = match tail {
            "m" => "I’m",
            "d" => "I’d",
            "ve" => "I’ve",
            _ => "I’ll",
        };
        let reasons = vec![Reason::new("two apostrophes before the end of a contraction: the first is its I")];
        return Some(Found { span: ahead.len()..span.end, reading, reasons });
    }
    let opens = ahead.ends_with('“') || ahead.ends_with('"') && is_free(&ahead[..ahead.len() - 1]);
    if marks == 0 && tail == "ll" && opens && goes_on(&text[span.end..]) && reads_best(view, span.clone()) {
        let reasons = vec![Reason::new("a speech that begins with the end of a contraction")];
        return Some(Found { span, reading: "I’ll", reasons });
    }
    None
}

/// Two strokes after an opening quote. Chapters begin with `IT was`; so the neighbours must ask for I.
fn at_speech(view: &View<'_>, span: Range<usize>) -> Option<Found> {
    let text = view.text();
    if !text[..span.start].ends_with(['“', '"']) {
        return None;
    }
    let place = view.evidence().ngrams().slot(&context(text, span.clone()));
    let score = |word: &str| place.score(&[term(word)]);
    let (pronoun, contraction) = (score("i"), score("i'll"));
    let rivals = view.lists().words(WordList::RivalsOfStrokes);
    let rival = rivals.map(score).fold(pronoun.min(contraction), f32::max);
    let lead = pronoun.max(contraction) - rival;
    let reading = if pronoun > contraction { "I" } else { "I’ll" };
    let reasons = vec![
        Reason::new("two strokes at the beginning of a speech, where I goes"),
        Reason::with("log-odds against the next reading", f64::from(lead)),
    ];
    (lead > LEAD_AT_SPEECH).then_some(Found { span, reading, reasons })
}

/// Whether no word and no mark but an opening one stands before a place.
fn is_free(ahead: &str) -> bool {
    ahead.chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '“' | '"' | '‘' | '—' | '('))
}

/// Whether a word in small letters follows.
fn goes_on(behind: &str) -> bool {
    let behind = behind.strip_prefix('_').unwrap_or(behind);
    behind.strip_prefix([' ', '\n']).is_some_and(|rest| rest.starts_with(char::is_lowercase))
}

/// Whether `I’ll` goes better between the neighbours than the words that look like it.
fn reads_best(view: &View<'_>, span: Range<usize>) -> bool {
    let place = view.evidence().ngrams().slot(&context(view.text(), span));
    let meant = place.score(&[term("i'll")]);
    view.lists().words(WordList::RivalsOfContraction).all(|rival| meant - place.score(&[term(rival)]) > LEAD)
}
