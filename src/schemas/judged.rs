//! Schemas of baselines and decisions files.

use descan_core::decisions;
use descan_report::baseline;
use serde_json::{Value, json};

use super::parts::{hex, joined, level, object, pair, path, text};

/// One line of a baseline: its header, or a known finding.
pub(super) fn baseline_line() -> Value {
    let head = object([
        ("type", json!({ "const": "baseline" })),
        ("schema", json!({ "const": baseline::SCHEMA })),
        ("level", level()),
    ]);
    let known =
        object([("fingerprint", hex(16)), ("rule", text()), ("level", level()), ("before", text()), ("after", text())]);
    json!({
        "title": "A line of a descan baseline",
        "description": "docs/ci.md describes each field",
        "oneOf": [head, joined(path(), &known)],
    })
}

/// One line of a decisions file: its header, or a decision.
pub(super) fn decisions_line() -> Value {
    let head = object([("type", json!({ "const": "decisions" })), ("schema", json!({ "const": decisions::SCHEMA }))]);
    let one_of = |names: [&str; 2]| object([("type", json!({ "enum": names }))]);
    let reading = object([("rule", text()), ("before", text()), ("after", text())]);
    let place = joined(object([("context", pair(text())), ("path?", text())]), &reading);
    let with = object([("with", text())]);
    let typed = |name: &str| object([("type", json!({ "const": name }))]);
    let why = object([("reason?", text())]);
    let word = joined(object([("word", text())]), &why);
    json!({
        "title": "A line of a descan decisions file",
        "description": "docs/decisions.md describes each field",
        "oneOf": [
            head,
            joined(one_of(["accept", "refuse"]), &place),
            joined(joined(typed("replace"), &place), &with),
            joined(one_of(["accept-alike", "refuse-alike"]), &reading),
            joined(joined(typed("replace-alike"), &reading), &with),
            joined(typed("never"), &word),
            joined(typed("right"), &word),
            joined(typed("right"), &joined(object([("pattern", text())]), &why)),
        ],
    })
}
