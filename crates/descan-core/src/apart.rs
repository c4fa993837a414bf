//! Lines that are no sentences: formulas, listings of programs, scores of games.
//!
//! In a scan of a manual or of a book of science they stand between the paragraphs without a mark of their own, and
//! are read as badly as pictures are. What shows damage in a sentence, a blank before a full stop, a quote that turns
//! the wrong way, a word that stands twice, shows nothing there. A line is known by what it is made of: signs,
//! single letters, letters among figures and short forms in capitals, and no more words than of these.

use std::ops::Range;

use descan_lang::lexicon::Lexicon;
use descan_rules::{PassName, Reason, RuleId};
use descan_text::layout::Region;
use descan_text::level::Level;
use descan_text::token::floor;
use rustc_hash::FxHashMap;

use crate::evidence::vocabulary::fold;
use crate::pass::{Basis, Proposal, View};
use crate::typed::{MOST_CONFIDENCE, may_be_typed};

/// So many signs at least has a line that is no sentence.
const SIGNS: usize = 3;
/// So many signs at least have the lines around one that has few words itself.
const SIGNS_AROUND: usize = 5;
/// So few words a line has at most that is told by those around it.
const FEW: usize = 2;
/// So many lines to either side speak for a line, and so far away at most.
const BESIDE: usize = 3;
const FAR: usize = 12;
/// Further than this from the place a line is not read, in bytes.
const REACH: usize = 200;
/// A piece of a formula with a bracket in it is so long at most, in bytes; a longer one may be two words.
const PIECE: usize = 8;
/// What joins the halves of a word.
const BROKEN: [RuleId; 2] = [RuleId::BROKEN_HYPHENATION, RuleId::BROKEN_COMPOUND];
/// So near a place a formula is looked for within a line, in bytes.
const NEAR: usize = 30;
/// The least log2 frequency of a word of two letters, and of three.
const SHORT_WORDS: [u8; 2] = [13, 8];

/// What a line is made of.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    /// Words in small letters, or with a capital at the start.
    words: usize,
    /// Words in capitals.
    capitals: usize,
    /// What sentences are not made of.
    signs: usize,
    /// Whether it has the sign of an equation.
    has_equals: bool,
}

impl Tally {
    fn of(part: &str, lexicon: &Lexicon) -> Tally {
        let mut tally = Tally { has_equals: part.contains('='), ..Tally::default() };
        // Three letters in a row are a word that is set apart: `n o t`.
        let (mut row, mut signs_in_row) = (0, 0);
        for chunk in part.split_whitespace() {
            let kind = Kind::of(chunk, lexicon);
            match kind {
                Kind::Word => tally.words += 1,
                Kind::Capitals => tally.capitals += 1,
                Kind::Sign => tally.signs += 1,
                Kind::Neither => {}
            }
            let is_letter = chunk.chars().all(char::is_alphabetic) && chunk.chars().count() == 1;
            (row, signs_in_row) = match is_letter {
                true => (row + 1, signs_in_row + usize::from(kind == Kind::Sign)),
                false => (0, 0),
            };
            if row >= 3 {
                tally.signs -= signs_in_row;
                signs_in_row = 0;
            }
        }
        tally
    }

    /// Both together.
    fn and(self, other: Tally) -> Tally {
        Tally {
            words: self.words + other.words,
            capitals: self.capitals + other.capitals,
            signs: self.signs + other.signs,
            has_equals: self.has_equals || other.has_equals,
        }
    }

    /// The same without a part that is replaced, where that is of several pieces: letters set apart are no formula.
    fn without(self, part: &str, lexicon: &Lexicon) -> Tally {
        let gone = if part.trim().contains(' ') { Tally::of(part, lexicon).signs } else { 0 };
        Tally { signs: self.signs.saturating_sub(gone), ..self }
    }

