//! The schema of a rule file.

use descan_text::layout::Region;
use serde_json::{Value, json};

use super::parts::{count, flag, level, list, object, pair, text, titled};

/// A TOML file that holds one rule, as [docs/rules.md] describes it.
///
/// [docs/rules.md]: ../../docs/rules.md
pub(super) fn rule_file() -> Value {
    let rule = object([
        ("name", kebab("Names the defect, not the cure. The file has the same name")),
        ("summary", filled("One line, a noun phrase: the reason that reports show")),
        ("level", said(level(), "The surest that the rule's edits can be")),
        ("why", filled("What goes wrong in a scan, how the rule decides, what it leaves alone")),
        ("formerly?", said(list(text()), "Names that the rule had before, the earliest first")),
        ("aliases?", said(list(text()), "Other names that select the rule")),
        ("code?", said(flag(), "Only in built-in rules: the pass finds the places itself")),
        ("pattern?", regex("Its group `bad` is replaced, or else the whole match; `{name}` is any word of a list")),
        (
            "scope?",
            said(json!({ "enum": ["line", "token"] }), "What the pattern is matched against; if not given, lines"),
        ),
        ("with?", replacement()),
        (
            "triggers?",
            said(list(json!({ "type": "string", "minLength": 1 })), "Literals of which every match holds at least one"),
        ),
        ("when?", said(conditions(), "What must hold where the pattern matches")),
        ("certain?", said(conditions(), "What must hold besides for an edit to be certain")),
        ("probable?", said(conditions(), "What must hold besides for an edit to be probable")),
        ("style?", style()),
        ("again?", again()),
        ("change", examples(change(), "Texts that the rule repairs")),
        ("keep", examples(keep(), "Texts that look alike and are right")),
    ]);
    titled("A rule of descan", one_of_two(rule))
}

/// A rule has a pattern and what comes in its place, or its pass finds the places.
fn one_of_two(mut rule: Value) -> Value {
    let by_code = json!({ "required": ["code"], "properties": { "code": { "const": true } } });
    let of_patterns = ["pattern", "with", "triggers", "when", "certain", "probable", "again"];
    let has_any = of_patterns.map(|field| json!({ "required": [field] }));
    rule["if"] = by_code;
    rule["then"] = json!({ "not": { "anyOf": has_any } });
    rule["else"] = json!({ "required": ["pattern", "with"] });
    rule
}

fn conditions() -> Value {
    let mut regions: Vec<&str> = Region::ALL.into_iter().map(Region::name).collect();
    regions.extend(["running", "any"]);
    object([
        ("region?", said(list(json!({ "enum": regions })), "The kinds of text; if not given, all but code and tables")),
        ("known?", groups("The lexicon has all these words")),
        ("unknown?", groups("The lexicon has not all of them, or only as frequent misreadings")),
        ("common?", groups("They are usual ones: in print at least once in a million words")),
        ("rare?", groups("Not all of them are usual ones")),
        ("seen?", groups("The document has them at another place")),
        ("unseen?", groups("The document has not all of them at another place")),
        ("written?", groups("The document has the same at another place, letter for letter from space to space")),
        ("same?", said(list(pair(text())), "Pairs of groups that have the same letters, whatever their case")),
        ("gain?", said(json!({ "type": "number" }), "By how many nats the repair goes better between its neighbours")),
        ("before?", regex("What stands right before the place")),
        ("after?", regex("What stands right after it")),
        ("not?", regexes("Right text: none of these matches across the place")),
        ("document-has?", regexes("Each matches somewhere in the document")),
        ("document-lacks?", regexes("None matches anywhere in the document")),
        ("quotes?", said(json!({ "enum": ["curly", "straight"] }), "How the document writes quotes")),
        ("misread?", said(flag(), "The passage or the document has words that a scan misread")),
        ("places?", said(count(), "In how many places of the document the rule matches at least")),
    ])
}

fn style() -> Value {
    let families = json!({ "enum": ["rule", "reading", "word"] });
    let mut table = object([
        ("right?", regex("The right form; only where the family is `rule`")),
        ("family?", said(families, "What is counted together; if not given, all edits of the rule")),
    ]);
    table["if"] = json!({ "required": ["family"], "properties": { "family": { "enum": ["reading", "word"] } } });
    table["then"] = json!({ "not": { "required": ["right"] } });
    table["else"] = json!({ "required": ["right"] });
    said(table, "How damage is told from a writer's style")
}

fn again() -> Value {
    let others = json!({ "type": "array", "items": text(), "minItems": 1 });
    let table = object([
        ("of", said(others, "The names of the rules that mend plainer places of the same damage")),
        ("places?", said(count(), "In how many places they must have mended the document; if not given, two")),
    ]);
    said(table, "The rule is tried only where other rules have mended the document")
}

fn change() -> Value {
    object([
        ("from", said(text(), "As scanned")),
        ("to", said(text(), "As the whole pipeline leaves it")),
        ("level?", said(level(), "The level to apply, where it is not the rule's own")),
        ("unwrap?", said(flag(), "Runs it as with --unwrap")),
        ("wrap?", said(count(), "Runs it as with --wrap")),
    ])
}

fn keep() -> Value {
    object([("text", text())])
}

/// A list that must not be empty.
fn examples(of: Value, about: &str) -> Value {
    json!({ "type": "array", "items": of, "minItems": 1, "description": about })
}

/// One text or several.
fn replacement() -> Value {
    let about = "The replacement, or several of which the best is taken; `${name}` puts in a group";
    json!({ "anyOf": [text(), examples(text(), "Several")], "description": about })
}

fn groups(about: &str) -> Value {
    said(list(text()), &format!("{about}. Names of groups, or `old` and `new`"))
}

fn regexes(about: &str) -> Value {
    said(list(text()), &format!("{about}. Regexes"))
}

fn regex(about: &str) -> Value {
    said(text(), &format!("{about}. A regex without look-around"))
}

fn kebab(about: &str) -> Value {
    json!({ "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "description": about })
}

/// A text that says something.
fn filled(about: &str) -> Value {
    json!({ "type": "string", "pattern": r"\S", "description": about })
}

/// A schema with a description.
fn said(mut schema: Value, about: &str) -> Value {
    schema["description"] = json!(about);
    schema
}
