//! What no repair may do, whichever rule proposes it.
//!
//! Some things carry so much meaning that a wrong repair of them is worse than any
//! damage: digits, negations, the letters that stand for things, the bars of
//! tables, abbreviations. All proposals are held against that here, so that no
//! pass has to think of it.

use std::ops::Range;

use descan_lang::terms::term;
use descan_lang::words::WordList;
use descan_rules::{PassName, Reason};
use descan_text::layout::Region;
use descan_text::level::Level;
use descan_text::token::{Token, floor, is_word_char, paragraph_around, without_blanks, words};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::difference::difference;
use crate::evidence::vocabulary::fold;
use crate::pass::{Proposal, View};

/// How far around a capital other ones are looked for, in bytes.
const REACH: usize = 600;

/// Drops the proposals that would take away meaning, and lowers those that may.
pub fn guard(proposals: &mut Vec<Proposal>, view: &View<'_>) {
    let guarded =
        |pass: PassName| !matches!(pass, PassName::Encoding | PassName::Characters | PassName::Pages | PassName::Lines);
    if !proposals.first().is_some_and(|proposal| guarded(proposal.pass)) {
        return;
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
            || is_bar(old, &proposal.span, view)
            || is_stroke_of_drawing(old, &proposal.span, view))
    });
    let used = used_words(proposals, view);
    let spoken = paragraphs_on_words(proposals, view);
    for proposal in proposals.iter_mut().filter(|proposal| proposal.level < Level::Suspect) {
        if let Some(doubt) = doubt(proposal, &used, &spoken, view) {
            proposal.level = Level::Suspect;
            proposal.reasons.push(Reason::new(doubt));
        }
    }
}

/// Why a proposal may take away meaning: the first reason that holds.
fn doubt(
    proposal: &Proposal,
    used: &FxHashSet<String>,
    spoken: &[Range<usize>],
    view: &View<'_>,
) -> Option<&'static str> {
    let (text, span) = (view.text(), &proposal.span);
    let old = &text[span.clone()];
    let is_named = view.rules().get(proposal.rule).is_data();
    if used.contains(&fold(old)) {
        return Some("the document has the word where nothing else would fit");
    }
    if !is_named && is_short_form(proposal, view) {
        return Some("a full stop follows and the sentence goes on: it may be a short form");
    }
    if speaks_of_reading(proposal, view) {
        return Some("the reading itself stands beside it: the text may speak of the word");
    }
    if is_of_words(proposal) && spoken.iter().any(|paragraph| paragraph.contains(&span.start)) {
        return Some("the paragraph says of another word what it stands for: it speaks of words");
    }
    if is_named_beside(proposal, view) {
        return Some("the text says what it is the name of");
    }
    if parts_strangers(proposal, text, view) {
        return Some("without the mark its neighbours do not go together: the text may speak of it");
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
    is_variable(proposal, text).then_some("other single letters stand near: it may be a symbol")
}

/// The words that would be replaced as misreadings of others, but that the document has more often at places where
/// nothing speaks against them.
fn used_words(proposals: &[Proposal], view: &View<'_>) -> FxHashSet<String> {
    // A scan misreads the same word again and again.
    if view.evidence().is_damaged() {
        return FxHashSet::default();
    }
    let mut replaced: FxHashMap<String, (u32, u32)> = FxHashMap::default();
    for proposal in proposals.iter().filter(|proposal| proposal.pass == PassName::Context) {
        let (all, sure) = replaced.entry(fold(&view.text()[proposal.span.clone()])).or_default();
        *all += 1;
        *sure += u32::from(proposal.level < Level::Suspect);
    }
    let vocabulary = view.evidence().vocabulary();
    let is_used = |(word, (all, sure)): (String, (u32, u32))| {
        let rare = vocabulary.entry(&word).is_some_and(|entry| entry.log2_frequency() <= RARE);
        let others = vocabulary.count(&word).saturating_sub(all);
        (sure > 0 && rare && (others > sure || others >= SEVERAL)).then_some(word)
    };
    replaced.into_iter().filter_map(is_used).collect()
}

