//! The calibration of decisions on words: from features to a probability, and from a
//! probability to a level.
//!
//! Boosted trees give the probability; they are fitted by `descan model fit` and read from
//! `trees.bin`. Where a level begins is set by hand for each class of decision, in `decision.tsv`.

use descan_text::level::Level;

use super::forest::{Forest, ForestError};

/// Declares the features, in the order in which they are added up.
macro_rules! features {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// The features of a decision.
        #[derive(Clone, Copy, Debug, Default, PartialEq)]
        pub struct Features {
            $($(#[$doc])* pub $name: f32,)*
        }

        impl Features {
            /// The number of features.
            pub const COUNT: usize = [$(stringify!($name)),*].len();

            /// The names of the features, in order.
            pub const NAMES: [&'static str; Features::COUNT] = [$(stringify!($name)),*];

            /// The values, in the order of [`Features::NAMES`].
            pub fn to_array(&self) -> [f32; Features::COUNT] {
                [$(self.$name),*]
            }

            /// All zero.
            pub const ZERO: Features = Features { $($name: 0.0),* };
        }
    };
}

features! {
    /// The class: its place among [`Class::ALL`].
    class,
    /// The reading's lead over leaving the word as it is, in nats.
    lead_on_leaving,
    /// Its lead over the next best reading, in nats.
    lead_on_second,
    /// The log-probability of the misreading, in nats.
    confusion,
    /// What the neighbours alone say for the reading, in nats.
    context,
    /// Whether the word has a capital that begins a sentence.
    capital,
    /// Whether it has a capital inside a sentence.
    inside_capital,
    /// How often the word occurs elsewhere in the document, and in how many others of its archive, as `ln(1 + n)`.
    seen_again,
    /// How often the reading occurs elsewhere in the document, as `ln(1 + n)`.
    reading_seen,
    /// The document's rate of misread letters, as `ln(rate) + 6`.
    noise,
    /// The length of the word in characters, at most 12.
    length,
    /// How common the reading is: a tenth of the logarithm to base 2.
    commonness,
    /// Whether the word is a rare word of the lexicon.
    rare_word,
    /// Whether the word is nearly always a misreading.
    suspect_word,
    /// Whether the reading takes two confusions.
    second_confusion,
    /// The share of the neighbours that are in no lexicon.
    strange_neighbours,
    /// Whether the word has a digit.
    digit,
    /// Whether a hyphen touches the word.
    hyphen,
    /// How often dialect words look like the confusion, as `ln(1 + n in a million)`.
    dialect,
    /// Whether the word begins with a bar.
    bar,
    /// Whether the pronoun I was read as a letter.
    letter_for_i,
    /// Whether the reading has an apostrophe.
    contraction,
    /// Whether there is no other reading.
    no_rival,
    /// How often the word occurs in books as it is written here, as a logarithm.
    in_print,
    /// How many foreign words are nearby, at most 4.
    foreign,
    /// How much dialect is nearby, at most 4.
    dialect_near,
    /// On how many sides the word touches a character that words do not normally touch.
    glued,
    /// How often the document drops these very letters, as `ln(1 + n)`.
    dropped_throughout,
    /// How many letters are misread in ways that the table of confusions lacks.
    unusual,
    /// How garbled the document is, as `ln(1 + 200 share)`.
    garbled_document,
    /// How much of the document is unknown words, as `ln(1 + 50 share)`.
    unknown_document,
    /// Whether the document is a bad scan.
    bad_scan,
    /// How many words in the document, as `ln(1 + n)`.
    document_length,
    /// How many of the document's words are a scan's, as the logarithm of a multiple of the usual share.
    document_misread,
    /// How strongly its unknown words lean towards a scan rather than a writer, on a scale from about -3 to 3.
    document_leaning,
    /// As `document_misread`, of the passage.
    passage_misread,
    /// As `document_leaning`, of the passage.
    passage_leaning,
    /// In how many unmistakable errors the document shows the rarest of the reading's confusions, as `ln(1 + n)`.
    confusion_shown,
}

/// Whether a repair is the likelier the larger a feature is (1), or the less likely (-1): what nobody
/// would doubt, and trees are held to.
pub const DIRECTIONS: Features = Features {
    lead_on_leaving: 1.0,
    lead_on_second: 1.0,
    confusion: 1.0,
    noise: 1.0,
    strange_neighbours: -1.0,
    dialect: -1.0,
    in_print: -1.0,
    foreign: -1.0,
    dialect_near: -1.0,
    dropped_throughout: -1.0,
    garbled_document: 1.0,
    document_misread: 1.0,
    document_leaning: 1.0,
    passage_misread: 1.0,
    passage_leaning: 1.0,
    confusion_shown: 1.0,
    ..Features::ZERO
};

/// The class of a decision: each has thresholds of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Letters misread so that no word came out.
    Letters,
    /// The same, if the word sounds much like the reading.
    SoundAlike,
    /// The same, in a word of at most four characters.
    ShortWord,
    /// Two words run together.
    RunOn,
    /// A word split in two.
    Split,
    /// Letters misread so that another real word came out.
    RealWord,
    /// The pronoun I.
    Pronoun,
    /// Letters misread in a word with a capital, which may be a name.
    NameLike,
    /// Letters misread in a long word that has only one reading.
    OnlyReading,
    /// A word with marks inside.
    Marked,
    /// Letters misread in ways that the table of confusions lacks.
    Unusual,
    /// A word split into two that are themselves words.
    Apart,
}

impl Class {
    /// All classes.
    pub const ALL: [Class; 12] = [
        Class::Letters,
        Class::SoundAlike,
        Class::ShortWord,
        Class::RunOn,
        Class::Split,
        Class::RealWord,
        Class::Pronoun,
        Class::NameLike,
        Class::OnlyReading,
        Class::Marked,
        Class::Unusual,
        Class::Apart,
    ];

    /// The name in the file of thresholds.
    pub fn name(self) -> &'static str {
        match self {
            Class::Letters => "letters",
            Class::SoundAlike => "sound-alike",
            Class::ShortWord => "short-word",
            Class::RunOn => "run-on",
            Class::Split => "split",
            Class::RealWord => "real-word",
            Class::Pronoun => "pronoun",
            Class::NameLike => "name-like",
            Class::OnlyReading => "only-reading",
            Class::Marked => "marked",
            Class::Unusual => "unusual",
            Class::Apart => "apart",
        }
    }
}

