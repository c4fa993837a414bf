//! The calibration of decisions on words: from features to a probability, and from a
//! probability to a level.
//!
//! Logistic regression, one curve for each kind of damage; the weights are fitted by
//! `descan model fit` and read from `decision.tsv`.

use descan_text::level::Level;

/// Declares the features, in the order in which they are added up.
macro_rules! features {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// The features of a decision. The names of the fields are those in the file
        /// of weights.
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

            /// The features with these values, in the order of [`Features::NAMES`].
            pub fn from_array([$($name),*]: [f32; Features::COUNT]) -> Features {
                Features { $($name),* }
            }
        }
    };
}

features! {
    /// Always 1.
    bias,
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
    /// How often the word occurs elsewhere in the document, as `ln(1 + n)`.
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
}

/// A kind of decision, each with a curve of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Curve {
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

impl Curve {
    /// All curves, in the order of the file of weights.
    pub const ALL: [Curve; 12] = [
        Curve::Letters,
        Curve::SoundAlike,
        Curve::ShortWord,
        Curve::RunOn,
        Curve::Split,
        Curve::RealWord,
        Curve::Pronoun,
        Curve::NameLike,
        Curve::OnlyReading,
        Curve::Marked,
        Curve::Unusual,
        Curve::Apart,
    ];

    /// The name in the file of weights.
    pub fn name(self) -> &'static str {
        match self {
            Curve::Letters => "letters",
            Curve::SoundAlike => "sound-alike",
            Curve::ShortWord => "short-word",
            Curve::RunOn => "run-on",
            Curve::Split => "split",
            Curve::RealWord => "real-word",
            Curve::Pronoun => "pronoun",
            Curve::NameLike => "name-like",
            Curve::OnlyReading => "only-reading",
            Curve::Marked => "marked",
            Curve::Unusual => "unusual",
            Curve::Apart => "apart",
        }
    }
}

/// The least probability for each level of a curve, surest first. A level without a line
/// in the table is never reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// In any document.
    pub usual: [f64; Level::ALL.len()],
    /// In a garbled document, which nobody can have written so: what looks wrong there is
    /// not the writer's own spelling.
    pub garbled: [f64; Level::ALL.len()],
}

/// A threshold that no probability reaches.
const NEVER: f64 = 1.1;

/// The suffix of a level's name in the lines for garbled documents.
pub const IN_GARBLED: &str = "-garbled";

impl Thresholds {
    /// The thresholds for a document that is garbled, or is not.
    pub fn of(&self, garbled: bool) -> &[f64; Level::ALL.len()] {
        if garbled { &self.garbled } else { &self.usual }
    }

    /// Sets the threshold of a level; false if `name` is not a level.
    fn set(&mut self, name: &str, probability: f64) -> bool {
        let in_garbled = name.strip_suffix(IN_GARBLED);
        let Ok(level) = in_garbled.unwrap_or(name).parse::<Level>() else { return false };
        if in_garbled.is_none() {
            self.usual[level as usize] = probability;
        }
        self.garbled[level as usize] = probability;
        true
    }
}

/// The largest value of [`Features::strange_neighbours`].
pub const MAX_STRANGE: f32 = 1.0;
/// The largest value of [`Features::foreign`].
pub const MAX_FOREIGN: f32 = 4.0;
/// The largest value of [`Features::dialect_near`].
pub const MAX_DIALECT: f32 = 4.0;

/// The line of a file of weights that has another form, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {0}: not `curve<tab>feature or level<tab>number` with names that are known")]
pub struct DecisionError(usize);

/// The curves: their weights and thresholds.
#[derive(Debug)]
pub struct DecisionModel {
    weights: [[f32; Features::COUNT]; Curve::ALL.len()],
    thresholds: [Thresholds; Curve::ALL.len()],
}

impl DecisionModel {
    /// Reads a file of weights: one line for each feature or level (curve, name,
    /// number); `#` begins a comment. A missing weight is 0. The line of a level for
    /// garbled documents comes after its usual one.
    ///
    /// # Errors
    /// The number of the first malformed line.
    pub fn parse(source: &str) -> Result<DecisionModel, DecisionError> {
        let mut model = DecisionModel {
            weights: [[0.0; Features::COUNT]; Curve::ALL.len()],
            thresholds: [Thresholds { usual: [NEVER; 3], garbled: [NEVER; 3] }; Curve::ALL.len()],
        };
        for (index, line) in source.lines().enumerate() {
            if !line.starts_with('#') {
                model.take(line).ok_or(DecisionError(index + 1))?;
            }
        }
        Ok(model)
    }