/// So many places at which nothing speaks against a word show that the document has it.
const SEVERAL: u32 = 2;

/// The most that the log2 frequency of a word may be of which a document has so many by its matter alone.
const RARE: u8 = 8;

/// Whether a pass that judges words proposes it.
fn is_of_words(proposal: &Proposal) -> bool {
    matches!(proposal.pass, PassName::Letters | PassName::Words | PassName::Context)
}

/// Whether a mark goes from between a word that another must follow and one that hardly ever follows it: `the ° are`,
/// `a ! in`. There the mark is itself what the sentence speaks of.
fn parts_strangers(proposal: &Proposal, text: &str, view: &View<'_>) -> bool {
    // In a scan the words beside a speck may be misread.
    let is_scan = || view.is_printed() || view.evidence().is_damaged();
    if proposal.pass != PassName::Spacing || !proposal.text.trim().is_empty() || is_scan() {
        return false;
    }
    let old = text[proposal.span.clone()].trim();
    if old.is_empty() || old.contains(char::is_alphanumeric) {
        return false;
    }
    let before = text[..proposal.span.start].trim_end_matches(' ');
    let behind = text[proposal.span.end..].trim_start_matches([' ', '\n']);
    let left = &before[before.trim_end_matches(is_word_char).len()..];
    let right = &behind[..behind.find(|c| !is_word_char(c)).unwrap_or(behind.len())];
    let all_small = |word: &str| !word.is_empty() && word.chars().all(char::is_lowercase);
    // `shown as ~ with nothing behind it`.
    let mark = text[proposal.span.clone()].find(old).map_or(0, |at| proposal.span.start + at);
    let is_lone = || without_blanks(text, &(mark..mark + old.len())) == (mark..mark + old.len());
    let is_spoken_of = || view.lists().has(WordList::StandsFor, left) && is_lone();
    let leads_on = || view.lists().has(WordList::NeverLast, left) && are_strangers(left, right, view);
    all_small(right) && (is_spoken_of() || leads_on())
}

/// Whether two words do not go together: they stand side by side so much less often than by chance.
pub(crate) fn are_strangers(left: &str, right: &str, view: &View<'_>) -> bool {
    view.evidence().ngrams().log2_affinity(term(left), term(right)) < STRANGERS
}

/// Whether a text says of a word what it stands for: `hte for the`, `the as tbe`.
fn speaks_of_reading(proposal: &Proposal, view: &View<'_>) -> bool {
    let text = view.text();
    if !is_of_words(proposal) || !proposal.text.chars().all(char::is_alphabetic) {
        return false;
    }
    let around = without_blanks(text, &proposal.span);
    let new = word_made(proposal, &around, text);
    if new.len() < 3 && view.evidence().is_damaged() || new.len() < 2 {
        return false;
    }
    let trim = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let links = |word: &str| view.lists().has(WordList::StandsFor, word);
    let behind = text[around.end..floor(text, around.end + BESIDE)].split_whitespace().map(trim);
    let before = text[floor(text, around.start.saturating_sub(BESIDE))..around.start].split_whitespace();
    let mut behind = behind.filter(|word| !word.is_empty());
    let mut before = before.rev().map(trim).filter(|word| !word.is_empty());
    let says = |link: Option<String>, word: Option<String>| {
        link.is_some_and(|link| links(&link)) && word.is_some_and(|word| fold(&word) == new)
    };
    says(behind.next(), behind.next()) || says(before.next(), before.next())
}