    /// Whether a line is no sentence, by itself.
    fn is_apart(self) -> bool {
        self.signs >= SIGNS && self.signs > self.words + self.capitals / 2
    }

    /// The same where there are twice as many signs as words.
    fn is_far_apart(self) -> bool {
        self.signs >= SIGNS && self.signs >= 2 * (self.words + self.capitals)
    }
}

/// What stands between two blanks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Word,
    Capitals,
    Sign,
    /// A number, a dash, a name, a word that was misread or has two letters.
    Neither,
}

impl Kind {
    fn of(chunk: &str, lexicon: &Lexicon) -> Kind {
        let core = chunk.trim_matches(|c: char| !c.is_alphanumeric());
        if core.is_empty() {
            let is_usual = |c: char| matches!(c, '-' | '—' | '–' | '…' | '“' | '”' | '"' | '*' | '&' | '•' | '·' | '¶');
            let is_row = chunk.starts_with("..") || chunk.starts_with(is_money);
            return if is_row || chunk.chars().all(is_usual) { Kind::Neither } else { Kind::Sign };
        }
        if is_word(core, lexicon) {
            let is_large = core.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
            return match core.len() {
                ..=2 => Kind::Neither,
                _ if is_large => Kind::Capitals,
                _ => Kind::Word,
            };
        }
        if is_formula(chunk, core) { Kind::Sign } else { Kind::Neither }
    }
}

/// Whether a chunk without its marks is a word of the language, or a compound of such words.
fn is_word(core: &str, lexicon: &Lexicon) -> bool {
    core.split(['-', '—', '–', '/', '‑', '_']).filter(|part| !part.is_empty()).all(|part| {
        let least = match part.len() {
            1 => return core.len() > 1,
            length @ 2..=3 => SHORT_WORDS[length - 2],
            _ => 0,
        };
        let is_cased = part.chars().skip(1).all(|c| !c.is_uppercase()) || !part.chars().any(char::is_lowercase);
        let entry = || lexicon.lookup(&fold(part));
        is_cased && entry().is_some_and(|entry| !entry.usually_misread() && entry.log2_frequency() >= least)
    })
}

fn is_money(c: char) -> bool {
    matches!(c, '$' | '£' | '¢' | '§' | '%')
}

/// Whether what is no word is a piece of a formula or a listing: `E0=2`, `x`, `0A26`, `JSR`.
fn is_formula(chunk: &str, core: &str) -> bool {
    let is_operator = |c: char| {
        matches!(c, '=' | '+' | '<' | '>' | '\\' | '^' | '{' | '}' | '~' | '±' | '×' | '÷')
            || matches!(c, '\u{2190}'..='\u{22ff}' | '\u{391}'..='\u{3c9}') && core.chars().count() <= 3
    };
    let figures = core.bytes().filter(u8::is_ascii_digit).count();
    let is_joint = |c: char| matches!(c, '_' | '|' | '*') || figures > 0 && matches!(c, '@' | '#');
    let is_bracket = |c: char| matches!(c, '(' | ')' | '[' | ']' | '"');
    let small = core.chars().filter(|c| c.is_lowercase()).count();
    let marks = chunk.chars().count() - core.chars().count();
    if chunk.contains(is_operator)
        || core.contains(is_joint)
        || core.len() <= PIECE && small <= 2 && core.contains(is_bracket)
        || core.len() <= 2 && marks >= 4
    {
        return true;
    }
    let letters = core.chars().filter(|c| c.is_alphabetic()).count();
    match (letters, figures) {
        (0, _) => false,
        (1, 0) => !chunk.contains(['.', '\'', '’']) && !"aAIOoi".contains(core) && !is_numeral(core),
        (_, 0) => core.len() <= 6 && core.bytes().all(|b| b.is_ascii_uppercase()) && !is_numeral(core),
        // `wid0w`: a figure for a letter.
        _ => !is_number(core) && (small < 2 || figures * 2 > letters),
    }
}

