//! What the confidences of one document mean.

/// So many words that the lexicon has, and so many that it lacks, tell something.
const LEAST_KNOWN: usize = 100;
const LEAST_UNKNOWN: usize = 15;

/// The chance that the engine is surer of a word that the lexicon has than of one that it
/// lacks, from which its confidence tells anything: 0.5 is none, 1 is always.
const SEPARATES: f64 = 0.7;

/// What confidences mean: the share of words that the lexicon lacks, by confidence.
#[derive(Debug)]
pub(super) struct Calibration {
    /// Ascending; each share holds up to its confidence. The shares fall.
    steps: Vec<(f32, f64)>,
    /// The share in the whole document.
    all: f64,
}

/// How sure the engine was of a word, and what that means in its document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sureness {
    /// In the file's own unit.
    pub confidence: f32,
    /// The share of such words that the lexicon lacks.
    pub wrong: f64,
    /// The odds that such a word is wrong over those of any word of the document.
    pub ratio: f64,
}

impl Calibration {
    /// Of words, each with its confidence and whether the lexicon has it; `None` if the
    /// confidences do not tell the ones from the others.
    pub(super) fn of(mut words: Vec<(f32, bool)>) -> Option<Calibration> {
        words.retain(|(confidence, _)| confidence.is_finite());
        let known = words.iter().filter(|(_, is_known)| *is_known).count();
        let unknown = words.len() - known;
        if known < LEAST_KNOWN || unknown < LEAST_UNKNOWN {
            return None;
        }
        words.sort_by(|a, b| a.0.total_cmp(&b.0));
        if separation(&words, known, unknown) < SEPARATES {
            return None;
        }
        let all = unknown as f64 / words.len() as f64;
        // Neighbours whose shares rise with confidence are pooled until none do.
        let mut pools: Vec<Pool> = Vec::new();
        for &(confidence, is_known) in &words {
            let unknown = f64::from(u8::from(!is_known));
            match pools.last_mut().filter(|pool| pool.up_to == confidence) {
                Some(pool) => (pool.count, pool.unknown) = (pool.count + 1.0, pool.unknown + unknown),
                None => pools.push(Pool { up_to: confidence, count: 1.0, unknown }),
            }
        }
        let mut falling: Vec<Pool> = Vec::new();
        for mut pool in pools {
            while let Some(before) = falling.pop_if(|before| before.share(all) <= pool.share(all)) {
                (pool.count, pool.unknown) = (pool.count + before.count, pool.unknown + before.unknown);
            }
            falling.push(pool);
        }
        let steps = falling.iter().map(|pool| (pool.up_to, pool.share(all))).collect();
        Some(Calibration { steps, all })
    }

    pub(super) fn sureness(&self, confidence: f32) -> Sureness {
        let step = self.steps.partition_point(|(up_to, _)| *up_to < confidence).min(self.steps.len() - 1);
        let wrong = self.steps[step].1;
        let odds = |share: f64| share / (1.0 - share);
        Sureness { confidence, wrong, ratio: odds(wrong) / odds(self.all) }
    }
}

/// Words of neighbouring confidences.
struct Pool {
    up_to: f32,
    count: f64,
    unknown: f64,
}

impl Pool {
    /// The share of words that the lexicon lacks, drawn to that of all words where they are
    /// few.
    fn share(&self, all: f64) -> f64 {
        (self.unknown + all) / (self.count + 1.0)
    }
}

/// The chance that the confidence of a known word is above that of an unknown one, equal
/// ones counting half (the area under the ROC curve). The words are in order.
fn separation(words: &[(f32, bool)], known: usize, unknown: usize) -> f64 {
    let (mut below, mut won, mut at) = (0.0, 0.0, 0);
    while at < words.len() {
        let same = words[at..].iter().take_while(|word| word.0 == words[at].0).count();
        let known_here = words[at..at + same].iter().filter(|(_, is_known)| *is_known).count() as f64;
        let unknown_here = same as f64 - known_here;
        won += known_here * (below + unknown_here / 2.0);
        below += unknown_here;
        at += same;
    }
    won / (known as f64 * unknown as f64)
}