/// The word, folded, that a proposal makes of what stands `around` it as far as the next blanks.
fn word_made(proposal: &Proposal, around: &Range<usize>, text: &str) -> String {
    let Range { start, end } = proposal.span;
    let made = [&text[around.start..start], &proposal.text, &text[end..around.end]].concat();
    fold(made.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// The paragraphs that say of a word what it stands for.
fn paragraphs_on_words(proposals: &[Proposal], view: &View<'_>) -> Vec<Range<usize>> {
    let speak = proposals.iter().filter(|proposal| speaks_of_reading(proposal, view));
    speak.map(|proposal| paragraph_around(view.text(), &proposal.span, PARAGRAPH)).collect()
}

/// How far from a place its paragraph is looked for, in bytes.
const PARAGRAPH: usize = 1000;

/// Whether a text says what a word is the name of: `the Irs is a small river`, `“Xo,” the Zulu word`; or speaks of the
/// word itself, in quotes that hold nothing else: `“tlie” eleven times`.
fn is_named_beside(proposal: &Proposal, view: &View<'_>) -> bool {
    let text = view.text();
    let around = without_blanks(text, &proposal.span);
    let behind = &text[around.end..floor(text, around.end + BESIDE)];
    let chunk = &text[around.clone()];
    let old = chunk.trim_matches(|c: char| !c.is_alphanumeric());
    let is_one_word = !old.is_empty() && old.chars().all(char::is_alphanumeric);
    if !is_of_words(proposal) || !is_one_word || view.evidence().is_damaged() {
        return false;
    }
    if is_quoted_alone(chunk, old) && proposal.text.chars().all(char::is_alphanumeric) {
        return true;
    }
    let mut behind = words(behind).map(|word| word.text(behind));
    let mut is_of = |list: WordList| behind.next().is_some_and(|word| view.lists().has(list, word));
    let is_apposed = chunk.trim_end_matches(CLOSING).ends_with(',');
    let is_linked = !is_apposed && is_of(WordList::NamingLinks);
    let new = word_made(proposal, &around, text);
    // `lhe is Portuguese`: no article stands before the verb.
    if is_linked && view.lists().has(WordList::Determiners, &new) {
        return true;
    }
    // Pronouns and other small words stand before such a noun without being its name.
    let is_small_word = || view.evidence().lexicon().lookup(&new).is_some_and(|e| e.log2_frequency() >= SMALL_WORD);
    (is_apposed || is_linked && !is_small_word())
        && is_of(WordList::Determiners)
        && (is_of(WordList::KindsOfNames) || is_of(WordList::KindsOfNames))
}

/// Whether quotes enclose a word alone, without the mark that a speech of one word has: `“tlie”`, and not `“Yes,”`.
fn is_quoted_alone(chunk: &str, word: &str) -> bool {
    let Some((before, behind)) = chunk.split_once(word) else { return false };
    before.ends_with(['“', '"']) && behind.starts_with(['”', '"'])
}

/// Marks that close a quotation.
const CLOSING: [char; 4] = ['”', '’', '"', '\''];

/// The log2 frequency from which a word is a small one that is no name.
const SMALL_WORD: u8 = 15;

/// How far from a word the text is read that may speak of it, in bytes.
const BESIDE: usize = 60;

/// How often strangers stand side by side, against chance, as a logarithm to base 2.
const STRANGERS: f32 = -4.0;

/// Whether a reading leaves a u that is v in another word, or a v that is u, as words had that were printed before
/// 1650: `about` for `aboue`.
fn is_old_spelling(proposal: &Proposal, text: &str, view: &View<'_>) -> bool {
    let (old, new) = (&text[proposal.span.clone()], fold(&proposal.text));
    if !is_of_words(proposal) || !old.chars().skip(1).all(char::is_lowercase) {
        return false;
    }
    let old = fold(old);
    let is_usual = |word: &str| view.evidence().lexicon().lookup(word).is_some_and(|e| e.log2_frequency() >= USUAL);
    old.char_indices().any(|(at, c)| {
        let other = match c {
            'u' => "v",
            'v' => "u",
            _ => return false,
        };
        let spelled = [&old[..at], other, &old[at + 1..]].concat();
        new[floor(&new, at)..].starts_with(c) && is_usual(&spelled)
    })
}

/// How common a word is at least that an old spelling stands for.
const USUAL: u8 = 9;

/// The line on which a place begins.
fn line_of<'v>(span: &Range<usize>, view: &'v View<'_>) -> &'v str {
    let layout = view.layout();
    let line = layout.lines()[layout.line_at(span.start)];
    &view.text()[line.start..line.end]
}

/// Whether digits go and nothing comes for them: `Power4` for `Power`.
fn drops_digit(old: &str, new: &str) -> bool {
    if !old.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let (gone, come) = difference(old, new);
    let digits = gone.chars().filter(char::is_ascii_digit).count();
    digits > 0 && come.chars().filter(|c| c.is_alphanumeric()).count() < digits
}

/// Whether a word would say the opposite: `unlit` for `lit`, `now` for `not`.
fn reverses(old: &str, new: &str, view: &View<'_>) -> bool {
    let lists = view.lists();
    let (old, new) = (fold(old), fold(new));
    if old == new || !old.chars().chain(new.chars()).all(|c| is_word_char(c) || c == '\'') {
        return false;
    }
    let lexicon = view.evidence().lexicon();
    let negates = |word: &str| lists.has(WordList::Negations, word) || word.ends_with("n't");
    let same_letters = old.replace('\'', "") == new.replace('\'', "");
    if negates(&old) != negates(&new) && !same_letters && lexicon.is_word(&old) {
        return true;
    }
    let (longer, shorter) = if old.len() > new.len() { (&old, &new) } else { (&new, &old) };
    let affix = longer.strip_suffix(shorter.as_str()).map(|prefix| (WordList::NegatingPrefixes, prefix));
    let affix = affix.or_else(|| longer.strip_prefix(shorter.as_str()).map(|end| (WordList::NegatingEndings, end)));
    affix.is_some_and(|(list, affix)| lists.has(list, affix))
}

/// Whether a bar parts the cells of a table or the commands of a line.
fn is_bar(old: &str, span: &Range<usize>, view: &View<'_>) -> bool {
    if old != "|" {
        return false;
    }
    let line = line_of(span, view);
    let indented = line.starts_with("    ") || line.starts_with('\t');
    let cells = line.trim().len() > 1 && line.trim_start().starts_with('|') && line.trim_end().ends_with('|');
    indented || cells || view.layout().region_at(span.start) == Region::Code
}

/// Whether the word that is replaced is an abbreviation: one that the language
/// has, or one that the document never writes without its full stop.
fn is_abbreviation(proposal: &Proposal, view: &View<'_>) -> bool {
    if !is_of_words(proposal) {
        return false;
    }
    let text = view.text();
    let old = &text[proposal.span.clone()];
    if !text[proposal.span.end..].starts_with('.') || !old.chars().all(char::is_alphabetic) {
        return false;
    }
    if view.lists().has_in_any_case(WordList::Abbreviations, old) {
        return true;
    }
    let with_stop = format!("{old}.");
    let goes_on = |at: usize| {
        let rest = text[at + with_stop.len()..].trim_start();
        rest.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || c == ',')
    };
    let stopped: Vec<usize> = memchr::memmem::find_iter(text.as_bytes(), &with_stop).collect();
    stopped.len() > 1
        && stopped.len() as u32 >= view.evidence().vocabulary().count(old)
        && stopped.into_iter().any(goes_on)
}

/// Whether the word that is replaced looks like a short form of another: a capital and a few letters, a full stop, and
/// a sentence that goes on; or small letters, a full stop and another mark, as in `grs., 11`.
fn is_short_form(proposal: &Proposal, view: &View<'_>) -> bool {
    let text = view.text();
    let old = &text[proposal.span.clone()];
    let behind = &text[proposal.span.end..];
    if !is_of_words(proposal) || !behind.starts_with('.') || !old.chars().all(char::is_alphabetic) {
        return false;
    }
    let goes_on = behind
        .strip_prefix(". ")
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit()));
    let is_short = old.len() <= SHORT_FORM;
    let is_marked = is_short && behind[1..].starts_with([',', ';', ':']) && old.chars().all(char::is_lowercase);
    is_marked || goes_on && is_short && old.starts_with(char::is_uppercase)
}

