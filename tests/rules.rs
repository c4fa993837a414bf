//! One test a rule: every `change` example is repaired, every `keep` example
//! stays, and what comes out is a fixed point.

use descan_core::verify::verify;
use descan_rules::RuleSet;
use libtest_mimic::{Arguments, Failed, Trial};

fn main() {
    let mut trials = Vec::new();
    for (_, rule) in RuleSet::built_in().iter() {
        let name = rule.name.clone();
        trials.push(Trial::test(rule.name.clone(), move || check(&name)));
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn check(name: &str) -> Result<(), Failed> {
    let rules = RuleSet::built_in();
    let id = rules.find(name).ok_or("the rule does not load")?;
    let (changes, keeps) = RuleSet::examples(name).ok_or("the rule has no file")?;
    let mut failures = String::new();
    for failure in verify(&rules, id, &changes, &keeps) {
        failures += &format!("{:?} {}\n", failure.example, failure.what);
    }
    if failures.is_empty() { Ok(()) } else { Err(failures.into()) }
}
