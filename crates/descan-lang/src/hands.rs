//! Whose letters an unknown word has: a scan's, or a writer's.
//!
//! Scans and writers of dialect, of jargon and of old spelling both make words
//! that no lexicon has, but not the same ones: `tbe` is a scan's, `wurk` is a
//! writer's. The table says how often each confusion seems to stand in words of
//! scans and of right texts.

use rustc_hash::FxHashMap;

/// What is added to each count, so that no confusion is thought impossible.
const UNSEEN: f32 = 0.5;
/// The number of confusions, about.
const KINDS: f32 = 300.0;

/// How much likelier each confusion is in a scan than in a writer's text, in nats.
#[derive(Debug, Default)]
pub struct Hands {
    confusions: FxHashMap<(Box<str>, Box<str>), f32>,
    other: f32,
}

/// The line of a table that has another form, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {0}: not `read<tab>printed<tab>in scans<tab>in right texts`")]
pub struct HandsError(usize);

impl Hands {
    /// Reads a table: a line a confusion (as read, as printed, how often in scans, how
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
        let confusions = counts.into_iter().map(|(pair, scan, writer)| (pair, lean(scan, writer))).collect();
        Ok(Hands { confusions, other: if source.is_empty() { 0.0 } else { lean(0.0, 0.0) } })
    }

    /// How much likelier a confusion is in a scan than in a writer's text, in nats.
    pub fn of_confusion(&self, seen: &str, meant: &str) -> f32 {
        self.confusions.get(&(seen.into(), meant.into())).copied().unwrap_or(self.other)
    }
}

/// A confusion as read and as printed, and how often it stands in scans and in right texts.
type Counted = ((Box<str>, Box<str>), f32, f32);

fn counted(line: &str) -> Option<Counted> {
    let mut fields = line.split('\t');
    let pair = (fields.next()?.into(), fields.next()?.into());
    let (scan, writer) = (fields.next()?.parse().ok()?, fields.next()?.trim().parse().ok()?);
    fields.next().is_none().then_some((pair, scan, writer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_confusion_leans_to_where_it_is_more_frequent() {
        let hands = Hands::parse("# remark\nb\th\t40\t1\nu\to\t2\t30\n").expect("well-formed");
        assert!(hands.of_confusion("b", "h") > 2.0);
        assert!(hands.of_confusion("u", "o") < -1.0);
        assert!(Hands::parse("b\th\tmany\t1").is_err());
    }
}