/// Whether a word in capitals is a Roman numeral.
fn is_numeral(core: &str) -> bool {
    core.bytes().all(|byte| b"IVXLCDM".contains(&byte))
}

/// Whether figures with letters are a number: one with misread figures, an ordinal, an amount with its unit.
fn is_number(core: &str) -> bool {
    let unit = core.trim_start_matches(|c: char| !c.is_alphabetic());
    let is_unit = unit.bytes().all(|b| b.is_ascii_lowercase()) && (unit.len() >= 2 || "sdcplh".contains(unit));
    let alike = |c: char| c.is_ascii_digit() || matches!(c, 'l' | 'I' | 'O' | 'o' | 'i' | ',' | '.' | '-' | '–' | ':');
    is_unit || core.chars().all(alike)
}

/// Lowers the proposals of a pass that take a formula or a listing for sentences.
pub(crate) fn lower(proposals: &mut [Proposal], view: &View<'_>) {
    let mut lines = Lines { view, known: FxHashMap::default() };
    for proposal in proposals.iter_mut().filter(|proposal| is_of_sentences(proposal, view)) {
        if !lines.is_apart(proposal) {
            continue;
        }
        proposal.level = Level::Suspect;
        proposal.confidence = proposal.confidence.min(MOST_CONFIDENCE);
        proposal.reasons.push(Reason::new("the line is a formula or a listing, and no sentence"));
    }
}

/// Whether a proposal is one of those that say what sentences look like. A rule that is about tables too says so.
fn is_of_sentences(proposal: &Proposal, view: &View<'_>) -> bool {
    let rule = view.rules().get(proposal.rule);
    if proposal.level == Level::Suspect
        || rule.is_own()
        || matches!(proposal.pass, PassName::Encoding | PassName::Pages)
    {
        return false;
    }
    let is_of_tables = rule.pattern().is_some_and(|pattern| pattern.when.regions.have(Region::Code));
    !is_of_tables && may_be_typed(proposal, view) && !is_margin(proposal, view.text())
}

/// Whether an edit takes or makes nothing but blanks at a line's edge.
fn is_margin(proposal: &Proposal, text: &str) -> bool {
    let is_blank = text[proposal.span.clone()].trim().is_empty() && proposal.text.trim().is_empty();
    let (before, behind) = (&text[..proposal.span.start], &text[proposal.span.end..]);
    let is_edge = |text: Option<char>| text.is_none_or(|c| c == '\n');
    is_blank && (is_edge(before.chars().next_back()) || is_edge(behind.chars().next()))
}

/// What is known of the lines of a view, by their index.
struct Lines<'v> {
    view: &'v View<'v>,
    known: FxHashMap<usize, Tally>,
}

