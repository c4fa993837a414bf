//! JSON Schemas (draft 2020-12) of what descan reads and writes.
//!
//! They are closed: unknown keys are rejected. The tests check each schema against
//! real output, and that it accepts nothing else.

mod judged;
mod ledger;
mod lists;

use descan_rules::PassName;
use serde_json::{Map, Value, json};

/// A format that has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `descan.toml`.
    Config,
    /// A line of a ledger.
    Ledger,
    /// A line of `descan check --format jsonl`.
    Findings,
    /// A line of a baseline.
    Baseline,
    /// A line of a decisions file.
    Decisions,
    /// What `descan stats --format json` prints.
    Stats,
    /// What `descan rules --format json` prints.
    Rules,
    /// What `descan config --format json` prints.
    Settings,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 8] = [
        Format::Config,
        Format::Ledger,
        Format::Findings,
        Format::Baseline,
        Format::Decisions,
        Format::Stats,
        Format::Rules,
        Format::Settings,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Config => "config",
            Format::Ledger => "ledger",
            Format::Findings => "findings",
            Format::Baseline => "baseline",
            Format::Decisions => "decisions",
            Format::Stats => "stats",
            Format::Rules => "rules",
            Format::Settings => "settings",
        }
    }

    /// The schema.
    pub fn schema(self) -> Value {
        let mut schema = match self {
            Format::Config => crate::settings::schema(),
            Format::Ledger => ledger::line(),
            Format::Findings => ledger::finding_line(),
            Format::Baseline => judged::baseline_line(),
            Format::Decisions => judged::decisions_line(),
            Format::Stats => lists::stats(),
            Format::Rules => lists::rules(),
            Format::Settings => lists::settings(),
        };
        schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
        schema
    }
}

/// A closed object with these properties; all are required except those whose name
/// ends in `?`.
fn object<const N: usize>(properties: [(&str, Value); N]) -> Value {
    let mut known = Map::new();
    let mut required = Vec::new();
    for (name, schema) in properties {
        match name.strip_suffix('?') {
            Some(name) => known.insert(name.to_owned(), schema),
            None => {
                required.push(name.to_owned());
                known.insert(name.to_owned(), schema)
            }
        };
    }
    json!({ "type": "object", "properties": known, "required": required, "additionalProperties": false })
}

/// An object extended by the properties of `more`.
fn joined(mut object: Value, more: &Value) -> Value {
    for key in ["properties", "required"] {
        match (&mut object[key], &more[key]) {
            (Value::Object(known), Value::Object(more)) => known.extend(more.clone()),
            (Value::Array(known), Value::Array(more)) => known.extend(more.clone()),
            _ => {}
        }
    }
    object
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn flag() -> Value {
    json!({ "type": "boolean" })
}

/// A count, or a number of bytes.
fn count() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

/// A line or column number, from 1.
fn ordinal() -> Value {
    json!({ "type": "integer", "minimum": 1 })
}

fn list(of: Value) -> Value {
    json!({ "type": "array", "items": of })
}

/// Two values of the same type.
fn pair(of: Value) -> Value {
    json!({ "type": "array", "items": of, "minItems": 2, "maxItems": 2 })
}

/// The path of a file, and its bytes if the text cannot represent them.
fn path() -> Value {
    object([("path", text()), ("path_hex?", hex(0))])
}

/// A file and how damaged it is.
fn damage() -> Value {
    object([("findings", count()), ("size", count())])
}

/// An object whose keys are names.
fn by_name(of: Value) -> Value {
    json!({ "type": "object", "additionalProperties": of })
}

/// A text of this many lowercase hexadecimal digits; 0 means any even number.
fn hex(digits: usize) -> Value {
    let times = if digits == 0 { "([0-9a-f]{2})*".to_owned() } else { format!("[0-9a-f]{{{digits}}}") };
    json!({ "type": "string", "pattern": format!("^{times}$") })
}

fn level() -> Value {
    json!({ "enum": descan_text::level::Level::ALL.map(descan_text::level::Level::name) })
}

fn pass() -> Value {
    json!({ "enum": PassName::ALL.map(PassName::as_str) })
}
