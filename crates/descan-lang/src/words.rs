//! Word lists of a language, by grammatical function. They are data, so that no word of
//! a language is written in code.

use descan_text::layout::PartNames;
use rustc_hash::FxHashSet;

/// Declares the lists, each with the name of its file.
macro_rules! word_lists {
    ($($(#[$doc:meta])* $list:ident = $name:literal,)*) => {
        /// A list of words. The file of each is `data/<language>/words/<name>.txt`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum WordList {
            $($(#[$doc])* $list,)*
        }

        impl WordList {
            /// All lists.
            pub const ALL: [WordList; [$($name),*].len()] = [$(WordList::$list),*];

            /// The name of the list's file, without its ending.
            pub fn name(self) -> &'static str {
                match self {
                    $(WordList::$list => $name,)*
                }
            }
        }
    };
}

word_lists! {
    /// Words that are short for others, before a full stop.
    Abbreviations = "abbreviations",
    /// Words that a number follows in the caption of a picture, a table or a part of a text.
    CaptionWords = "caption-words",
    /// Contractions that are not words without their apostrophe.
    BareContractions = "bare-contractions",
    /// Verbs of speech that cannot do without what is said.
    BareSpeechVerbs = "bare-speech-verbs",
    /// Names of days and months that no place is called by.
    CalendarNames = "calendar-names",
    /// Pronouns that begin a clause, also in contractions.
    ClausePronouns = "clause-pronouns",
    /// Words that begin a clause: no compound has them after a hyphen.
    ClauseStarters = "clause-starters",
    /// What follows the apostrophe of a contraction.
    ContractedTails = "contracted-tails",
    /// Words that dialect cuts short before an apostrophe.
    CutShort = "cut-short",
    /// Words that lead to a noun: no comma follows them.
    Determiners = "determiners",
    /// Verbs after a name of which no speech is the object.
    DoingVerbs = "doing-verbs",
    /// Titles and names of saints that are short forms, with a full stop.
    DottedTitles = "dotted-titles",
    /// Words that are written with an apostrophe for the letters left out before them.
    Elisions = "elisions",
    /// Endings and file types that are written with a mark before them.
    Endings = "endings",
    /// Function words of the languages that English texts quote, without those that are English words too.
    ForeignWords = "foreign-words",
    /// Words that form others as endings.
    FormingEndings = "forming-endings",
    /// Nouns by which one says what a name is the name of.
    KindsOfNames = "kinds-of-names",
    /// Words with which phrases go round on purpose.
    GoingRound = "going-round",
    /// Words that carry a sentence on more often than they begin one.
    Joiners = "joiners",
    /// Prefixes that keep their hyphen before a capital.
    NamePrefixes = "name-prefixes",
    /// Beginnings of surnames behind which a capital stands.
    SurnamePrefixes = "surname-prefixes",
    /// Verbs between a name and what it is the name of.
    NamingLinks = "naming-links",
    /// Verbs before n't.
    NegatedVerbs = "negated-verbs",
    /// Endings that turn a word into its opposite.
    NegatingEndings = "negating-endings",
    /// Prefixes that turn a word into its opposite.
    NegatingPrefixes = "negating-prefixes",
    /// Words that deny.
    Negations = "negations",
    /// Words that no compound begins with.
    NeverFirstInCompounds = "never-first-in-compounds",
    /// Words that no clause ends with: articles, prepositions, forms of be.
    NeverLast = "never-last",
    /// Words that no writer puts twice in a row, other than to stammer.
    NeverTwice = "never-twice",
    /// Words that no compound of two ends with.
    NeverSecondInCompounds = "never-second-in-compounds",
    /// Endings and syllables that the lexicon has as words, and that no compound is made of.
    NoCompoundParts = "no-compound-parts",
    /// Words that make no compounds: a hyphen beside one is a dash or a speck.
    NoCompoundWords = "no-compound-words",
    /// What an oath is by, after Pon my.
    Oaths = "oaths",
    /// The same, of words that are words of their own as well.
    PossibleElisions = "possible-elisions",
    /// Words of dialect, and as they were spelled before 1700.
    OwnSpellings = "own-spellings",
    /// Prefixes that are words besides, and are written without a hyphen as a rule.
    Prefixes = "prefixes",
    /// Words that may come before the first word of a question.
    QuestionOpeners = "question-openers",
    /// Words that a question begins with.
    QuestionStarters = "question-starters",
    /// Words that ask.
    QuestionWords = "question-words",
    /// Short words that are run together with what stands beside them.
    RunOnFunctionWords = "run-on-function-words",
    /// Words whose capital only a new sentence gives.
    SentenceStarters = "sentence-starters",
    /// Words of two letters that compounds are made of.
    ShortCompoundParts = "short-compound-parts",
    /// Verbs that say that somebody spoke.
    SpeechVerbs = "speech-verbs",
    /// Words that address somebody, and verbs of the present in the first or second person.
    SpokenWords = "spoken-words",
    /// Words by which one says what another word stands for: `hte for the`.
    StandsFor = "stands-for",
    /// Pronouns before a verb of speech.
    SubjectPronouns = "subject-pronouns",
    /// Words before a contraction of do: after another word dont is the French pronoun.
    SubjectsOfContractions = "subjects-of-contractions",
    /// Words after a suspended compound at a line end.
    SuspendingLinks = "suspending-links",
    /// Words beside which a compound may be suspended.
    SuspendingWords = "suspending-words",
    /// Tens, before a hyphen and a unit.
    Tens = "tens",
    /// Verbs besides those of speech that lead to what is said or thought.
    ThoughtVerbs = "thought-verbs",
    /// Units after tens and a hyphen.
    Units = "units",
    /// Words of those who speak of spelling, printing and the marks of writing.
    WordsOnWriting = "words-on-writing",
    /// Heads of parts after the text.
    BackHeads = "back-heads",
    /// Words that begin the head of a chapter or another part of a text.
    NumberedHeads = "numbered-heads",
    /// Words that close a text.
    ClosingWords = "closing-words",
    /// Heads of parts before the text.
    FrontHeads = "front-heads",
    /// What an imprint says of who printed a book, when, and by what right.
    StatementsOfRights = "statements-of-rights",
    /// Words before an initial, or before a letter or number that names something.
    BeforeInitials = "before-initials",
    /// Words that begin a paragraph of narrative, and are no other word’s rest.
    NarrativeOpeners = "narrative-openers",
    /// Words that often begin a speech, and are no other word’s rest.
    SpeechOpeners = "speech-openers",
    /// What strokes at the beginning of a speech may be, besides I and its contraction.
    RivalsOfStrokes = "rivals-of-strokes",
    /// What one more misreading makes of the strokes of I and its contraction.
    RivalsOfContraction = "rivals-of-contraction",
}

/// Why the lists of a language cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WordListError {
    /// A list has no file.
    #[error("the list {0} is missing")]
    Missing(&'static str),
}

/// The lists of a language.
#[derive(Clone, Debug)]
pub struct WordLists {
    lists: Vec<FxHashSet<&'static str>>,
    /// The length of the longest word of all lists, in bytes.
    longest: usize,
}

impl WordLists {
    /// Reads the lists: the name and the text of each file, a word a line, `#`
    /// for remarks.
    ///
    /// # Errors
    /// A list without a file. Files that no list names are for the patterns of rules.
    pub fn parse(files: &[(&'static str, &'static str)]) -> Result<WordLists, WordListError> {
        let mut lists = Vec::with_capacity(WordList::ALL.len());
        for list in WordList::ALL {
            let file = files.iter().find(|(name, _)| *name == list.name());
            let (_, text) = file.ok_or(WordListError::Missing(list.name()))?;
            lists.push(text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect());
        }
        let longest = lists.iter().flatten().map(|word: &&str| word.len()).max().unwrap_or_default();
        Ok(WordLists { lists, longest })
    }

    /// What the parts of a book are called.
    pub fn part_names(&self) -> PartNames {
        let names = |list| self.words(list).collect();
        PartNames::new(
            names(WordList::ClosingWords),
            names(WordList::FrontHeads),
            names(WordList::BackHeads),
            names(WordList::StatementsOfRights),
            names(WordList::NumberedHeads),
        )
    }

    /// Whether a list has a word, in this very case.
    pub fn has(&self, list: WordList, word: &str) -> bool {
        word.len() <= self.longest && self.lists[list as usize].contains(word)
    }

    /// The words of a list, in no particular order.
    pub fn words(&self, list: WordList) -> impl Iterator<Item = &'static str> {
        self.lists[list as usize].iter().copied()
    }

    /// Whether a list has a word in lower case, or else with capitals among its
    /// ASCII letters.
    pub fn has_in_any_case(&self, list: WordList, word: &str) -> bool {
        if word.len() > self.longest {
            return false;
        }
        if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return self.has(list, &word.to_ascii_lowercase());
        }
        self.has(list, word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_a_file() {
        let mut files: Vec<(&str, &str)> = WordList::ALL.map(|list| (list.name(), "# remark\nquay\n")).to_vec();
        let lists = WordLists::parse(&files).expect("all are there");
        assert!(lists.has(WordList::Tens, "quay") && !lists.has(WordList::Tens, "Quay"));
        assert!(lists.has_in_any_case(WordList::Tens, "QUAY") && !lists.has(WordList::Tens, "# remark"));
        files.push(("colours", "red\n"));
        assert!(WordLists::parse(&files).is_ok());
        files.truncate(1);
        assert!(matches!(WordLists::parse(&files).err(), Some(WordListError::Missing(_))));
    }
}
