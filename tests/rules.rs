//! One test a rule, generated: every `change` example is repaired, every
//! `keep` example stays, and what comes out is a fixed point.

use descan::rule::{RuleSet, verify};

include!(concat!(env!("OUT_DIR"), "/rule_tests.rs"));

fn check(name: &str) {
    let rules = RuleSet::built_in();
    let id = rules.find(name).unwrap_or_else(|| panic!("{name} does not load"));
    let (changes, keeps) = RuleSet::examples(name).unwrap_or_else(|| panic!("{name} has no source"));
    let failures: Vec<String> =
        verify(&rules, id, &changes, &keeps).iter().map(|f| format!("{:?} {}", f.example, f.what)).collect();
    assert!(failures.is_empty(), "{name}:\n{}", failures.join("\n"));
}
