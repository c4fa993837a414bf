//! Groups findings into series that are decided together, as proofreaders do:
//! “`tbe` → `the`, 123 times”.
//!
//! Repairs of words that occur several times are grouped by their reading; all others
//! by their rule, and those of rare rules by their pass. Guesses (`suspect`) by one rule
//! are a series of their own, so that they are never decided with its surer repairs. In a
//! series of one reading they are counted apart.

use std::ops::Range;

use descan_core::finding::Finding;
use descan_rules::{PassName, RuleId};
use descan_text::level::Level;
use descan_text::token::{is_apostrophe, is_word_char, words};
use rustc_hash::FxHashMap;

/// Places with the same reading that make a series of their own.
const SAME: usize = 3;
/// Findings by one rule that make a series of their own.
const BY_RULE: usize = 5;
/// The longest word looked at beside a finding, in characters.
const LONGEST: usize = 60;

/// What a series has in common.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Common {
    /// Whole words before and after the repair.
    Reading(Reading),
    /// A rule; `suspect` says whether these are its guesses.
    #[allow(missing_docs)]
    Rule { rule: RuleId, suspect: bool },
    /// A pass, for rules with few findings.
    #[allow(missing_docs)]
    Pass { pass: PassName, suspect: bool },
}

/// The whole words at a finding, before and after the repair. Runs of white space are
/// one space.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub struct Reading {
    pub old: String,
    pub new: String,
}

/// What the grouping needs to know about a finding.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its reading.
    pub reading: Reading,
    /// The rule that changes most there.
    pub rule: RuleId,
    /// The rule's pass.
    pub pass: PassName,
    /// How sure it is.
    pub level: Level,
    /// The probability that it is right, from 0 to 1.
    pub confidence: f64,
    /// Whether `clean` applies it by itself.
    pub applied: bool,
}

/// Findings that are decided together.
#[derive(Clone, Debug)]
pub struct Series {
    /// What they have in common.
    pub common: Common,
    /// Their indices, in order.
    pub members: Vec<usize>,
    /// The sum of their doubts.
    pub doubt: f64,
    /// Whether `clean` applies all of them by itself.
    pub all_applied: bool,
}

/// All series: those with repairs that `clean` does not apply by itself first, and among
/// those, and the others, the ones with the most doubt (doubt × count) first.
pub fn series(members: &[Member]) -> Vec<Series> {
    let mut readings: FxHashMap<&Reading, usize> = FxHashMap::default();
    let mut rules: FxHashMap<(RuleId, bool), usize> = FxHashMap::default();
    let of_words = |m: &Member| matches!(m.pass, PassName::Letters | PassName::Words | PassName::Context);
    for member in members.iter().filter(|m| of_words(m)) {
        *readings.entry(&member.reading).or_default() += 1;
    }
    let by_reading = |m: &Member| of_words(m) && readings[&m.reading] >= SAME;
    for member in members.iter().filter(|m| !by_reading(m)) {
        *rules.entry((member.rule, member.level == Level::Suspect)).or_default() += 1;
    }
    let mut places: FxHashMap<Common, usize> = FxHashMap::default();
    let mut all: Vec<Series> = Vec::new();
    for (index, member) in members.iter().enumerate() {
        let suspect = member.level == Level::Suspect;
        let common = if by_reading(member) {
            Common::Reading(member.reading.clone())
        } else if rules[&(member.rule, suspect)] >= BY_RULE {
            Common::Rule { rule: member.rule, suspect }
        } else {
            Common::Pass { pass: member.pass, suspect }
        };
        let place = *places.entry(common.clone()).or_insert(all.len());
        if place == all.len() {
            all.push(Series { common, members: Vec::new(), doubt: 0.0, all_applied: true });
        }
        let series = &mut all[place];
        series.members.push(index);
        series.doubt += doubt(member.confidence);
        series.all_applied &= member.applied;
    }
    // The sort is stable: equals stay in the order of the text.
    all.sort_by(|a, b| a.all_applied.cmp(&b.all_applied).then(b.doubt.total_cmp(&a.doubt)));
    all
}

/// How doubtful a finding is: 1 if its repair is as likely right as wrong, 0 if one of the
/// two is sure.
pub fn doubt(confidence: f64) -> f64 {
    1.0 - (2.0 * confidence - 1.0).abs()
}

/// The reading of a finding in its text.
pub fn reading(text: &str, finding: &Finding) -> Reading {
    in_words(text, &finding.span, &finding.before, &finding.after)
}

/// Whether a finding changes white space alone: every word and mark stays, and no word is
/// joined or split.
pub fn is_spacing(text: &str, finding: &Finding) -> bool {
    only_spaces(text, &finding.span, &finding.before, &finding.after)
}

/// As `is_spacing`, of the edit by itself, without the findings that are part of it.
pub fn is_spacing_by_itself(text: &str, finding: &Finding) -> bool {
    only_spaces(text, &finding.spot.span, &finding.spot.before, &finding.spot.after)
}

fn only_spaces(text: &str, span: &Range<usize>, before: &str, after: &str) -> bool {
    if !before.chars().filter(|c| !c.is_whitespace()).eq(after.chars().filter(|c| !c.is_whitespace())) {
        return false;
    }
    let Reading { old, new } = in_words(text, span, before, after);
    words(&old).map(|w| w.text(&old)).eq(words(&new).map(|w| w.text(&new)))
}

