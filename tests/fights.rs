//! Rules that meet in one text come to rest: no two undo each other's work, in
//! either order.

use descan_core::pass::Options;
use descan_core::pipeline::clean;
use descan_rules::RuleSet;
use descan_source::Document;
use descan_text::level::Level;
use rayon::prelude::*;

/// The shortest text that each rule repairs: long ones establish what they need
/// by themselves, and would drown what stands beside them.
fn examples(rules: &RuleSet) -> Vec<(&str, String)> {
    let shortest = |name: &str| {
        let (changes, _) = RuleSet::examples(name)?;
        changes.into_iter().map(|change| change.from).min_by_key(String::len)
    };
    rules.iter().filter_map(|(_, rule)| Some((rule.name.as_str(), shortest(&rule.name)?))).collect()
}

fn is_at_rest(text: &str, level: Level, rules: &RuleSet) -> bool {
    let options = Options { level, ..Options::default() };
    let document = Document::decode(text.as_bytes());
    let cleaned = clean(&document, rules, &options).edits.apply(document.text());
    let again = Document::decode(cleaned.as_bytes());
    clean(&again, rules, &options).edits.is_empty()
}

#[test]
fn every_pair_of_rules_comes_to_rest() {
    let rules = RuleSet::built_in();
    let examples = examples(&rules);
    assert!(examples.len() > 50, "the examples are not found");
    let pairs: Vec<_> = examples.iter().flat_map(|one| examples.iter().map(move |other| (one, other))).collect();
    let mut restless: Vec<String> = pairs
        .par_iter()
        .flat_map_iter(|(one, other)| {
            let rules = &rules;
            // As two paragraphs, and as one line after the other.
            ["\n\n", "\n"].into_iter().flat_map(move |between| {
                let text = [one.1.trim_end(), between, &other.1].concat();
                [Level::Certain, Level::Suspect].into_iter().filter_map(move |level| {
                    let told = || format!("{} before {} ({between:?}, {})", one.0, other.0, level.name());
                    (!is_at_rest(&text, level, rules)).then(told)
                })
            })
        })
        .collect();
    restless.sort();
    assert!(restless.is_empty(), "{} pairs are not at rest:\n{}", restless.len(), restless.join("\n"));
}
