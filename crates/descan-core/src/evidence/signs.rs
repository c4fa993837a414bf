//! Signs that an engine writes for letters which it could not read: `di_erent`, `h&d`, `level«`.
//!
//! Each engine has its own. A document tells by itself which it has and what they stand for: the same
//! sign in place of the same letters again and again. What stands for what is learned by expectation and
//! maximisation over the words that the lexicon has for each (Dempster, Laird and Rubin, 1977).

use std::ops::Range;

use descan_lang::candidates::CandidateCache;
use descan_lang::fill::{Filled, Piece};
use descan_lang::language::Language;
use descan_lang::lexicon::Lexicon;
use descan_text::analysis::Analysis;
use descan_text::bytes::ByteSet;
use descan_text::token::{floor, is_apostrophe, is_word_char};
use memchr::memmem;
use rustc_hash::FxHashMap;

/// Signs that no writer puts into or at a word.
const STRANGE: &str = "«»~\\¿¡§¥€■•¬¦±¶<>{}";
/// The longest run that may be a word, in code points.
const LONGEST: usize = 24;
/// The most unread places of a word.
const MOST_SIGNS: usize = 2;
/// So many letters at least must be read for a word to say what its sign stands for.
const TELLING: usize = 4;
/// So many different words at least must have a sign, and so large a share of all strings with it must be
/// such words: of a sign that no writer uses, and of others.
const LEAST_WORDS: u32 = 3;
const LEAST_SHARE_STRANGE: f64 = 0.3;
const LEAST_SHARE: f64 = 0.6;
/// The least log2 frequency of a word that is meant.
const LEAST_COMMON: u8 = 3;
/// How likely a sign stands for some letters in a document that says nothing of it, in nats: for none
/// (it is a speck), for one, for two, for three.
const USUAL: [f32; 4] = [-8.0, -7.0, -7.5, -8.5];
/// How many occurrences of the printed letters the usual weighs as much as.
const PRIOR_OCCURRENCES: f32 = 30.0;
/// Rounds of learning; later ones change next to nothing.
const ROUNDS: usize = 3;
/// Long documents are sampled where letters are counted, in bytes.
const SAMPLE: usize = 1 << 18;
/// How far the other one of a pair of marks is looked for, in bytes.
const PAIR_REACH: usize = 120;

/// The signs of a document, and the words that have them.
#[derive(Clone, Debug, Default)]
pub struct Signs {
    usual: FxHashMap<(char, Box<str>), f32>,
    signs: FxHashMap<char, Sign>,
    words: FxHashMap<Box<str>, Vec<Filled>>,
}

/// A run of letters with signs among them.
#[derive(Clone, Debug)]
pub struct Run {
    /// Where it stands, in bytes.
    pub span: Range<usize>,
    /// Whether the letters alone are words.
    pub is_word: bool,
    /// Whether a sign at its border may be one of a pair around words: of emphasis, quotes or brackets.
    pub is_paired: bool,
}

/// Signs that a document showed to stand for letters, and for which.
#[derive(Debug, Default)]
pub struct ShownSigns(FxHashMap<char, Sign>);

#[derive(Clone, Debug, Default)]
struct Sign {
    /// The log-probability that letters are read as the sign, in nats.
    log_probs: FxHashMap<Box<str>, f32>,
    /// How many different words the lexicon has for, and how many it has not.
    explained: u32,
    unexplained: u32,
}

