//! The common words that a badly misread word resembles as a whole.
//!
//! The table of confusions leads from a reading to a word by one or two usual misreadings. In a bad
//! scan letters are also misread in ways that no table lists. Then the whole reading is compared with
//! every common word: first by their sets of letters, which exclude nearly all words at the price of
//! two bit counts, then by the most likely way to misread the one as the other (the noisy channel of
//! Brill and Moore, 2000: confusions of several letters, and of any letter with any other).

mod grid;

use super::confusion::Confusions;
use super::entry::Trust;
use super::lexicon::Lexicon;
use super::terms::fold_chars;
use grid::Grid;

/// Words that texts have less often than this are not tried: twice in a million words.
const LEAST_COMMON: u8 = 7;
/// The shortest reading that is held against words as a whole, in letters.
const SHORTEST: usize = 3;
/// The longest reading, in letters: nothing common is longer.
const LONGEST: usize = 20;
/// By how many letters a word may be longer or shorter than the reading.
const SPAN: usize = 2;
/// How much a word may cost that a reading resembles, in nats, and how much more for each letter:
/// short readings resemble too many.
const DEAREST: f32 = -9.0;
const DEAREST_LETTER: f32 = -1.6;
/// The share of letters that a usual bad scan misreads.
const RATE: f32 = 0.01;
/// So many words of a reading are kept at most, the likeliest.
const MOST: usize = 12;

/// The common words of a language, laid out for looking at all of them.
#[derive(Debug)]
pub struct Resemblance {
    words: Vec<Common>,
    /// The set of letters of each of them.
    letters: Vec<u32>,
    /// The first word of each length, in letters.
    by_length: [usize; LONGEST + SPAN + 2],
    /// What each confusion costs in a usual bad scan, in nats.
    cost: Vec<f32>,
}

/// A word that a reading resembles, and what that takes.
#[derive(Clone, Debug)]
pub struct Resembled {
    /// The word, in the case of the reading.
    pub text: Box<str>,
    /// The usual confusions on the way to it, as indices of the table.
    pub steps: Box<[u16]>,
    /// How many letters were misread otherwise.
    pub unusual: u8,
    /// What these cost beside the rate of errors, in nats.
    extra: f32,
}

impl Resembled {
    /// How easily the word is read so where the confusions have these costs and letters are misread
    /// at this rate, in nats.
    pub fn channel(&self, cost: &[f32], rate: f32) -> f32 {
        let steps: f32 = self.steps.iter().map(|&step| cost[usize::from(step)]).sum();
        steps + self.extra + f32::from(self.unusual) * rate.ln()
    }
}

#[derive(Debug)]
struct Common {
    word: Box<str>,
    /// How common it is, in nats.
    commonness: f32,
    /// Whether it is written with a capital only.
    is_name: bool,
}

impl Resemblance {
    /// Lays out the common words of a lexicon.
    pub fn of(lexicon: &Lexicon, confusions: &Confusions) -> Resemblance {
        let mut words = Vec::new();
        lexicon.each(|word, entry| {
            let length = word.len();
            if (SHORTEST - 1..=LONGEST + SPAN).contains(&length)
                && entry.commonness() >= LEAST_COMMON
                && entry.trust() == Trust::Trusted
                && !entry.suspect()
                && (entry.lower() || entry.capitalised())
                && word.bytes().all(|b| b.is_ascii_lowercase())
            {
                let commonness = f32::from(entry.commonness()) * std::f32::consts::LN_2;
                words.push(Common { word: word.into(), commonness, is_name: !entry.lower() });
            }
        });
        // Neighbours of one length begin alike, so that a search goes on where they part.
        words.sort_by(|a, b| (a.word.len(), &a.word).cmp(&(b.word.len(), &b.word)));
        words.dedup_by(|b, a| a.word == b.word);
        let by_length = std::array::from_fn(|length| words.partition_point(|w| w.word.len() < length));
        let cost = (0..confusions.len()).map(|i| confusions.get(i as u16).weight + RATE.ln()).collect();
        let letters = words.iter().map(|common| letters(&common.word)).collect();
        Resemblance { words, letters, by_length, cost }
    }

