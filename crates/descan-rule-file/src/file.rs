//! The format of a rule file, and what can be refused by looking at it alone.
//!
//! The build script compiles this file too, so that a built-in rule and a
//! user's own are read by the same code.

use serde::{Deserialize, Serialize};

use crate::classes::{Subject, simplified, word_borders};
use crate::conditions::Conditions;
use crate::finder::{Finder, Scope};
use crate::lists::Lists;

/// One rule as its TOML file has it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RuleFile {
    /// Kebab-case, names the defect, equals the file's name.
    pub name: String,
    /// One line: the defect as a noun phrase.
    pub summary: String,
    /// `certain`, `probable` or `suspect`: the surest level its edits reach.
    pub level: String,
    /// What goes wrong in a scan, how the rule decides, and what it leaves alone.
    #[serde(default, skip_serializing)]
    pub why: String,
    /// Names that the rule itself had before, the earliest first. They still select
    /// it, and identify its findings in baselines and decisions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formerly: Vec<String>,
    /// Other names that select the rule, such as those of rules that it took in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Set where the pass finds the places itself; then there is no pattern.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub code: bool,
    /// A regex; its group `bad` (else the whole match) is what is replaced.
    /// `{name}` stands for any word of a word list.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub pattern: String,
    /// What the pattern is matched against.
    #[serde(default, skip_serializing_if = "is_default")]
    pub scope: Scope,
    /// The replacement, or several of which the best is taken; `${name}` stands
    /// for a group of the pattern, `${name|filter}` for what a filter makes of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_more")]
    pub with: Vec<String>,
    /// Literals of which every match holds at least one, where those that the
    /// pattern itself shows are not rare enough.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub triggers: Vec<String>,
    /// What must hold where the pattern matches.
    #[serde(default, skip_serializing_if = "is_default")]
    pub when: Conditions,
    /// What must hold besides for an edit to be certain; where it does not, the
    /// edit is probable.
    #[serde(default, skip_serializing_if = "is_default")]
    pub certain: Conditions,
    /// What must hold besides for an edit to be probable; where it does not, the
    /// edit is suspect.
    #[serde(default, skip_serializing_if = "is_default")]
    pub probable: Conditions,
    /// Whether a match must begin, and whether it must end, at the border of a word;
    /// worked out by [`RuleFile::prepare`].
    #[serde(default, skip_serializing_if = "is_default")]
    pub borders: [bool; 2],
    /// How the places are found; worked out by [`RuleFile::prepare`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finder: Option<Finder>,
    /// How the undamaged form looks, and what is counted together: by that a run
    /// tells damage from style.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<Style>,
    /// The rule is tried only where other rules have mended several places of the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<Again>,
    /// Texts that the rule repairs. At least one.
    #[serde(default, skip_serializing)]
    pub change: Vec<Change>,
    /// Texts that look like the defect and are right. At least one.
    #[serde(default, skip_serializing)]
    pub keep: Vec<Keep>,
}

/// What the document must show for a rule of weaker places to be tried at all: the same damage, mended at
/// plainer places by other rules.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Again {
    /// The names of the rules that mend the plainer places.
    pub of: Vec<String>,
    /// In how many places of a few pages they must have mended the document.
    #[serde(default = "twice", skip_serializing_if = "is_twice")]
    pub places: usize,
}

/// The places where the file does not say how many.
fn twice() -> usize {
    2
}

fn is_twice(places: &usize) -> bool {
    *places == twice()
}

/// How a rule tells damage from style.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Style {
    /// A regex for the places that have the right form already. Left out where
    /// `family` is `reading` or `word`: there it is the new word.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub right: String,
    /// What is counted together: `rule`, `reading` or `word`.
    #[serde(default = "whole_rule", skip_serializing_if = "is_whole_rule")]
    pub family: String,
}

/// The family where the file names none.
fn whole_rule() -> String {
    "rule".to_owned()
}

fn is_whole_rule(family: &String) -> bool {
    *family == whole_rule()
}

