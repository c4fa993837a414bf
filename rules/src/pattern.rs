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
}

/// One in so many plain words is more than a pattern of damaged tokens may match.
const MOST_PLAIN: usize = 20;

impl Pattern {
    /// The pattern of a rule's prepared file. `regexes` gives those of its conditions, in order.
    ///
    /// # Errors
    /// One sentence that says what is wrong with it.
    pub(crate) fn from_file(
        file: &RuleFile,
        lists: &Lists,
        regexes: &mut impl Iterator<Item = LazyRegex>,
    ) -> Result<Pattern, String> {
        let Some(finder) = file.finder.clone() else { return Err("the rule has not been prepared".to_owned()) };
        let with =
            file.with.iter().map(|with| Template::parse(with, &file.pattern, lists)).collect::<Result<_, _>>()?;
        let mut conditions = |table: &str, file, regions| {
            Conditions::from_file(file, regions, regexes).map_err(|what| format!("[{table}] {what}"))
        };
        Ok(Pattern {
            scope: file.scope,
            finder,
            borders: file.borders,
            with,
            when: conditions("when", &file.when, Regions::usual())?,
            levels: [
                (Level::Certain, conditions("certain", &file.certain, Regions::all())?),
                (Level::Probable, conditions("probable", &file.probable, Regions::all())?),
            ],
        })
    }

    /// Checks `regex`, the pattern's own, and those of the conditions.
    ///
    /// # Errors
    /// One sentence about the first of the rule's regexes that does not compile, or
    /// about a pattern that matches plain words, those of the word lists.
    pub(crate) fn check(&self, regex: &LazyRegex, lists: &Lists) -> Result<(), String> {
        regex.check()?;
        if self.scope == Scope::Token {
            let (mut matched, mut all) = (0, 0);
            for word in lists.words() {
                all += 1;
                matched += usize::from(regex.is_match(word));
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
