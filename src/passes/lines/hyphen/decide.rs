//! Whether a broken word is joined, keeps its hyphen, or is left.

use rustc_hash::FxHashMap;

use super::place::Break;
use crate::evidence::lexicon::{Lexicon, Trust};
use crate::evidence::vocabulary::fold;
use crate::finding::Reason;
use crate::level::Level;
use crate::pipeline::View;
use crate::text::token::{is_apostrophe, is_word_char};

/// What to do with a broken word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The hyphen goes.
    Join,
    /// The hyphen is the word's own.
    Keep,
}

/// A verdict with what speaks for it.
pub struct Decision {
    pub verdict: Verdict,
    pub level: Level,
    pub confidence: f64,
    pub reasons: Vec<Reason>,
    /// Whether the document or the lexicon has the word itself, so that the
    /// verdict tells what this document does at line ends.
    pub clear: bool,
}

/// What a document does at line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Habit {
    /// It breaks words.
    BreaksWords,
    /// It breaks nothing but compounds at their hyphens.
    BreaksCompounds,
    /// Too little is seen.
    Unknown,
}

/// What is known of words.
pub struct Known<'v> {
    view: &'v View<'v>,
    compounds: FxHashMap<String, u32>,
    lexicon: &'v Lexicon,
    /// Words made whole at other breaks.
    settled: FxHashMap<String, u32>,
    habit: Habit,
}

