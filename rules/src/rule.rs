//! One rule, as it runs.

use std::cmp::Ordering;

use descan_rule_file::{Lists, PassName, RuleFile};
use descan_text::level::{Level, UnknownLevel};

use crate::id::built_in_file;
use crate::{Pattern, Reason};

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
    /// How the places are found; `None` where the pass finds them itself.
    pub pattern: Option<Pattern>,
}

impl Rule {
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
        let pattern = if file.code { None } else { Some(Pattern::from_file(&file, lists)?) };
        Ok(Rule {
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
