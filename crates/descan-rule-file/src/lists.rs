//! Word lists in patterns: `{speech-verbs}` stands for any word of the list. Regexes
//! that many rules share have names too.

use std::collections::BTreeMap;

/// Named lists of words, named tables that map one text to another, and named
/// regexes.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    words: BTreeMap<String, Vec<String>>,
    maps: BTreeMap<String, BTreeMap<String, String>>,
    patterns: BTreeMap<String, String>,
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
        self.maps.insert(name.to_owned(), map);
        Ok(())
    }

    /// Adds a regex that rules name.
    pub fn add_pattern(&mut self, name: &str, text: &str) {
        self.patterns.insert(name.to_owned(), text.trim_end().to_owned());
    }

    /// All words of the lists.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.values().flatten().map(String::as_str)
    }

    /// The table of that name.
    pub fn map(&self, name: &str) -> Option<&BTreeMap<String, String>> {
        self.maps.get(name)
    }

    /// The pattern with each `{name}` replaced by the words of that list, as
    /// alternatives. A straight apostrophe in a word stands for a curly one too.
    /// A table's name stands for the texts that it maps.
    ///
    /// # Errors
    /// One sentence that names a list that there is not.
    pub fn expand(&self, pattern: &str) -> Result<String, String> {
        let mut expanded = String::with_capacity(pattern.len());
        let mut rest = pattern;
        while let Some(open) = rest.find('{') {
            let (before, from) = rest.split_at(open);
            expanded += before;
            let name = from[1..].split('}').next().unwrap_or_default();
            // `\p{greek}` is a class of characters, `x{2,3}` a repetition.
            let is_class = before.ends_with("\\p") || before.ends_with("\\P");
            if is_class || !is_list_name(name) || from.len() < name.len() + 2 {
                expanded.push('{');
                rest = &from[1..];
                continue;
            }
            expanded += &self.alternatives(name)?;
            rest = &from[name.len() + 2..];
        }
        Ok(expanded + rest)
    }

    fn alternatives(&self, name: &str) -> Result<String, String> {
        if let Some(pattern) = self.patterns.get(name) {
            return Ok(format!("(?:{pattern})"));
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
        let expanded = lists.expand(r"\p{Lu}{2}(?:{birds}) \p{greek}").expect("the list is there");
        assert_eq!(expanded, r"\p{Lu}{2}(?:(?:hen['’]s egg|hen)) \p{greek}");
        lists.add_pattern("mail", "\\w@\\w\n");
        assert_eq!(lists.expand("{mail}|x").as_deref(), Ok(r"(?:\w@\w)|x"));
        assert!(lists.expand("{fish}").is_err_and(|what| what.contains("{fish}") && what.contains("birds")));
    }

    #[test]
    fn tables_map_and_stand_for_what_they_map() {
        let mut lists = Lists::default();
        lists.add_map("names", "amp;\t&\nlt;\t<\n").expect("a table");
        assert_eq!(lists.expand("&{names}").as_deref(), Ok(r"&(?:amp\;|lt\;)"));
        assert_eq!(lists.map("names").and_then(|map| map.get("lt;")).map(String::as_str), Some("<"));
        assert_eq!(lists.add_map("bad", "a\tb\nc\n"), Err(2));
    }
}
