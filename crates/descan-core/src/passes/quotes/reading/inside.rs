//! Marks between two letters: apostrophes, and marks read for them.

use descan_lang::terms::{Gap, context};
use descan_lang::words::{WordList, WordLists};
use descan_rules::RuleId;
use descan_text::level::Level;

use super::{Reader, Repair, Role};
use crate::evidence::style::Marks;
use crate::passes::quotes::marks::{Group, is_double, is_single};

/// So many nats better no mark must read between two words than a stop or comma.
const OVER_A_MARK: f32 = 3.0;
/// The least frequency of words that a mark parts.
const COMMON: u8 = 12;

impl Reader<'_> {
    /// Judges a mark between two letters or digits.
    pub(super) fn inside(&self, group: &Group, marks: &str, own_style: bool) -> (Role, Option<Repair>) {
        let letters = group.before.is_some_and(char::is_alphabetic) && group.after.is_some_and(char::is_alphabetic);
        if !letters {
            return (Role::Apostrophe, None);
        }
        let one = marks.chars().count() == 1;
        if marks.chars().all(is_single) && one {
            let wanted = match self.marks {
                _ if own_style => None,
                Marks::Curly => Some(("’", "an apostrophe between letters; the document writes curly ones")),
                Marks::Straight => Some(("'", "an apostrophe between letters; the document writes straight ones")),
                Marks::Unclear => None,
            };
            if !own_style && !is_contraction(self.view.lists(), self.text, group) && self.parts_words(group) {
                let reason = "a mark between two common words that make none together";
                let repair = Repair { rule: RuleId::SPECK_QUOTE, level: Level::Certain, text: " ".to_owned(), reason };
                return (Role::Other, Some(repair));
            }
            let Some((wanted, reason)) = wanted else {
                return (Role::Apostrophe, None);
            };
            let rule = match (marks, self.marks) {
                ("'", _) => RuleId::STRAIGHT_APOSTROPHE,
                (_, Marks::Straight) => RuleId::CURLY_AMONG_STRAIGHT,
                _ => RuleId::TURNED_APOSTROPHE,
            };
            // Where a word in lower case meets a capital, a quotation may begin.
            let meet = group.before.is_some_and(char::is_lowercase) && group.after.is_some_and(char::is_uppercase);
            let joined = !is_contraction(self.view.lists(), self.text, group) && self.joins_words(group);
            // It opens, and no name or short form has it there: it may be a letter's.
            let turned =
                marks == "‘" && !is_contraction(self.view.lists(), self.text, group) && !self.is_spelled(group);
            let level = if turned {
                Level::Suspect
            } else if joined
                || rule == RuleId::STRAIGHT_APOSTROPHE && self.style.curly_apostrophes == 0
                || (meet && (marks == "‘" || self.lone_letter_follows(group)))
            {
                Level::Probable
            } else {
                Level::Certain
            };
            return (Role::Apostrophe, Some(Repair { rule, level, text: wanted.to_owned(), reason }));
        }
        if !is_contraction(self.view.lists(), self.text, group) || self.ends_quotation(group, marks) {
            return (self.plain_role(group, marks), None);
        }
        // Without a clear house style the document's more usual apostrophe, or
        // the mark that stands there, tells which is meant.
        let (curly, straight) = (self.style.curly_apostrophes, self.style.straight_apostrophes);
        let curly = if curly == straight { marks.contains(['’', '‘', '“', '”']) } else { curly > straight };
        let apostrophe = self.style.apostrophe().unwrap_or(if curly { '’' } else { '\'' });
        let (rule, reason) = if one {
            (RuleId::DOUBLE_FOR_APOSTROPHE, "a double quote inside a contraction")
        } else {
            (RuleId::DOUBLED_APOSTROPHE, "two marks where a contraction has one")
        };
        let repair = Repair { rule, level: Level::Certain, text: apostrophe.to_string(), reason };
        (Role::Apostrophe, Some(repair))
    }

    /// Whether the letters on both sides make a word with an apostrophe, or a name as `O’Brien` is.
    fn is_spelled(&self, group: &Group) -> bool {
        let (left, right) = self.sides(group);
        left.chars().count() <= 2 || self.view.evidence().lexicon().is_word(&format!("{left}'{right}"))
    }

    /// Whether the first mark closes the quotation of the very word, which has an ending, or both stand for one in a
    /// string of a program: `“and”’s`, `'It''s'`.
    fn ends_quotation(&self, group: &Group, marks: &str) -> bool {
        let before = &self.text[..group.span.start];
        let word = before.rsplit(char::is_whitespace).next().unwrap_or(before);
        let is_doubled = marks == "''" && word.starts_with('\'');
        // `na"e"ve`: a letter in quotes.
        let is_part = |c: &char| c.is_alphabetic() || is_double(*c);
        let behind: String = self.text[group.span.end..].chars().take_while(is_part).collect();
        let goes_on = behind.ends_with(char::is_alphabetic);
        let is_pair = goes_on && (behind.contains(is_double) || word.trim_start_matches(is_double).contains(is_double));
        is_doubled
            || is_pair && marks.starts_with(is_double)
            || marks.starts_with(is_double) && marks.ends_with(is_single) && word.contains(is_double)
    }

    /// Whether the mark and one letter end the word: `say'T` has lost a space.
    fn lone_letter_follows(&self, group: &Group) -> bool {
        self.text[group.span.end..].chars().nth(1).is_none_or(|c| !c.is_alphanumeric())
    }

    /// Whether the mark stands between two words of the lexicon that make none
    /// together: then it is a speck in the place of a space.
    fn joins_words(&self, group: &Group) -> bool {
        let (left, right) = self.sides(group);
        let lexicon = self.view.evidence().lexicon();
        left.len() >= 2
            && right.len() >= 2
            && lexicon.is_word(left)
            && lexicon.is_word(right)
            && !lexicon.is_word(&format!("{left}'{right}"))
    }

    /// The same where both are so common, and in lower case, that no dialect
    /// spells them together; `an’` is one of its words.
    fn parts_words(&self, group: &Group) -> bool {
        let (left, right) = self.sides(group);
        let lexicon = self.view.evidence().lexicon();
        let common = |word: &str| {
            word.len() >= 2
                && word.bytes().all(|b| b.is_ascii_lowercase())
                && lexicon.lookup(word).is_some_and(|e| e.log2_frequency() >= COMMON && !e.usually_misread())
        };
        if left == "an" || !common(left) || !common(right) || !self.joins_words(group) {
            return false;
        }
        let place = self.view.evidence().ngrams().slot(&context(self.text, group.span.clone()));
        let over = |gap: Gap| place.score(&[]) - place.score(gap.term().as_slice());
        over(Gap::SentenceEnd) > OVER_A_MARK && over(Gap::Comma) > OVER_A_MARK
    }

    /// The letters on either side of the mark.
    fn sides(&self, group: &Group) -> (&str, &str) {
        let end = self.text[group.span.end..]
            .find(|c: char| !c.is_alphanumeric())
            .map_or(self.text.len(), |i| group.span.end + i);
        let before = &self.text[..group.span.start];
        (&before[before.trim_end_matches(char::is_alphanumeric).len()..], &self.text[group.span.end..end])
    }
}

/// Whether the letters after the group end a contraction: `I’m`, `o’clock`.
pub(super) fn is_contraction(lists: &WordLists, text: &str, group: &Group) -> bool {
    let rest = &text[group.span.end..];
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let lower = rest[..end].to_lowercase();
    let before = group.before.unwrap_or(' ');
    // What is longer than two letters follows a single one.
    lists.has(WordList::ContractedTails, &lower) && (lower.len() <= 2 || matches!(before, 'o' | 'O'))
}