    /// The words that `reading` resembles, those likeliest in a usual bad scan first. They do not depend
    /// on the document, so that one that is cleaned again is judged alike.
    pub fn search(&self, confusions: &Confusions, reading: &str) -> Vec<Resembled> {
        let cost = &self.cost;
        let Some(seen) = Seen::of(reading, confusions, cost) else { return Vec::new() };
        let length = seen.chars.len();
        let allowed = 1 + length as u32 / 5;
        let dearest = DEAREST + DEAREST_LETTER * length as f32;
        let (shortest, longest) = (length.saturating_sub(SPAN).max(SHORTEST - 1), (length + SPAN).min(LONGEST + SPAN));
        let range = self.by_length[shortest]..self.by_length[longest + 1];
        let rate = RATE.ln();
        let mut grid = Grid::new(&seen, rate, dearest);
        let mut found: Vec<(f32, Resembled)> = Vec::new();
        // One letter may stand for two, m for rn.
        let (most_lacking, most_strange) = (allowed + 1 + seen.marks, allowed);
        for (common, &letters) in self.words[range.clone()].iter().zip(&self.letters[range]) {
            let (lacking, strange) = (letters & !seen.letters, seen.letters & !letters);
            if lacking.count_ones() > most_lacking || strange.count_ones() > most_strange {
                continue;
            }
            if seen.too_dear(lacking, strange, dearest) {
                continue;
            }
            let Some(channel) = grid.channel(&common.word) else { continue };
            let text = seen.written(&common.word, common.is_name);
            if text != reading {
                let (steps, unusual) = grid.steps();
                let usual: f32 = steps.iter().map(|&step| cost[usize::from(step)]).sum();
                let extra = channel - usual - f32::from(unusual) * rate;
                let resembled = Resembled { text: text.into(), steps: steps.into(), unusual, extra };
                found.push((channel + common.commonness, resembled));
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.text.cmp(&b.1.text)));
        found.truncate(MOST);
        found.into_iter().map(|(_, resembled)| resembled).collect()
    }
}

/// A reading, laid out for being held against many words.
struct Seen {
    /// Its characters, folded.
    chars: Vec<char>,
    letters: u32,
    /// How many of its characters are no letters.
    marks: u32,
    /// The confusions whose letters end after each character, and after none.
    ending: Vec<Vec<Usual>>,
    /// By letter, the least that it takes if the reading has it and the word has not, and the other way round.
    strange: [f32; 26],
    lacking: [f32; 26],
    is_capital: bool,
    is_shouted: bool,
}

/// A confusion of the table where a reading has its letters.
struct Usual {
    index: u16,
    cost: f32,
    /// How many characters of the reading it explains.
    seen: u8,
    /// The letters that were printed.
    meant: Box<[u8]>,
}

