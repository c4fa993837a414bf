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
fn examples(rules: &RuleSet) -> Vec<(&str, String, bool)> {
    let shortest = |name: &str| {
        let (changes, _) = RuleSet::examples(name)?;
        changes.into_iter().map(|change| change.from).min_by_key(String::len)
    };
    rules.iter().filter_map(|(_, rule)| Some((rule.name.as_str(), shortest(&rule.name)?, rule.is_data()))).collect()
}

fn is_at_rest(text: &str, level: Level, rules: &RuleSet) -> bool {
    let options = Options { level, ..Options::default() };
    let document = Document::decode(text.as_bytes());
    let cleaned = clean(&document, rules, &options).edits.apply(document.text());
    let again = Document::decode(cleaned.as_bytes());
    clean(&again, rules, &options).edits.is_empty()
}

/// Rules with code meet one another, all of them. A rule that is data meets those
/// at these distances from it, in the order of the rules: neighbours in its own
/// pass, and some of each other pass.
const DISTANCES: [usize; 12] = [0, 1, 2, 3, 5, 8, 13, 34, 89, 144, 233, 377];

#[test]
fn every_pair_of_rules_comes_to_rest() {
    let rules = RuleSet::built_in();
    let examples = examples(&rules);
    assert!(examples.len() > 50, "the examples are not found");
    let mut pairs = Vec::new();
    for (index, one) in examples.iter().enumerate() {
        for (other_index, other) in examples.iter().enumerate() {
            let distance = (other_index + examples.len() - index) % examples.len();
            if !one.2 && !other.2 || DISTANCES.contains(&distance) {
                pairs.push((one, other));
            }
        }
    }
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
