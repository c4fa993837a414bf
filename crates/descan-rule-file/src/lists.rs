//! Word lists in patterns: `{speech-verbs}` stands for any word of the list. Regexes
//! that many rules share have names too.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::classes::{Subject, simplified};

/// Named lists of words, named tables that map one text to another, and named
/// regexes.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    words: BTreeMap<String, Vec<String>>,
    maps: BTreeMap<String, Arc<BTreeMap<String, String>>>,
    /// Regexes as they are for each subject.
    patterns: BTreeMap<String, [String; 2]>,
}

impl Lists {
    /// Adds a list of words: one a line, `#` begins a remark.
    pub fn add_words(&mut self, name: &str, text: &str) {
        let mut words: Vec<String> = content(text).map(str::to_owned).collect();
        // A regex takes the first alternative that matches: the longest goes first.
        words.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        words.dedup();
        self.words.insert(name.to_owned(), words);
    }

    /// Adds a table: on each line a text, a tab, and what it becomes; `#` begins a
    /// remark.
    ///
    /// # Errors
    /// The number of a line that has no tab.
    pub fn add_map(&mut self, name: &str, text: &str) -> Result<(), usize> {
        let mut map = BTreeMap::new();
        for (index, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (from, to) = line.split_once('\t').ok_or(index + 1)?;
            map.insert(from.to_owned(), to.to_owned());
        }
        self.maps.insert(name.to_owned(), Arc::new(map));
        Ok(())
    }

    /// Adds a regex that rules name.
    pub fn add_pattern(&mut self, name: &str, text: &str) {
        let prepared = [Subject::Document, Subject::Window].map(|subject| simplified(text.trim_end(), subject));
        self.patterns.insert(name.to_owned(), prepared.map(|regex| format!("(?:{regex})")));
    }

    /// Adds what [`Lists::prepared`] gave for a name.
    pub fn add_prepared(&mut self, name: &str, regexes: [&str; 2]) {
        self.patterns.insert(name.to_owned(), regexes.map(str::to_owned));
    }

    /// The regexes that go in the place of `{name}`, in a document and in a window.
    ///
    /// # Errors
    /// One sentence: there is nothing of that name.
    pub fn prepared(&self, name: &str) -> Result<[String; 2], String> {
        Ok([self.alternatives(name, Subject::Document)?, self.alternatives(name, Subject::Window)?])
    }

    /// The names in braces in a text that has regexes in it, and perhaps others that look alike.
    pub fn named_in(text: &str) -> Vec<&str> {
        let name_at = |(open, _): (usize, &str)| text[open + 1..].split('}').next().unwrap_or_default();
        let mut names: Vec<&str> = text.match_indices('{').map(name_at).filter(|name| is_list_name(name)).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// All words of the lists.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.values().flatten().map(String::as_str)
    }

    /// The table of that name.
    pub fn map(&self, name: &str) -> Option<Arc<BTreeMap<String, String>>> {
        self.maps.get(name).cloned()
    }

    /// The pattern with each `{name}` replaced by the words of that list, as
    /// alternatives. A straight apostrophe in a word stands for a curly one too.
    /// A table's name stands for the texts that it maps.
    ///
    /// # Errors
    /// One sentence that names a list that there is not.
    pub fn expand(&self, pattern: &str, subject: Subject) -> Result<String, String> {
        let mut expanded = String::with_capacity(pattern.len());
        let mut rest = pattern;
        while let Some(open) = rest.find('{') {
            let (before, from) = rest.split_at(open);
            expanded += before;
            let name = from[1..].split('}').next().unwrap_or_default();
            // `\p{greek}` is a class of characters, `\x{a0}` a character, `x{2,3}` a repetition.
            let is_class = ["\\p", "\\P", "\\x"].iter().any(|class| before.ends_with(class));
            if is_class || !is_list_name(name) || from.len() < name.len() + 2 {
                expanded.push('{');
                rest = &from[1..];
                continue;
            }
            expanded += &self.alternatives(name, subject)?;
            rest = &from[name.len() + 2..];
        }
        Ok(expanded + rest)
    }

    fn alternatives(&self, name: &str, subject: Subject) -> Result<String, String> {
        if let Some(of_subjects) = self.patterns.get(name) {
            return Ok(of_subjects[subject as usize].clone());
        }
        let words: Vec<&str> = match (self.words.get(name), self.maps.get(name)) {
            (Some(words), _) => words.iter().map(String::as_str).collect(),
            (None, Some(map)) => {
                let mut keys: Vec<&str> = map.keys().map(String::as_str).collect();
                keys.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
                keys
            }
            (None, None) => {
                let names = self.words.keys().chain(self.maps.keys()).chain(self.patterns.keys());
                let known: Vec<&str> = names.map(String::as_str).collect();
                return Err(format!("there is no word list {{{name}}}; there are {}", known.join(", ")));
            }
        };
        let escaped: Vec<String> = words.iter().map(|word| escape(word)).collect();
        Ok(format!("(?:{})", escaped.join("|")))
    }
}

/// The lines of a list that are no remarks.
fn content(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn is_list_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// A word as a regex.
fn escape(word: &str) -> String {
    let mut escaped = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            '\'' => escaped += "['’]",
            c if c.is_alphanumeric() || c == ' ' || !c.is_ascii() => escaped.push(c),
            c => escaped.extend(['\\', c]),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_stand_for_their_words_and_other_braces_stay() {
        let mut lists = Lists::default();
        lists.add_words("birds", "# remark\nhen\nhen's egg\n");
        let expanded = lists.expand(r"\p{Lu}{2}(?:{birds}) \p{greek}", Subject::Window).expect("the list is there");
        assert_eq!(expanded, r"\p{Lu}{2}(?:(?:hen['’]s egg|hen)) \p{greek}");
        lists.add_pattern("mail", "a@b\n");
        assert_eq!(lists.expand("{mail}|x", Subject::Window).as_deref(), Ok(r"(?:a@b)|x"));
        assert!(
            lists
                .expand("{fish}", Subject::Window)
                .is_err_and(|what| what.contains("{fish}") && what.contains("birds"))
        );
    }

    #[test]
    fn tables_map_and_stand_for_what_they_map() {
        let mut lists = Lists::default();
        lists.add_map("names", "amp;\t&\nlt;\t<\n").expect("a table");
        assert_eq!(lists.expand("&{names}", Subject::Document).as_deref(), Ok(r"&(?:amp\;|lt\;)"));
        assert_eq!(lists.map("names").and_then(|map| map.get("lt;").cloned()).as_deref(), Some("<"));
        assert_eq!(lists.add_map("bad", "a\tb\nc\n"), Err(2));
    }
}
