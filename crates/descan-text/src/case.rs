//! The case of words.

/// The case of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// No capitals.
    Lower,
    /// A capital at the start only.
    Capital,
    /// Capitals elsewhere.
    Other,
}

impl Shape {
    /// The shape of a word.
    pub fn of(word: &str) -> Shape {
        let mut chars = word.chars();
        let first = chars.next().is_some_and(char::is_uppercase);
        match (first, chars.any(char::is_uppercase)) {
            (_, true) => Shape::Other,
            (true, false) => Shape::Capital,
            (false, false) => Shape::Lower,
        }
    }
}

/// The word with a capital at its start and the rest in lower case.
pub fn capitalise(word: &str) -> String {
    let mut chars = word.chars();
    let Some(first) = chars.next() else { return String::new() };
    first.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect()
}
