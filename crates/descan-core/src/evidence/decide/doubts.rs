//! What no tree knows: cases in which a writer may have meant what stands there, and some in which nobody can have.

use descan_lang::decision::Features;
use descan_lang::terms::term;
use descan_lang::words::WordList;
use descan_text::case::Shape;
use descan_text::level::Level;
use descan_text::token::{Token, floor, is_apostrophe, words};

use super::judge::Judge;
use super::places::is_open;
use super::reading::{Best, Kind};

/// The ease of a misreading, in nats, below which it is none that scans are known for, and below which speakers are likelier.
const FAR_FETCHED: f32 = -13.0;
const HARDLY_MISREAD: f32 = -11.5;
/// How often letters are left out, as [`Features::dropped_throughout`] tells it, where that is an accent: more than twice.
const ACCENT: f32 = 1.2;
/// The probability from which words run together are two, even where books have them as one.
const SURELY_TWO: f64 = 0.93;
/// So much less often than by chance, as a logarithm to base 2, a word follows the pronoun that it is no verb of it.
const NO_VERB: f32 = -3.0;
/// The longest piece of a word before a full stop that is no abbreviation, in bytes.
const LONGEST_PIECE: usize = 3;
/// The shortest word, in characters, of which one letter for another leaves no doubt in a bad scan.
const LONG: f32 = 9.0;
/// The last letter that the languages of western Europe write. No engine that reads English has others.
const LAST_OF_WEST: char = '\u{17f}';
/// The least log2 frequency of a word that a speaker draws out, and how far around it others are looked for, in bytes.
const DRAWN: u8 = 10;
const NEAR: usize = 400;
/// So long at least, in bytes, is a word that may have lost its end.
const LEAST_OF_PIECE: usize = 5;
/// The longest word, in bytes, of which a mark behind it may be a part.
const LONGEST_WITH_MARK: usize = 4;
/// The log2 frequency from which a word is one of the smallest of the language.
const SMALLEST: u8 = 15;
/// So many words with a capital in two pieces show how it was set.
const SET_IN_TWO: usize = 3;
/// So many words run together are no other word, in a bad scan.
const MANY: usize = 4;

/// So many letters are too few, so little a lead, in nats, and so much worse a word that its neighbours do not ask for.
const FEW: f32 = 2.0;
const LITTLE: f32 = 3.0;
const UNASKED: f32 = -2.0;
/// So much do the words around a place say against what is more than an offer.
const AT_ODDS: f32 = -5.0;
/// So much worse, in nats, go two words that books have as one.
const LEAST_OF_BOOKS: f32 = 5.0;

