//! Searches a language for the words that a reading may be a misreading of.
//!
//! The language itself never changes; what searches have unpacked and found is kept
//! here, for all documents of a run.

use std::fmt;
#[cfg(feature = "english")]
use std::sync::LazyLock;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use descan_text::shards::Shards;

use super::confusion::{Candidate, MIN_LOG_PROB};
use super::language::{Language, Model};
use super::reachable::{ReachableWord, ReachableWords, reachable_words};
use super::resemblance::Resemblance;
use super::search::Search;
use super::trie::Trie;

/// A language, with the results of searches in it.
pub struct Searcher {
    language: Arc<Language>,
    /// The lexicon's maps, as far as searches unpacked them; one set for each searching thread.
    tries: Mutex<Vec<Vec<Trie>>>,
    /// The common words, prepared when a damaged text first needs them.
    resemblance: OnceLock<Resemblance>,
    /// The words that one confusion leads to from words that the lexicon has.
    known: Shards<ReachableWord>,
    /// The words that one confusion of the first letters leads to.
    starts: Shards<ReachableWord>,
    /// The words that up to two confusions lead to in a scan of which nothing is known.
    usual: Shards<ReachableWord>,
}

/// Of so many words at most it is kept what two confusions lead to, for all documents.
const MOST_USUAL: usize = 1 << 14;

impl Searcher {
    /// A searcher that has not searched for anything yet.
    pub fn new(language: Arc<Language>) -> Arc<Searcher> {
        Arc::new(Searcher {
            language,
            tries: Mutex::default(),
            resemblance: OnceLock::new(),
            known: Shards::default(),
            starts: Shards::default(),
            usual: Shards::of_most(MOST_USUAL),
        })
    }

    /// English, shared with everything else in the process that reads English texts.
    #[cfg(feature = "english")]
    pub fn english() -> Arc<Searcher> {
        static ENGLISH: LazyLock<Arc<Searcher>> = LazyLock::new(|| Searcher::new(Language::english()));
        Arc::clone(&ENGLISH)
    }

    /// A searcher of the language with these models added; without any, this one with all
    /// that it has found.
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

    /// The words of the lexicon that `reading` may be a misreading of, the likeliest first,
    /// by at most `most` confusions with a total log-probability of at least `min_log_prob`.
    /// `log_probs` has one value for each confusion of the table, in nats, below zero.
    ///
    /// Descends the lexicon letter by letter, so that the work is bounded by the prefixes of
    /// existing words. `reading` itself is not among the results.
    pub fn candidates(&self, reading: &str, most: usize, log_probs: &[f32], min_log_prob: f32) -> Vec<Candidate> {
        let mut found = self.search(reading, most, log_probs, min_log_prob);
        found.sort_by(|a, b| a.text.cmp(&b.text).then(b.channel_log_prob.total_cmp(&a.channel_log_prob)));
        found.dedup_by(|b, a| a.text == b.text);
        found.sort_by(|a, b| b.channel_log_prob.total_cmp(&a.channel_log_prob).then(a.text.cmp(&b.text)));
        found
    }

    /// As [`Searcher::candidates`], but in no particular order, and with a word once for each
    /// set of confusions that leads to it.
    fn search(&self, reading: &str, most: usize, log_probs: &[f32], min_log_prob: f32) -> Vec<Candidate> {
        self.search_with(reading, log_probs, min_log_prob, |search| search.run(most))
    }

    fn search_with(
        &self,
        reading: &str,
        log_probs: &[f32],
        min_log_prob: f32,
        run: impl Fn(Search<'_>) -> Vec<Candidate>,
    ) -> Vec<Candidate> {
        let (stem, ending) = reading.split_at(possessive_start(reading));
        let mut tries = self.take_tries();
        let mut found = Vec::new();
        for trie in &mut tries {
            let search = Search::new(self.language.confusions(), trie, stem, log_probs, min_log_prob.max(MIN_LOG_PROB));
            found.append(&mut run(search));
        }
        self.give_back(tries);
        for candidate in &mut found {
            candidate.text.push_str(ending);
        }
        found
    }

    /// Tries that an earlier search has partly unpacked, or new ones.
    pub(crate) fn take_tries(&self) -> Vec<Trie> {
        let kept = self.tries.lock().unwrap_or_else(PoisonError::into_inner).pop();
        kept.unwrap_or_else(|| self.language.lexicon().maps().iter().map(|map| Trie::new(Arc::clone(map))).collect())
    }

    pub(crate) fn give_back(&self, tries: Vec<Trie>) {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner).push(tries);
    }

    /// The words that up to `most` confusions lead to, if their total log-probability by
    /// `log_probs` is at least [`MIN_LOG_PROB`].
    pub fn reachable(&self, word: &str, most: usize, log_probs: &[f32]) -> ReachableWords {
        reachable_words(&self.language, word, self.search(word, most, log_probs, MIN_LOG_PROB))
    }

    /// The words that one confusion leads to; `word` is one that the lexicon has.
    pub(crate) fn reachable_from_known(&self, word: &str) -> ReachableWords {
        let zeros = self.language.confusions().zero_log_probs();
        self.known.get_or_insert(word, || self.reachable(word, 1, zeros))
    }

    /// The words that up to two confusions lead to, if their total log-probability in a scan of which nothing is known
    /// is at least [`MIN_LOG_PROB`].
    pub(crate) fn reachable_usually(&self, word: &str) -> ReachableWords {
        let usual = self.language.confusions().usual_log_probs();
        self.usual.get_or_insert(word, || self.reachable(word, 2, usual))
    }

    /// The words that one confusion of the first letters leads to, or any confusion with a finite
    /// log-probability in `log_probs`.
    pub fn reachable_at_start(&self, word: &str, log_probs: Option<&[f32]>) -> ReachableWords {
        let Some(log_probs) = log_probs else {
            return self
                .starts
                .get_or_insert(word, || reachable_words(&self.language, word, self.search_at_start(word)));
        };
        let mut found = self.search_at_start(word);
        found.append(&mut self.search(word, 1, log_probs, MIN_LOG_PROB));
        reachable_words(&self.language, word, found)
    }

    /// The words that one confusion of the first letters leads to, all confusions being free.
    fn search_at_start(&self, word: &str) -> Vec<Candidate> {
        self.search_with(word, self.language.confusions().zero_log_probs(), MIN_LOG_PROB, |search| {
            search.run_at_start()
        })
    }

    /// The common words, for comparing a badly damaged reading with all of them.
    pub fn resemblance(&self) -> &Resemblance {
        self.resemblance.get_or_init(|| Resemblance::of(self.language.lexicon(), self.language.confusions()))
    }
}

/// Where a possessive ending begins; the lexicon has words without it.
fn possessive_start(word: &str) -> usize {
    ["’s", "'s", "‘s"].iter().find_map(|ending| word.strip_suffix(ending)).map_or(word.len(), str::len)
}

/// Does not print the results of searches, which are too many.
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
        let log_probs: Vec<f32> = (0..table.len()).map(|i| table.get(i as u16).weight - 6.0).collect();
        searcher.candidates(reading, most, &log_probs, MIN_LOG_PROB).into_iter().map(|c| c.text).collect()
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
