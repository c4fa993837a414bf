//! The file of an archive's statistics: lines of text, of which there is one form only.
//!
//! The first line is [`VERSION`]. Then come the totals, one a line, with how many lines of each
//! kind follow, so that a file that was cut short is none; then the confusions and the words,
//! each sorted by its bytes, with the number of documents and of places.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::str::FromStr;

use super::{ArchiveStats, Confused, Count, Damage};

/// How a file of any version begins.
const KIND: &[u8] = b"descan archive statistics ";
/// The first line of a file.
const VERSION: &str = "descan archive statistics 1";

/// Why bytes are no statistics of an archive, as the end of a sentence that begins with the file's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StatsError {
    /// They do not begin like such a file.
    #[error("not the statistics of an archive of this version; `descan learn ARCHIVE -o FILE` writes them")]
    Version,
    /// A line is not of the form that is written, or is missing; counted from 1.
    #[error("line {0} is damaged or missing; write the file again with `descan learn ARCHIVE -o FILE`")]
    Line(usize),
}

impl ArchiveStats {
    /// The bytes of the file; the same statistics have the same bytes.
    #[must_use]
    pub fn to_text(&self) -> String {
        let Damage { words, of_scan, letters, misread } = self.damage;
        let (confusions, different) = (self.confusions.len(), self.words.len());
        let mut text = format!(
            "{VERSION}\ndocuments\t{}\nwords\t{words}\nof-scan\t{of_scan}\nletters\t{letters}\nmisread\t{misread}\n\
             confusions\t{confusions}\ndifferent-words\t{different}\n",
            self.documents
        );
        // Writing to a string does not fail.
        for (Confused { read, printed }, Count { documents, places }) in &self.confusions {
            let _ = writeln!(text, "{read}\t{printed}\t{documents}\t{places}");
        }
        for (word, Count { documents, places }) in &self.words {
            let _ = writeln!(text, "{word}\t{documents}\t{places}");
        }
        text
    }

    /// Whether bytes begin as a file of statistics does, of whatever version.
    #[must_use]
    pub fn is_begun_by(bytes: &[u8]) -> bool {
        bytes.starts_with(KIND)
    }

    /// Reads the bytes of a file.
    ///
    /// # Errors
    /// They are not of the form that [`ArchiveStats::to_text`] writes.
    pub fn parse(bytes: &[u8]) -> Result<ArchiveStats, StatsError> {
        let first = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
        if first != VERSION.as_bytes() {
            return Err(StatsError::Version);
        }
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let before = &bytes[..error.valid_up_to()];
            StatsError::Line(before.iter().filter(|&&byte| byte == b'\n').count() + 1)
        })?;
        let mut lines = Lines { rest: text, number: 0 };
        lines.next()?;
        let documents = lines.total("documents")?;
        let damage = Damage {
            words: lines.total("words")?,
            of_scan: lines.total("of-scan")?,
            letters: lines.total("letters")?,
            misread: lines.total("misread")?,
        };
        let (confusions, different) = (lines.total("confusions")?, lines.total("different-words")?);
        let confusions = lines.counts(confusions, documents, |name| {
            let (read, printed) = name.split_once('\t')?;
            (!printed.contains('\t')).then(|| Confused { read: read.into(), printed: printed.into() })
        })?;
        let words = lines.counts(different, documents, |name| (!name.contains('\t')).then(|| name.into()))?;
        if !lines.rest.is_empty() {
            return Err(StatsError::Line(lines.number + 1));
        }
        Ok(ArchiveStats { documents, damage, confusions, words })
    }
}

/// The lines of a file that are not read yet.
struct Lines<'t> {
    rest: &'t str,
    /// The number of the last line read.
    number: usize,
}

