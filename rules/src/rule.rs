//! One rule, as it runs.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::OnceLock;

use descan_rule_file::{CharSet, Finder, Lists, PassName, RuleFile, StyleTable};
use descan_text::level::{Level, UnknownLevel};

use crate::id::{Head, StaticSearch, TABLES, built_in_file};
use crate::search::Search;
use crate::{Pattern, Reason, Style};

/// One defect and its repair.
#[derive(Debug)]
pub struct Rule {
    /// The name that identifies it.
    pub name: String,
    /// Names that the rule itself had before, the earliest first.
    pub formerly: Vec<String>,
    /// All other names that select it.
    pub aliases: Vec<String>,
    /// The pass that runs it.
    pub pass: PassName,
    /// One line: the defect.
    pub summary: String,
    /// What goes wrong, how it is decided, what is left alone; not kept of
    /// built-in rules, whose files have it.
    why: String,
    /// The surest level that its edits reach.
    pub level: Level,
    /// The same as the rule's file has it, where a user has moved `level`.
    pub own_level: Level,
    /// How the places are found and repaired; nothing where the pass does it in code.
    pattern: Source,
    /// How damage is told from style.
    pub style: Style,
}

/// Where a rule's pattern comes from.
#[derive(Debug)]
enum Source {
    /// There is none.
    Code,
    /// A user's rule.
    Loaded(Box<Pattern>),
    /// A built-in rule, read when a text first holds what it looks for.
    BuiltIn { head: &'static Head, pattern: OnceLock<Box<Pattern>> },
}

impl Rule {
    /// How the places are found and repaired; `None` where the pass does it in code.
    pub fn pattern(&self) -> Option<&Pattern> {
        match &self.pattern {
            Source::Code => None,
            Source::Loaded(pattern) => Some(pattern),
            Source::BuiltIn { head, pattern } => Some(pattern.get_or_init(|| Box::new(read_pattern(head)))),
        }
    }

    /// Whether the rule is data alone.
    pub fn is_data(&self) -> bool {
        !matches!(self.pattern, Source::Code)
    }

    /// How the places of the pattern are found.
    pub(crate) fn search(&self) -> Option<Search<'_>> {
        match &self.pattern {
            Source::Code => None,
            Source::Loaded(pattern) => Some(match &pattern.finder {
                Finder::Literals { literals, .. } => Search::Literals(literals),
                Finder::TokenLiterals { literals, whole } => Search::TokenLiterals(literals, *whole),
                Finder::LineStart { reach, first, holds } => Search::LineStart(*reach, *first, holds.clone()),
                Finder::Tokens { holds } => Search::Tokens(holds.iter().map(|set| set.to_words()).collect()),
            }),
            Source::BuiltIn { head, .. } => Some(match head.search.as_ref()? {
                StaticSearch::Literals => Search::BuiltInLiterals,
                StaticSearch::LineStart(reach, first, holds) => Search::LineStart(
                    *reach,
                    CharSet::from_words(*first),
                    holds.iter().map(|&words| CharSet::from_words(words)).collect(),
                ),
                StaticSearch::Tokens(sets) => Search::Tokens(Cow::Borrowed(sets)),
            }),
        }
    }

    /// The built-in rule of a head.
    pub(crate) fn built_in(head: &'static Head) -> Rule {
        let level: Level = head.level.parse().expect("the build script refuses other levels");
        let pass = PassName::parse(head.pass).expect("the build script goes by the names of the passes");
        let table = head.style.map(|(right, family)| StyleTable { right: right.to_owned(), family: family.to_owned() });
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        Rule {
            name: head.name.to_owned(),
            formerly: owned(head.formerly),
            aliases: head.formerly.iter().chain(head.aliases).map(|&name| name.to_owned()).collect(),
            pass,
            summary: head.summary.to_owned(),
            why: String::new(),
            level,
            own_level: level,
            style: Style::of(pass, head.name, table),
            pattern: match head.search {
                None => Source::Code,
                Some(_) => Source::BuiltIn { head, pattern: OnceLock::new() },
            },
        }
    }

    /// The first name that the rule ever had: what identifies its findings in
    /// files that outlive a change of name.
    pub fn first_name(&self) -> &str {
        self.formerly.first().unwrap_or(&self.name)
    }

    /// What goes wrong, how it is decided, what is left alone.
    pub fn why(&self) -> String {
        if self.why.is_empty() {
            return built_in_file(&self.name).map(|file| file.why).unwrap_or_default();
        }
        self.why.clone()
    }

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

    /// # Errors
    /// One sentence that says what is wrong with the rule.
    pub(crate) fn from_file(pass: PassName, file: RuleFile, lists: &Lists) -> Result<Rule, String> {
        let level: Level = file.level.parse().map_err(|error: UnknownLevel| error.to_string())?;
        let pattern = match file.code {
            true => Source::Code,
            false => Source::Loaded(Box::new(Pattern::from_file(&file, lists)?)),
        };
        Ok(Rule {
            style: Style::of(pass, &file.name, file.style),
            name: file.name,
            aliases: file.formerly.iter().chain(&file.aliases).cloned().collect(),
            formerly: file.formerly,
            pass,
            summary: file.summary,
            why: file.why,
            level,
            own_level: level,
            pattern,
        })
    }
}

/// The pattern of a built-in rule.
fn read_pattern(head: &Head) -> Pattern {
    let file: RuleFile = serde_json::from_str(head.json).expect("the build script wrote what it had read");
    let mut tables = Lists::default();
    // Only the tables that the rule's filters name.
    for (name, text) in TABLES.iter().filter(|(name, _)| file.with.iter().any(|with| with.contains(name))) {
        tables.add_map(name, text).unwrap_or_else(|line| panic!("rules/maps/{name}.tsv:{line}: there is no tab"));
    }
    Pattern::from_file(&file, &tables).unwrap_or_else(|what| panic!("the built-in rule {}: {what}", head.name))
}