/// The longest short form, in bytes.
const SHORT_FORM: usize = 5;

/// Whether the figure at the end of a word may be the mark of a note: one behind a stop stands near by.
fn is_note_mark(old: &str, span: &Range<usize>, view: &View<'_>) -> bool {
    let word = old.trim_end_matches(|c: char| c.is_ascii_digit());
    if word.len() + 1 != old.len() || word.len() < 3 || !word.chars().all(char::is_alphabetic) {
        return false;
    }
    let part = around(span, view.text(), NOTES);
    let is_mark = |four: &&[u8]| {
        four[0].is_ascii_lowercase()
            && matches!(four[1], b'.' | b',' | b';')
            && four[2].is_ascii_digit()
            && four[3].is_ascii_whitespace()
    };
    view.evidence().lexicon().is_word(word) && part.as_bytes().windows(4).any(|four| is_mark(&four))
}

/// How far from a place the marks of other notes are looked for, in bytes.
const NOTES: usize = 3000;

/// Whether a place lies inside a tag or an address: `#rainagain`, `@millhouse`,
/// `www.millhouse`.
fn is_tag(span: &Range<usize>, text: &str) -> bool {
    let around = without_blanks(text, span);
    let before = &text[around.start..span.start];
    let word = before.trim_start_matches(['“', '"', '(', '‘', '\'']);
    (word.starts_with(['#', '@']) && word.len() < LONGEST_TAG)
        || word.contains("://")
        || text[around.start..around.end].starts_with("www.")
}

