//! Searches a language for the words that a reading may be a misreading of.
//!
//! The language itself never changes; what searches have unpacked and found is kept
//! here, for all documents of a run.

use std::fmt;
#[cfg(feature = "english")]
use std::sync::LazyLock;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::confusion::{Candidate, DEAREST};
use super::language::{Language, Model};
use super::reached::{Reached, Reaches, Shards, reached};
use super::resemblance::Resemblance;
use super::search::Search;
use super::trie::Trie;

/// A language, with what was searched for in it.
pub struct Searcher {
    language: Arc<Language>,
    /// What searches unpacked of the lexicon's maps, once for each thread that searches.
    tries: Mutex<Vec<Vec<Trie>>>,
    /// The common words, laid out when a damaged text first asks for them.
    resemblance: OnceLock<Resemblance>,
    /// What one confusion makes of words that the lexicon has.
    known: Shards<Reached>,
    /// What one confusion of their first letters makes of words.
    starts: Shards<Reached>,
}

impl Searcher {
    /// Nothing searched for yet.
    pub fn new(language: Arc<Language>) -> Arc<Searcher> {
        Arc::new(Searcher {
            language,
            tries: Mutex::default(),
            resemblance: OnceLock::new(),
            known: Shards::default(),
            starts: Shards::default(),
        })
    }

    /// English, with what all that read English texts searched for.
    #[cfg(feature = "english")]
    pub fn english() -> Arc<Searcher> {
        static ENGLISH: LazyLock<Arc<Searcher>> = LazyLock::new(|| Searcher::new(Language::english()));
        Arc::clone(&ENGLISH)
    }

    /// The same with models laid over the language, each over those before it;
    /// without any, this very one, with what it has found.
    pub fn with_models(self: Arc<Searcher>, models: &[Model]) -> Arc<Searcher> {
        if models.is_empty() {
            return self;
        }
        let mut language = Language::clone(&self.language);
        for model in models {
            language = language.with(model);
        }
        Searcher::new(Arc::new(language))
    }

    /// The language.
    pub fn language(&self) -> &Arc<Language> {
        &self.language
    }

    /// The words of the lexicon that `reading` may stand for, the likeliest
    /// first, by at most `most` confusions whose log-probabilities (in nats,
    /// below zero) `cost` has, and that together come to `dearest` at least.
    ///
    /// Walks the lexicon letter by letter, so that the work is bounded by the
    /// beginnings of words that exist. `reading` itself is not among them.
    pub fn candidates(&self, reading: &str, most: usize, cost: &[f32], dearest: f32) -> Vec<Candidate> {
        let mut found = self.search(reading, most, cost, dearest);
        found.sort_by(|a, b| a.text.cmp(&b.text).then(b.channel.total_cmp(&a.channel)));
        found.dedup_by(|b, a| a.text == b.text);
        found.sort_by(|a, b| b.channel.total_cmp(&a.channel).then(a.text.cmp(&b.text)));
        found
    }

    /// As [`Searcher::candidates`], but in no order that means anything, and
    /// with a word once for each way that leads to it.
    fn search(&self, reading: &str, most: usize, cost: &[f32], dearest: f32) -> Vec<Candidate> {
        self.search_with(reading, cost, dearest, |search| search.run(most))
    }

    fn search_with(
        &self,
        reading: &str,
        cost: &[f32],
        dearest: f32,
        run: impl Fn(Search<'_>) -> Vec<Candidate>,
    ) -> Vec<Candidate> {
        let (stem, ending) = reading.split_at(possessive_start(reading));
        let mut tries = self.take_tries();
        let mut found = Vec::new();
        for trie in &mut tries {
            let search = Search::new(self.language.confusions(), trie, stem, cost, dearest.max(DEAREST));
            found.append(&mut run(search));
        }
        self.give_back(tries);
        for candidate in &mut found {
            candidate.text.push_str(ending);
        }
        found
    }

    /// What a thread that searched before unpacked of the maps, or the maps anew.
    fn take_tries(&self) -> Vec<Trie> {
        let kept = self.tries.lock().unwrap_or_else(PoisonError::into_inner).pop();
        kept.unwrap_or_else(|| self.language.lexicon().maps().iter().map(|map| Trie::new(Arc::clone(map))).collect())
    }

    fn give_back(&self, tries: Vec<Trie>) {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner).push(tries);
    }

    /// The words that up to `most` confusions lead to, as far as they come to
    /// [`DEAREST`] at least by their log-probabilities in `cost`.
    pub fn reached(&self, word: &str, most: usize, cost: &[f32]) -> Reaches {
        reached(&self.language, word, self.search(word, most, cost, DEAREST))
    }

    /// The words that one confusion leads to; `word` is one that the lexicon has.
    pub(crate) fn reached_from_known(&self, word: &str) -> Reaches {
        let free = self.language.confusions().free();
        self.known.get_or_insert(word, || self.reached(word, 1, free))
    }

    /// The words that one confusion of the first letters leads to, or one of
    /// those with a log-probability in `cost` anywhere.
    pub fn reached_at_start(&self, word: &str, cost: Option<&[f32]>) -> Reaches {
        let Some(cost) = cost else {
            return self.starts.get_or_insert(word, || reached(&self.language, word, self.search_at_start(word)));
        };
        let mut found = self.search_at_start(word);
        found.append(&mut self.search(word, 1, cost, DEAREST));
        reached(&self.language, word, found)
    }

    /// The words that one confusion of the first letters leads to, at no cost.
    fn search_at_start(&self, word: &str) -> Vec<Candidate> {
        self.search_with(word, self.language.confusions().free(), DEAREST, |search| search.run_at_start())
    }

    /// The common words, for holding a badly damaged reading against all of them.
    pub fn resemblance(&self) -> &Resemblance {
        self.resemblance.get_or_init(|| Resemblance::of(self.language.lexicon(), self.language.confusions()))
    }
}

/// Where a possessive ending begins; the lexicon has words without it.
fn possessive_start(word: &str) -> usize {
    ["’s", "'s", "‘s"].iter().find_map(|ending| word.strip_suffix(ending)).map_or(word.len(), str::len)
}

/// What was found is too much to print.
impl fmt::Debug for Searcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Searcher").field("language", &self.language).finish_non_exhaustive()
    }
}

#[cfg(all(test, feature = "english"))]
mod tests {
    use super::*;

    fn words(reading: &str, most: usize) -> Vec<String> {
        let searcher = Searcher::english();
        let table = searcher.language().confusions();
        let cost: Vec<f32> = (0..table.len()).map(|i| table.get(i as u16).weight - 6.0).collect();
        searcher.candidates(reading, most, &cost, DEAREST).into_iter().map(|c| c.text).collect()
    }

    #[test]
    fn one_confusion_leads_to_the_word() {
        assert!(words("muftled", 1).contains(&"muffled".to_owned()));
        assert!(words("tbe", 1).contains(&"the".to_owned()));
        assert!(words("Tbe’s", 1).contains(&"The’s".to_owned()));
        assert!(words("rnany", 1).contains(&"many".to_owned()));
        assert!(words("wor1d", 1).contains(&"world".to_owned()));
        assert!(words("he’1l", 1).contains(&"he’ll".to_owned()));
    }

    #[test]
    fn a_string_of_confusable_letters_ends() {
        assert!(words(&"il1l".repeat(500), 2).is_empty());
    }
}