impl Judge<'_> {
    /// Whether what is probable is certain: words run together in a document that does so again and again; in a bad scan
    /// a long word with one letter for another, and four words and more run together that part in one way. Of the long
    /// words none in sixty was wrong in the scans that the levels were set on, of the run-on words two in forty.
    pub(super) fn is_surer(&self, best: &Best, features: &Features) -> bool {
        let text = &best.candidate.text;
        if best.kind == Kind::RunOn && self.runs_on && best.candidate.confusions.is_empty() {
            let is_small = |word: &str| self.language.words().has_in_any_case(WordList::RunOnFunctionWords, word);
            return text.split(' ').all(|word| word.len() > 1) && text.split(' ').any(is_small);
        }
        if !self.damaged || features.foreign > 0.0 || features.inside_capital > 0.0 {
            return false;
        }
        match (best.kind, best.candidate.confusions.as_slice()) {
            (Kind::Letters, &[step]) => {
                let is_letter = |part: &str| part.len() == 1 && part.bytes().all(|byte| byte.is_ascii_lowercase());
                let confusion = self.confusions.get(step);
                let is_plain = features.unusual + features.hyphen + features.glued == 0.0;
                features.length >= LONG && is_plain && is_letter(&confusion.seen) && is_letter(&confusion.meant)
            }
            (Kind::RunOn, _) => text.split(' ').count() >= MANY && self.parts_one_way(text),
            _ => false,
        }
    }

    /// Whether words run together part in no other way: no two make a word, `in effective`, and none gives a letter to
    /// its neighbour, `colour she` and `colours he`.
    fn parts_one_way(&self, text: &str) -> bool {
        let is_word = |word: &str| self.lexicon.is_word(word);
        let words: Vec<&str> = text.split(' ').collect();
        words.windows(2).all(|pair| {
            let whole = pair.concat();
            let near = [pair[0].len().saturating_sub(1), pair[0].len() + 1];
            let shifts = |at: &usize| whole.is_char_boundary(*at) && is_word(&whole[..*at]) && is_word(&whole[*at..]);
            pair[0].len() > 1 && pair[1].len() > 1 && !is_word(&whole) && !near.iter().any(shifts)
        })
    }

    /// The level of a decision after what no tree knows.
    pub(super) fn held_back(
        &self,
        level: Level,
        token: Token,
        best: &Best,
        probability: f64,
        features: &Features,
    ) -> Option<Level> {
        let kind = best.kind;
        let garbled = features.bad_scan > 0.0;
        // Names of two parts are left alone: `Tor-Vall`.
        let capital = features.capital + features.inside_capital > 0.0;
        if kind == Kind::Letters && capital && features.hyphen > 0.0 && !garbled {
            return None;
        }
        // Places are called by two words in one, and a name by letters that a commoner one has but for one.
        let is_own_name = self.is_name_of_two(best, features) && token.text(self.text).chars().all(char::is_alphabetic)
            || self.is_behind_title(token, best, features) && kind == Kind::Letters && features.in_print > 0.0;
        // A bar or a letter by itself where the pronoun does not go is dirt, the rule of a column or a piece of a word.
        let is_no_pronoun = kind == Kind::Pronoun
            && match level {
                Level::Suspect => features.context < UNASKED,
                _ => features.context < AT_ODDS && !self.common_word_follows(token.span().end),
            };
        // Books have `beershop` too.
        let is_in_books = kind == Kind::RunOn && features.in_print > 0.0 && features.lead_on_leaving <= -LEAST_OF_BOOKS;
        if (is_no_pronoun || is_own_name || is_in_books) && level >= Level::Probable {
            return None;
        }
        if level == Level::Suspect {
            return (!self.is_plural(token, best)).then_some(level);
        }
        // No scan is known to misread letters so, and the sentence does not ask for the reading either.
        let unlikely = features.confusion <= FAR_FETCHED && features.lead_on_leaving < 0.0;
        let far_fetched = kind == Kind::Letters && unlikely && level == Level::Probable && !garbled;
        // Letters left out throughout are an accent, unless nobody can have written the document so.
        let spoken_so = features.dropped_throughout > ACCENT && !garbled;
        // What begins with a letter that the pronoun is read as, among words that do not ask for it.
        let misplaced_i = kind == Kind::RunOn && features.unusual > 0.0 && features.context < 0.0;
        let is_doubtful = far_fetched
            || spoken_so
            || misplaced_i
            || self.is_name_of_two(best, features)
            || self.is_plural_of_name(token, best)
            || self.is_behind_piece(token, kind, &best.candidate.text)
            || self.is_beside_piece(best, features)
            || self.has_letters_beside(token, best)
            || self.may_lack_its_end(token, best)
            || self.has_apostrophe_behind(token, best)
            || self.is_in_name(token, best, features)
            || self.is_small_for_small(token, best, features)
            || is_amount(token.text(self.text))
            || level == Level::Probable && self.is_behind_title(token, best, features)
            || self.lacks_verb(token, best)
            || self.is_unasked_name(token, best, features)
            || self.is_named_inside(token, best)
            || self.is_in_address(token, kind)
            || self.is_set_in_two(token, kind)
            || kind == Kind::Letters && features.length <= FEW && is_behind_figure(self.text, token)
            || is_run_on_of_name(token.text(self.text), best)
            || self.is_drawn_out(token, best)
            || token.text(self.text).chars().any(|c| c > LAST_OF_WEST && c.is_alphabetic())
            || !self.damaged
                && features.inside_capital > 0.0
                && features.reading_seen == 0.0
                && is_capital_replaced(token.text(self.text), best)
            || !garbled && is_accented(token.text(self.text), best);
        if is_doubtful {
            return Some(Level::Suspect);
        }
        // Writers of speech run words together too: `youall`, `everytime`.
        let written_so = kind == Kind::RunOn && features.in_print > 0.0 && probability < SURELY_TWO;
        let of_his_own = self.language.words().has_in_any_case(WordList::OwnSpellings, token.text(self.text));
        // `I cad’t`: one who has a cold.
        let is_unusual = kind == Kind::Letters && features.contraction > 0.0 && features.confusion <= HARDLY_MISREAD;
        let is_less_sure = written_so
            || of_his_own
            || is_unusual
            || self.is_pair_of_letters(token, kind)
            || is_unasked_of_few(best, features);
        Some(if is_less_sure { level.max(Level::Probable) } else { level })
    }

    /// Whether what reads as two words in a sentence may be a name: places and people are called by two words
    /// in one, `Southgate`, of which neither is an article, a pronoun or another small word, nor a day or a month.
    fn is_name_of_two(&self, best: &Best, features: &Features) -> bool {
        let text = &best.candidate.text;
        let lists = self.language.words();
        let is_of_none = |word: &str| {
            word.len() == 1
                || lists.has_in_any_case(WordList::RunOnFunctionWords, word)
                || lists.has(WordList::CalendarNames, word)
        };
        best.kind == Kind::RunOn
            && features.inside_capital > 0.0
            && text.chars().all(|c| c.is_alphabetic() || c == ' ')
            && !text.split(' ').any(is_of_none)
    }

    /// Whether only the s of a plural goes from a name: `the Wallaces`.
    fn is_plural_of_name(&self, token: Token, best: &Best) -> bool {
        let (word, reading) = (token.text(self.text), &best.candidate.text);
        let is_name = || self.lexicon.lookup(reading).is_none_or(|entry| !entry.lower());
        best.kind == Kind::Letters
            && Shape::of(word) == Shape::Capital
            && word.strip_suffix('s').is_some_and(|name| name == reading)
            && is_name()
    }

    /// Whether the letters that a reading adds at an end of a word stand beside it, behind a mark: `conques, t`, `a' gainst`.
    fn has_letters_beside(&self, token: Token, best: &Best) -> bool {
        let (span, reading) = (token.span(), &*best.candidate.text);
        let word = &self.text[span.clone()];
        let is_letter = |c: char| c.is_alphanumeric();
        if best.kind != Kind::Letters || reading.len() <= word.len() {
            return false;
        }
        let (before, behind) = (&self.text[..span.start], &self.text[span.end..]);
        let is_behind = reading.strip_prefix(word).is_some_and(|added| {
            let next = behind.trim_start_matches(|c: char| !is_letter(c) && c != '\n');
            next.strip_prefix(added).is_some_and(|rest| !rest.starts_with(is_letter))
        });
        let is_before = reading.strip_suffix(word).is_some_and(|added| {
            let last = before.trim_end_matches(|c: char| !is_letter(c) && c != '\n');
            last.strip_suffix(added).is_some_and(|rest| !rest.ends_with(is_letter))
        });
        is_behind || is_before
    }

    /// Whether only the last letter goes for another, and what stands there begins a word as common as the reading, whose
    /// last letters, two or more, may be lost: `concerni` of `concerning`.
    fn may_lack_its_end(&self, token: Token, best: &Best) -> bool {
        let (word, reading) = (token.text(self.text), &*best.candidate.text);
        let without_last = |word: &str| word.char_indices().next_back().map(|(at, _)| word[..at].to_lowercase());
        if best.kind != Kind::Letters || word.len() < LEAST_OF_PIECE || without_last(word) != without_last(reading) {
            return false;
        }
        let frequency = |word: &str| self.lexicon.lookup(word).map_or(0, |entry| entry.log2_frequency());
        self.lexicon.commonest_longer(&word.to_lowercase()).is_some_and(|longer| longer >= frequency(reading))
    }

    /// Whether an apostrophe stands right behind a short word, and nothing that it could close is open: it may be part of
    /// the letters that were misread, `oti'` of `off`.
    fn has_apostrophe_behind(&self, token: Token, best: &Best) -> bool {
        let (text, end) = (self.text, token.span().end);
        let mut behind = text[end..].chars();
        let is_mark = behind.next().is_some_and(is_apostrophe) && !behind.next().is_some_and(char::is_alphanumeric);
        if best.kind != Kind::Letters
            || !is_mark
            || best.candidate.text.ends_with('s')
            || token.text(text).len() > LONGEST_WITH_MARK
        {
            return false;
        }
        let before = &text[floor(text, end.saturating_sub(NEAR))..token.span().start];
        let opens = |(at, c): (usize, char)| {
            let is_free = before[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            is_apostrophe(c) && is_free || c == '‘'
        };
        !before.char_indices().any(opens)
    }

    /// Whether a known word with a capital stands before another inside a sentence, as in a name: `from Te Ore`.
    fn is_in_name(&self, token: Token, best: &Best, features: &Features) -> bool {
        let behind = &self.text[token.span().end..];
        let is_small = || self.lexicon.lookup(&best.candidate.text).is_some_and(|entry| entry.lower());
        best.kind == Kind::RealWord
            && features.inside_capital > 0.0
            && behind.strip_prefix(' ').is_some_and(|next| next.starts_with(char::is_uppercase))
            && is_small()
    }

    /// Whether one of the smallest words is read for another of them that is no likelier there, where the document shows
    /// no bad scan: both go nearly everywhere, `we may ask then what it is`.
    fn is_small_for_small(&self, token: Token, best: &Best, features: &Features) -> bool {
        let is_smallest =
            |word: &str| self.lexicon.lookup(word).is_some_and(|entry| entry.log2_frequency() >= SMALLEST);
        best.kind == Kind::RealWord
            && !self.damaged
            && features.lead_on_leaving < 0.0
            && is_smallest(token.text(self.text))
            && is_smallest(&best.candidate.text)
    }

    /// Whether a piece of a broken word stands before a word, which then is the rest of it: `H-rorse`, `ab. senee`.
    fn is_behind_piece(&self, token: Token, kind: Kind, reading: &str) -> bool {
        if kind != Kind::Letters {
            return false;
        }
        let before = &self.text[..token.span().start];
        let last = |text: &str| text.chars().next_back().is_some_and(char::is_alphabetic);
        if let Some(piece) = before.strip_suffix('-') {
            let mut letters = piece.chars().rev();
            let is_letter = letters.next().is_some_and(char::is_alphabetic);
            let is_one = !letters.next().is_some_and(|c| c.is_alphanumeric() || "'’".contains(c));
            return is_letter && (is_one || self.is_rest_of_word(piece, reading));
        }
        let parted = before.strip_suffix([' ', '\n']).and_then(|rest| rest.strip_suffix(['.', ',', ';']));
        let Some(piece) = parted.filter(|piece| last(piece)) else { return false };
        let Some(other) = self.word_before(token).map(|other| other.text(self.text)) else { return false };
        let word = token.text(self.text);
        let are_small = Shape::of(other) == Shape::Lower && Shape::of(word) == Shape::Lower;
        if !piece.ends_with(other) || !are_small || other.len() > LONGEST_PIECE {
            return false;
        }
        // `re, tained`: the two are a word.
        let is_whole = self.lexicon.is_word(&[other, word].concat());
        let is_short_form = self.language.words().has(WordList::Abbreviations, other);
        is_whole || before.ends_with(". ") && !is_short_form && is_open(self.vocabulary, other)
    }

    /// Whether what stands before a hyphen is no word, and hardly anything has the reading behind one: `As-iociatiou`.
    fn is_rest_of_word(&self, before: &str, reading: &str) -> bool {
        let piece = &before[before.trim_end_matches(char::is_alphabetic).len()..];
        let hyphen = term("-");
        piece.len() <= LONGEST_PIECE && self.ngrams.log2_pair_count(hyphen, term(&reading.to_lowercase())) == 0.0
    }

    /// The word before one.
    fn word_before(&self, token: Token) -> Option<Token> {
        let index = self.tokens.partition_point(|other| other.start < token.start);
        index.checked_sub(1).map(|before| self.tokens[before])
    }

    /// Whether a title stands before what then is a name, and the document has the reading nowhere else: `Mr. Avory`.
    fn is_behind_title(&self, token: Token, best: &Best, features: &Features) -> bool {
        let Some(before) = self.word_before(token) else { return false };
        let gap = &self.text[before.span().end..token.span().start];
        matches!(best.kind, Kind::Letters | Kind::RunOn | Kind::RealWord)
            && token.text(self.text).starts_with(char::is_uppercase)
            && features.reading_seen == 0.0
            && matches!(gap, ". " | " " | ".\n")
            && self.language.words().has(WordList::DottedTitles, before.text(self.text))
    }

    /// Whether a document that shows no bad scan has a word with its capital inside a sentence, and never without,
    /// that is read for one in small letters: a name, `Aud` and not And.
    fn is_named_inside(&self, token: Token, best: &Best) -> bool {
        let (text, word) = (self.text, token.text(self.text));
        let facts = self.vocabulary.facts(word);
        let is_small = || self.lexicon.lookup(&best.candidate.text).is_some_and(|entry| entry.lower());
        if best.kind != Kind::Letters
            || self.damaged
            || Shape::of(word) != Shape::Capital
            || facts.lower > 0
            || facts.capital < 2
            || !is_small()
        {
            return false;
        }
        let is_inside = |at: usize| {
            let before = text[..at].strip_suffix(' ').and_then(|before| before.chars().next_back());
            let behind = text[at + word.len()..].chars().next();
            before.is_some_and(|c| c.is_lowercase() || c == ',') && behind.is_none_or(|c| !c.is_alphanumeric())
        };
        memchr::memmem::find_iter(text.as_bytes(), word).any(is_inside)
    }

    /// Whether a word goes on behind a full stop, as in an address or the name of a file: `Isit.live`.
    fn is_in_address(&self, token: Token, kind: Kind) -> bool {
        let behind = self.text[token.span().end..].strip_prefix('.');
        matches!(kind, Kind::Letters | Kind::RunOn)
            && !self.garbled
            && behind.is_some_and(|rest| rest.starts_with(char::is_lowercase))
    }

    /// Whether a printer set his capital W in two pieces, as old ones did: `VVilliam`. Such words are not fewer than
    /// those with a W.
    fn is_set_in_two(&self, token: Token, kind: Kind) -> bool {
        let text = self.text;
        let is_two = |word: &str| word.starts_with("VV");
        if kind != Kind::Letters || !is_two(token.text(text)) {
            return false;
        }
        let begin = |is_one: &dyn Fn(&str) -> bool| self.tokens.iter().filter(|word| is_one(word.text(text))).count();
        *self.sets_in_two.get_or_init(|| {
            let (two, one) = (begin(&is_two), begin(&|word| word.starts_with('W')));
            two >= SET_IN_TWO && two >= one
        })
    }

    /// Whether a word is a common one with its last letter twice, and another near it is too: `makee` beside `likee`.
    fn is_drawn_out(&self, token: Token, best: &Best) -> bool {
        let text = self.text;
        let is_long = |word: &str| {
            let Some(short) = word.char_indices().next_back().map(|(at, _)| &word[..at]) else { return false };
            let is_common = || self.lexicon.lookup(short).is_some_and(|e| e.log2_frequency() >= DRAWN);
            short.chars().next_back() == word.chars().next_back()
                && !self.lexicon.is_word(word)
                && short.len() > LONGEST_PIECE
                && is_common()
        };
        let word = token.text(text);
        if best.kind != Kind::Letters || !is_long(word) || word.starts_with(best.candidate.text.as_str()) {
            return false;
        }
        let near = floor(text, token.span().start.saturating_sub(NEAR))..floor(text, token.span().end + NEAR);
        words(&text[near.clone()])
            .map(|other| other.text(&text[near.clone()]))
            .any(|other| other != word && is_long(other))
    }

    /// Whether a word is one letter twice, `tt`, in a document that shows no bad scan: texts speak of such signs.
    fn is_pair_of_letters(&self, token: Token, kind: Kind) -> bool {
        let word = token.text(self.text).as_bytes();
        kind == Kind::Letters && !self.damaged && word.len() == 2 && word[0] == word[1]
    }

    /// Whether what follows the pronoun hardly ever does: `they got l over the wall`.
    fn lacks_verb(&self, token: Token, best: &Best) -> bool {
        if best.kind != Kind::Pronoun || token.text(self.text).chars().count() > 1 {
            return false;
        }
        let behind = self.tokens.partition_point(|other| other.start < token.span().end as u32);
        let Some(next) = self.tokens.get(behind) else { return false };
        let is_beside = &self.text[token.span().end..next.span().start] == " ";
        let follows =
            || self.ngrams.log2_affinity(term(&best.candidate.text.to_lowercase()), term(next.text(self.text)));
        is_beside && follows() < NO_VERB
    }
}

