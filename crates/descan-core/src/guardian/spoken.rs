//! Text that speaks of words, names and marks, and shows them as they are.

use std::ops::Range;

use descan_lang::terms::term;
use descan_lang::words::WordList;
use descan_rules::PassName;
use descan_text::token::{Token, floor, is_word_char, paragraph_around, without_blanks, words};
use rustc_hash::FxHashSet;

use super::scan::is_scan;
use crate::evidence::vocabulary::fold;
use crate::pass::{Basis, Proposal, View};

/// Where a text speaks of words.
pub(super) struct Spoken {
    /// The places of readings that stand beside what would be read so.
    places: FxHashSet<Range<usize>>,
    /// The paragraphs of these.
    paragraphs: Cover,
    /// Where anything is proposed.
    spans: Cover,
}

/// Parts of a text, in order, none touching another.
struct Cover(Vec<Range<usize>>);

impl Cover {
    /// What parts cover together.
    fn of(parts: impl Iterator<Item = Range<usize>>) -> Cover {
        let mut parts: Vec<Range<usize>> = parts.collect();
        parts.sort_unstable_by_key(|part| part.start);
        let mut cover: Vec<Range<usize>> = Vec::new();
        for part in parts {
            match cover.last_mut() {
                Some(last) if part.start <= last.end => last.end = last.end.max(part.end),
                _ => cover.push(part),
            }
        }
        Cover(cover)
    }

    /// Whether it touches a part of the text.
    fn touches(&self, part: &Range<usize>) -> bool {
        let next = self.0.partition_point(|known| known.end < part.start);
        self.0.get(next).is_some_and(|known| known.start <= part.end)
    }
}

/// So many different letters that stand by themselves are meant so.
const LETTERS: usize = 2;

impl Spoken {
    /// Reads what the proposals of a pass say of the text.
    pub(super) fn of(proposals: &[Proposal], view: &View<'_>) -> Spoken {
        let speaks = |proposal: &&Proposal| speaks_of_reading(proposal, view);
        let places: FxHashSet<_> = proposals.iter().filter(speaks).map(|proposal| proposal.span.clone()).collect();
        let paragraphs = places.iter().map(|place| paragraph_around(view.text(), place, PARAGRAPH));
        let spans = proposals.iter().map(|proposal| proposal.span.clone());
        Spoken { paragraphs: Cover::of(paragraphs), spans: Cover::of(spans), places }
    }

    /// Whether anything is proposed for a part of the text.
    pub(super) fn has_proposal_at(&self, part: &Range<usize>) -> bool {
        self.spans.touches(part)
    }

    /// Whether the paragraph has several letters that stand by themselves, and that nothing is proposed for.
    fn speaks_of_letters(&self, proposal: &Proposal, text: &str) -> bool {
        if !proposal.is_of_words() {
            return false;
        }
        let paragraph = paragraph_around(text, &proposal.span, PARAGRAPH);
        let part = &text[paragraph.clone()];
        let mut letters: Vec<&str> = Vec::new();
        for token in words(part) {
            let (word, place) =
                (token.text(part), paragraph.start + token.span().start..paragraph.start + token.span().end);
            let is_alone = text[..place.start].ends_with([' ', '\n', '“', '"']) && ends_letter(&text[place.end..]);
            if is_lone_letter(word) && is_alone && !letters.contains(&word) && !self.spans.touches(&place) {
                letters.push(word);
            }
        }
        letters.len() >= LETTERS
    }

