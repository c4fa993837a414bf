//! One rule, as it runs.

use std::cmp;
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use descan_rule_file::{Again, Context, Finder, Lists, PassName, RuleFile, StyleTable};
use descan_text::level::{Level, UnknownLevel};

use crate::confidence::confidence;
use crate::filter::Filter;
use crate::id::{CONTEXTS, Head, TABLES, built_in_file};
use crate::lazy_regex::LazyRegex;
use crate::search::{Around, Search};
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
    /// The rules after which it is tried, where it is one of weaker places.
    pub again: Option<Again>,
}

/// Where a rule's pattern comes from.
#[derive(Debug)]
enum Source {
    /// There is none.
    Code,
    /// A user's rule.
    Loaded(LazyRegex, Box<Pattern>),
    /// A built-in rule, read when a text first has what it looks for.
    BuiltIn {
        head: &'static Head,
        regex: OnceLock<LazyRegex>,
        pattern: OnceLock<Box<Pattern>>,
        /// How often it was asked whether the pattern matches.
        asked: AtomicUsize,
        filter: OnceLock<Box<Filter>>,
    },
}

/// A rule that is asked more often than this goes by its filter.
const OFTEN: usize = 64;

impl Rule {
    /// Whether this is the rule's name, or another that selects it.
    pub fn is_called(&self, name: &str) -> bool {
        self.name == name || self.aliases.iter().any(|alias| alias == name)
    }

    /// How the places are found and repaired; `None` where the pass does it in code.
    pub fn pattern(&self) -> Option<&Pattern> {
        match &self.pattern {
            Source::Code => None,
            Source::Loaded(_, pattern) => Some(pattern),
            Source::BuiltIn { head, pattern, .. } => Some(pattern.get_or_init(|| Box::new(read_pattern(head)))),
        }
    }

    /// Whether the rule is data alone.
    pub fn is_data(&self) -> bool {
        !matches!(self.pattern, Source::Code)
    }

    /// Whether the rule is a user's.
    pub fn is_own(&self) -> bool {
        matches!(self.pattern, Source::Loaded(..))
    }

    /// How the places of the pattern are found.
    pub(crate) fn search(&self) -> Option<Search<'_>> {
        match &self.pattern {
            Source::Code => None,
            Source::Loaded(_, pattern) => Some(Search::from(&pattern.finder)),
            Source::BuiltIn { head, .. } => head.search,
        }
    }

    /// The literals of a user's pattern, and whether they are looked for in tokens and
    /// no letter may stand beside them there. Those of built-in rules are not here.
    pub(crate) fn own_literals(&self) -> Option<(&[String], bool, bool)> {
        let Source::Loaded(_, pattern) = &self.pattern else { return None };
        match &pattern.finder {
            Finder::Literals { literals, .. } => Some((literals, false, false)),
            Finder::TokenLiterals { literals, whole } => Some((literals, true, *whole)),
            Finder::LineStart { .. } | Finder::Tokens { .. } => None,
        }
    }

    /// What can stand around the literals of the pattern, where it tells.
    pub(crate) fn context(&self) -> Option<Context<'static>> {
        match &self.pattern {
            Source::Code => None,
            Source::Loaded(regex, pattern) => pattern.finder.context(&regex.written().0),
            Source::BuiltIn { head, .. } if head.context.is_empty() => None,
            Source::BuiltIn { head, .. } => Some(Context::built_in(&CONTEXTS[head.context.clone()])),
        }
    }

    /// How far around its literals the pattern is tried, if it is tried there.
    pub fn around(&self) -> Option<Around<'_>> {
        match self.search()? {
            Search::Literals(around) => Some(around),
            _ => None,
        }
    }

    /// The regex of the pattern; `None` where the pass finds the places in code.
    pub fn regex(&self) -> Option<&LazyRegex> {
        match &self.pattern {
            Source::Code => None,
            Source::Loaded(regex, _) => Some(regex),
            Source::BuiltIn { head, regex, .. } => Some(regex.get_or_init(|| LazyRegex::built_in(head, 0))),
        }
    }

    /// Whether the pattern may match in a part of a text, in bytes: anywhere, or only
    /// where the part begins. Costs little, where the regex would have to be searched for.
    pub fn may_match(&self, text: &str, part: Range<usize>, only_there: bool) -> bool {
        self.filter().and_then(|filter| filter.is_match(text, part, only_there)).unwrap_or(true)
    }

    /// Whether the pattern matches in a token.
    pub fn matches_token(&self, token: &str) -> bool {
        let filter = self.filter();
        match filter.and_then(|filter| filter.is_match(token, 0..token.len(), false)) {
            Some(false) => false,
            Some(true) if filter.is_some_and(Filter::is_exact) => true,
            _ => self.regex().is_some_and(|regex| regex.is_match(token)),
        }
    }

    /// What tells quickly whether the pattern matches; only of built-in rules that are asked often, as reading it
    /// takes as long as some searches.
    fn filter(&self) -> Option<&Filter> {
        let Source::BuiltIn { head, asked, filter, .. } = &self.pattern else { return None };
        if asked.load(Ordering::Relaxed) < OFTEN {
            asked.fetch_add(1, Ordering::Relaxed);
            return None;
        }
        Some(filter.get_or_init(|| Box::new(Filter::read(&head.filter))))
    }

    /// # Errors
    /// One sentence about a regex of the rule that does not compile, or about a pattern that matches plain words.
    pub(crate) fn check(&self, lists: &Lists) -> Result<(), String> {
        match &self.pattern {
            Source::Loaded(regex, pattern) => pattern.check(regex, lists),
            Source::Code | Source::BuiltIn { .. } => Ok(()),
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
            again: head.again.map(|(of, places)| Again { of: owned(of), places }),
            pattern: match head.search {
                None => Source::Code,
                Some(_) => {
                    let (regex, pattern, asked, filter) = Default::default();
                    Source::BuiltIn { head, regex, pattern, asked, filter }
                }
            },
        }
    }

    /// How often edits of the rule were right of which its pass is so sure: a probability.
    pub fn confidence(&self, by_pass: Level) -> f64 {
        confidence(&self.name, by_pass.max(self.own_level))
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
            cmp::Ordering::Equal => return (level, None),
            cmp::Ordering::Less => "raised",
            cmp::Ordering::Greater => "lowered",
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
            false => {
                let regexes = file.regexes().into_iter();
                let mut regexes = regexes.map(|(regex, multi_line)| LazyRegex::new(regex, multi_line));
                let regex = regexes.next().expect("the first is the pattern");
                Source::Loaded(regex, Box::new(Pattern::from_file(&file, lists, &mut regexes)?))
            }
        };
        Ok(Rule {
            style: Style::of(pass, &file.name, file.style),
            again: file.again,
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
fn read_pattern(head: &'static Head) -> Pattern {
    let file: RuleFile = serde_json::from_str(head.json).expect("the build script wrote what it had read");
    let mut lists = Lists::default();
    // Only the tables that the rule's filters name.
    let filters = file.with.iter().flat_map(|with| with.split(['|', '}']).skip(1));
    let filters: Vec<&str> = filters.collect();
    for (name, text) in TABLES.iter().filter(|(name, _)| filters.contains(name)) {
        lists.add_map(name, text).unwrap_or_else(|line| panic!("rules/maps/{name}.tsv:{line}: there is no tab"));
    }
    let mut regexes = (1..head.programs.len()).map(|index| LazyRegex::built_in(head, index));
    let pattern = Pattern::from_file(&file, &lists, &mut regexes);
    pattern.unwrap_or_else(|what| panic!("the built-in rule {}: {what}", head.name))
}