impl Lines<'_> {
    fn is_apart(&mut self, proposal: &Proposal) -> bool {
        let layout = self.view.layout();
        let Range { start, end } = proposal.span;
        let (here, last) = (layout.line_at(start), layout.line_at(end));
        let own = self.tally(here, start).without(&self.view.text()[start..end], self.view.evidence().lexicon());
        // What a word is read for has evidence of its own.
        if proposal.basis == Basis::Likelihood {
            return own.is_far_apart();
        }
        // The rest of a broken word may lead to a formula.
        let is_apart =
            own.is_apart() || !BROKEN.contains(&proposal.rule) && last != here && self.tally(last, end).is_apart();
        is_apart || self.is_in_formula(&proposal.span) || self.is_piece(own, here)
    }

    /// Whether a line is a piece of what the lines beside it are.
    fn is_piece(&mut self, own: Tally, here: usize) -> bool {
        let words = own.words + own.capitals;
        if words > FEW && own.signs * 2 < words {
            return false;
        }
        let beside = self.beside(here);
        let around = beside.iter().fold(Tally::default(), |sum, line| sum.and(*line));
        let is_near = beside.iter().any(|line| line.is_apart());
        is_near && (words == 0 || own.signs * 3 >= words * 2 && own.signs >= 2)
            || words == 0 && own.has_equals
            || words <= FEW && around.signs >= SIGNS_AROUND && around.signs > around.words + around.capitals / 2
    }

    /// Whether a place lies in a formula within a line.
    fn is_in_formula(&self, span: &Range<usize>) -> bool {
        let (text, lines) = (self.view.text(), self.view.layout().lines());
        let Some(line) = lines.get(self.view.layout().line_at(span.start)) else { return false };
        let from = floor(text, span.start.saturating_sub(NEAR)).max(line.start);
        let part = &text[from..floor(text, span.end + NEAR).clamp(from, line.end.max(from))];
        let lexicon = self.view.evidence().lexicon();
        let near = Tally::of(part, lexicon).without(&text[span.clone()], lexicon);
        near.signs > SIGNS && near.is_far_apart()
    }

    /// What the lines beside one are made of that hold anything.
    fn beside(&mut self, here: usize) -> Vec<Tally> {
        let lines = self.view.layout().lines();
        let from = here.saturating_sub(FAR);
        let before = (from..here).rev().filter(|&index| !lines[index].is_blank()).take(BESIDE);
        let behind = (here + 1..lines.len().min(here + FAR)).filter(|&index| !lines[index].is_blank()).take(BESIDE);
        let beside: Vec<(usize, usize)> = before
            .map(|index| (index, lines[index].end))
            .chain(behind.map(|index| (index, lines[index].start)))
            .collect();
        beside.into_iter().map(|(index, at)| self.tally(index, at)).collect()
    }

    /// What a line is made of, as far as it is near a place.
    fn tally(&mut self, index: usize, at: usize) -> Tally {
        let (text, lexicon) = (self.view.text(), self.view.evidence().lexicon());
        let Some(line) = self.view.layout().lines().get(index) else { return Tally::default() };
        if line.end - line.start > 2 * REACH {
            let part = floor(text, at.saturating_sub(REACH)).max(line.start)..floor(text, at + REACH).min(line.end);
            return text.get(part).map_or_else(Tally::default, |part| Tally::of(part, lexicon));
        }
        *self.known.entry(index).or_insert_with(|| Tally::of(&text[line.span()], lexicon))
    }
}

/// Whether a line is a formula or one of a listing: it goes on in no other, and at a page's edge it is no head, though
/// others are like it.
pub(crate) fn is_of_signs(line: &str, view: &View<'_>) -> bool {
    let figures = |chunk: &&str| chunk.contains(|c: char| c.is_ascii_digit() || matches!(c, '=' | '+' | '<' | '>'));
    // Of letters alone a head in capitals may be made that was misread.
    Tally::of(line, view.evidence().lexicon()).is_far_apart() && line.split_whitespace().filter(figures).count() >= 2
}

#[cfg(test)]
mod tests {
    use descan_lang::language::Language;

    use super::*;

    fn is_apart(line: &str) -> bool {
        Tally::of(line, Language::english().lexicon()).is_apart()
    }

    #[test]
    fn formulas_and_listings_are_no_sentences() {
        for line in ["F = q (E + v x B) /c", "0A26 BD 0440 JSR PRINT ,", "7E B44E JMP FATAL", "y = 2 a x + b x"] {
            assert!(is_apart(line), "{line}");
        }
    }

    #[test]
    fn numbers_names_and_misread_words_are_part_of_sentences() {
        for line in [
            "b. 12 May 1803; m. 4 June 1825 Mary Ann, of Hull ;",
            "tbe ftate of tlie harhour , aud of its mole .",
            "J. M. Dace, R. Lund, and 14 others ; 3s. 6d. each, 5 lbs.",
            "CHAPTER XVII. THE QUAY AT NIGHT .",
            "12 24 31 | 17 8 . 9",
        ] {
            assert!(!is_apart(line), "{line}");
        }
    }
}