impl<'v> Known<'v> {
    /// Gathers what the document says of compounds.
    pub fn of(view: &'v View<'v>) -> Known<'v> {
        let lexicon = view.evidence().lexicon();
        Known { view, compounds: compounds(view.text()), lexicon, settled: FxHashMap::default(), habit: Habit::Unknown }
    }

    /// Learns from the clear cases whether the document hyphenates: in a text
    /// typed without, every hyphen at a line's end is a compound's own.
    pub fn learn_habit(&mut self, breaks: &[Break<'_>]) {
        let clear: Vec<Verdict> =
            breaks.iter().filter_map(|b| self.decide(b)).filter(|d| d.clear).map(|d| d.verdict).collect();
        let joined = clear.iter().filter(|&&v| v == Verdict::Join).count();
        self.habit = if joined >= 2 && joined * 2 >= clear.len() {
            Habit::BreaksWords
        } else if clear.len() >= 4 && joined * 5 <= clear.len() {
            Habit::BreaksCompounds
        } else {
            Habit::Unknown
        };
    }

    /// Notes a word as it stands whole once this break is mended.
    pub fn settle(&mut self, b: &Break<'_>, verdict: Verdict) {
        let (first, second) = parts(b);
        let word = if verdict == Verdict::Join { [first, second].concat() } else { [first, "-", second].concat() };
        *self.settled.entry(fold(&word)).or_default() += 1;
    }

    /// Decides about a break; `None` leaves it as it is.
    pub fn decide(&self, b: &Break<'_>) -> Option<Decision> {
        let (first, second) = parts(b);
        let joined = [first, second].concat();
        let hyphenated = [first, "-", second].concat();
        let (with, without) = (self.compound(&hyphenated), self.whole(&joined));
        if b.damaged {
            return self.beside_damage(b, first, second, &joined);
        }
        if b.soft {
            return join(Level::Certain, 0.999, vec![Reason::new("a soft hyphen, which only breaks words")], true);
        }
        let all_capitals = joined.chars().all(|c| !c.is_lowercase()) && joined.chars().count() > 3;
        if second.starts_with(char::is_uppercase) && !all_capitals {
            return self.before_capital(first, &hyphenated, with);
        }
        if self.is_suspended(b, &joined) {
            return None;
        }
        if with > without {
            let mut reasons = vec![count(&hyphenated, with)];
            reasons.extend((without > 0).then(|| count(&joined, without)));
            return keep(Level::Certain, 0.99, reasons, true);
        }
        if is_number(first, second) {
            let reason = Reason::new("a number of tens and units is written with a hyphen");
            return keep(Level::Certain, 0.995, vec![reason], true);
        }
        if without > 0 {
            return join(
                Level::Certain,
                0.995,
                vec![count(&joined, without)],
                !(self.is_word(first) && self.is_word(second)),
            );
        }
        if first.chars().count() == 1 || second.chars().count() == 1 && self.lexicon.lookup(&joined).is_none() {
            return None;
        }
        match (self.lexicon.lookup(&joined), self.is_word(first) && self.is_word(second)) {
            (Some(_), false) => join(Level::Certain, 0.99, vec![Reason::new(format!("{joined} is a word"))], true),
            (Some(entry), true) if self.habit != Habit::BreaksCompounds => {
                let level = if entry.trust() == Trust::Trusted { Level::Certain } else { Level::Probable };
                let reason = format!("{joined} is a word, and so are {first} and {second}");
                join(level, 0.95, vec![Reason::new(reason)], false)
            }
            (None, true) => self.two_words(b, first, second, &joined),
            _ if self.habit == Habit::BreaksCompounds => {
                keep(Level::Certain, 0.95, vec![Reason::new("the document breaks compounds only")], false)
            }
            // No ending of a word: the rest of it was lost, or the hyphen is a dash.
            _ if is_function_word(second) => None,
            _ => {
                let (a, c) = (self.is_word(first), self.is_word(second));
                let level = if self.habit == Habit::BreaksWords || !a && !c { Level::Certain } else { Level::Probable };
                let part = if a { second } else { first };
                join(level, 0.95, vec![Reason::new(format!("{part} is no word by itself"))], false)
            }
        }
    }

    /// Beside a speck, or with a mark only read for a hyphen, the word itself must
    /// be beyond doubt: known, and with a part that is none by itself.
    fn beside_damage(&self, b: &Break<'_>, first: &str, second: &str, joined: &str) -> Option<Decision> {
        let entry = self.lexicon.lookup(joined).filter(|e| e.trust() == Trust::Trusted && e.lower());
        let small = second.starts_with(char::is_lowercase) && b.second == second;
        let parts = u32::from(self.is_word(first)) + u32::from(self.is_word(second));
        if !small || parts == 2 || joined.chars().count() < 5 || entry.is_none() && self.whole(joined) < 2 {
            return None;
        }
        let level =
            if parts == 0 || entry.is_some_and(|e| e.commonness() >= 6) { Level::Certain } else { Level::Probable };
        let part = if self.is_word(second) { first } else { second };
        let reasons = vec![
            Reason::new(format!("{joined} is a word and {part} is none")),
            Reason::new("a speck beside the hyphen, or a mark read for it"),
        ];
        join(level, 0.97, reasons, false)
    }

    /// With a capital after the hyphen, the hyphen is a compound's or a dash.
    fn before_capital(&self, first: &str, hyphenated: &str, with: u32) -> Option<Decision> {
        const PREFIXES: [&str; 11] =
            ["non", "un", "anti", "pre", "post", "pro", "mid", "trans", "semi", "pseudo", "neo"];
        if with > 0 {
            keep(Level::Certain, 0.99, vec![count(hyphenated, with)], true)
        } else if first.starts_with(char::is_uppercase) || PREFIXES.contains(&fold(first).as_str()) {
            keep(Level::Probable, 0.9, vec![Reason::new("a capital goes on after the hyphen")], false)
        } else {
            None
        }
    }

    /// Two words whose union is none: a compound, unless the scan damaged the
    /// union, or the hyphen is a dash or a speck between two words.
    fn two_words(&self, b: &Break<'_>, first: &str, second: &str, joined: &str) -> Option<Decision> {
        if is_function_word(first) || is_function_word(second) && !b.second.contains('-') {
            return None;
        }
        if let Some(word) = self.near_word(joined) {
            return join(Level::Probable, 0.7, vec![Reason::new(format!("{joined} is one letter from {word}"))], false);
        }
        if first.chars().count() < 3 || second.chars().count() < 3 && !b.second.contains('-') {
            return None;
        }
        let reason = format!("{first} and {second} are words and {joined} is none");
        keep(Level::Certain, 0.95, vec![Reason::new(reason)], false)
    }

    /// A long word of the lexicon that differs from `joined` by one letter.
    fn near_word(&self, joined: &str) -> Option<String> {
        let letters: Vec<char> = fold(joined).chars().collect();
        if letters.len() < 6 || letters.len() > 24 {
            return None;
        }
        (0..letters.len()).find_map(|at| {
            ('a'..='z').find_map(|c| {
                let word: String = letters.iter().enumerate().map(|(i, &l)| if i == at { c } else { l }).collect();
                self.lexicon.lookup(&word).filter(|e| e.trust() == Trust::Trusted).map(|_| word)
            })
        })
    }

    /// How often the word stands whole in the document, without this break.
    fn whole(&self, joined: &str) -> u32 {
        let vocabulary = self.view.evidence().vocabulary();
        let bare = joined.strip_suffix("’s").or_else(|| joined.strip_suffix("'s"));
        vocabulary.count(joined)
            + bare.map_or(0, |j| vocabulary.count(j))
            + self.settled.get(&fold(joined)).copied().unwrap_or(0)
    }

    fn compound(&self, hyphenated: &str) -> u32 {
        let key = fold(hyphenated);
        let key = key.strip_suffix("'s").unwrap_or(&key);
        let count = |k: &str| self.compounds.get(k).copied().unwrap_or(0);
        count(key) + count(&format!("{key}'s")) + self.settled.get(key).copied().unwrap_or(0)
    }

    fn is_word(&self, part: &str) -> bool {
        // The lexicon has endings and syllables as words that no compound is made of.
        const NO_PARTS: [&str; 13] =
            ["ing", "ings", "ion", "ions", "ted", "ness", "ment", "ble", "tor", "der", "ter", "con", "com"];
        const SHORT: [&str; 12] = ["to", "in", "on", "by", "up", "go", "no", "so", "do", "ex", "my", "me"];
        let word = fold(part);
        if word.chars().count() <= 2 {
            return SHORT.contains(&word.as_str()) || is_function_word(part);
        }
        !NO_PARTS.contains(&word.as_str()) && self.lexicon.lookup(part).is_some_and(|e| e.trust() == Trust::Trusted)
    }

    /// `two- or three-`: the hyphen stands for the rest of a compound to come.
    fn is_suspended(&self, b: &Break<'_>, joined: &str) -> bool {
        let link = matches!(fold(b.second).as_str(), "and" | "or" | "to" | "nor" | "but");
        link && !b.next.is_empty() && self.lexicon.lookup(joined).is_none()
    }
}

