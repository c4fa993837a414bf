//! Damage that is known to be left: each case of `fixtures/known-failures.toml`
//! still comes out as it went in.

use descan_core::pass::Options;
use descan_core::pipeline::clean;
use descan_rules::RuleSet;
use descan_source::Document;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    failure: Vec<Case>,
}

/// A text, what it should become, and why it does not.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    from: String,
    to: String,
    why: String,
}

#[test]
fn known_failures_still_fail_and_do_no_harm() {
    let cases: Cases = toml::from_str(include_str!("../fixtures/known-failures.toml")).expect("a table of cases");
    let rules = RuleSet::built_in();
    let mut news = Vec::new();
    for Case { name, from, to, why } in cases.failure {
        assert!(from != to && !why.trim().is_empty(), "{name}: nothing fails, or nobody says why");
        for (text, stays) in [(&from, "the damaged text"), (&to, "the right text")] {
            let document = Document::decode(text.as_bytes());
            let after = clean(&document, &rules, &Options::default()).edits.apply(document.text());
            if text == &from && after == to {
                news.push(format!("{name}: is mended now; move it to the examples of its rule"));
            } else if &after != text {
                news.push(format!("{name}: {stays} becomes {after:?}"));
            }
        }
    }
    assert!(news.is_empty(), "{}", news.join("\n"));
}