impl Signs {
    /// Reads a text, and learns what its signs stand for.
    pub fn of(analysis: &Analysis<'_>, candidates: &CandidateCache) -> Signs {
        let text = analysis.text();
        let searcher = candidates.searcher();
        let lexicon = searcher.language().lexicon();
        let runs = Signs::runs(text, lexicon);
        if runs.is_empty() {
            return Signs::default();
        }
        let mut found = Signs { usual: usual_of(searcher.language()), ..Signs::default() };
        let fill = |run: &str| -> Vec<Filled> {
            let mut filled = searcher.fill(&pieces(run));
            filled.retain(|one| {
                lexicon.lookup(&one.word).is_some_and(|e| e.may_be_meant() && e.log2_frequency() >= LEAST_COMMON)
            });
            filled
        };
        let (emphasised, runs): (Vec<Run>, Vec<Run>) = runs.into_iter().partition(|run| run.is_word && run.is_paired);
        for Run { span, is_word, .. } in runs {
            let run = &text[span];
            if found.words.contains_key(run) {
                continue;
            }
            let filled = fill(run);
            if !is_word && letters_read(run) >= TELLING {
                for sign in signs_of(run) {
                    let sign = found.signs.entry(sign).or_default();
                    match filled.is_empty() {
                        true => sign.unexplained += 1,
                        false => sign.explained += 1,
                    }
                }
            }
            found.words.insert(run.into(), filled);
        }
        // Where a sign stands for letters, pairs of it are chance.
        for Run { span, .. } in emphasised {
            let run = &text[span];
            if found.are_shown(run) && !found.words.contains_key(run) {
                found.words.insert(run.into(), fill(run));
            }
        }
        found.learn(text, candidates);
        found
    }

    /// The signs that the document shows to stand for letters.
    pub fn shown(&self) -> ShownSigns {
        let is_shown = |(sign, known): &(&char, &Sign)| known.is_shown(**sign);
        ShownSigns(self.signs.iter().filter(is_shown).map(|(&sign, known)| (sign, known.clone())).collect())
    }

    /// Adds what an earlier look was shown of signs that fewer words show now.
    pub fn remember(&mut self, earlier: &ShownSigns) {
        for (&sign, known) in &earlier.0 {
            let own = self.signs.entry(sign).or_default();
            if own.explained < known.explained {
                *own = known.clone();
            }
        }
    }

    /// Whether no run has any words.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The runs of a text, in order.
    pub fn runs(text: &str, lexicon: &Lexicon) -> Vec<Run> {
        let mut found = Vec::new();
        for span in runs(text) {
            let is_known = |piece: &Piece<'_>| match piece {
                Piece::Letters(letters) => lexicon.is_word(letters),
                Piece::Unread => true,
            };
            let is_word = pieces(&text[span.clone()]).iter().all(is_known);
            let is_paired = may_be_paired(text, &span);
            found.push(Run { span, is_word, is_paired });
        }
        found
    }

    /// The words that a run may be, each with the log-probability that it is read so, in nats.
    pub fn words(&self, run: &str) -> impl Iterator<Item = (&Filled, f32)> {
        let filled = self.words.get(run).map_or(&[][..], Vec::as_slice);
        filled.iter().map(|one| (one, self.log_prob(run, one)))
    }

    /// Whether no writer puts any of the signs of a run into or at a word.
    pub fn are_strange(run: &str) -> bool {
        signs_of(run).all(|c| STRANGE.contains(c))
    }

    /// Whether the document shows all signs of a run to stand for letters.
    pub fn are_shown(&self, run: &str) -> bool {
        signs_of(run).all(|c| self.signs.get(&c).is_some_and(|sign| sign.is_shown(c)))
    }

    fn log_prob(&self, run: &str, filled: &Filled) -> f32 {
        signs_of(run).zip(&filled.fills).map(|(sign, fill)| self.log_prob_of(sign, fill)).sum()
    }

    fn log_prob_of(&self, sign: char, fill: &str) -> f32 {
        let learned = self.signs.get(&sign).and_then(|sign| sign.log_probs.get(fill));
        learned.copied().unwrap_or_else(|| self.usual(sign, fill))
    }

    /// The log-probability that letters are read as a sign in a document that says nothing of it.
    fn usual(&self, sign: char, fill: &str) -> f32 {
        let known = self.usual.get(&(sign, Box::from(fill)));
        known.copied().unwrap_or(USUAL[fill.chars().count().min(3)])
    }

    /// Learns from the words that each run may be, and how common they are, what the signs stand for.
    fn learn(&mut self, text: &str, candidates: &CandidateCache) {
        let lexicon = candidates.searcher().language().lexicon();
        let sample = &text[..floor(text, SAMPLE)];
        let occurrences = |fill: &str| match fill {
            "" => sample.len() as f32,
            fill => memmem::find_iter(sample.as_bytes(), fill.as_bytes()).count() as f32,
        };
        let mut runs: Vec<&str> = self.words.keys().map(|run| &**run).collect();
        runs.sort_unstable();
        runs.retain(|run| letters_read(run) >= TELLING);
        let mut occurrences_of: FxHashMap<Box<str>, f32> = FxHashMap::default();
        for _ in 0..ROUNDS {
            let mut counts: FxHashMap<(char, Box<str>), f32> = FxHashMap::default();
            for &run in &runs {
                let ways = &self.words[run];
                let frequency = |word: &str| lexicon.lookup(word).map_or(0, |e| e.log2_frequency());
                let score = |one: &Filled| {
                    (f32::from(frequency(&one.word)) * std::f32::consts::LN_2 + self.log_prob(run, one)).exp()
                };
                let scores: Vec<f32> = ways.iter().map(score).collect();
                let total: f32 = scores.iter().sum();
                for (one, score) in ways.iter().zip(scores) {
                    for (sign, fill) in signs_of(run).zip(&one.fills) {
                        *counts.entry((sign, fill.as_str().into())).or_default() += score / total;
                    }
                }
            }
            let mut learned: FxHashMap<char, FxHashMap<Box<str>, f32>> = FxHashMap::default();
            for ((sign, fill), count) in counts {
                let usual = self.usual(sign, &fill);
                // What one word alone says may be chance.
                let count = (count - 1.0).max(0.0);
                let occurrences = *occurrences_of.entry(fill.clone()).or_insert_with(|| occurrences(&fill));
                let own = (count + PRIOR_OCCURRENCES * usual.exp()) / (PRIOR_OCCURRENCES + occurrences);
                learned.entry(sign).or_default().insert(fill, own.min(1.0).ln().max(usual - 2.0));
            }
            for (sign, log_probs) in learned {
                self.signs.entry(sign).or_default().log_probs = log_probs;
            }
        }
    }
}