/// Whether a figure and a mark stand right before a word: `40,tf`.
fn is_behind_figure(text: &str, token: Token) -> bool {
    let figure = text[..token.span().start].strip_suffix([',', '.']);
    figure.is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
}

/// Whether a reading of two letters leads by little, and what stands around does not ask for it.
fn is_unasked_of_few(best: &Best, features: &Features) -> bool {
    best.kind == Kind::Letters
        && features.length <= FEW
        && features.lead_on_leaving < LITTLE
        && features.context < UNASKED
}

/// Whether a word with a capital inside a sentence is read as two in small letters, which takes two errors: `Itwell`.
fn is_run_on_of_name(word: &str, best: &Best) -> bool {
    best.kind == Kind::RunOn
        && word.starts_with(char::is_uppercase)
        && best.candidate.text.starts_with(char::is_lowercase)
}

/// Whether the capital of a word inside a sentence goes for a small letter of another shape: `Ilse` is no else. An I
/// is read for an l.
fn is_capital_replaced(word: &str, best: &Best) -> bool {
    let firsts = word.chars().next().zip(best.candidate.text.chars().next());
    best.kind == Kind::Letters
        && Shape::of(word) == Shape::Capital
        && firsts
            .is_some_and(|(old, new)| new.is_lowercase() && !old.to_lowercase().eq([new]) && (old, new) != ('I', 'l'))
}

/// Whether all that goes is the accent on the last of four letters or more, `rosé`: loan words have it there.
fn is_accented(word: &str, best: &Best) -> bool {
    best.kind == Kind::Letters
        && word
            .strip_suffix('é')
            .is_some_and(|stem| stem.len() > 2 && best.candidate.text.strip_suffix('e') == Some(stem))
}

/// Whether a word is an amount in old money whose figures were read as letters: `lOs`, `l0d`.
fn is_amount(word: &str) -> bool {
    word.strip_suffix(['s', 'd']).is_some_and(|figures| {
        figures.len() > 1
            && figures.bytes().all(|byte| byte.is_ascii_digit() || b"lIO".contains(&byte))
            && figures.bytes().any(|byte| byte.is_ascii_digit() || byte == b'O')
    })
}

#[cfg(test)]
mod tests {
    use super::is_amount;

    #[test]
    fn amounts_are_figures_and_a_unit() {
        assert!(["lOs", "l0d", "1Os", "I0s"].into_iter().all(is_amount));
        assert!(!["ills", "Os", "old", "l0st"].into_iter().any(is_amount));
    }
}