/// A text that a rule repairs.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// As scanned.
    pub from: String,
    /// As the whole pipeline leaves it.
    pub to: String,
    /// The level to apply, where it is not the rule's own.
    pub level: Option<String>,
    /// Set where the repair is made only on request, with each paragraph put on one line.
    #[serde(default)]
    pub unwrap: bool,
    /// Set where the repair is made only on request, with lines filled up to so many columns.
    pub wrap: Option<u16>,
}

/// A text that no rule may touch.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keep {
    /// The text.
    pub text: String,
}

impl RuleFile {
    /// Reads a rule file.
    ///
    /// # Errors
    /// One sentence that says what is wrong with the file called `file_name`.
    pub fn parse(file_name: &str, source: &str) -> Result<RuleFile, String> {
        if let Some((line, c)) = first_invisible(source) {
            return Err(format!(
                "{file_name}:{line}: invisible character U+{:04X}; write it as an escape such as \"\\u{:04X}\"",
                c as u32, c as u32
            ));
        }
        let rule: RuleFile = toml::from_str(source).map_err(|e| {
            let line = e.span().map_or(1, |s| source[..s.start].matches('\n').count() + 1);
            format!("{file_name}:{line}: {}", e.message().replace('\n', " "))
        })?;
        rule.refuse().map_or(Ok(rule), |what| Err(format!("{file_name}: {what}")))
    }

    /// What is wrong with the rule, as far as can be seen without running it.
    fn refuse(&self) -> Option<String> {
        let name = &self.name;
        let kebab = |n: &str| {
            !n.is_empty()
                && n.split('-')
                    .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
        };
        if !kebab(name) {
            return Some(format!("the name {name:?} is not kebab-case; use small letters, digits and single hyphens"));
        }
        if !["certain", "probable", "suspect"].contains(&self.level.as_str()) {
            return Some(format!("unknown level {:?}; use certain, probable or suspect", self.level));
        }
        if self.summary.trim().is_empty() || self.why.trim().is_empty() {
            return Some("summary and why must say something".to_owned());
        }
        if self.change.is_empty() {
            return Some("no [[change]] example; add one that the rule repairs".to_owned());
        }
        if self.keep.is_empty() {
            return Some("no [[keep]] example; add one that looks alike and is right".to_owned());
        }
        if self.code != self.pattern.is_empty() {
            return Some("a rule has either a pattern or code = true".to_owned());
        }
        if !self.code && self.with.is_empty() {
            return Some("a pattern needs `with`: what comes in the place of what it finds".to_owned());
        }
        let none = Conditions::default();
        let has_conditions = [&self.when, &self.certain, &self.probable].into_iter().any(|c| *c != none);
        if self.code && (!self.with.is_empty() || !self.triggers.is_empty() || has_conditions) {
            return Some("a rule with code = true has no with, triggers or conditions".to_owned());
        }
        if self.again.as_ref().is_some_and(|again| again.of.is_empty() || self.code) {
            return Some("[again] needs `of`, the names of rules, and a pattern".to_owned());
        }
        if self.triggers.iter().any(String::is_empty) {
            return Some("a trigger must not be empty".to_owned());
        }
        if self.finder.is_some() || self.borders != [false; 2] {
            return Some("`finder` and `borders` are worked out and not written".to_owned());
        }
        self.style.as_ref().and_then(Style::refuse)
    }

    /// Puts the words of `lists` into the patterns and works out where they are
    /// tried.
    ///
    /// # Errors
    /// One sentence: a list that there is not, a pattern that is no regex or would
    /// have to be tried everywhere, a condition on a group that the pattern has not.
    pub fn prepare(self, lists: &Lists) -> Result<RuleFile, String> {
        let mut rule = self.simplified().expanded(lists)?;
        if rule.code {
            return Ok(rule);
        }
        for (table, conditions) in [("when", &rule.when), ("certain", &rule.certain), ("probable", &rule.probable)] {
            for (field, group) in conditions.groups() {
                let is_one = matches!(group, "old" | "new") || rule.pattern.contains(&format!("(?P<{group}>"));
                if !is_one {
                    return Err(format!(
                        "[{table}] {field}: the pattern has no group (?P<{group}>…); there are besides \"old\" and \"new\""
                    ));
                }
            }
        }
        rule.finder = Some(Finder::of(&rule.pattern, rule.scope, &rule.triggers)?);
        Ok(rule)
    }