/// What the language knows of signs.
fn usual_of(language: &Language) -> FxHashMap<(char, Box<str>), f32> {
    let table = language.signs();
    let mut usual = FxHashMap::default();
    for index in 0..table.len() {
        let line = table.get(index as u16);
        if let Some(sign) = line.seen.chars().next() {
            usual.insert((sign, line.meant.clone()), line.weight);
        }
    }
    usual
}

impl Sign {
    fn is_shown(&self, sign: char) -> bool {
        let all = self.explained + self.unexplained;
        let least = if STRANGE.contains(sign) { LEAST_SHARE_STRANGE } else { LEAST_SHARE };
        self.explained >= LEAST_WORDS && f64::from(self.explained) >= least * f64::from(all)
    }
}

/// The first bytes of the signs that engines write for letters. Superscripts are typed with `^`.
const FIRST_BYTES: ByteSet = ByteSet::of(b"_&?@$~*#%=+|\\/<>{}[]!\xc2\xe2");

/// Whether a character is one that engines write for letters they cannot read.
fn is_sign(c: char) -> bool {
    matches!(c, '_' | '&' | '?' | '@' | '$' | '~' | '*' | '#' | '%' | '=' | '+' | '|' | '\\' | '/' | '!')
        || matches!(c, '<' | '>' | '{' | '}' | '[' | ']')
        || matches!(c, '€' | '£' | '§' | '¥' | '¿' | '¡' | '«' | '»' | '•' | '■' | '¬' | '¦' | '±' | '¶')
}

/// The signs of a run, in order.
fn signs_of(run: &str) -> impl Iterator<Item = char> {
    run.chars().filter(|&c| is_sign(c))
}

/// How many letters of a run were read.
pub fn letters_read(run: &str) -> usize {
    run.chars().filter(|&c| is_word_char(c)).count()
}

/// A run as letters and unread places.
fn pieces(run: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for (at, c) in run.char_indices().filter(|&(_, c)| is_sign(c)) {
        if from < at {
            pieces.push(Piece::Letters(&run[from..at]));
        }
        pieces.push(Piece::Unread);
        from = at + c.len_utf8();
    }
    if from < run.len() {
        pieces.push(Piece::Letters(&run[from..]));
    }
    pieces
}

