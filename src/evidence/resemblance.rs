//! The common words that a badly misread word resembles as a whole.
//!
//! The confusions lead from a reading to a word by a usual misreading or two. Where a scan is bad,
//! letters are also misread in ways that no table has. Then every common word is held against the
//! whole reading: first by the sets of their letters, which rules nearly all words out for the price
//! of two bit counts, then by the cheapest way to misread the one as the other (the noisy channel of
//! Brill and Moore, 2000: confusions of several letters, beside any letter for any other).

use super::confusion::Confusions;
use super::lexicon::{Lexicon, Trust};
use super::terms::fold_chars;

/// Words that texts have less often than this are not tried: twice in a million words.
const LEAST_COMMON: u8 = 7;
/// The shortest reading that is held against words as a whole, in letters.
const SHORTEST: usize = 3;
/// The longest reading, in letters: nothing common is longer.
const LONGEST: usize = 20;
/// By how many letters a word may be longer or shorter than the reading.
const SPAN: usize = 2;
/// What it costs, beside the rate of errors, that a letter was read for any other, in nats.
const ANY: f32 = -4.5;
/// The same for a letter that was lost, or is one too many.
const LOST: f32 = -5.0;
/// The same for a mark that is no letter, which every engine writes for what it cannot read.
const MARK: f32 = -1.5;
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
    /// The set of its letters.
    letters: u32,
    /// How common it is, in nats.
    commonness: f32,
    /// Whether it is written with a capital only.
    is_name: bool,
}

/// The cheapest way so far from the start of a reading and of a word to a place in both.
#[derive(Clone, Copy)]
struct Way {
    cost: f32,
    /// Where it comes from, in letters back of the reading and of the word.
    from: (u8, u8),
    /// The confusion that was the last step; none for a letter read right or for another.
    step: Option<u16>,
}

