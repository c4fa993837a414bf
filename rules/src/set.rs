//! The rules of a run: those built in, and a user's own.

use descan_rule_file::{Change, Keep, PassName, RuleFile};
use descan_text::level::Level;
use thiserror::Error;

use crate::id::{RUNTIME, RuleId, SOURCES};
use crate::{Prior, Rule, compile};

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
        let files: Vec<(String, RuleFile)> =
            serde_json::from_str(RUNTIME).expect("the build script wrote what it had read");
        let mut rules = Vec::with_capacity(files.len());
        for (pass, file) in files {
            let pass = PassName::parse(&pass).expect("the build script goes by the names of the passes");
            rules.push(Rule::from_file(pass, file).expect("the build script refuses a bad rule"));
        }
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
        if let Some(taken) =
            std::iter::once(&file.name).chain(&file.formerly).chain(&file.aliases).find(|n| self.find(n).is_some())
        {
            return refuse(format!("there is a rule {taken:?} already; choose another name"));
        }
        let right = file.style.as_ref().map_or("", |style| &style.right);
        if let Err(what) = compile(&file.pattern).and_then(|_| compile(right)) {
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

    /// Takes other figures for what was learned of a rule: for learning them.
    pub fn set_prior(&mut self, id: RuleId, prior: Prior) {
        self.rules[usize::from(id.0)].style.prior = Some(prior);
    }

    /// All rules in order.
    pub fn iter(&self) -> impl Iterator<Item = (RuleId, &Rule)> {
        self.rules.iter().enumerate().map(|(i, r)| (RuleId(i as u16), r))
    }

    /// The source text of a built-in rule's file.
    pub fn source(name: &str) -> Option<&'static str> {
        SOURCES.iter().find(|s| s.name == name).map(|s| s.text)
    }

    /// The examples of a built-in rule.
    pub fn examples(name: &str) -> Option<(Vec<Change>, Vec<Keep>)> {
        let source = SOURCES.iter().find(|s| s.name == name)?;
        let file = RuleFile::parse(&format!("rules/{}/{name}.toml", source.pass), source.text).ok()?;
        Some((file.change, file.keep))
    }
}