    /// Why the text may speak of what a proposal replaces: the first reason that holds.
    pub(super) fn doubt(&self, proposal: &Proposal, view: &View<'_>) -> Option<&'static str> {
        let (text, span) = (view.text(), &proposal.span);
        if self.places.contains(span) {
            return Some("the reading itself stands beside it: the text may speak of the word");
        }
        if proposal.is_of_words() && self.paragraphs.touches(&(span.start..span.start)) {
            return Some("the paragraph says of another word what it stands for: it speaks of words");
        }
        if is_named_beside(proposal, view) {
            return Some("the text says what it is the name of");
        }
        if parts_strangers(proposal, text, view) {
            return Some("without the mark its neighbours do not go together: the text may speak of it");
        }
        self.doubt_by_surroundings(proposal, view)
    }

    /// Why the text may show a spelling or a mark, by what stands around it.
    pub(super) fn doubt_by_surroundings(&self, proposal: &Proposal, view: &View<'_>) -> Option<&'static str> {
        let text = view.text();
        let is_listed = "it stands in a list of words: it may be one that is meant so";
        if proposal.is_of_words() && !view.is_printed() && is_one_of_pair(proposal, view) {
            return Some(is_listed);
        }
        // In a scan these words may be misread themselves, and it speaks of writing as seldom as others do.
        if is_scan(view) || view.is_printed() {
            return None;
        }
        if proposal.is_of_words() && is_among_forms(proposal, view) {
            return Some(is_listed);
        }
        let is_judged = proposal.basis == Basis::Likelihood && proposal.pass == PassName::Letters;
        let is_word = |part: &str| !part.is_empty() && part.chars().all(char::is_lowercase);
        let is_respelled =
            || proposal.is_of_words() && is_word(&text[proposal.span.clone()]) && is_word(&proposal.text);
        if (is_judged || is_respelled()) && is_spelled_otherwise(proposal, view) {
            return Some("words near it are dialect, or spelled as of old: it may be one of them");
        }
        if is_quoted_again(proposal, text) {
            return Some("the same is quoted as it would read: the text may speak of the difference");
        }
        if !view.evidence().is_misread_at(proposal.span.start) && self.speaks_of_letters(proposal, text) {
            return Some("the paragraph has letters that stand by themselves: it may speak of such signs");
        }
        if is_mark_among_marks(proposal, text) {
            return Some("other marks stand by themselves near it: the text may speak of it");
        }
        speaks_of_writing(proposal, view).then_some("the paragraph speaks of spelling or of marks")
    }
}

/// Whether a word is a small letter that is none by itself and that no figure is read as.
pub(super) fn is_lone_letter(word: &str) -> bool {
    word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_lowercase()) && !"aiol".contains(word)
}

/// Whether a mark behind a letter shows that it is meant: what a margin leaves of a word has none.
fn ends_letter(behind: &str) -> bool {
    behind.starts_with([',', ';', '”', '"', '’'])
}

/// Whether the paragraph has several words of dialect, or of an old spelling: its writer spells others in his own way.
fn is_spelled_otherwise(proposal: &Proposal, view: &View<'_>) -> bool {
    let text = view.text();
    let paragraph = &text[paragraph_around(text, &proposal.span, PARAGRAPH)];
    let own = words(paragraph).map(|word| word.text(paragraph));
    let mut own: Vec<&str> = own.filter(|word| view.lists().has_in_any_case(WordList::OwnSpellings, word)).collect();
    own.sort_unstable();
    own.dedup();
    own.len() >= OWN_SPELLINGS
}

/// So many different spellings of his own show how a writer spells.
const OWN_SPELLINGS: usize = 2;

/// Whether the very word that a word would become stands beside it, with a comma or the like between them:
/// `modem, modern`.
fn is_one_of_pair(proposal: &Proposal, view: &View<'_>) -> bool {
    let text = view.text();
    let around = without_blanks(text, &proposal.span);
    let new = word_made(proposal, &around, text);
    let is_it =
        |word: Option<&str>| word.is_some_and(|word| fold(word.trim_matches(|c: char| !c.is_alphanumeric())) == new);
    let behind = text[around.end..floor(text, around.end + BESIDE)].split_whitespace().next();
    let before = text[floor(text, around.start.saturating_sub(BESIDE))..around.start].split_whitespace().next_back();
    let parts = |chunk: &str| chunk.ends_with(PARTING);
    let is_apart = parts(&text[around.clone()]);
    is_apart && is_it(behind) || before.is_some_and(parts) && is_it(before)
}

/// Marks between the words of a list.
const PARTING: [char; 5] = [',', ';', ':', '/', '='];

/// Whether a word stands among others of which nearly each has a comma or the like behind it, as in a glossary or a
/// list of rhymes.
fn is_among_forms(proposal: &Proposal, view: &View<'_>) -> bool {
    let (text, tokens) = (view.text(), view.words());
    let is_word = |word: &str| word.chars().all(char::is_alphabetic);
    if !text[proposal.span.clone()].contains(char::is_alphabetic) || !is_word(&proposal.text) {
        return false;
    }
    let at = tokens.partition_point(|token| token.span().end <= proposal.span.start);
    let near = &tokens[at.saturating_sub(FORMS)..tokens.len().min(at + FORMS + 1)];
    let gap = |pair: &[Token]| &text[pair[0].span().end..pair[1].span().start];
    let gaps: Vec<&str> = near.windows(2).map(gap).filter(|gap| !gap.contains("\n\n")).collect();
    let is_parting = |gap: &&&str| gap.contains(PARTING);
    let beside = at.checked_sub(1).into_iter().chain([at]).filter_map(|first| tokens.get(first..first + 2));
    gaps.len() > FORMS
        && gaps.iter().filter(is_parting).count() * 5 >= gaps.len() * 4
        && beside.map(gap).any(|gap| gap.contains(PARTING))
}

/// So many words to either side of one are looked at.
const FORMS: usize = 5;

/// Whether the words in quotes around a place are quoted in the paragraph as they would become, or some of them with what
/// it would become: `for “1 am” read “I am”`.
fn is_quoted_again(proposal: &Proposal, text: &str) -> bool {
    let Range { start, end } = proposal.span;
    if !proposal.is_of_words() || fold(&text[start..end]) == fold(&proposal.text) {
        return false;
    }
    let paragraph = paragraph_around(text, &proposal.span, PARAGRAPH);
    let (before, behind) = (&text[paragraph.start..start], &text[end..paragraph.end]);
    let (Some(from), Some(to)) = (before.rfind(QUOTES), behind.find(QUOTES)) else { return false };
    let is_open = |quote: &str| quote.starts_with(['“', '"', '‘']);
    if !is_open(&before[from..]) || behind[to..].starts_with(['“', '‘']) {
        return false;
    }
    let here = before[from..].trim_start_matches(QUOTES);
    let trim = |quoted: &str| fold(quoted.trim_matches(|c: char| !c.is_alphanumeric()));
    let new = trim(&[here, &proposal.text, &behind[..to]].concat());
    let word = word_made(proposal, &without_blanks(text, &proposal.span), text);
    let is_it = |quoted: &str| {
        let has_word = || quoted.len() <= BESIDE && words(quoted).any(|other| fold(other.text(quoted)) == word);
        trim(quoted) == new || word.len() > 2 && has_word()
    };
    let others = before[..from].split(QUOTES).skip(1).step_by(2).chain(behind[to..].split(QUOTES).skip(2).step_by(2));
    !new.is_empty() && new.len() <= BESIDE && others.into_iter().any(is_it)
}

/// Marks that open and close quotations.
const QUOTES: [char; 5] = ['“', '”', '"', '‘', '’'];

/// Whether a mark that would go is one of several different ones that stand by themselves in the paragraph: `~ and ^`.
fn is_mark_among_marks(proposal: &Proposal, text: &str) -> bool {
    let old = text[proposal.span.clone()].trim();
    if proposal.pass != PassName::Spacing || !proposal.text.trim().is_empty() || old.chars().count() != 1 {
        return false;
    }
    let is_mark = |chunk: &&str| {
        let mut chars = chunk.trim_end_matches([',', ';', ':']).chars();
        let mark = chars.next().filter(|c| !c.is_alphanumeric() && !USUAL_ALONE.contains(*c));
        mark.is_some() && chars.next().is_none() && !chunk.starts_with(old)
    };
    let paragraph = paragraph_around(text, &proposal.span, PARAGRAPH);
    let mut marks: Vec<&str> = text[paragraph].split_whitespace().filter(is_mark).collect();
    marks.sort_unstable();
    marks.dedup();
    marks.len() >= MARKS
}

/// Marks that stand by themselves in texts that do not speak of them, in print or in scans.
const USUAL_ALONE: &str = "-–—&….,;:!?\"“”‘’'|•*·/=+<>()[]{}";

/// So many different marks at least stand beside one that is meant.
const MARKS: usize = 2;

/// Whether the text near by speaks of how words are spelled or of the marks that they are written with.
fn speaks_of_writing(proposal: &Proposal, view: &View<'_>) -> bool {
    let text = view.text();
    let is_of_marks = matches!(proposal.pass, PassName::Lines | PassName::Quotes | PassName::Spacing);
    // A blank that goes, a mark in another shape, and a stroke for a letter are seldom what a text speaks of.
    let has_word = |part: &str| part.contains(char::is_alphanumeric);
    let (old, new) = (&text[proposal.span.clone()], &proposal.text);
    let is_blank = old.trim().is_empty() && new.trim().is_empty();
    let is_shape = proposal.pass == PassName::Quotes && !has_word(old) && !has_word(new);
    let is_stroke = proposal.is_of_words() && !has_word(old);
    if is_blank || is_shape || is_stroke || !is_of_marks && !proposal.is_of_words() {
        return false;
    }
    let paragraph = paragraph_around(text, &proposal.span, PARAGRAPH);
    let from = floor(text, proposal.span.start.saturating_sub(SENTENCES)).max(paragraph.start);
    let near = &text[from..floor(text, proposal.span.end + SENTENCES).min(paragraph.end)];
    words(near).any(|word| view.lists().has_in_any_case(WordList::WordsOnWriting, word.text(near)))
}

/// So near a place a text speaks of it, in bytes: some sentences.
const SENTENCES: usize = 400;

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

/// How often strangers stand side by side, against chance, as a logarithm to base 2.
const STRANGERS: f32 = -4.0;

/// Whether a text says of a word what it stands for: `hte for the`, `the as tbe`.
fn speaks_of_reading(proposal: &Proposal, view: &View<'_>) -> bool {
    let text = view.text();
    if !proposal.is_of_words() || !proposal.text.chars().all(char::is_alphabetic) {
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
pub(super) fn word_made(proposal: &Proposal, around: &Range<usize>, text: &str) -> String {
    let Range { start, end } = proposal.span;
    let made = [&text[around.start..start], &proposal.text, &text[end..around.end]].concat();
    fold(made.trim_matches(|c: char| !c.is_alphanumeric()))
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
    if !proposal.is_of_words() || !is_one_word || is_scan(view) {
        return false;
    }
    if is_quoted_alone(chunk, old) && proposal.text.chars().all(|c| c.is_alphanumeric() || c == ' ') {
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
    let is_double = before.ends_with(['“', '"']) && behind.starts_with(['”', '"']);
    let is_single = before.ends_with(['‘', '\'']) && behind.starts_with(['’', '\'']);
    is_double || is_single && !behind.contains(char::is_alphanumeric)
}

/// Marks that close a quotation.
const CLOSING: [char; 4] = ['”', '’', '"', '\''];

/// The log2 frequency from which a word is a small one that is no name.
pub(super) const SMALL_WORD: u8 = 15;

/// How far from a word the text is read that may speak of it, in bytes.
const BESIDE: usize = 60;