impl<'t> Lines<'t> {
    fn next(&mut self) -> Result<&'t str, StatsError> {
        self.number += 1;
        let (line, rest) = self.rest.split_once('\n').ok_or(StatsError::Line(self.number))?;
        self.rest = rest;
        Ok(line)
    }

    /// The number behind this name on the next line.
    fn total(&mut self, name: &str) -> Result<u64, StatsError> {
        let found = self.next()?.split_once('\t').filter(|(found, _)| *found == name);
        found.and_then(|(_, total)| number(total)).ok_or(StatsError::Line(self.number))
    }

    /// So many lines with a name and its count, in the order of the names; at most `documents` have each.
    fn counts<K: Ord>(
        &mut self,
        many: u64,
        documents: u64,
        named: impl Fn(&str) -> Option<K>,
    ) -> Result<BTreeMap<K, Count>, StatsError> {
        let mut counts = BTreeMap::new();
        for _ in 0..many {
            let line = self.next()?;
            let broken = StatsError::Line(self.number);
            let (name, count) = split(line).ok_or_else(|| broken.clone())?;
            let name = named(name).ok_or_else(|| broken.clone())?;
            let is_next = counts.last_key_value().is_none_or(|(last, _)| *last < name);
            if !is_next || count.documents == 0 || count.documents > documents || count.places < count.documents {
                return Err(broken);
            }
            counts.insert(name, count);
        }
        Ok(counts)
    }
}

/// A name and the two numbers behind it.
fn split(line: &str) -> Option<(&str, Count)> {
    let (rest, places) = line.rsplit_once('\t')?;
    let (name, documents) = rest.rsplit_once('\t')?;
    Some((name, Count { documents: number(documents)?, places: number(places)? }))
}

/// A number without sign or leading zeros.
fn number(digits: &str) -> Option<u64> {
    let number = u64::from_str(digits).ok()?;
    (number.to_string() == digits).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stats() -> ArchiveStats {
        let mut stats = ArchiveStats { documents: 3, ..ArchiveStats::default() };
        stats.damage = Damage { words: 900, of_scan: 7, letters: 4000, misread: 9 };
        for (read, printed, documents, places) in [("", "l", 1, 1), ("b", "h", 2, 5), ("li", "h", 1, 2)] {
            let confused = Confused { read: read.into(), printed: printed.into() };
            stats.confusions.insert(confused, Count { documents, places });
        }
        for (word, documents, places) in [("Penrodden", 3, 8), ("Zarquil", 1, 1), ("d’Orly", 2, 2)] {
            stats.words.insert(word.into(), Count { documents, places });
        }
        stats
    }

    #[test]
    fn what_is_written_is_read_again() {
        for stats in [ArchiveStats::default(), stats()] {
            assert_eq!(ArchiveStats::parse(stats.to_text().as_bytes()), Ok(stats));
        }
    }

    #[test]
    fn a_file_that_was_cut_or_changed_is_refused_with_the_line() {
        let text = stats().to_text();
        for length in 0..text.len() {
            assert!(ArchiveStats::parse(&text.as_bytes()[..length]).is_err(), "{length}");
        }
        let refused = |old: &str, new: &str| ArchiveStats::parse(text.replacen(old, new, 1).as_bytes());
        assert_eq!(refused("statistics 1", "statistics 2"), Err(StatsError::Version));
        assert_eq!(refused("words\t900", "words\t0900"), Err(StatsError::Line(3)));
        assert_eq!(refused("b\th\t2\t5", "b\th\t6\t5"), Err(StatsError::Line(10)));
        assert_eq!(refused("Zarquil", "Arquil"), Err(StatsError::Line(13)));
        assert_eq!(ArchiveStats::parse(format!("{text}\n").as_bytes()), Err(StatsError::Line(15)));
        let mut bytes = text.clone().into_bytes();
        bytes[text.find("Zarquil").expect("it is there")] = 0xff;
        assert_eq!(ArchiveStats::parse(&bytes), Err(StatsError::Line(13)));
    }

    #[test]
    fn sums_stop_at_the_largest_number() {
        let mut all = stats();
        all.damage.words = u64::MAX;
        all.add(&stats());
        assert_eq!((all.documents, all.damage.words, all.damage.misread), (6, u64::MAX, 18));
        assert_eq!(all.words["Penrodden"], Count { documents: 6, places: 16 });
    }
}
