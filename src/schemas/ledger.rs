//! Schemas of ledger lines and finding lines, which have the finding in common.

use descan_report::jsonl;
use descan_report::ledger::SCHEMA;
use serde_json::{Value, json};

use super::parts::{by_name, count, damage, flag, hex, joined, level, list, object, ordinal, pair, pass, path, text};

/// One line of a ledger.
pub(super) fn line() -> Value {
    let typed = |name: &str, schema: Value| joined(object([("type", json!({ "const": name }))]), &schema);
    json!({
        "title": "A line of a descan ledger",
        "description": "docs/ledger.md describes each field",
        "oneOf": [
            typed("run", run()),
            typed("file", file()),
            typed("edit", finding()),
            typed("failure", joined(object([("error", text())]), &path())),
            typed("summary", summary()),
        ],
    })
}

/// One line of `descan check --format jsonl`.
pub(super) fn finding_line() -> Value {
    let head = object([("schema", json!({ "const": jsonl::SCHEMA }))]);
    let mut schema = joined(joined(head, &path()), &finding());
    schema["title"] = json!("A finding of descan check --format jsonl");
    schema["description"] = json!("docs/ledger.md describes each field");
    schema
}

fn run() -> Value {
    let protect = object([("words?", list(text())), ("pattern?", text()), ("reason", text())]);
    let options = object([
        ("level", level()),
        ("select", list(text())),
        ("ignore", list(text())),
        ("style?", list(text())),
        ("unwrap", flag()),
        ("wrap?", count()),
        ("structure?", flag()),
        ("keep_original?", flag()),
        ("levels?", by_name(level())),
        ("protect?", list(protect)),
        ("own_rules?", list(object([("name", text()), ("sha256", hex(64))]))),
        ("decisions?", hex(64)),
        ("write", flag()),
    ]);
    object([
        ("schema", json!({ "const": SCHEMA })),
        ("version", text()),
        ("options", options),
        ("rules", list(text())),
        ("fingerprint?", hex(64)),
    ])
}

fn file() -> Value {
    let reencoded =
        object([("to", text()), ("character", json!({ "type": "string", "minLength": 1, "maxLength": 1 }))]);
    let cut = object([("span", pair(count())), ("before_hex", hex(0)), ("length", count())]);
    let own_fields = object([
        ("source?", text()),
        ("sha256_source?", hex(64)),
        ("sha256_before", hex(64)),
        ("sha256_after", hex(64)),
        ("sha256_diff?", hex(64)),
        ("size", count()),
        ("words", count()),
        ("encoding", text()),
        ("bom", flag()),
        ("newline", json!({ "enum": ["lf", "crlf", "cr"] })),
        ("undecodable", count()),
        ("reencoded?", reencoded),
        ("format?", text()),
        ("cuts?", list(cut)),
        ("edits", count()),
    ]);
    joined(path(), &own_fields)
}

fn summary() -> Value {
    let by_level = json!({ "type": "object", "propertyNames": level(), "additionalProperties": count() });
    object([
        ("files", count()),
        ("changed", count()),
        ("failed", count()),
        ("sound", count()),
        ("applied", count()),
        ("offered", count()),
        ("by_rule", by_name(count())),
        ("by_level", by_level),
        ("most_damaged", list(joined(path(), &damage()))),
        ("interrupted", flag()),
    ])
}

fn finding() -> Value {
    let regions = ["prose", "verse", "table", "heading", "list", "quotation", "code", "front-matter", "back-matter"];
    let id = || json!({ "type": "string", "pattern": "^[0-9]+\\.[0-9]+$" });
    object([
        ("id", id()),
        ("fingerprint", hex(16)),
        ("rule", text()),
        ("pass", pass()),
        ("level", level()),
        ("confidence", json!({ "type": "number", "minimum": 0, "maximum": 1 })),
        ("applied", flag()),
        ("part?", text()),
        ("span", pair(count())),
        ("line", ordinal()),
        ("column", ordinal()),
        ("before", text()),
        ("before_hex?", hex(0)),
        ("after", text()),
        ("context", pair(text())),
        ("reasons", list(object([("what", text()), ("value?", json!({ "type": "number" }))]))),
        ("region", json!({ "enum": regions })),
        ("part_of?", id()),
    ])
}
