//! The keys of a review: one table for `descan review` and for the HTML report.
//!
//! Small letters act on one finding, and capitals on every finding like it. Where a
//! review shows a series, its keys act on the series.

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Apply the repair.
    Accept,
    /// Leave the text as it is.
    Reject,
    /// Type the correct text.
    Type,
    /// Apply every repair with the same reading.
    AcceptAlike,
    /// Leave every place with the same reading.
    RejectAlike,
    /// Type the correct text for every place with the same reading.
    TypeAlike,
    /// The word is right in this archive.
    Right,
    /// Never use this word in this archive.
    Never,
    /// Apply this and all that follow.
    AcceptRest,
    /// Leave this and all that follow.
    RejectRest,
    /// Go through a series one by one, and return to the series.
    Open,
    /// Decide later.
    Next,
    /// Go back.
    Previous,
    /// Go to the next file.
    NextFile,
    /// Go back to the file before.
    PreviousFile,
    /// Search for a text.
    Find,
    /// Undo the last decision.
    Undo,
    /// Show the figures behind the reasons.
    Details,
    /// Show the page around the place.
    Page,
    /// Show the keys.
    Keys,
    /// Quit.
    Quit,
}

/// A key and its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// The key.
    pub key: char,
    /// What it does.
    pub action: Action,
    /// The name of the action in the page's markup and script.
    pub name: &'static str,
    /// One or two words for a legend or a button.
    pub label: &'static str,
    /// What it does to a finding, for the list of keys.
    pub help: &'static str,
    /// What it does to a series, if it does something there.
    pub series: Option<&'static str>,
    /// Whether the HTML report has it.
    pub in_page: bool,
}

/// All keys, in the order in which they are shown.
pub const KEYS: &[Key] = &[
    key('y', Action::Accept, "accept", "apply", "apply this repair", Some("apply the series, less its guesses"), true),
    key('n', Action::Reject, "reject", "leave", "leave the text as it is", Some("leave the whole series"), true),
    key('o', Action::Open, "open", "open", "return to the series", Some("go through it one by one"), true),
    key('e', Action::Type, "type", "type", "type the correct text", Some("type the correct text for all of it"), true),
    key('Y', Action::AcceptAlike, "accept-alike", "apply alike", "apply to every finding like it", Some(GUESSES), true),
    key('N', Action::RejectAlike, "reject-alike", "leave alike", "leave every finding like it", None, true),
    key('E', Action::TypeAlike, "type-alike", "type alike", "type the text for every finding like it", None, true),
    key('w', Action::Right, "right", "word is right", "the word is right in this archive", Some(WORD), true),
    key('x', Action::Never, "never", "never use", "never use this word in this archive", Some(NEVER), true),
    key('j', Action::Next, "next", "later", "skip and decide later", Some("skip and decide later"), true),
    key('k', Action::Previous, "previous", "back", "go back", Some("go back"), true),
    key('f', Action::NextFile, "next-file", "next file", "go to the next file", None, true),
    key('b', Action::PreviousFile, "previous-file", "file before", "go to the file before", None, true),
    key('/', Action::Find, "find", "search", "search for a text", Some("search for a text"), true),
    key('u', Action::Undo, "undo", "undo", "undo the last decision", Some("undo the last decision"), true),
    key(
        'a',
        Action::AcceptRest,
        "accept-rest",
        "apply rest",
        "apply this and all that follow in the file",
        Some(REST),
        false,
    ),
    key(
        'd',
        Action::RejectRest,
        "reject-rest",
        "leave rest",
        "leave this and all that follow in the file",
        Some(NO_REST),
        false,
    ),
    key('v', Action::Details, "details", "figures", "show the figures behind the reasons", None, true),
    key('p', Action::Page, "page", "page", "show the page around it", Some("show more of its places"), false),
    key('?', Action::Keys, "keys", "all keys", "show these keys", Some("show these keys"), true),
    key(
        'q',
        Action::Quit,
        "quit",
        "quit",
        "quit; your decisions are saved",
        Some("quit; your decisions are saved"),
        false,
    ),
];

const GUESSES: &str = "apply the series and its guesses";
const WORD: &str = "the word of the series is right in this archive";
const NEVER: &str = "never use the new word in this archive";
const REST: &str = "apply this series and all that follow";
const NO_REST: &str = "leave this series and all that follow";

impl Action {
    /// What the key does, or `None` if no action has it.
    pub fn of(key: char) -> Option<Action> {
        KEYS.iter().find(|k| k.key == key).map(|k| k.action)
    }

    /// The key of the action.
    pub fn key(self) -> char {
        KEYS.iter().find(|k| k.action == self).map_or('?', |k| k.key)
    }
}

const fn key(
    key: char,
    action: Action,
    name: &'static str,
    label: &'static str,
    help: &'static str,
    series: Option<&'static str>,
    in_page: bool,
) -> Key {
    Key { key, action, name, label, help, series, in_page }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn keys_names_and_actions_are_unique() {
        let keys: HashSet<char> = KEYS.iter().map(|k| k.key).collect();
        let names: HashSet<&str> = KEYS.iter().map(|k| k.name).collect();
        let actions: HashSet<Action> = KEYS.iter().map(|k| k.action).collect();
        assert_eq!([keys.len(), names.len(), actions.len()], [KEYS.len(); 3]);
    }

    #[test]
    fn the_documentation_has_every_key() {
        let docs = include_str!("../../../docs/review.md");
        for key in KEYS {
            let row =
                format!("| `{}` | {} | {}", key.key, key.help, key.series.map_or(String::new(), |s| format!("{s} ")));
            assert!(docs.contains(&format!("{row}|")), "docs/review.md lacks: {row}|");
        }
    }

    #[test]
    fn a_capital_does_to_all_alike_what_its_small_letter_does_to_one() {
        for capital in KEYS.iter().filter(|k| k.key.is_ascii_uppercase()) {
            let small = KEYS.iter().find(|k| k.key == capital.key.to_ascii_lowercase());
            let small = small.unwrap_or_else(|| panic!("{} has no small letter", capital.key));
            assert_eq!(capital.name, format!("{}-alike", small.name));
        }
    }
}
