//! A stable identifier for a finding that survives changes to surrounding text.
//!
//! Baselines and decisions must find a place again after lines were inserted
//! elsewhere, the text was re-wrapped or its line ends changed. A line number
//! survives none of that. A fingerprint is computed from what stays the same:
//! the rule, the text it found, and the letters around it.

use std::fmt;
use std::str::FromStr;

use descan_core::finding::Finding;
use descan_rules::RuleSet;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

/// Letters and digits of context on either side: three to five words. With
/// more, repairing nearby damage would make the place look new; with fewer,
/// different places would get the same fingerprint.
const CONTEXT: usize = 20;

/// How far to search for context, in characters. The limit keeps pages of dots,
/// rules or spaces from being scanned once per finding.
const REACH: usize = 400;

/// Separates the fields. It occurs neither in rule names nor in folded text.
const FIELD: [u8; 1] = [0];

/// The first 64 bits of a SHA-256; written as 16 hexadecimal digits.
///
/// The hash covers the rule's name, the text found (runs of whitespace folded to
/// one space), the nearest 20 letters or digits on either side (in lower case;
/// spaces, hyphens and punctuation do not count) and, if all of these occur more
/// than once in a file, the number of the occurrence. The replacement is not
/// included: a better reading of the same damage is not new damage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Fingerprint(u64);

/// The text is not a fingerprint.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{0:?} is not a fingerprint, which is 16 digits from 0 to 9 and a to f")]
pub struct FingerprintError(String);

/// The fingerprints of a text's findings, in their order.
///
/// `findings` must be everything that [`descan_core::pipeline::clean`] returned
/// for `text`, the document's text: identical places are numbered in order.
pub fn compute(text: &str, findings: &[Finding], rules: &RuleSet) -> Vec<Fingerprint> {
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

/// The hash of a place, before identical places are numbered.
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
    // Otherwise a finding of spaces only would look empty.
    let blank = !finding.before.is_empty() && finding.before.trim().is_empty();
    hash.update(if blank { b" " } else { b"".as_slice() });
    hash.update(FIELD);
    hash.update(letters(text[..finding.span.start].chars().rev()));
    hash.update(FIELD);
    hash.update(letters(text[finding.span.end..].chars()));
    hash.update(FIELD);
    hash
}

/// The nearest letters and digits, in lower case.
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
    type Err = FingerprintError;

    fn from_str(text: &str) -> Result<Fingerprint, FingerprintError> {
        let digits = text.len() == 16 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        let bits = digits.then(|| u64::from_str_radix(text, 16).ok()).flatten();
        bits.map(Fingerprint).ok_or_else(|| FingerprintError(text.to_owned()))
    }
}

impl From<Fingerprint> for String {
    fn from(fingerprint: Fingerprint) -> String {
        fingerprint.to_string()
    }
}

impl TryFrom<String> for Fingerprint {
    type Error = FingerprintError;

    fn try_from(text: String) -> Result<Fingerprint, FingerprintError> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use descan_core::pass::Options;
    use descan_core::pipeline::clean;
    use descan_source::Document;

    /// The findings in a text, with their fingerprints.
    fn marks(text: &str) -> Vec<(String, Fingerprint)> {
        let (document, rules) = (Document::decode(text.as_bytes()), RuleSet::built_in());
        let found = clean(&document, &rules, &Options::default()).findings;
        let marks = compute(document.text(), &found, &rules);
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
    fn identical_places_are_numbered() {
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