    /// The same with small classes in its regexes, in which lists still stand by their names.
    pub fn simplified(mut self) -> RuleFile {
        self.borders = word_borders(&self.pattern);
        let simple = |regex: &str, subject: Subject| Ok(simplified(regex, subject));
        self.change_regexes(simple).expect("nothing is refused");
        self
    }

    /// The same with the words of `lists` in its regexes.
    ///
    /// # Errors
    /// One sentence: a list that there is not.
    pub fn expanded(mut self, lists: &Lists) -> Result<RuleFile, String> {
        self.change_regexes(|regex, subject| lists.expand(regex, subject))?;
        Ok(self)
    }

    /// The regexes as they are searched for: the pattern, then those of `when`, `certain` and `probable`. Each comes
    /// with whether `^` and `$` are the ends of lines in it.
    pub fn regexes(&self) -> Vec<(String, bool)> {
        let mut regexes = vec![(self.pattern.clone(), self.scope == Scope::Line)];
        for conditions in [&self.when, &self.certain, &self.probable] {
            regexes.extend(conditions.searched());
        }
        regexes
    }

    /// Puts another regex in the place of each that the rule has, if it is one with a pattern.
    fn change_regexes(&mut self, change: impl Fn(&str, Subject) -> Result<String, String>) -> Result<(), String> {
        if self.code {
            return Ok(());
        }
        self.pattern = change(&self.pattern, Subject::Document).map_err(|what| format!("pattern: {what}"))?;
        for (table, conditions) in
            [("when", &mut self.when), ("certain", &mut self.certain), ("probable", &mut self.probable)]
        {
            let in_window = |regex: &str| change(regex, Subject::Window);
            let in_document = |regex: &str| change(regex, Subject::Document);
            conditions.change_regexes(in_window, in_document).map_err(|what| format!("[{table}] {what}"))?;
        }
        Ok(())
    }
}

/// A regex that sees lines or a whole document, with the words of `lists` and small classes.
///
/// # Errors
/// One sentence that names a list that there is not.
pub fn prepared_document(lists: &Lists, pattern: &str) -> Result<String, String> {
    lists.expand(&simplified(pattern, Subject::Document), Subject::Document)
}

impl Style {
    /// What is wrong with the table, as far as can be seen.
    fn refuse(&self) -> Option<String> {
        match (self.family.as_str(), self.right.is_empty()) {
            ("rule", false) | ("reading" | "word", true) => None,
            ("rule", true) => Some("[style] of the family rule needs `right`, a regex for the right form".to_owned()),
            ("reading" | "word", false) => {
                Some("[style] has `right` only where the family is rule; else the new word is counted".to_owned())
            }
            (other, _) => Some(format!("unknown family {other:?} in [style]; use rule, reading or word")),
        }
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Reads one text, or a list of them.
fn one_or_more<'de, D: serde::Deserializer<'de>>(source: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMore {
        One(String),
        More(Vec<String>),
    }
    Ok(match OneOrMore::deserialize(source)? {
        OneOrMore::One(text) => vec![text],
        OneOrMore::More(texts) => texts,
    })
}

/// The first character that an editor would not show, and its line.
///
/// A rule that differs from another by what nobody sees cannot be reviewed.
fn first_invisible(source: &str) -> Option<(usize, char)> {
    let hidden = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{a0}' | '\u{ad}' | '\u{180e}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}'
                | '\u{205f}'..='\u{206f}' | '\u{3000}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e000}'..='\u{f8ff}')
    };
    source.lines().enumerate().find_map(|(i, line)| line.chars().find(|&c| hidden(c)).map(|c| (i + 1, c)))
}