/// The longest tag, in bytes.
const LONGEST_TAG: usize = 60;

/// Whether a place lies inside a word between back-ticks, as text with mark-up writes code: `of_the`.
fn is_between_back_ticks(span: &Range<usize>, text: &str) -> bool {
    let around = without_blanks(text, span);
    let (before, behind) = (&text[around.start..span.start], &text[span.end..around.end]);
    let opened = before.trim_start_matches(['“', '"', '(', '*', '_']);
    opened.starts_with('`') && !opened.starts_with("``") && behind.matches('`').count() == 1
}

/// Whether a stroke stands on a line that has no word: a drawing made of marks.
fn is_stroke_of_drawing(old: &str, span: &Range<usize>, view: &View<'_>) -> bool {
    if !matches!(old, "/" | "\\" | "|" | "(" | ")" | "[" | "]") {
        return false;
    }
    let line = line_of(span, view);
    !words(line).any(|token| token.text(line).chars().filter(|c| c.is_alphabetic()).count() > 1)
}

/// What a text of formulas has.
const EQUALS: &str = " = ";

/// The text around a place, as far as `reach`, in bytes.
pub(crate) fn around<'t>(span: &Range<usize>, text: &'t str, reach: usize) -> &'t str {
    &text[floor(text, span.start.saturating_sub(reach))..floor(text, span.end + reach)]
}

/// Whether a single capital, by itself or where there are formulas with one letter behind it, stands among others, as
/// figures, moves and formulae have them.
fn is_symbol(old: &str, span: &Range<usize>, text: &str) -> bool {
    let mut chars = old.chars();
    let (Some(capital), None) = (chars.next(), chars.next()) else { return false };
    let part = around(span, text, REACH);
    let behind = text[span.end..].chars().take(2).take_while(|&c| is_word_char(c)).count();
    if !capital.is_ascii_uppercase() || behind == 2 || behind == 1 && !part.contains(EQUALS) {
        return false;
    }
    words(part).any(|token| {
        let word = token.text(part);
        let single = word.len() == 1 && word.starts_with(|c: char| c.is_ascii_uppercase());
        // I and O are words of a sentence, A begins one, and an initial has its full stop.
        let is_other = single && !word.starts_with([capital, 'A', 'I', 'O']);
        is_other && !is_initial(&part[token.span().end..])
    })
}