impl Seen {
    fn of(reading: &str, confusions: &Confusions, cost: &[f32]) -> Option<Seen> {
        let mut chars = Vec::new();
        fold_chars(reading, |c| chars.push(c));
        let written: Vec<char> = reading.chars().collect();
        if !(SHORTEST..=LONGEST).contains(&chars.len()) || written.len() != chars.len() {
            return None;
        }
        let mut ending: Vec<Vec<Usual>> = Vec::new();
        ending.resize_with(chars.len() + 1, Vec::new);
        for (place, (at, _)) in reading.char_indices().enumerate() {
            for index in confusions.seen_at(&reading[at..]) {
                let seen = confusions.get(index).seen.chars().count();
                let (cost, meant) = (cost[usize::from(index)], confusions.folded(index).into());
                ending[place + seen].push(Usual { index, cost, seen: seen as u8, meant });
            }
        }
        let capitals = written.iter().filter(|c| c.is_uppercase()).count();
        let small = written.iter().filter(|c| c.is_lowercase()).count();
        let other = cost_of_other(&chars);
        let (mut strange, mut lacking) = ([other; 26], [other; 26]);
        for (end, usual) in ending.iter().enumerate().flat_map(|(end, ending)| ending.iter().map(move |u| (end, u))) {
            let each = |cost: f32, letters: usize| cost / letters.max(1) as f32;
            for &c in &chars[end - usize::from(usual.seen)..end] {
                raise(&mut strange, c, each(usual.cost, usual.seen.into()));
            }
            for &byte in &*usual.meant {
                raise(&mut lacking, byte.into(), each(usual.cost, usual.meant.len()));
            }
        }
        Some(Seen {
            strange,
            lacking,
            letters: chars.iter().fold(0, |all, &c| all | letter(c)),
            marks: chars.iter().filter(|c| !c.is_ascii_lowercase()).count() as u32,
            chars,
            ending,
            is_capital: written[0].is_uppercase(),
            is_shouted: capitals > 1 && capitals > small,
        })
    }

    /// Whether a word is dearer than `dearest` for its letters alone: those that only it has, and those that
    /// only the reading has.
    fn too_dear(&self, lacking: u32, strange: u32, dearest: f32) -> bool {
        let sum = |mut letters: u32, costs: &[f32; 26]| {
            let mut sum = 0.0;
            while letters != 0 {
                sum += costs[letters.trailing_zeros() as usize];
                letters &= letters - 1;
            }
            sum
        };
        sum(lacking, &self.lacking) < dearest || sum(strange, &self.strange) < dearest
    }

    /// The word in the case of the reading.
    fn written(&self, word: &str, is_name: bool) -> String {
        match (self.is_shouted, self.is_capital || is_name) {
            (true, _) => word.to_uppercase(),
            (_, true) => descan_text::case::capitalise(word),
            _ => word.to_owned(),
        }
    }
}

/// The least that a letter costs which no usual confusion explains.
fn cost_of_other(chars: &[char]) -> f32 {
    RATE.ln() + if chars.iter().all(|c| c.is_alphabetic()) { grid::ANY.max(grid::LOST) } else { grid::MARK }
}

/// Makes a letter's cost `cost`, if that is less dear.
fn raise(costs: &mut [f32; 26], letter: char, cost: f32) {
    if letter.is_ascii_lowercase() {
        let known = &mut costs[letter as usize - 'a' as usize];
        *known = known.max(cost);
    }
}

fn letters(word: &str) -> u32 {
    word.chars().fold(0, |all, c| all | letter(c))
}

/// The bit of a letter; none for what is no letter.
fn letter(c: char) -> u32 {
    if c.is_ascii_lowercase() { 1 << (c as u32 - 'a' as u32) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::searcher::Searcher;

    fn found(reading: &str) -> Vec<String> {
        let searcher = Searcher::english();
        let resemblance = searcher.resemblance();
        let found = resemblance.search(searcher.language().confusions(), reading);
        // What was added up on the way is what it costs at the same rate.
        found.iter().for_each(|r| assert!(r.channel(&resemblance.cost, RATE) < 0.0, "{r:?}"));
        found.into_iter().map(|r| r.text.into()).collect()
    }

    #[test]
    fn letters_misread_in_no_usual_way_lead_to_the_word() {
        assert!(found("hzrbour").contains(&"harbour".to_owned()));
        assert!(found("Prizoqer").contains(&"Prisoner".to_owned()));
        assert!(found("wh»n").contains(&"when".to_owned()));
        assert!(found("MAGLSTRATZ").contains(&"MAGISTRATE".to_owned()));
    }

    #[test]
    fn what_resembles_nothing_has_no_words() {
        assert!(found("qxzjkvwq").is_empty());
        assert!(found("").is_empty() && found("ab").is_empty() && found(&"long".repeat(30)).is_empty());
        assert!(!found("harbour").contains(&"harbour".to_owned()));
    }
}
