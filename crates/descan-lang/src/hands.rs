//! Whose letters an unknown word has: a scan's, or a writer's.
//!
//! Scans and writers of dialect, of jargon and of old spelling both make words
//! that no lexicon has, but not the same ones: `tbe` is a scan's, `wurk` is a
//! writer's. The table says how often each sign stands in scans and in right
//! texts.

use rustc_hash::FxHashMap;

/// What an unknown word shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// It can only be a misreading of one word, by the confusion of that index.
    Confusion(u16),
    /// It may be a misreading of several words.
    Mistakable,
    /// It reads as no word.
    Unread,
}

/// The fields of the table for [`Sign::Mistakable`] and [`Sign::Unread`].
const MISTAKABLE: (&str, &str) = ("", "mistakable");
const UNREAD: (&str, &str) = ("", "unread");

/// What each sign is added to its counts, so that none is thought impossible.
const UNSEEN: f32 = 0.5;
/// Confusions that neither had are as likely in both as this many of all signs.
const KINDS: f32 = 300.0;

/// How much likelier each sign is in a scan than in a writer's text, in nats.
#[derive(Debug, Default)]
pub struct Hands {
    signs: FxHashMap<(Box<str>, Box<str>), f32>,
    other: f32,
}

/// The line of a table that has another form, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {0}: not `read<tab>printed<tab>in scans<tab>in right texts`")]
pub struct HandsError(usize);

impl Hands {
    /// Reads a table: a line a sign (as read, as printed, how often in scans, how
    /// often in right texts), `#` for remarks.
    ///
    /// # Errors
    /// The first line of another form.
    pub fn parse(source: &str) -> Result<Hands, HandsError> {
        let mut counts = Vec::new();
        let (mut scans, mut writers) = (UNSEEN * KINDS, UNSEEN * KINDS);
        for (index, line) in source.lines().enumerate() {
            if !line.starts_with('#') {
                let (pair, scan, writer) = counted(line).ok_or(HandsError(index + 1))?;
                scans += scan;
                writers += writer;
                counts.push((pair, scan, writer));
            }
        }
        let lean = |scan: f32, writer: f32| ((scan + UNSEEN) / scans).ln() - ((writer + UNSEEN) / writers).ln();
        let signs = counts.into_iter().map(|(pair, scan, writer)| (pair, lean(scan, writer))).collect();
        Ok(Hands { signs, other: if source.is_empty() { 0.0 } else { lean(0.0, 0.0) } })
    }

    /// How much likelier a confusion is in a scan than in a writer's text, in nats.
    pub fn of_confusion(&self, seen: &str, meant: &str) -> f32 {
        self.signs.get(&(seen.into(), meant.into())).copied().unwrap_or(self.other)
    }

    /// The same of a word that may be a misreading of several.
    pub fn of_mistakable(&self) -> f32 {
        self.of_confusion(MISTAKABLE.0, MISTAKABLE.1)
    }

    /// The same of a word that reads as none.
    pub fn of_unread(&self) -> f32 {
        self.of_confusion(UNREAD.0, UNREAD.1)
    }

    /// The fields of the table for a sign, where `confusion` says what an index stands for.
    pub fn fields<'c>(sign: Sign, confusion: impl FnOnce(u16) -> (&'c str, &'c str)) -> (&'c str, &'c str) {
        match sign {
            Sign::Confusion(index) => confusion(index),
            Sign::Mistakable => MISTAKABLE,
            Sign::Unread => UNREAD,
        }
    }
}

fn counted(line: &str) -> Option<((Box<str>, Box<str>), f32, f32)> {
    let mut fields = line.split('\t');
    let pair = (fields.next()?.into(), fields.next()?.into());
    let (scan, writer) = (fields.next()?.parse().ok()?, fields.next()?.trim().parse().ok()?);
    fields.next().is_none().then_some((pair, scan, writer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_leans_to_where_it_is_more_frequent() {
        let hands = Hands::parse("# remark\nb\th\t40\t1\nu\to\t2\t30\n\tunread\t20\t60\n").expect("well-formed");
        assert!(hands.of_confusion("b", "h") > 2.0);
        assert!(hands.of_confusion("u", "o") < -1.0);
        assert!(hands.of_unread() < 0.0);
        assert!(Hands::parse("b\th\tmany\t1").is_err());
    }
}