/// A threshold that no probability reaches.
const NEVER: f64 = 1.1;

/// Why the calibration cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecisionError {
    /// A line of the file of thresholds.
    #[error("line {0}: not `class<tab>level<tab>number` with names that are known")]
    Line(usize),
    /// The file of trees.
    #[error(transparent)]
    Trees(#[from] ForestError),
}

/// The trees, and where the levels begin.
#[derive(Debug)]
pub struct DecisionModel {
    forest: Forest,
    levels: Levels,
}

/// The least probability for each level of each class, surest first. A level without a
/// line in the table is never reached.
#[derive(Clone, Debug, PartialEq)]
pub struct Levels([[f64; Level::ALL.len()]; Class::ALL.len()]);

impl Levels {
    /// Reads a file of thresholds: one line for each level (class, level, probability); `#`
    /// begins a comment.
    ///
    /// # Errors
    /// The number of the first malformed line.
    pub fn parse(source: &str) -> Result<Levels, DecisionError> {
        let mut levels = Levels([[NEVER; Level::ALL.len()]; Class::ALL.len()]);
        for (index, line) in source.lines().enumerate() {
            if !line.starts_with('#') {
                levels.take(line).ok_or(DecisionError::Line(index + 1))?;
            }
        }
        Ok(levels)
    }

    fn take(&mut self, line: &str) -> Option<()> {
        let mut fields = line.split('\t');
        let (class, level, number) = (fields.next()?, fields.next()?, fields.next()?);
        let class = Class::ALL.iter().position(|known| known.name() == class)?;
        let level: Level = level.parse().ok()?;
        self.0[class][level as usize] = number.trim().parse().ok()?;
        Some(())
    }

