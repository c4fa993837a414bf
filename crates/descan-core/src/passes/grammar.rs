//! What a few English words do in a sentence: the speaker's tag after a speech
//! (`said Ann`, `he asked`, `Ann replied`), words that begin a sentence, and
//! words that end none.

/// How sure it is that a tag follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// It begins in lower case, as only the same sentence can.
    Sure,
    /// It begins with a name, or with `I`: it may be a sentence of its own.
    Named,
    /// No tag.
    None,
}

/// Verbs that say that somebody spoke.
const VERBS: [&str; 72] = [
    "said",
    "says",
    "asked",
    "cried",
    "replied",
    "answered",
    "whispered",
    "murmured",
    "muttered",
    "shouted",
    "admitted",
    "agreed",
    "exclaimed",
    "repeated",
    "returned",
    "continued",
    "demanded",
    "remarked",
    "observed",
    "added",
    "called",
    "snapped",
    "growled",
    "sighed",
    "protested",
    "declared",
    "announced",
    "explained",
    "suggested",
    "inquired",
    "enquired",
    "responded",
    "retorted",
    "insisted",
    "began",
    "commented",
    "confessed",
    "gasped",
    "groaned",
    "grunted",
    "hissed",
    "interrupted",
    "moaned",
    "ordered",
    "pleaded",
    "promised",
    "roared",
    "screamed",
    "shrieked",
    "sobbed",
    "stammered",
    "told",
    "urged",
    "wailed",
    "warned",
    "went",
    "yelled",
    "ejaculated",
    "rejoined",
    "broke",
    "bellowed",
    "chuckled",
    "drawled",
    "faltered",
    "echoed",
    "concluded",
    "conceded",
    "mumbled",
    "panted",
    "pursued",
    "reiterated",
    "breathed",
];

/// Words that no clause ends with.
const NEVER_LAST: [&str; 40] = [
    "a", "an", "the", "and", "or", "but", "of", "to", "in", "on", "at", "by", "for", "from", "with", "into", "upon",
    "is", "are", "was", "were", "be", "been", "has", "have", "had", "my", "your", "his", "her", "its", "our", "their",
    "he", "she", "they", "we", "i", "ft", "cent",
];

/// Whether a word says that somebody spoke.
pub(super) fn is_verb_of_speech(word: &str) -> bool {
    VERBS.contains(&word)
}

/// Whether a word leads to what is said or thought, which may begin with a
/// capital behind a comma: `she wondered, What now?`
pub(super) fn leads_to_speech(word: &str) -> bool {
    const THOUGHT: [&str; 12] =
        ["thought", "wondered", "say", "ask", "cry", "read", "answer", "sang", "wrote", "think", "thinking", "saying"];
    is_verb_of_speech(word) || THOUGHT.contains(&word)
}

/// Judges what follows a closing quote.
pub(super) fn tag(rest: &str) -> Tag {
    let mut words = rest.split_whitespace().map(|w| w.trim_end_matches(|c: char| !c.is_alphanumeric()));
    let (Some(first), second) = (words.next(), words.next().unwrap_or_default()) else {
        return Tag::None;
    };
    if is_verb_of_speech(first) && first != "went" {
        return Tag::Sure;
    }
    // `feebly repeated Ann`
    if first.len() > 4 && first.ends_with("ly") && first.starts_with(char::is_lowercase) && is_verb_of_speech(second) {
        return Tag::Sure;
    }
    if matches!(first, "he" | "she" | "they" | "we" | "it" | "you") && is_verb_of_speech(second) {
        return Tag::Sure;
    }
    if first == "the" {
        // `the old man said`: the verb within a few words.
        let close =
            std::iter::once(second).chain(words.take(2)).any(|word| is_verb_of_speech(word) && word != "called");
        return if close { Tag::Sure } else { Tag::None };
    }
    if first.starts_with(char::is_uppercase) && !starts_sentence(rest) && is_verb_of_speech(second) {
        return if says_and_stops(rest) { Tag::Sure } else { Tag::Named };
    }
    Tag::None
}

/// Whether the second word is a verb that cannot do without what is said, and
/// its clause ends with it: `Ann said.` is no sentence of its own.
fn says_and_stops(rest: &str) -> bool {
    const BARE: [&str; 10] = [
        "said",
        "asked",
        "replied",
        "answered",
        "whispered",
        "murmured",
        "muttered",
        "remarked",
        "exclaimed",
        "inquired",
    ];
    let second = rest.split_whitespace().nth(1).unwrap_or_default();
    second.strip_suffix(['.', ',']).is_some_and(|verb| BARE.contains(&verb))
}

/// Whether the rest begins with a word whose capital only a new sentence gives.
pub(super) fn starts_sentence(rest: &str) -> bool {
    let first = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    matches!(
        first,
        "He" | "She"
            | "They"
            | "We"
            | "It"
            | "The"
            | "A"
            | "An"
            | "His"
            | "Her"
            | "Their"
            | "There"
            | "Then"
            | "This"
            | "That"
            | "But"
            | "And"
            | "When"
            | "As"
            | "At"
            | "In"
            | "On"
            | "Some"
            | "After"
            | "Before"
            | "With"
            | "Again"
            | "So"
    )
}

/// Whether a word before a full stop is short for another.
pub(super) fn is_abbreviation(word: &str) -> bool {
    matches!(
        word,
        "Mr" | "Mrs"
            | "Ms"
            | "Dr"
            | "St"
            | "Rev"
            | "Hon"
            | "Esq"
            | "Jr"
            | "Sr"
            | "Co"
            | "Ltd"
            | "Inc"
            | "etc"
            | "cent"
            | "viz"
            | "cf"
            | "vs"
            | "ed"
            | "vol"
            | "Vol"
            | "No"
            | "no"
            | "Capt"
            | "Col"
            | "Gen"
            | "Lt"
            | "Sgt"
            | "Prof"
            | "Messrs"
            | "Mme"
            | "Mlle"
            | "pp"
            | "op"
            | "cit"
            | "al"
            | "ff"
            | "inst"
            | "ult"
            | "prox"
            | "am"
            | "pm"
            | "ft"
            | "lb"
            | "lbs"
            | "oz"
            | "cwt"
            | "qt"
            | "pt"
            | "yd"
            | "yds"
            | "min"
            | "sec"
            | "hrs"
    )
}

/// Whether a word ends no clause: an article, a preposition, a form of `be`.
pub(super) fn is_never_last(word: &str) -> bool {
    NEVER_LAST.iter().any(|last| last.eq_ignore_ascii_case(word))
}
