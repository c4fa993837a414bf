//! The rules of a run: those built in, and a user's own.

use std::cmp::Ordering;
use std::sync::OnceLock;

use regex::Regex;
use thiserror::Error;

use super::file::{Change, Keep, RuleFile};
use crate::finding::Reason;
use crate::level::Level;
use crate::passes::PassName;

/// The rules built into the binary: `SOURCES`, their files as text, and
/// `RUNTIME`, what of them is needed to run, as JSON.
mod built_in {
    pub struct Source {
        pub pass: &'static str,
        pub name: &'static str,
        pub text: &'static str,
    }
    include!(concat!(env!("OUT_DIR"), "/rules.rs"));
}

/// A rule's place in its [`RuleSet`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(u16);

/// One defect and its repair.
#[derive(Debug)]
pub struct Rule {
    /// The name that identifies it.
    pub name: String,
    /// Earlier names that still select it.
    pub aliases: Vec<String>,
    /// The pass that runs it.
    pub pass: PassName,
    /// One line: the defect.
    pub summary: String,
    /// What goes wrong, how it is decided, what is left alone.
    pub why: String,
    /// The surest level that its edits reach.
    pub level: Level,
    /// The same as the rule's file has it, where a user has moved `level`.
    pub own_level: Level,
    /// How the places are found; `None` where the pass finds them itself.
    pub pattern: Option<Pattern>,
}

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

/// Why a rule was refused.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{0}")]
pub struct LoadError(pub String);

/// The rules of a run, in the order of the passes.
#[derive(Debug)]
pub struct RuleSet {
    rules: Vec<Rule>,
}

impl RuleSet {
    /// The rules built into the binary.
    pub fn built_in() -> RuleSet {
        let files: Vec<(String, RuleFile)> = serde_json::from_str(built_in::RUNTIME).unwrap_or_default();
        let rules =
            files.into_iter().filter_map(|(pass, file)| Rule::from_file(PassName::parse(&pass)?, file).ok()).collect();
        RuleSet { rules }
    }

    /// Adds a rule from its source text; `file_name` is for messages.
    ///
    /// # Errors
    /// Refuses a rule that is malformed, has no examples or holds an unknown
    /// field, an invisible character, a bad pattern or a name already taken.
    pub fn add(&mut self, pass: PassName, file_name: &str, source: &str) -> Result<RuleId, LoadError> {
        let file = RuleFile::parse(file_name, source).map_err(LoadError)?;
        let refuse = |what: String| Err(LoadError(format!("{file_name}: {what}")));
        if file.code {
            return refuse("code = true is for built-in rules; give a pattern".to_owned());
        }
        if let Some(taken) = std::iter::once(&file.name).chain(&file.aliases).find(|n| self.find(n).is_some()) {
            return refuse(format!("there is a rule {taken:?} already; choose another name"));
        }
        if let Err(what) = compile(&file.pattern) {
            return refuse(what);
        }
        let Ok(id) = u16::try_from(self.rules.len()) else {
            return refuse("there are too many rules".to_owned());
        };
        let rule = match Rule::from_file(pass, file) {
            Ok(rule) => rule,
            Err(what) => return refuse(what),
        };
        self.rules.push(rule);
        Ok(RuleId(id))
    }

    /// The rule of that name or alias.
    pub fn find(&self, name: &str) -> Option<RuleId> {
        let index = self.rules.iter().position(|r| r.name == name || r.aliases.iter().any(|a| a == name))?;
        Some(RuleId(index as u16))
    }

    /// The rule itself.
    pub fn get(&self, id: RuleId) -> &Rule {
        &self.rules[usize::from(id.0)]
    }

    /// Moves the surest level that a rule's edits reach.
    pub fn set_level(&mut self, id: RuleId, level: Level) {
        self.rules[usize::from(id.0)].level = level;
    }

    /// All rules in order.
    pub fn iter(&self) -> impl Iterator<Item = (RuleId, &Rule)> {
        self.rules.iter().enumerate().map(|(i, r)| (RuleId(i as u16), r))
    }

    /// The source text of a built-in rule's file.
    pub fn source(name: &str) -> Option<&'static str> {
        built_in::SOURCES.iter().find(|s| s.name == name).map(|s| s.text)
    }

    /// The examples of a built-in rule.
    pub fn examples(name: &str) -> Option<(Vec<Change>, Vec<Keep>)> {
        let source = built_in::SOURCES.iter().find(|s| s.name == name)?;
        let file = RuleFile::parse(&format!("rules/{}/{name}.toml", source.pass), source.text).ok()?;
        Some((file.change, file.keep))
    }
}

impl Rule {
    /// The level of an edit for which the pass says `by_pass`, and the reason if
    /// a user's wish moved it.
    ///
    /// Where the pass is as sure as the rule can get, the edit has the rule's
    /// level. One that the rule itself is less sure of is not raised with it.
    pub fn judged(&self, by_pass: Level) -> (Level, Option<Reason>) {
        let level = if by_pass <= self.own_level { self.level } else { by_pass.max(self.level) };
        let own = by_pass.max(self.own_level);
        let how = match level.cmp(&own) {
            Ordering::Equal => return (level, None),
            Ordering::Less => "raised",
            Ordering::Greater => "lowered",
        };
        let what = format!("{how} from {} to {} by the settings", own.name(), level.name());
        (level, Some(Reason::new(what)))
    }

    fn from_file(pass: PassName, file: RuleFile) -> Result<Rule, String> {
        let level = match file.level.as_str() {
            "certain" => Level::Certain,
            "probable" => Level::Probable,
            _ => Level::Suspect,
        };
        let pattern = match file.with {
            Some(with) => {
                let guards = file.guards.iter().map(|g| Guard::parse(g)).collect::<Result<_, _>>()?;
                Some(Pattern { source: file.pattern, with, triggers: file.triggers, guards, regex: OnceLock::new() })
            }
            None => None,
        };
        Ok(Rule {
            name: file.name,
            aliases: file.aliases,
            pass,
            summary: file.summary,
            why: file.why,
            level,
            own_level: level,
            pattern,
        })
    }
}

impl Pattern {
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
pub(crate) fn compile(source: &str) -> Result<Regex, String> {
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

    fn parse(name: &str) -> Result<Guard, String> {
        let known = Guard::NAMES.iter().find(|(n, _)| *n == name).map(|(_, g)| *g);
        known.ok_or_else(|| {
            let names: Vec<&str> = Guard::NAMES.iter().map(|(n, _)| *n).collect();
            format!("unknown guard {name:?}; known are {}", names.join(", "))
        })
    }
}