    /// Where the levels of a class begin, surest first.
    pub fn of(&self, class: Class) -> &[f64; Level::ALL.len()] {
        &self.0[class as usize]
    }
}

impl DecisionModel {
    /// Reads a file of thresholds and one of trees.
    ///
    /// # Errors
    /// The first malformed line of the thresholds, or that there are no trees for these features.
    pub fn parse(levels: &str, trees: &[u8]) -> Result<DecisionModel, DecisionError> {
        Ok(DecisionModel { forest: Forest::open(trees, Features::COUNT)?, levels: Levels::parse(levels)? })
    }

    /// The probability that a repair with these features is right.
    pub fn probability(&self, features: &Features) -> f64 {
        logistic(self.forest.log_odds(&features.to_array()))
    }

    /// Whether the probability can still reach a level once the features of the
    /// surrounding words, which are zero in `features`, are added: computing them takes
    /// longer than all others together. By [`DIRECTIONS`] they only lower it.
    pub fn may_reach_level(&self, class: Class, features: &Features) -> bool {
        let thresholds = self.levels.of(class);
        let least = thresholds.iter().copied().fold(NEVER, f64::min);
        let log_odds = self.forest.log_odds_from(&features.to_array(), odds(least));
        log_odds.is_some_and(|log_odds| self.level(class, logistic(log_odds)).is_some())
    }

    /// The surest level that a probability reaches.
    pub fn level(&self, class: Class, probability: f64) -> Option<Level> {
        let thresholds = self.levels.of(class);
        Level::ALL.into_iter().find(|&level| probability >= thresholds[level as usize])
    }
}

/// The logarithm of the odds of a probability, in nats.
fn odds(probability: f64) -> f32 {
    match probability < 1.0 {
        true => (probability / (1.0 - probability)).ln() as f32,
        false => f32::INFINITY,
    }
}

fn logistic(x: f32) -> f64 {
    1.0 / (1.0 + f64::from(-x).exp())
}

#[cfg(all(test, feature = "english"))]
mod tests {
    use super::*;
    use crate::terms::mix;

    #[test]
    fn no_reading_is_dropped_that_its_surroundings_could_raise_to_a_level() {
        let model = DecisionModel::parse(descan_data_en::DECISION, descan_data_en::TREES).expect("the built-in model");
        for step in 0..4000 {
            // From readings that say nothing to ones that are certain.
            let share = |of: usize| (mix((step * 64 + of) as u64) % 1000) as f32 / 1000.0;
            let bare = Features {
                class: (step % Class::ALL.len()) as f32,
                lead_on_leaving: 20.0 * share(0),
                lead_on_second: 12.0 * share(1),
                confusion: -12.0 * share(2),
                length: 12.0 * share(3),
                document_misread: 3.0 * share(4),
                document_leaning: 3.0 * share(5),
                passage_misread: 3.0 * share(6),
                ..Features::default()
            };
            let around = Features {
                strange_neighbours: share(7),
                foreign: 4.0 * share(8),
                dialect_near: 4.0 * share(9),
                ..bare
            };
            assert!(model.probability(&around) <= model.probability(&bare), "{bare:?}");
        }
    }

    #[test]
    fn a_line_of_another_form_is_refused_by_its_number() {
        let refused = |source: &str| Levels::parse(source).err();
        assert_eq!(refused("# levels\nletters\tsuspect\t0.5\nletters\tcertain\t0.9\n"), None);
        assert_eq!(refused("letters\tcertain\t0.9\nletters\tcolour\t2\n"), Some(DecisionError::Line(2)));
        assert_eq!(refused("feathers\tcertain\t0.9\n"), Some(DecisionError::Line(1)));
        assert_eq!(refused("letters\tcertain\n"), Some(DecisionError::Line(1)));
    }

    #[test]
    fn a_level_that_is_not_set_is_never_reached() {
        let levels = Levels::parse("letters\tprobable\t0.9\n").expect("one level");
        assert_eq!(levels.of(Class::Letters), &[NEVER, 0.9, NEVER]);
    }
}