/// The parts beside the hyphen: `four-point-⏎seven` is judged by `point-seven`.
fn parts<'t>(b: &Break<'t>) -> (&'t str, &'t str) {
    (b.first.rsplit('-').next().unwrap_or(b.first), b.second.split('-').next().unwrap_or(b.second))
}

fn join(level: Level, confidence: f64, reasons: Vec<Reason>, clear: bool) -> Option<Decision> {
    Some(Decision { verdict: Verdict::Join, level, confidence, reasons, clear })
}

fn keep(level: Level, confidence: f64, reasons: Vec<Reason>, clear: bool) -> Option<Decision> {
    Some(Decision { verdict: Verdict::Keep, level, confidence, reasons, clear })
}

/// Words that make no compounds: between them and others a hyphen is a dash or
/// a speck. Those that do (`after-dinner`, `in-law`, `well-to-do`) are not here.
fn is_function_word(word: &str) -> bool {
    const WORDS: [&str; 64] = [
        "the", "an", "and", "or", "of", "that", "which", "were", "was", "is", "are", "his", "her", "my", "your", "our",
        "their", "its", "this", "these", "those", "from", "but", "as", "at", "for", "into", "than", "then", "when",
        "what", "who", "whom", "he", "she", "they", "we", "you", "it", "him", "them", "us", "me", "very", "so", "too",
        "had", "has", "have", "be", "been", "do", "did", "does", "how", "before", "if", "because", "would", "could",
        "should", "with", "all", "not",
    ];
    WORDS.contains(&fold(word).as_str())
}

/// The hyphenated words inside the lines of a text, folded, with their counts.
fn compounds(text: &str) -> FxHashMap<String, u32> {
    let mut counts: FxHashMap<String, u32> = FxHashMap::default();
    for at in memchr::memchr_iter(b'-', text.as_bytes()) {
        let inside = |c: char| is_word_char(c) || is_apostrophe(c);
        let before = text[..at].chars().rev().take(40).take_while(|&c| inside(c)).map(char::len_utf8).sum::<usize>();
        let after = text[at + 1..].chars().take(40).take_while(|&c| inside(c)).map(char::len_utf8).sum::<usize>();
        if before > 0 && after > 0 {
            let pair = text[at - before..at + 1 + after].trim_matches(is_apostrophe);
            *counts.entry(fold(pair)).or_default() += 1;
        }
    }
    counts
}

fn count(word: &str, times: u32) -> Reason {
    Reason::with(format!("{word} elsewhere in the document"), f64::from(times))
}

/// `twenty-⏎five`.
fn is_number(first: &str, second: &str) -> bool {
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    const UNITS: [&str; 18] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "first", "second", "third", "fourth",
        "fifth", "sixth", "seventh", "eighth", "ninth",
    ];
    TENS.contains(&fold(first).as_str()) && UNITS.contains(&fold(second).as_str())
}
