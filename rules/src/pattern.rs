//! Patterns of rules: regular expressions, what they find and put in its place.

use descan_rule_file::{Finder, Lists, RuleFile, Scope};
use descan_text::level::Level;

use crate::conditions::{Conditions, Regions};
use crate::lazy_regex::LazyRegex;
use crate::template::Template;

/// How a rule without code finds its places and repairs them.
#[derive(Debug)]
pub struct Pattern {
    /// What the pattern is matched against.
    pub scope: Scope,
    /// How the places are found.
    pub finder: Finder,
    /// Whether a match must begin, and whether it must end, at the border of a word.
    pub borders: [bool; 2],
    /// The replacements, of which the best is taken.
    pub with: Vec<Template>,
    /// What must hold where the pattern matches.
    pub when: Conditions,
    /// What must hold besides for a level; where it does not, the next one asks.
    pub levels: [(Level, Conditions); 2],
    /// The regex.
    pub regex: LazyRegex,
}

/// One in so many plain words is more than a pattern of damaged tokens may match.
const MOST_PLAIN: usize = 20;

impl Pattern {
    /// The pattern of a rule's prepared file.
    ///
    /// # Errors
    /// One sentence that says what is wrong with it.
    pub(crate) fn from_file(file: &RuleFile, lists: &Lists) -> Result<Pattern, String> {
        let Some(finder) = file.finder.clone() else { return Err("the rule has not been prepared".to_owned()) };
        let with =
            file.with.iter().map(|with| Template::parse(with, &file.pattern, lists)).collect::<Result<_, _>>()?;
        let in_table = |table: &'static str| move |what: String| format!("[{table}] {what}");
        Ok(Pattern {
            scope: file.scope,
            finder,
            borders: file.borders,
            with,
            when: Conditions::from_file(&file.when, Regions::usual()).map_err(in_table("when"))?,
            levels: [
                (Level::Certain, Conditions::from_file(&file.certain, Regions::all()).map_err(in_table("certain"))?),
                (Level::Probable, Conditions::from_file(&file.probable, Regions::all()).map_err(in_table("probable"))?),
            ],
            regex: LazyRegex::new(file.pattern.clone(), file.scope == Scope::Line),
        })
    }

    /// # Errors
    /// One sentence about the first of the rule's regexes that does not compile, or
    /// about a pattern that matches plain words, those of the word lists.
    pub(crate) fn check(&self, lists: &Lists) -> Result<(), String> {
        self.regex.check()?;
        if self.scope == Scope::Token {
            let (mut matched, mut all) = (0, 0);
            for word in lists.words() {
                all += 1;
                matched += usize::from(self.regex.is_match(word));
            }
            if matched * MOST_PLAIN > all {
                return Err(format!(
                    "the pattern matches {matched} of {all} plain words and would be tried nearly everywhere; make it \
                     narrower"
                ));
            }
        }
        for conditions in [&self.when, &self.levels[0].1, &self.levels[1].1] {
            for regex in conditions.regexes() {
                regex.check()?;
            }
        }
        Ok(())
    }
}
