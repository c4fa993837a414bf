//! Patterns of rules: regular expressions and the guards on the places they match.

use std::sync::OnceLock;

use regex::Regex;

/// How a rule without code finds its places.
#[derive(Debug)]
pub struct Pattern {
    /// The regex as written.
    pub source: String,
    /// The replacement, with `${group}`.
    pub with: String,
    /// Literals of which every match has one.
    pub triggers: Vec<String>,
    /// What must hold where it matches.
    pub guards: Vec<Guard>,
    regex: OnceLock<Option<Regex>>,
}

/// A condition on the place where a pattern matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// The place is running text: no verse, table, heading or code.
    Prose,
    /// A word of what is replaced is unknown.
    UnknownBefore,
    /// Every word that the replacement touches is known.
    KnownAfter,
    /// The document's house style is curly quotes and apostrophes.
    Curly,
    /// The reading is likelier between its neighbours than what stands there.
    Context,
}

impl Pattern {
    pub(crate) fn new(source: String, with: String, triggers: Vec<String>, guards: Vec<Guard>) -> Pattern {
        Pattern { source, with, triggers, guards, regex: OnceLock::new() }
    }

    /// The compiled regex, made on first use. `None` when it does not compile,
    /// which the loader refuses.
    pub fn regex(&self) -> Option<&Regex> {
        self.regex.get_or_init(|| compile(&self.source).ok()).as_ref()
    }
}

/// Compiles a pattern of a rule or of the settings. The size limit keeps a
/// hostile one from taking all memory; the built-in patterns stay far below it.
///
/// # Errors
/// One sentence that says what is wrong with it.
pub fn compile(source: &str) -> Result<Regex, String> {
    let built = regex::RegexBuilder::new(source).size_limit(1 << 20).dfa_size_limit(1 << 20).build();
    built.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => "bad pattern: it becomes too big; make its repetitions smaller".to_owned(),
        error => {
            let what = error.to_string();
            format!("bad pattern: {}", what.lines().last().unwrap_or_default().trim())
        }
    })
}

impl Guard {
    const NAMES: [(&'static str, Guard); 5] = [
        ("prose", Guard::Prose),
        ("unknown-before", Guard::UnknownBefore),
        ("known-after", Guard::KnownAfter),
        ("curly", Guard::Curly),
        ("context", Guard::Context),
    ];

    pub(crate) fn parse(name: &str) -> Result<Guard, String> {
        let known = Guard::NAMES.iter().find(|(n, _)| *n == name).map(|(_, g)| *g);
        known.ok_or_else(|| {
            let names: Vec<&str> = Guard::NAMES.iter().map(|(n, _)| *n).collect();
            format!("unknown guard {name:?}; known are {}", names.join(", "))
        })
    }
}
