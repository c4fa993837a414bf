//! Builds the table of [`Rivals`](descan_lang::rivals::Rivals) from a lexicon and confusions.

use descan_lang::entry::{Entry, Trust};
use descan_lang::language::Language;
use descan_lang::reachable::ReachableWord;
use descan_lang::rivals::{MAGIC, encode_lead};
use descan_lang::searcher::Searcher;
use descan_lang::terms::term;
use fst::Streamer as _;

use super::fuse;

/// The most words in the table.
const MOST: usize = 62_000;

/// The bytes of the table for the commonest words of a language. The same
/// language gives the same bytes.
///
/// Returns `None` if two words share a hash.
pub fn rivals(searcher: &Searcher) -> Option<Vec<u8>> {
    let words = common(searcher.language());
    let fits = |from: &u8| words.iter().filter(|(_, e)| e.log2_frequency() >= *from).count() <= MOST;
    let from = (1..=u8::MAX).find(fits)?;
    let entries: Vec<(u64, u32)> = words
        .iter()
        .filter(|(_, entry)| entry.log2_frequency() >= from)
        .map(|(word, entry)| (term(word).0, encode_lead(best_lead(searcher, word, *entry))))
        .collect();
    let leads = fuse::build::<1>(&entries, 8)?;
    Some([&MAGIC[..], &[from], &leads].concat())
}

/// The trusted words of a lexicon that are written in lower case.
fn common(language: &Language) -> Vec<(String, Entry)> {
    let mut words = Vec::new();
    for map in language.lexicon().maps() {
        let mut stream = map.stream();
        while let Some((word, _)) = stream.next() {
            let Ok(word) = std::str::from_utf8(word) else { continue };
            let entry = language.lexicon().lookup(word);
            let is_usual = |e: &Entry| e.trust() == Trust::Trusted && !e.is_of_earlier_print();
            if let Some(entry) = entry.filter(|e| is_usual(e) && e.lower() && e.log2_frequency() > 0) {
                words.push((word.to_owned(), entry));
            }
        }
    }
    words
}

/// The lead of the best rival over a word, in nats, if every letter were misread.
fn best_lead(searcher: &Searcher, word: &str, entry: Entry) -> f32 {
    let table = searcher.language().confusions();
    let weights: Vec<f32> = (0..table.len()).map(|i| table.get(i as u16).weight).collect();
    let own = f32::from(entry.log2_frequency()) * std::f32::consts::LN_2;
    let lead = |rival: &ReachableWord| rival.log_frequency() + rival.channel_log_prob(&weights) - own;
    let reachable = searcher.reachable(word, 1, table.zero_log_probs());
    reachable.iter().filter(|r| r.is_trusted()).map(lead).fold(f32::NEG_INFINITY, f32::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use descan_lang::rivals::Rivals;

    #[test]
    fn the_built_in_table_is_that_of_the_built_in_lexicon_and_confusions() {
        let searcher = Searcher::english();
        let language = searcher.language();
        let table = Rivals::open(descan_data_en::RIVALS).expect("a table");
        // Every twentieth word: the search for all takes seconds.
        for (word, entry) in common(language).into_iter().step_by(20) {
            let Some(lead) = table.lead(term(&word), entry.log2_frequency()) else { continue };
            let best = best_lead(&searcher, &word, entry);
            let near = best == lead || lead >= best && lead - best < 0.3;
            assert!(
                near,
                "{word}: {lead}, but {best}; `descan model rivals --out data/en/rivals.bin` makes the table anew"
            );
        }
        let lead = |word: &str| {
            let entry = language.lexicon().lookup(word).expect("a word");
            table.lead(term(word), entry.log2_frequency())
        };
        assert!(lead("arid") > lead("and"));
    }
}
