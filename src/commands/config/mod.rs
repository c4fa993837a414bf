//! `descan config`: shows each setting and where it was set.

mod unused;

use std::fmt::Write as _;
use std::io::Write as _;

use descan_text::escape;
use serde_json::{Value, json};

use crate::args::{ListFormat, ShowConfigArgs};
use crate::error::{Done, Result, output_error};
use crate::settings::{Item, Key, Kind, Origin, Placed};
use crate::setup::config::{Loaded, command_line, load};
use crate::terminal::output::stdout;

/// The version of the JSON.
const SCHEMA: u32 = 1;

/// Runs the command.
pub(crate) fn run(args: &ShowConfigArgs) -> Result {
    if args.unused {
        return unused::run(args);
    }
    let command_line = command_line(Some(&args.choice), Some(&args.inputs));
    let loaded = load(&args.choice.config, &args.inputs.paths, command_line)?;
    let text = match args.format {
        ListFormat::Human => as_toml(&loaded),
        ListFormat::Json => escape::json(as_json(&loaded).to_string()) + "\n",
    };
    let mut out = stdout();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|e| output_error(&e, Done::Clean))?;
    Ok(Done::Clean)
}

/// The settings in the form of a settings file, with origins as comments.
fn as_toml(loaded: &Loaded) -> String {
    let mut out = String::new();
    let mut tables = String::new();
    for key in Key::all() {
        let name = key.name();
        // Writing to a string cannot fail.
        let _ = match (loaded.settings.items(key), key.kind()) {
            (None, _) => writeln!(out, "# {name}: {}  # default", key.default_in_words()),
            (Some(items), Kind::Levels) => {
                let _ = writeln!(tables, "\n[levels]");
                items.iter().try_for_each(|item| match &item.value {
                    Item::RuleLevel(rule, level) => {
                        let level = level.map_or("off", |level| level.name());
                        writeln!(tables, "{} = {}  # {}", toml_text(rule), toml_text(level), item.origin)
                    }
                    _ => Ok(()),
                })
            }
            (Some(items), Kind::Protect) => items.iter().try_for_each(|item| {
                let Item::Protect(entry) = &item.value else { return Ok(()) };
                writeln!(tables, "\n[[protect]]  # {}", item.origin)?;
                if !entry.words.is_empty() {
                    let words: Vec<String> = entry.words.iter().map(|w| toml_text(w)).collect();
                    writeln!(tables, "words = [{}]", words.join(", "))?;
                }
                if let Some(pattern) = &entry.pattern {
                    writeln!(tables, "pattern = {}", toml_text(pattern))?;
                }
                writeln!(tables, "reason = {}", toml_text(&entry.reason))
            }),
            (Some([item]), kind) if !is_list(kind) => {
                writeln!(out, "{name} = {}  # {}", toml_value(&item.value), item.origin)
            }
            (Some(items), _) => {
                let _ = writeln!(out, "{name} = [");
                let _ = items
                    .iter()
                    .try_for_each(|item| writeln!(out, "    {},  # {}", toml_value(&item.value), item.origin));
                writeln!(out, "]")
            }
        };
    }
    out + &tables
}

fn is_list(kind: Kind) -> bool {
    !matches!(kind, Kind::Level | Kind::Flag | Kind::Number(..) | Kind::File)
}

fn toml_value(item: &Item) -> String {
    match json_value(item) {
        Value::String(text) => toml_text(&text),
        other => other.to_string(),
    }
}

/// A TOML string, with invisible characters escaped.
fn toml_text(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            // Writing to a string cannot fail.
            _ if escape::is_hidden(c) => drop(write!(out, "\\U{:08X}", c as u32)),
            _ => out.push(c),
        }
    }
    out + "\""
}

fn as_json(loaded: &Loaded) -> Value {
    let setting = |key: Key| {
        let items = loaded.settings.items(key);
        let values: Vec<Value> = items.unwrap_or_default().iter().map(with_origin).collect();
        json!({
            "key": key.name(),
            "about": key.about(),
            "default": key.default_in_words(),
            "set": items.is_some(),
            "values": values,
        })
    };
    let files: Vec<_> = loaded.sources.files.iter().map(|file| file.to_string_lossy()).collect();
    json!({ "schema": SCHEMA, "files": files, "settings": Key::all().map(setting).collect::<Vec<_>>() })
}

fn with_origin(item: &Placed<Item>) -> Value {
    let origin = match &item.origin {
        Origin::File(place) => {
            json!({ "file": place.path.to_string_lossy(), "line": place.line, "column": place.column })
        }
        Origin::CommandLine(option) => json!({ "option": option }),
    };
    json!({ "value": json_value(&item.value), "origin": origin })
}

fn json_value(item: &Item) -> Value {
    match item {
        Item::Level(level) => json!(level.name()),
        Item::Flag(flag) => json!(flag),
        Item::Number(number) => json!(number),
        Item::Text(text) => json!(text),
        Item::Path(path) => json!(path.to_string_lossy()),
        Item::Glob(_, glob) => json!(glob),
        Item::RuleLevel(rule, level) => json!({ "rule": rule, "level": level.map_or("off", |level| level.name()) }),
        Item::Protect(entry) => {
            json!({ "words": entry.words, "pattern": entry.pattern, "reason": entry.reason })
        }
    }
}