    fn take(&mut self, line: &str) -> Option<()> {
        let mut fields = line.split('\t');
        let (curve, name, number) = (fields.next()?, fields.next()?, fields.next()?);
        let curve = Curve::ALL.iter().position(|known| known.name() == curve)?;
        let number: f64 = number.trim().parse().ok()?;
        if let Some(feature) = Features::NAMES.iter().position(|known| *known == name) {
            self.weights[curve][feature] = number as f32;
            return Some(());
        }
        self.thresholds[curve].set(name, number).then_some(())
    }

    /// The thresholds of a curve.
    pub fn thresholds(&self, curve: Curve) -> &Thresholds {
        &self.thresholds[curve as usize]
    }

    /// The probability that a repair with these features is right.
    pub fn probability(&self, curve: Curve, features: &Features) -> f64 {
        logistic(self.sum(curve, features))
    }

    /// Whether the probability can still reach a level once the features of the
    /// surrounding words, which are zero in `features`, are added: computing them takes
    /// longer than all others together.
    pub fn may_reach_level(&self, curve: Curve, features: &Features, garbled: bool) -> bool {
        /// Allows for rounding: the sum is added up in another order.
        const ROUNDED: f32 = 0.001;
        let weights = Features::from_array(self.weights[curve as usize]);
        let gain = (weights.strange_neighbours * MAX_STRANGE).max(0.0)
            + (weights.foreign * MAX_FOREIGN).max(0.0)
            + (weights.dialect_near * MAX_DIALECT).max(0.0);
        let probability = logistic(self.sum(curve, features) + gain + ROUNDED);
        self.thresholds(curve).of(garbled).iter().any(|from| probability >= *from)
    }

    /// The surest level that a probability reaches.
    pub fn level(&self, curve: Curve, garbled: bool, probability: f64) -> Option<Level> {
        let thresholds = self.thresholds(curve).of(garbled);
        Level::ALL.into_iter().find(|&level| probability >= thresholds[level as usize])
    }

    fn sum(&self, curve: Curve, features: &Features) -> f32 {
        self.weights[curve as usize].iter().zip(features.to_array()).map(|(weight, x)| weight * x).sum()
    }
}

fn logistic(x: f32) -> f64 {
    1.0 / (1.0 + f64::from(-x).exp())
}

#[cfg(all(test, feature = "english"))]
mod tests {
    use super::*;

    #[test]
    fn no_reading_is_dropped_that_its_surroundings_could_raise_to_a_level() {
        let model = DecisionModel::parse(descan_data_en::DECISION).expect("the built-in weights");
        for curve in Curve::ALL {
            for step in 0..400 {
                // From readings that say nothing to ones that are certain.
                let bare = Features {
                    bias: 1.0,
                    lead_on_leaving: step as f32 / 20.0,
                    confusion: -((step % 17) as f32),
                    ..Features::default()
                };
                let share = |at: usize| ((step + at) % 5) as f32 / 4.0;
                let features = Features {
                    strange_neighbours: MAX_STRANGE * share(0),
                    foreign: MAX_FOREIGN * share(1),
                    dialect_near: MAX_DIALECT * share(2),
                    ..bare
                };
                for garbled in [false, true] {
                    let level = model.level(curve, garbled, model.probability(curve, &features));
                    let kept = model.may_reach_level(curve, &bare, garbled);
                    assert!(level.is_none() || kept, "{} at {step}", curve.name());
                }
            }
        }
    }

    #[test]
    fn a_line_of_another_form_is_refused_by_its_number() {
        let refused = |source: &str| DecisionModel::parse(source).err();
        assert_eq!(refused("# weights\nletters\tbias\t1.5\nletters\tcertain\t0.9\n"), None);
        assert_eq!(refused("letters\tbias\t1.5\nletters\tcolour\t2\n"), Some(DecisionError(2)));
        assert_eq!(refused("feathers\tbias\t1.5\n"), Some(DecisionError(1)));
        assert_eq!(refused("letters\tbias\n"), Some(DecisionError(1)));
    }
}