/// Whether a single letter stands among others where there are formulas, or a blank beside one goes: `l is the line
/// through m and n`.
fn is_variable(proposal: &Proposal, text: &str) -> bool {
    let span = &proposal.span;
    let old = &text[span.clone()];
    let (before, behind) = (&text[floor(text, span.start.saturating_sub(2))..span.start], &text[span.end..]);
    let behind = &behind[..floor(behind, 2)];
    let left = &before[before.trim_end_matches(is_word_char).len()..];
    let right = &behind[..behind.find(|c| !is_word_char(c)).unwrap_or(behind.len())];
    let is_one = |word: &str| word.len() == 1 && word.bytes().all(|b| b.is_ascii_lowercase());
    let is_single = |word: &str| word.len() == 1 && word.bytes().all(|b| b.is_ascii_alphabetic());
    let is_alone = old.len() == 1
        && old.bytes().all(|b| b.is_ascii_alphanumeric())
        && left.is_empty()
        && right.is_empty()
        && !text[span.end..].starts_with(['\'', '’']);
    // `that' s`: a short form is in two pieces.
    let is_short = |before: &str| before.trim_end().ends_with(['\'', '’']);
    let is_beside = || old == " " && !is_short(before) && (is_one(left) || is_one(right));
    if !is_alone && !is_beside() {
        return false;
    }
    let part = around(span, text, REACH);
    if !part.contains(EQUALS) {
        return false;
    }
    let is_letter = |token: &Token| {
        let word = token.text(part);
        let (before, behind) = (&part[..token.span().start], &part[token.span().end..]);
        // A, I and O are words or may be.
        is_single(word)
            && !"aioAIO".contains(word)
            && ![old, left, right].contains(&word)
            && before.ends_with([' ', '\n', '('])
            && !is_short(before)
            && behind.starts_with([' ', ',', ')', '\n'])
    };
    words(part).filter(is_letter).count() >= VARIABLES
}

/// So many other single letters near one show that the text speaks of lines, points or numbers.
const VARIABLES: usize = 2;

/// Whether what is behind a single capital makes an initial of it, or a part of a word.
fn is_initial(behind: &str) -> bool {
    let name = behind.strip_prefix('.').map(|rest| rest.strip_prefix(' ').unwrap_or(rest));
    name.is_some_and(|name| name.starts_with(|c: char| c.is_alphanumeric() || c == ','))
        || behind.starts_with(['\'', '’'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_may_be_misread_letters_and_are_never_dropped() {
        for (old, new) in [("October7", "October"), ("Power4", "Power"), ("user1", "use"), ("17 men", "men")] {
            assert!(drops_digit(old, new), "{old} {new}");
        }
        for (old, new) in
            [("1ight", "light"), ("wh6", "who"), ("8ydnoy", "Sydney"), ("you1l", "you’ll"), ("May5", "May 5")]
        {
            assert!(!drops_digit(old, new), "{old} {new}");
        }
    }

    #[test]
    fn tags_and_addresses_are_no_words() {
        let is_tag_at = |text: &str, word: &str| {
            let at = text.find(word).expect("it has it");
            is_tag(&(at..at + word.len()), text)
        };
        assert!(is_tag_at("her tag was “#rainagain” then", "rainagain"));
        assert!(is_tag_at("see www.thebarn.example for it", "thebarn"));
        assert!(!is_tag_at("he said rainagain and left", "rainagain"));
    }

    #[test]
    fn a_capital_among_capitals_is_a_symbol() {
        let text = "from the corner P to the corner Q, and back to P again";
        let at = text.find('P').expect("it has one");
        assert!(is_symbol("P", &(at..at + 1), text));
        let text = "and J think that J. M. Dace was there";
        let at = text.find('J').expect("it has one");
        assert!(!is_symbol("J", &(at..at + 1), text));
    }
}
