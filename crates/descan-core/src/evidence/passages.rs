//! Passages of mostly unknown words: foreign, archaic, or too badly damaged to read.

use std::ops::Range;

use descan_lang::lexicon::Lexicon;
use descan_text::token::words;

/// The share of unknown words from which a passage is one of these.
pub const MOSTLY: f32 = 0.5;
/// Of fewer words a share says nothing about a place.
const LEAST: u32 = 8;
/// A passage has so many words at least before it is cut at a line's end; what is shorter is not told.
const BLOCK: u32 = 25;

/// Lines whose words are mostly unknown.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// The lines, counted from 1.
    pub lines: Range<usize>,
    /// The share of words that no lexicon has, from [`MOSTLY`] to 1.
    pub unknown: f32,
}

/// How many words there are, and how many of them no lexicon has.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    all: u32,
    unknown: u32,
}

impl Count {
    fn of(text: &str, lexicon: &Lexicon) -> Count {
        let mut count = Count::default();
        for word in words(text).map(|token| token.text(text)) {
            // Numbers and single letters are of any language.
            if word.len() > 1 && word.bytes().any(|b| !b.is_ascii_digit()) {
                count.all += 1;
                count.unknown += u32::from(!lexicon.is_word(word));
            }
        }
        count
    }

    fn and(self, other: Count) -> Count {
        Count { all: self.all + other.all, unknown: self.unknown + other.unknown }
    }

    fn share(self) -> f32 {
        self.unknown as f32 / self.all.max(1) as f32
    }
}

/// The share of the words of a text that no lexicon has; none of a text of a few words only.
pub fn unknown_share(text: &str, lexicon: &Lexicon) -> f32 {
    let count = Count::of(text, lexicon);
    if count.all < LEAST { 0.0 } else { count.share() }
}

/// The passages of a text whose words are mostly unknown, in order.
///
/// ```
/// use descan_core::evidence::passages::mostly_unknown;
/// use descan_lang::language::Language;
/// let english = Language::english();
/// assert!(mostly_unknown("The mill stood still, and nobody came.\n", english.lexicon()).is_empty());
/// ```
pub fn mostly_unknown(text: &str, lexicon: &Lexicon) -> Vec<Passage> {
    let mut found: Vec<(Range<usize>, Count)> = Vec::new();
    let (mut start, mut block, mut goes_on) = (1, Count::default(), false);
    for (index, line) in text.split('\n').chain([""]).enumerate() {
        let (number, is_blank) = (index + 1, line.trim().is_empty());
        block = block.and(Count::of(line, lexicon));
        if !is_blank && block.all < BLOCK {
            continue;
        }
        let lines = start..if is_blank { number } else { number + 1 };
        let is_strange = block.all >= LEAST && block.share() >= MOSTLY;
        match found.last_mut() {
            Some((before, count)) if is_strange && goes_on => {
                *before = before.start..lines.end;
                *count = count.and(block);
            }
            _ if is_strange => found.push((lines, block)),
            _ => {}
        }
        // Blank lines part no passage.
        goes_on = if block.all > 0 { is_strange } else { goes_on };
        (start, block) = (number + 1, Count::default());
    }
    found.retain(|(_, count)| count.all >= BLOCK);
    found.into_iter().map(|(lines, count)| Passage { lines, unknown: count.share() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use descan_lang::language::Language;

    #[test]
    fn foreign_paragraphs_are_one_passage_and_english_ones_none() {
        let english = "The miller came down to the river with his two sons and looked at the wheel.\n";
        let foreign = "Zur Burg hinauf führte damals schmaler Steig, welchen niemand kannte.\n";
        let text = format!("{english}{english}\n{foreign}{foreign}\n{foreign}\n{english}{english}");
        let english = Language::english();
        let found = mostly_unknown(&text, english.lexicon());
        assert!(matches!(&found[..], [Passage { lines: Range { start: 4, end: 8 }, .. }]), "{found:?}");
        assert!(found[0].unknown > 0.7, "{found:?}");
        assert!(mostly_unknown(foreign, english.lexicon()).is_empty(), "one sentence is not told");
    }
}
