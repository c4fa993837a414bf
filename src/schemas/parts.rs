//! The building blocks of schemas.

use descan_rules::PassName;
use serde_json::{Map, Value, json};

/// A closed object with these properties; all are required except those whose name
/// ends in `?`.
pub(super) fn object<const N: usize>(properties: [(&str, Value); N]) -> Value {
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
pub(super) fn joined(mut object: Value, more: &Value) -> Value {
    for key in ["properties", "required"] {
        match (&mut object[key], &more[key]) {
            (Value::Object(known), Value::Object(more)) => known.extend(more.clone()),
            (Value::Array(known), Value::Array(more)) => known.extend(more.clone()),
            _ => {}
        }
    }
    object
}

pub(super) fn text() -> Value {
    json!({ "type": "string" })
}

pub(super) fn flag() -> Value {
    json!({ "type": "boolean" })
}

/// A count, or a number of bytes.
pub(super) fn count() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

/// A line or column number, from 1.
pub(super) fn ordinal() -> Value {
    json!({ "type": "integer", "minimum": 1 })
}

pub(super) fn list(of: Value) -> Value {
    json!({ "type": "array", "items": of })
}

/// Two values of the same type.
pub(super) fn pair(of: Value) -> Value {
    json!({ "type": "array", "items": of, "minItems": 2, "maxItems": 2 })
}

/// The path of a file, and its bytes if the text cannot represent them.
pub(super) fn path() -> Value {
    object([("path", text()), ("path_hex?", hex(0))])
}

/// A file and how damaged it is.
pub(super) fn damage() -> Value {
    object([("findings", count()), ("layout", count()), ("words", count()), ("size", count())])
}

/// An object whose keys are names.
pub(super) fn by_name(of: Value) -> Value {
    json!({ "type": "object", "additionalProperties": of })
}

/// A text of this many lowercase hexadecimal digits; 0 means any even number.
pub(super) fn hex(digits: usize) -> Value {
    let times = if digits == 0 { "([0-9a-f]{2})*".to_owned() } else { format!("[0-9a-f]{{{digits}}}") };
    json!({ "type": "string", "pattern": format!("^{times}$") })
}

pub(super) fn level() -> Value {
    json!({ "enum": descan_text::level::Level::ALL.map(descan_text::level::Level::name) })
}

pub(super) fn pass() -> Value {
    json!({ "enum": PassName::ALL.map(PassName::as_str) })
}

pub(super) fn titled(title: &str, mut schema: Value) -> Value {
    schema["title"] = json!(title);
    schema
}
