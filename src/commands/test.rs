//! `descan test`: runs the examples of the built-in rules and of user rules.

use descan_core::verify::verify;
use descan_rules::{Change, Keep, RuleFile, RuleId, RuleSet};
use rayon::prelude::*;

use crate::args::TestArgs;
use crate::error::{Done, Result};
use crate::say::say;
use crate::setup::rulebook::Rulebook;
use crate::terminal::output::counted;

/// The examples of one rule, with their line numbers.
struct Examples {
    id: RuleId,
    file: String,
    changes: Vec<(usize, Change)>,
    keeps: Vec<(usize, Keep)>,
}

/// Runs the command.
pub(crate) fn run(args: &TestArgs) -> Result {
    let rulebook = Rulebook::for_examples(&args.config, args.dir.as_deref())?;
    let rules = &rulebook.rules;
    let mut examples = Vec::new();
    for (id, rule) in rules.iter() {
        let Some(source) = RuleSet::source(&rule.name) else { continue };
        let file = format!("rules/{}/{}.toml", rule.pass.as_str(), rule.name);
        examples.extend(Examples::of(id, file, source));
    }
    let user_rules = rulebook.user.iter();
    examples.extend(user_rules.filter_map(|rule| Examples::of(rule.id, rule.file.clone(), &rule.source)));
    let failures: Vec<Vec<String>> = examples.par_iter().map(|e| e.run(rules)).collect();
    for failure in failures.iter().flatten() {
        say(failure);
    }
    let run: usize = examples.iter().map(|e| e.changes.len() + e.keeps.len()).sum();
    let failed = failures.iter().flatten().count();
    say(format_args!("{}, {}, {failed} failed", counted(examples.len(), "rule"), counted(run, "example")));
    Ok(if failed > 0 { Done::Findings } else { Done::Clean })
}

impl Examples {
    fn of(id: RuleId, file: String, source: &str) -> Option<Examples> {
        let rule = RuleFile::parse(&file, source).ok()?;
        let lines = |head: &str| -> Vec<usize> {
            source.lines().enumerate().filter(|(_, l)| l.trim() == head).map(|(i, _)| i + 1).collect()
        };
        Some(Examples {
            id,
            file,
            changes: lines("[[change]]").into_iter().zip(rule.change).collect(),
            keeps: lines("[[keep]]").into_iter().zip(rule.keep).collect(),
        })
    }

    /// The failures, as sentences.
    fn run(&self, rules: &RuleSet) -> Vec<String> {
        let mut failures = Vec::new();
        let changes = self.changes.iter().map(|(line, c)| (line, verify(rules, self.id, std::slice::from_ref(c), &[])));
        let keeps = self.keeps.iter().map(|(line, k)| (line, verify(rules, self.id, &[], std::slice::from_ref(k))));
        for (line, list) in changes.chain(keeps) {
            failures.extend(list.into_iter().map(|f| format!("{}:{line}: {:?} {}", self.file, f.example, f.what)));
        }
        failures
    }
}
