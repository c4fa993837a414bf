//! Schemas of what `descan rules`, `descan config` and `descan stats` print as JSON.

use descan_rules::PassName;
use descan_text::level::Level;
use serde_json::{Map, Value, json};

use super::parts::{count, damage, flag, joined, level, list, object, ordinal, pair, pass, path, text, titled};
use crate::settings::Key;

/// `descan rules --format json`.
pub(super) fn rules() -> Value {
    let rule = object([
        ("name", text()),
        ("aliases", list(text())),
        ("pass", pass()),
        ("level", level_or_off()),
        ("own_level", level()),
        ("summary", text()),
        ("origin", json!({ "type": "string", "description": "\"built-in\", or the file of a user rule" })),
    ]);
    titled("The rules of descan", object([("schema", json!({ "const": 1 })), ("rules", list(rule))]))
}

/// `descan config --format json`.
pub(super) fn settings() -> Value {
    let origin = json!({
        "oneOf": [
            object([("file", text()), ("line", ordinal()), ("column", ordinal())]),
            object([("option", text())]),
        ],
    });
    let rule_level = object([("rule", text()), ("level", level_or_off())]);
    let protect =
        object([("words", list(text())), ("pattern", json!({ "type": ["string", "null"] })), ("reason", text())]);
    let value = json!({
        "anyOf": [{ "type": ["string", "boolean", "integer"] }, rule_level, protect],
    });
    let keys: Vec<&str> = Key::all().map(Key::name).collect();
    let setting = object([
        ("key", json!({ "enum": keys })),
        ("about", text()),
        ("default", text()),
        ("set", flag()),
        ("values", list(object([("value", value), ("origin", origin)]))),
    ]);
    titled(
        "The settings of descan",
        object([("schema", json!({ "const": 1 })), ("files", list(text())), ("settings", list(setting))]),
    )
}

/// `descan stats --format json`.
pub(super) fn stats() -> Value {
    let counted = |names: Vec<&str>| {
        let properties: Map<String, Value> = names.iter().map(|name| ((*name).to_owned(), count())).collect();
        json!({ "type": "object", "properties": properties, "required": names, "additionalProperties": false })
    };
    let figures = object([
        ("rate", json!({ "type": "number", "minimum": 0 })),
        ("levels", counted(Level::ALL.map(Level::name).to_vec())),
        ("classes", counted(PassName::ALL.map(PassName::as_str).to_vec())),
    ]);
    let total = joined(figures, &damage());
    let unknown =
        object([("lines", pair(ordinal())), ("share", json!({ "type": "number", "minimum": 0, "maximum": 1 }))]);
    let file = joined(joined(path(), &total), &object([("unknown", list(unknown))]));
    let folder = joined(path(), &total);
    let schema =
        object([("schema", json!({ "const": 2 })), ("files", list(file)), ("folders", list(folder)), ("total", total)]);
    titled("The damage of texts, by file and class", schema)
}

fn level_or_off() -> Value {
    let names: Vec<&str> = Level::ALL.map(Level::name).into_iter().chain(["off"]).collect();
    json!({ "enum": names })
}
