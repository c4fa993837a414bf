//! What a finding is known by when the text around it moves.
//!
//! Baselines and decisions must find a place again after lines were put in
//! elsewhere, the text was wrapped anew or its line ends changed. A line number
//! survives none of that. A fingerprint is made of what stays: the rule, the
//! text it found, and the letters around it.

use std::fmt;
use std::str::FromStr;

use descan_core::finding::Finding;
use descan_rules::RuleSet;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

/// Letters and digits of context on either side: three to five words. More
/// would tie a place to the damage beside it, whose repair would then make the
/// place look new; fewer would make unlike places alike.
const CONTEXT: usize = 20;

/// Characters looked through for the context: past so many of nothing but
/// rules and blanks there is none. It keeps a page of dots from costing a scan
/// a finding.
const REACH: usize = 400;

/// Parts the fields, so that none runs into the next. It cannot stand in a rule
/// name or in folded text.
const FIELD: [u8; 1] = [0];

/// The first 64 bits of a SHA-256; written as 16 hexadecimal digits.
///
/// It is made of the rule's name, the text found (blanks and line breaks folded
/// to one space), the nearest 20 letters or digits on either side (in small
/// letters; blanks, hyphens and marks do not count) and, where all of that is
/// the same several times in a file, which of them it is. What the text
/// *becomes* is not in it: a better reading of the same damage is no new damage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Fingerprint(u64);

/// Text that is no fingerprint.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{0:?} is no fingerprint; one has 16 digits from 0 to 9 and a to f")]
pub struct NoFingerprint(String);

/// The fingerprints of a text's findings, in their order.
///
/// `findings` are all that [`descan_core::pipeline::clean`] gave for `text`, the
/// document's text: of places that are alike the first, the second … is told by
/// their order.
pub fn of(text: &str, findings: &[Finding], rules: &RuleSet) -> Vec<Fingerprint> {
    let mut seen: FxHashMap<u64, u32> = FxHashMap::default();
    let one = |finding: &Finding| {
        let place = place(text, finding, rules.get(finding.rule).first_name());
        let number = seen.entry(first_bits(&place.clone().finalize())).or_default();
        let whole = place.chain_update(number.to_be_bytes()).finalize();
        *number += 1;
        Fingerprint(first_bits(&whole))
    };
    findings.iter().map(one).collect()
}

/// The hash of a place, before those that are alike are told apart.
fn place(text: &str, finding: &Finding, rule: &str) -> Sha256 {
    let mut hash = Sha256::new_with_prefix(b"descan 1\0");
    hash.update(rule);
    hash.update(FIELD);
    for (index, word) in finding.before.split_whitespace().enumerate() {
        if index > 0 {
            hash.update(b" ");
        }
        hash.update(word);
    }
    // Blanks alone would else look like nothing at all.
    let blank = !finding.before.is_empty() && finding.before.trim().is_empty();
    hash.update(if blank { b" " } else { b"".as_slice() });
    hash.update(FIELD);
    hash.update(letters(text[..finding.span.start].chars().rev()));
    hash.update(FIELD);
    hash.update(letters(text[finding.span.end..].chars()));
    hash.update(FIELD);
    hash
}

/// The nearest letters and digits, in small letters.
fn letters(chars: impl Iterator<Item = char>) -> String {
    chars.take(REACH).filter(|c| c.is_alphanumeric()).take(CONTEXT).flat_map(char::to_lowercase).collect()
}

fn first_bits(hash: &[u8]) -> u64 {
    hash.iter().take(8).fold(0, |bits, &byte| bits << 8 | u64::from(byte))
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for Fingerprint {
    type Err = NoFingerprint;

    fn from_str(text: &str) -> Result<Fingerprint, NoFingerprint> {
        let digits = text.len() == 16 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        let bits = digits.then(|| u64::from_str_radix(text, 16).ok()).flatten();
        bits.map(Fingerprint).ok_or_else(|| NoFingerprint(text.to_owned()))
    }
}

impl From<Fingerprint> for String {
    fn from(fingerprint: Fingerprint) -> String {
        fingerprint.to_string()
    }
}

impl TryFrom<String> for Fingerprint {
    type Error = NoFingerprint;

    fn try_from(text: String) -> Result<Fingerprint, NoFingerprint> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use descan_core::pass::Options;
    use descan_core::pipeline::clean;
    use descan_source::Document;

    /// What is found in a text, with its fingerprint.
    fn marks(text: &str) -> Vec<(String, Fingerprint)> {
        let (document, rules) = (Document::decode(text.as_bytes()), RuleSet::built_in());
        let found = clean(&document, &rules, &Options::default()).findings;
        let marks = of(document.text(), &found, &rules);
        found.into_iter().map(|f| f.before).zip(marks).collect()
    }

    const STORY: &str = "Long before the bells she had been up and about.\n\
        She opened the of\u{fb01}ce door at noon and saw nobody there.\n\
        The other of\u{fb01}ce was shut, as it was every day of the week.\n";

    #[test]
    fn the_same_place_elsewhere_has_the_same_mark() {
        let here = marks(STORY);
        assert_eq!(here.len(), 2, "{here:?}");
        assert_ne!(here[0].1, here[1].1, "two places");
        let lower = format!("The kettle sang on the stove, and the cat slept on.\n\n{STORY}");
        assert_eq!(marks(&lower), here, "lines put in above");
        assert_eq!(marks(&STORY.replace(' ', "\n")), here, "wrapped anew");
        assert_eq!(marks(&STORY.replace('\n', "\r\n")), here, "other line ends");
        assert_eq!(marks(&STORY.replace("door at noon", "door, at noon")), here, "a mark beside it");
    }

    #[test]
    fn other_neighbours_make_another_place() {
        assert_ne!(marks(STORY)[0].1, marks(&STORY.replace("door", "gate"))[0].1);
    }

    #[test]
    fn places_that_are_alike_are_told_apart_by_their_number() {
        let line = "In the quiet of\u{fb01}ce nobody spoke a word.\n";
        let long = "The rain fell upon the roofs of the town all day long.\n";
        let twice = marks(&[long, line, long, line, long].concat());
        assert_eq!(twice.len(), 2, "{twice:?}");
        assert_ne!(twice[0].1, twice[1].1);
        assert_eq!(marks(&[long, line, long].concat())[0], twice[0]);
    }

    #[test]
    fn it_reads_what_it_writes_and_nothing_else() {
        let mark = Fingerprint(0x00ab_cdef);
        assert_eq!(mark.to_string(), "0000000000abcdef");
        assert_eq!(mark.to_string().parse(), Ok(mark));
        for wrong in ["", "abc", "0000000000ABCDEF", "+000000000abcdef", "00000000000abcdef"] {
            assert!(wrong.parse::<Fingerprint>().is_err(), "{wrong}");
        }
    }
}