/// The runs of letters with signs among them, in order.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut done = 0;
    for at in FIRST_BYTES.places(text.as_bytes()) {
        let Some(sign) = text[at..].chars().next().filter(|&c| is_sign(c) && at >= done) else { continue };
        let is_part = |c: char| is_word_char(c) || is_apostrophe(c) || is_sign(c);
        let start = at - text[..at].chars().rev().take_while(|&c| is_part(c)).map(char::len_utf8).sum::<usize>();
        let end = at + text[at..].chars().take_while(|&c| is_part(c)).map(char::len_utf8).sum::<usize>();
        done = end.max(at + sign.len_utf8());
        let span = trimmed(text, start..end);
        if is_run(text, &span) {
            found.push(span);
        }
    }
    found
}

/// A run without the marks at its ends that close a sentence, quote it, or stand in pairs.
fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let run = &text[span.clone()];
    let end = run.trim_end_matches(|c: char| is_apostrophe(c) || matches!(c, '!' | '?'));
    let start = end.trim_start_matches(is_apostrophe);
    let from = span.start + end.len() - start.len();
    from..from + start.len()
}

fn is_run(text: &str, span: &Range<usize>) -> bool {
    let run = &text[span.clone()];
    let (mut letters, mut signs, mut length, mut before) = (0, 0, 0, ' ');
    for c in run.chars() {
        if c.is_numeric() || is_sign(c) && is_sign(before) {
            return false;
        }
        letters += usize::from(c.is_alphabetic());
        signs += usize::from(is_sign(c));
        length += 1;
        before = c;
    }
    // Part of a word is emphasised, or supplied: `imper_fect_ly`, `inaccuraci[e]s`.
    let mut marks = signs_of(run);
    let is_enclosing = match (marks.next(), marks.next()) {
        (Some(first), Some(second)) => other_of_pair(first) == second,
        _ => false,
    };
    let is_entity = run.starts_with('&') && text[span.end..].starts_with(';');
    (1..=MOST_SIGNS).contains(&signs) && letters > signs && length <= LONGEST && !is_entity && !is_enclosing
}

/// The mark that makes a pair with another one around words.
fn other_of_pair(mark: char) -> char {
    match mark {
        '[' => ']',
        ']' => '[',
        '{' => '}',
        '}' => '{',
        '<' => '>',
        '>' => '<',
        '«' => '»',
        '»' => '«',
        mark => mark,
    }
}

/// Whether a mark at the border of a word has another one near that makes a pair with it, as marks of
/// emphasis, quotes and brackets do.
fn may_be_paired(text: &str, span: &Range<usize>) -> bool {
    let run = &text[span.clone()];
    let behind = &text[span.end..floor(text, span.end + PAIR_REACH)];
    let before = &text[floor(text, span.start.saturating_sub(PAIR_REACH))..span.start];
    let closes = |c: char| {
        behind.match_indices(c).any(|(at, _)| {
            let follows = behind[at + c.len_utf8()..].chars().next();
            !behind[..at].ends_with(char::is_whitespace) && !follows.is_some_and(is_word_char)
        })
    };
    let opens = |c: char| {
        before.match_indices(c).any(|(at, _)| {
            let follows = before[at + c.len_utf8()..].chars().next();
            !before[..at].ends_with(is_word_char) && follows.is_some_and(|c| !c.is_whitespace())
        })
    };
    let first = run.chars().next().filter(|&c| is_sign(c));
    let last = run.chars().next_back().filter(|&c| is_sign(c));
    first.is_some_and(|c| last == Some(other_of_pair(c)) || closes(other_of_pair(c)))
        || last.is_some_and(|c| opens(other_of_pair(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(text: &str) -> Vec<&str> {
        runs(text).into_iter().map(|span| &text[span]).collect()
    }

    #[test]
    fn runs_have_letters_and_signs() {
        assert_eq!(spans("A di_erent h&d, level« and su¿h!"), ["di_erent", "h&d", "level«", "su¿h"]);
        assert!(spans("No! What? £5, 50%, &amp; f***, x_1 and a & b.").is_empty());
    }

    #[test]
    fn marks_of_emphasis_are_pairs() {
        let text = "It was _very_ good and _quite so_ again; di_erent.";
        let paired = |word: &str| {
            let at = text.find(word).expect("there");
            may_be_paired(text, &(at..at + word.len()))
        };
        assert!(paired("_very_") && paired("_quite") && paired("so_") && !paired("di_erent"));
    }
}
