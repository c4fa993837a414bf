//! The JSON Schema of a settings file, generated from the table of keys.

use descan_text::level::Level;
use serde_json::{Map, Value, json};

use super::key::{EXTEND, Key, Kind};

/// The JSON Schema (draft 2020-12) of `descan.toml`.
pub fn schema() -> Value {
    let mut properties = Map::new();
    properties.insert(
        EXTEND.to_owned(),
        json!({ "type": "string", "minLength": 1, "description": "the settings file that this one extends" }),
    );
    for key in Key::all() {
        let mut property = of(key.kind());
        property["description"] = json!(format!("{} (default: {})", key.about(), key.default_in_words()));
        properties.insert(key.name().to_owned(), property);
    }
    json!({
        "title": "descan.toml",
        "description": "the settings of descan",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    })
}

fn of(kind: Kind) -> Value {
    let text = json!({ "type": "string", "minLength": 1 });
    let texts = json!({ "type": "array", "items": text });
    let levels: Vec<&str> = Level::ALL.map(Level::name).to_vec();
    match kind {
        Kind::Level => json!({ "enum": levels }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Number(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Kind::Choices(known) => json!({ "type": "array", "items": { "enum": known } }),
        Kind::File => text,
        Kind::Names | Kind::Globs | Kind::Paths => texts,
        Kind::Levels => {
            let with_off: Vec<&str> = levels.into_iter().chain(["off"]).collect();
            json!({ "type": "object", "additionalProperties": { "enum": with_off } })
        }
        Kind::Protect => json!({
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "words": { "type": "array", "items": text, "minItems": 1 },
                    "pattern": text,
                    "reason": text,
                },
                "required": ["reason"],
                "anyOf": [{ "required": ["words"] }, { "required": ["pattern"] }],
                "additionalProperties": false,
            },
        }),
    }
}
