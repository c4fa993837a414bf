//! The rules of a run: those built in, and a user's own.

use std::sync::{Arc, OnceLock};

use descan_rule_file::{Change, Keep, Lists, PassName, RuleFile};
use descan_text::level::Level;
use descan_text::shards::Shards;
use thiserror::Error;

use crate::id::{HEADS, MACHINE, RuleId, TYPED, built_in_file, built_in_lists, built_in_source};
use crate::{LazyRegex, Matcher, Prior, Rule, compile};

/// Why a rule was refused.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{0}")]
pub struct LoadError(pub String);

/// The rules of a run, in the order of the passes.
#[derive(Debug)]
pub struct RuleSet {
    rules: Vec<Rule>,
    /// The word lists and tables of a user's own rules, with those built in.
    lists: Option<Lists>,
    /// Where the patterns are tried, worked out when first asked for.
    matcher: OnceLock<Matcher>,
    /// The rules that match in tokens, as far as they were asked for.
    seen: Shards<RuleId>,
    /// What shows that a text was typed and never scanned.
    typed: LazyRegex,
    /// What shows that a word was written for a machine.
    machine: LazyRegex,
}

impl RuleSet {
    /// The rules built into the binary.
    pub fn built_in() -> RuleSet {
        let rules = HEADS.iter().map(Rule::built_in).collect();
        // As the conditions of rules have it, so that one look at a text serves both.
        let typed = LazyRegex::named(&TYPED, true);
        let machine = LazyRegex::named(&MACHINE, false);
        RuleSet { rules, lists: None, matcher: OnceLock::new(), seen: Shards::of_most(SEEN), typed, machine }
    }

    /// Adds a word list of the user, by which patterns of rules that are added
    /// later can go: one word a line.
    pub fn add_words(&mut self, name: &str, text: &str) {
        self.lists_mut().add_words(name, text);
    }

    /// Adds a table of the user, for filters of rules that are added later: on each
    /// line a text, a tab, and what it becomes.
    ///
    /// # Errors
    /// The number of a line that has no tab.
    pub fn add_map(&mut self, name: &str, text: &str) -> Result<(), usize> {
        self.lists_mut().add_map(name, text)
    }

    fn lists_mut(&mut self) -> &mut Lists {
        self.lists.get_or_insert_with(|| built_in_lists(|_| true))
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
        if let Err(what) = compile(right) {
            return refuse(what);
        }
        let after = file.again.iter().flat_map(|again| &again.of);
        if let Some(of) = after.into_iter().find(|of| self.find(of).is_none()) {
            return refuse(format!("again: there is no rule {of:?}"));
        }
        let Ok(id) = u16::try_from(self.rules.len()) else {
            return refuse("there are too many rules".to_owned());
        };
        let lists = &*self.lists_mut();
        let rule = file.prepare(lists).and_then(|file| Rule::from_file(pass, file, lists));
        let checked = rule.and_then(|rule| rule.check(lists).map(|()| rule));
        match checked {
            Ok(rule) => self.rules.push(rule),
            Err(what) => {
                // The place is that of the field that the message begins with.
                let line = line_of(source, &what).map_or_else(String::new, |line| format!(":{line}"));
                return Err(LoadError(format!("{file_name}{line}: {what}")));
            }
        }
        self.matcher = OnceLock::new();
        self.seen = Shards::of_most(SEEN);
        Ok(RuleId(id))
    }

    /// What shows that a text was typed and never scanned: the named regex `typed-text`.
    pub fn typed(&self) -> &LazyRegex {
        &self.typed
    }

    /// What shows that a word was written for a machine, and with that, that a text was typed: the
    /// named regex `machine-word`.
    pub fn machine_word(&self) -> &LazyRegex {
        &self.machine
    }

    /// Where the patterns are tried.
    pub fn matcher(&self) -> &Matcher {
        self.matcher.get_or_init(|| Matcher::of(self.iter()))
    }

    /// The rules whose patterns match in a token, in order.
    pub fn matching_token(&self, token: &str) -> Arc<[RuleId]> {
        self.seen.get_or_insert(token, || {
            let mut matching = self.matcher().in_token(token);
            matching.retain(|&rule| self.get(rule).matches_token(token));
            matching.into()
        })
    }

    /// The rule of that name or alias.
    pub fn find(&self, name: &str) -> Option<RuleId> {
        let index = self.rules.iter().position(|rule| rule.is_called(name))?;
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
        built_in_source(name).map(|source| source.text)
    }

    /// The examples of a built-in rule.
    pub fn examples(name: &str) -> Option<(Vec<Change>, Vec<Keep>)> {
        built_in_file(name).map(|file| (file.change, file.keep))
    }
}

/// Of so many tokens it is kept which rules match in them; about eight megabytes.
const SEEN: usize = 1 << 16;

/// The line of a rule's source on which the field stands that a message begins
/// with: `pattern: …`, `[when] known: …`, `with = …`.
fn line_of(source: &str, message: &str) -> Option<usize> {
    let (table, rest) = match message.strip_prefix('[') {
        Some(rest) => rest.split_once("] ")?,
        None => ("", message),
    };
    let field: &str = rest.split([':', ' ']).next()?;
    let field =
        if message.starts_with("bad pattern") || message.starts_with("the pattern") { "pattern" } else { field };
    let mut inside = String::new();
    for (index, line) in source.lines().enumerate() {
        let line = line.trim();
        if line.starts_with('[') {
            inside = line.trim_matches(['[', ']']).to_owned();
        } else if inside == table && line.strip_prefix(field).is_some_and(|rest| rest.trim_start().starts_with('=')) {
            return Some(index + 1);
        }
    }
    None
}