const NO_WAY: Way = Way { cost: f32::NEG_INFINITY, from: (0, 0), step: None };

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
                words.push(Common { word: word.into(), letters: letters(word), commonness, is_name: !entry.lower() });
            }
        });
        words.sort_by(|a, b| (a.word.len(), &a.word).cmp(&(b.word.len(), &b.word)));
        words.dedup_by(|b, a| a.word == b.word);
        let by_length = std::array::from_fn(|length| words.partition_point(|w| w.word.len() < length));
        let cost = (0..confusions.len()).map(|i| confusions.get(i as u16).weight + RATE.ln()).collect();
        Resemblance { words, by_length, cost }
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
        let mut found: Vec<(f32, Resembled)> = Vec::new();
        let mut table = Vec::new();
        for common in &self.words[range] {
            // One letter may stand for two, m for rn.
            if (common.letters & !seen.letters).count_ones() > allowed + 1 + seen.marks
                || (seen.letters & !common.letters).count_ones() > allowed
            {
                continue;
            }
            let Some(channel) = seen.channel(&common.word, rate, dearest, &mut table) else { continue };
            let text = seen.written(&common.word, common.is_name);
            if text != reading {
                let (steps, unusual) = seen.steps(&common.word, &table);
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
struct Seen<'s> {
    confusions: &'s Confusions,
    cost: &'s [f32],
    /// Its characters, folded.
    chars: Vec<char>,
    letters: u32,
    /// How many of its characters are no letters.
    marks: u32,
    /// The confusions whose letters end at each place.
    ending: Vec<Vec<(u16, u8)>>,
    is_capital: bool,
    is_shouted: bool,
}

impl<'s> Seen<'s> {
    fn of(reading: &str, confusions: &'s Confusions, cost: &'s [f32]) -> Option<Seen<'s>> {
        let mut chars = Vec::new();
        fold_chars(reading, |c| chars.push(c));
        let written: Vec<char> = reading.chars().collect();
        if !(SHORTEST..=LONGEST).contains(&chars.len()) || written.len() != chars.len() {
            return None;
        }
        let mut ending = vec![Vec::new(); chars.len() + 1];
        for (place, (at, _)) in reading.char_indices().enumerate() {
            for index in confusions.seen_at(&reading[at..]) {
                let length = confusions.get(index).seen.chars().count();
                ending[place + length].push((index, length as u8));
            }
        }
        let capitals = written.iter().filter(|c| c.is_uppercase()).count();
        let small = written.iter().filter(|c| c.is_lowercase()).count();
        Some(Seen {
            confusions,
            cost,
            letters: chars.iter().fold(0, |all, &c| all | letter(c)),
            marks: chars.iter().filter(|c| !c.is_ascii_lowercase()).count() as u32,
            chars,
            ending,
            is_capital: written[0].is_uppercase(),
            is_shouted: capitals > 1 && capitals > small,
        })
    }

    /// How easily `word` is read so, in nats; nothing if it is dearer than `dearest`. The ways are left in `table`.
    fn channel(&self, word: &str, rate: f32, dearest: f32, table: &mut Vec<Way>) -> Option<f32> {
        let (word, width) = (word.as_bytes(), word.len() + 1);
        table.clear();
        table.resize((self.chars.len() + 1) * width, NO_WAY);
        table[0].cost = 0.0;
        for read in 0..=self.chars.len() {
            let mut best = f32::NEG_INFINITY;
            for printed in read.saturating_sub(SPAN)..=(read + SPAN).min(word.len()) {
                let mut way = if read + printed == 0 { table[0] } else { NO_WAY };
                let mut try_way = |cost: f32, back: (usize, usize), step| {
                    let before: Way = table[(read - back.0) * width + printed - back.1];
                    if before.cost + cost > way.cost {
                        way = Way { cost: before.cost + cost, from: (back.0 as u8, back.1 as u8), step };
                    }
                };
                if read > 0 && printed > 0 {
                    let (c, meant) = (self.chars[read - 1], char::from(word[printed - 1]));
                    let other = if c.is_alphabetic() { ANY } else { MARK };
                    try_way(if c == meant { 0.0 } else { rate + other }, (1, 1), None);
                }
                if read > 0 {
                    let extra = if self.chars[read - 1].is_alphabetic() { LOST } else { MARK };
                    try_way(rate + extra, (1, 0), None);
                }
                if printed > 0 {
                    try_way(rate + LOST, (0, 1), None);
                }
                for &(index, length) in &self.ending[read] {
                    let meant = self.confusions.folded(index);
                    if word[..printed].ends_with(meant) {
                        try_way(self.cost[usize::from(index)], (usize::from(length), meant.len()), Some(index));
                    }
                }
                best = best.max(way.cost);
                table[read * width + printed] = way;
            }
            if best < dearest {
                return None;
            }
        }
        table.last().map(|way| way.cost).filter(|&cost| cost >= dearest)
    }

    /// The confusions on the cheapest way through `table`, and how many letters were misread otherwise.
    fn steps(&self, word: &str, table: &[Way]) -> (Vec<u16>, u8) {
        let (mut read, mut printed) = (self.chars.len(), word.len());
        let (mut steps, mut unusual) = (Vec::new(), 0);
        while read + printed > 0 {
            let Way { from: (back, back_printed), step, .. } = table[read * (word.len() + 1) + printed];
            let is_right =
                (back, back_printed) == (1, 1) && self.chars[read - 1] == char::from(word.as_bytes()[printed - 1]);
            match step {
                Some(index) => steps.push(index),
                None => unusual += u8::from(!is_right),
            }
            read -= usize::from(back);
            printed -= usize::from(back_printed);
        }
        steps.reverse();
        (steps, unusual)
    }

    /// The word in the case of the reading.
    fn written(&self, word: &str, is_name: bool) -> String {
        match (self.is_shouted, self.is_capital || is_name) {
            (true, _) => word.to_uppercase(),
            (_, true) => super::reach::capitalise(word),
            _ => word.to_owned(),
        }
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
    use crate::evidence::language::Language;

    fn found(reading: &str) -> Vec<String> {
        let language = Language::english();
        let resemblance = language.resemblance();
        let found = resemblance.search(language.confusions(), reading);
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