/// A change with the rest of the words around it.
fn in_words(text: &str, span: &Range<usize>, before: &str, after: &str) -> Reading {
    let whole = whole_words(text, span);
    let [left, right] = [&text[whole.start..span.start], &text[span.end..whole.end]];
    Reading { old: one_line(&[left, before, right].concat()), new: one_line(&[left, after, right].concat()) }
}

/// A span widened to whole words, each of at most 60 characters.
pub fn whole_words(text: &str, span: &Range<usize>) -> Range<usize> {
    let in_word = |c: &char| is_word_char(*c) || is_apostrophe(*c);
    let back = text[..span.start].chars().rev().take(LONGEST).take_while(in_word).map(char::len_utf8).sum::<usize>();
    let on = text[span.end..].chars().take(LONGEST).take_while(in_word).map(char::len_utf8).sum::<usize>();
    span.start - back..span.end + on
}

fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use descan_core::finding::Spot;
    use descan_rules::RuleId;

    use super::*;

    fn finding(text: &str, before: &str, after: &str) -> Finding {
        let start = text.find(before).expect("there");
        Finding {
            rule: RuleId::RUN_ON,
            pass: PassName::Words,
            level: Level::Certain,
            confidence: 1.0,
            span: start..start + before.len(),
            before: before.to_owned(),
            after: after.to_owned(),
            spot: Spot::default(),
            weighed: None,
            reasons: Vec::new(),
            region: descan_text::layout::Region::Prose,
            applied: true,
            part_of: None,
            decided: None,
        }
    }

    fn member(old: &str, rule: RuleId, pass: PassName, confidence: f64) -> Member {
        let level = match confidence {
            c if c >= 0.99 => Level::Certain,
            c if c >= 0.6 => Level::Probable,
            _ => Level::Suspect,
        };
        let reading = Reading { old: old.to_owned(), new: "the".to_owned() };
        Member { reading, rule, pass, level, confidence, applied: level == Level::Certain }
    }

    #[test]
    fn white_space_alone_is_told_from_joins_and_splits() {
        let is = |text, before, after| is_spacing(text, &finding(text, before, after));
        assert!(is("by the road ;", " ;", ";"));
        assert!(is("at the end  \nof it", "  \n", "\n"));
        assert!(!is("half ofthe boats", "ofthe", "of the"), "two words");
        assert!(!is("for a mo ment", " m", "m"), "one word");
        assert!(!is("was mar-\nried in", "-\nried ", "ried\n"), "a hyphen goes");
        assert!(!is("the end ,", " ,", "."));
        let text = "saw tne \nboats";
        let mut whole = finding(text, "tne \n", "the\n");
        whole.spot = Spot { span: 7..8, before: " ".to_owned(), after: String::new() };
        assert!(!is_spacing(text, &whole) && is_spacing_by_itself(text, &whole), "a word is part of it");
    }

    #[test]
    fn a_reading_is_of_whole_words() {
        let text = "and tbe-\nboats of Ervan’s";
        let Reading { old, new } = reading(text, &finding(text, "b", "h"));
        assert_eq!([old, new], ["tbe", "the"]);
        let Reading { old, new } = reading(text, &finding(text, "r", "l"));
        assert_eq!([old, new], ["Ervan’s", "Elvan’s"]);
    }

    #[test]
    fn series_come_by_doubt_and_suggested_ones_first() {
        let (letters, words) = (PassName::Letters, PassName::Words);
        let mut members = vec![member("tbe", RuleId::MISREAD_LETTERS, letters, 0.995); 4];
        members.extend(vec![member("tne", RuleId::MISREAD_LETTERS, letters, 0.7); 3]);
        members.push(member("xhe", RuleId::MISREAD_LETTERS, letters, 0.3));
        members.push(member("yhe", RuleId::MISREAD_LETTERS, letters, 0.3));
        members.push(member("zhe", RuleId::MISREAD_LETTERS, letters, 0.2));
        members.push(member("whe", RuleId::MISREAD_LETTERS, letters, 0.2));
        members.push(member("vhe", RuleId::MISREAD_LETTERS, letters, 0.2));
        members.push(member("qhe", RuleId::MISREAD_LETTERS, letters, 0.8));
        members.push(member("ofthe", RuleId::RUN_ON, words, 0.8));
        members.extend(vec![member("-", RuleId::BROKEN_HYPHENATION, PassName::Lines, 0.999); 5]);
        let all = series(&members);
        let of = |common: &Common| all.iter().position(|s| s.common == *common).expect("there");
        let tne = of(&Common::Reading(Reading { old: "tne".to_owned(), new: "the".to_owned() }));
        let tbe = of(&Common::Reading(Reading { old: "tbe".to_owned(), new: "the".to_owned() }));
        let guesses = of(&Common::Rule { rule: RuleId::MISREAD_LETTERS, suspect: true });
        let joins = of(&Common::Rule { rule: RuleId::BROKEN_HYPHENATION, suspect: false });
        of(&Common::Pass { pass: letters, suspect: false });
        of(&Common::Pass { pass: words, suspect: false });
        assert_eq!(all.len(), 6);
        assert_eq!([tne, guesses, tbe, joins], [1, 0, 4, 5], "{all:?}");
        assert_eq!(all[guesses].members, [7, 8, 9, 10, 11]);
    }
}
