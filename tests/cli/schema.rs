//! `descan schema`: every schema accepts real output, and nothing more.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::{Folder, SCAN};

fn schema(folder: &Folder, format: &str) -> Value {
    let schema: Value = serde_json::from_str(&folder.run(["schema", format]).exits(0).out()).expect("JSON");
    assert!(jsonschema::meta::is_valid(&schema), "{format} is no schema");
    schema
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// All outputs are valid; none is with an unknown key at any depth; and every key in
/// the schema occurs in some output, except those too `rare` for a test.
#[track_caller]
fn holds(schema: &Value, outputs: &[Value], rare: &[&str]) {
    let validator = jsonschema::validator_for(schema).expect("a schema");
    let mut used = BTreeSet::new();
    for output in outputs {
        let errors: Vec<String> = validator.iter_errors(output).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}\n{output}");
        keys(output, &mut used);
        each_object(output, &mut |path| {
            let mut more = output.clone();
            more.pointer_mut(path).expect("an object")["unheard-of"] = json!([]);
            assert!(!validator.is_valid(&more), "an unknown key at {path:?} passes");
        });
    }
    let mut named = BTreeSet::new();
    properties(schema, &mut named);
    let unseen: Vec<_> = named.difference(&used).collect();
    assert_eq!(unseen, rare, "the schema names them, and no output has them");
}

fn keys(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| {
            found.insert(key.clone());
            keys(value, found);
        }),
        Value::Array(list) => list.iter().for_each(|value| keys(value, found)),
        _ => {}
    }
}

fn each_object(value: &Value, see: &mut impl FnMut(&str)) {
    fn go(value: &Value, path: &str, see: &mut impl FnMut(&str)) {
        match value {
            Value::Object(map) => {
                see(path);
                map.iter().for_each(|(key, value)| go(value, &format!("{path}/{key}"), see));
            }
            // The first item of a list represents the rest.
            Value::Array(list) => list.iter().take(1).for_each(|value| go(value, &format!("{path}/0"), see)),
            _ => {}
        }
    }
    go(value, "", see);
}

fn properties(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(map) => map.iter().for_each(|(key, value)| {
            if let (true, Value::Object(named)) = (key == "properties", value) {
                found.extend(named.keys().cloned());
            }
            properties(value, found);
        }),
        Value::Array(list) => list.iter().for_each(|value| properties(value, found)),
        _ => {}
    }
}

const RULE: &str = "name = \"inkblot\"\naliases = [\"blot\"]\nsummary = \"a blot\"\nlevel = \"certain\"\nwhy = \"Blots.\"\n\
    pattern = '''[a-z](?P<bad>#)[a-z]'''\nwith = \"\"\ntriggers = [\"#\"]\n\
    [[change]]\nfrom = \"gar#den\"\nto = \"garden\"\n[[keep]]\ntext = \"#12\"\n";
const CONFIG: &str = "rules = [\"mine\"]\nstyle = [\"curly\"]\nignore = [\"pages\"]\nthreads = 2\nunwrap = false\n\
    [levels]\ninkblot = \"probable\"\nrun-on = \"off\"\n\
    [[protect]]\nwords = [\"Tbe\"]\nreason = \"a name\"\n[[protect]]\npattern = '''x+'''\nreason = \"kisses\"\n";

const DECISIONS: &str =
    "{\"type\":\"decisions\",\"schema\":1}\n{\"type\":\"right\",\"word\":\"Ervan\",\"reason\":\"a village\"}\n";

/// Only ambiguous multi-byte encodings have the first, only e-books and documents of Word the second.
const RARE: [&str; 2] = ["before_hex", "part"];

/// Scans that produce every field: odd names and encodings, two passes in one
/// place, bytes that are not text, failures.
fn archive() -> Folder {
    let folder = Folder::with(&[
        ("descan.toml", CONFIG),
        ("mine/letters/inkblot.toml", RULE),
        ("descan.decisions.jsonl", DECISIONS),
        ("in/scan.txt", SCAN),
        ("in/words.txt", "She had a gar#den and Tbe wind was in the xx trees when be came home.\n"),
    ]);
    folder.write("in/foreign.txt", "Zrelk vompa trosk in dalvu merrip, sko tarvel ondri.\n".repeat(8));
    folder.write(
        "in/page.html",
        "<!DOCTYPE html>\n<html><head><title>A page</title></head>\n<body><p>The o\u{fb03}cer &amp; the cl&#64258;ock.</p></body></html>\n",
    );
    folder.write("in/twice.txt", "The o#\u{fb01}ce was shut.\n");
    folder.write(
        "in/latin.txt",
        b"The \x93first\x94 man\xad came caf\xe9 wor\xadld. \x81 He said don,t. fi \xc3\xa2\xe2\x82\xac\n",
    );
    folder.write("in/broken.txt", b"The \xef\xac\x81rst\xff man said \xe2\x80\x9cI haven\xc3\xa2\xe2\x82\xac\xe2\x84\xa2t\xe2\x80\x9d. I\"ll go.\n");
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt as _;
        folder.write(std::ffi::OsStr::from_bytes(b"in/caf\xe9.txt"), SCAN);
        std::os::unix::fs::symlink("gone", folder.path("dangling.txt")).expect("linked");
    }
    folder
}

#[test]
fn the_ledger() {
    let folder = archive();
    folder.run(["clean", "--out-dir", "out", "--level", "suspect", "in", "dangling.txt"]).exits(3);
    let mut outputs = lines(&folder.text("out/ledger.jsonl"));
    folder.run(["clean", "--wrap", "72", "--write", "in/scan.txt"]).exits(0);
    outputs.extend(lines(&folder.text("descan.ledger.jsonl")));
    folder.run(["clean", "--to", "txt", "--structure", "--out-dir", "texts", "in/page.html"]).exits(0);
    outputs.extend(lines(&folder.text("texts/ledger.jsonl")));
    folder.write("page.xml", "<alto><String CONTENT='o\u{fb03}cer'/></alto>");
    folder.run(["clean", "--keep-original", "--out-dir", "kept", "page.xml"]).exits(0);
    outputs.extend(lines(&folder.text("kept/ledger.jsonl")));
    holds(&schema(&folder, "ledger"), &outputs, &RARE[1..]);
}

#[test]
fn findings() {
    let folder = archive();
    let outputs = lines(&folder.run(["check", "--format", "jsonl", "--fail-on", "suspect", "in"]).exits(1).out());
    holds(&schema(&folder, "findings"), &outputs, &RARE);
}

#[test]
fn baselines() {
    let folder = archive();
    folder.run(["baseline", "--level", "suspect", "in", "-o", "descan.baseline.jsonl"]).exits(0);
    holds(&schema(&folder, "baseline"), &lines(&folder.text("descan.baseline.jsonl")), &[]);
}

/// The schema and descan accept and reject the same input.
#[test]
fn decisions() {
    const HEAD: &str = r#"{"type":"decisions","schema":1}"#;
    let good = [
        r#"{"type":"accept","rule":"run-on","before":"x","after":"y","context":["a b","c"],"path":"in/scan.txt"}"#,
        r#"{"type":"refuse","rule":"run-on","before":"x","after":"y","context":["",""]}"#,
        r#"{"type":"replace","rule":"run-on","before":"x","after":"y","context":["a","b"],"with":"z"}"#,
        r#"{"type":"accept-alike","rule":"run-on","before":"x","after":"y"}"#,
        r#"{"type":"refuse-alike","rule":"run-on","before":"x","after":"y"}"#,
        r#"{"type":"replace-alike","rule":"run-on","before":"x","after":"y","with":"z"}"#,
        r#"{"type":"never","word":"modem","reason":"too early"}"#,
        r#"{"type":"right","word":"Ervan"}"#,
        r#"{"type":"right","pattern":"[0-9]+","reason":"shelf marks"}"#,
    ];
    let bad = [
        r#"{"type":"accept","rule":"run-on","before":"x","after":"y"}"#,
        r#"{"type":"accept","rule":"run-on","before":"x","after":"y","context":["a","b"],"with":"z"}"#,
        r#"{"type":"replace","rule":"run-on","before":"x","after":"y","context":["a","b"]}"#,
        r#"{"type":"accept-alike","rule":"run-on","before":"x","after":"y","context":["a","b"]}"#,
        r#"{"type":"never","word":"modem","why":"too early"}"#,
        r#"{"type":"right","word":"Ervan","pattern":"x"}"#,
        r#"{"type":"right","reason":"none"}"#,
        r#"{"type":"keep","word":"x"}"#,
    ];
    let folder = archive();
    let schema = schema(&folder, "decisions");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let mut outputs = vec![serde_json::from_str(HEAD).expect("JSON")];
    for (line, right) in good.iter().map(|line| (line, true)).chain(bad.iter().map(|line| (line, false))) {
        folder.write("try.jsonl", format!("{HEAD}\n{line}\n"));
        let taken = folder.run(["check", "--decisions", "try.jsonl", "in/scan.txt"]).0.status.code() != Some(2);
        assert_eq!(taken, right, "{line}");
        let value: Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(validator.is_valid(&value), right, "{line}");
        outputs.extend(right.then_some(value));
    }
    holds(&schema, &outputs, &[]);
}

#[test]
fn what_rules_config_and_stats_print() {
    let folder = archive();
    let rules = lines(&folder.run(["rules", "--format", "json"]).exits(0).out());
    holds(&schema(&folder, "rules"), &rules, &[]);
    let settings = lines(&folder.run(["config", "--level", "probable", "--format", "json"]).exits(0).out());
    holds(&schema(&folder, "settings"), &settings, &[]);
    let stats = folder.run(["stats", "--format", "json", "in"]).exits(0).out();
    holds(&schema(&folder, "stats"), &[serde_json::from_str(&stats).expect("JSON")], &[]);
}

/// The schema and descan accept and reject the same input.
#[test]
fn settings_files() {
    let folder = archive();
    let schema = schema(&folder, "config");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let all = "extend = \"base.toml\"\nlevel = \"probable\"\nfail-on = \"certain\"\nselect = [\"pages\"]\n\
        model = []\nexclude = [\"*.bak\"]\n";
    let good = [CONFIG, all, "", "[levels]\nligature = \"suspect\"\n"];
    let bad = [
        "levle = \"certain\"\n",
        "level = \"off\"\n",
        "threads = 0\n",
        "threads = \"2\"\n",
        "unwrap = 1\n",
        "ignore = \"pages\"\n",
        "ignore = [\"\"]\n",
        "style = [\"curled\"]\n",
        "levels = []\n",
        "[levels]\nligature = \"on\"\n",
        "[[protect]]\nwords = [\"x\"]\n",
        "[[protect]]\nreason = \"x\"\n",
        "[[protect]]\nwords = []\nreason = \"x\"\n",
        "[[protect]]\nwords = [\"x\"]\nreason = \"x\"\nwhy = \"y\"\n",
        "extend = [\"base.toml\"]\n",
    ];
    folder.write("base.toml", "");
    for (config, right) in good.iter().map(|c| (c, true)).chain(bad.iter().map(|c| (c, false))) {
        folder.write("try.toml", config);
        let taken = folder.run(["config", "--config", "try.toml"]).0.status.code();
        assert_eq!(taken, Some(if right { 0 } else { 2 }), "{config}");
        let value: Value = toml::from_str::<toml::Table>(config)
            .map(|table| serde_json::to_value(table).expect("JSON"))
            .expect("TOML");
        assert_eq!(validator.is_valid(&value), right, "{config}");
    }
    // Every key has a line in the output of `config`, and vice versa.
    let json: Value = serde_json::from_str(&folder.run(["config", "--format", "json"]).exits(0).out()).expect("JSON");
    let shown: BTreeSet<_> =
        json["settings"].as_array().expect("a list").iter().filter_map(|s| s["key"].as_str()).collect();
    let named: BTreeSet<_> = schema["properties"].as_object().expect("keys").keys().map(String::as_str).collect();
    assert_eq!(named.difference(&shown).copied().collect::<Vec<_>>(), ["extend"]);
}

/// The schema and descan accept and reject the same rules.
#[test]
fn rule_files() {
    const CHECK: [&str; 3] = ["check", "--exit-zero", "a.txt"];
    let folder = Folder::with(&[("a.txt", "A garden.\n"), ("descan.toml", "rules = [\"mine\"]\n")]);
    let schema = schema(&folder, "rule");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let value = |rule: &str| -> Value {
        let table: toml::Table = toml::from_str(rule).expect("TOML");
        serde_json::to_value(table).expect("JSON")
    };
    let without = |line: &str| RULE.replace(line, "");
    let with = |table: &str| RULE.replacen("[[change]]", &format!("{table}\n[[change]]"), 1);
    let good = [
        RULE.to_owned(),
        without("triggers = [\"#\"]\n"),
        with("[when]\nknown = [\"new\"]\nregion = [\"running\", \"verse\"]\ngain = -1.5\n[certain]\nplaces = 2"),
        with("[style]\nfamily = \"word\""),
        with("[style]\nright = \"x\""),
        with("[when]\nquotes = \"curly\""),
        RULE.replace("with = \"\"", "with = [\"\", \"-\"]\nscope = \"line\"\nformerly = [\"blob\"]"),
    ];
    let bad = [
        without("with = \"\"\n"),
        without("why = \"Blots.\"\n"),
        without("pattern = '''[a-z](?P<bad>#)[a-z]'''\n"),
        RULE.replace("certain", "sure"),
        RULE.replace("\"inkblot\"", "\"Inkblot\""),
        RULE.replace("Blots.", " "),
        RULE.replace("with = \"\"", "with = []"),
        RULE.replace("with = \"\"", "with = \"\"\nscope = \"word\""),
        RULE.replace("with = \"\"", "with = \"\"\ncode = true"),
        RULE.replace("[\"#\"]", "[\"\"]"),
        RULE.replace("[[keep]]\ntext = \"#12\"\n", ""),
        with("[when]\nregion = [\"novel\"]"),
        with("[when]\nknow = [\"new\"]"),
        with("[when]\nquotes = \"round\""),
        with("[style]\nfamily = \"word\"\nright = \"x\""),
        with("[style]"),
    ];
    for (rule, right) in good.iter().map(|r| (r, true)).chain(bad.iter().map(|r| (r, false))) {
        folder.write("mine/letters/inkblot.toml", rule);
        let taken = folder.run(CHECK).0.status.code();
        assert_eq!(taken, Some(if right { 0 } else { 2 }), "{rule}");
        assert_eq!(validator.is_valid(&value(rule)), right, "{rule}");
    }
    let mut rules: Vec<Value> = good.iter().map(|rule| value(rule)).collect();
    for pass in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/rules")).expect("a folder") {
        let pass = pass.expect("a folder").path();
        for file in std::fs::read_dir(&pass).into_iter().flatten().map(|file| file.expect("a file").path()) {
            let is_rule = file.extension().is_some_and(|e| e == "toml") && !pass.ends_with("src");
            rules.extend(is_rule.then(|| value(&std::fs::read_to_string(&file).expect("a rule"))));
        }
    }
    assert!(rules.len() > 200);
    holds(&schema, &rules, &[]);
    // Every key that descan knows is in the schema.
    for (table, at) in [("", ""), ("[when]", "/properties/when"), ("[style]", "/properties/style")] {
        folder.write(
            "mine/letters/inkblot.toml",
            format!("{}\n", RULE.replacen("[[change]]", &format!("{table}\nunheard-of = 1\n[[change]]"), 1)),
        );
        let refusal = folder.run(CHECK).exits(2).err();
        let (_, known) = refusal.split_once("expected").unwrap_or_else(|| panic!("{refusal}"));
        let known: BTreeSet<&str> = known.split('`').skip(1).step_by(2).collect();
        let named = schema.pointer(&format!("{at}/properties")).and_then(Value::as_object).expect("keys");
        let named: BTreeSet<&str> = named.keys().map(String::as_str).collect();
        let unnamed: Vec<&str> = known.difference(&named).copied().collect();
        // Both are worked out and not written.
        let worked_out: &[&str] = if table.is_empty() { &["borders", "finder"] } else { &[] };
        assert_eq!(unnamed, worked_out, "{table}");
    }
}

#[test]
fn an_unknown_format_is_refused_with_a_list_of_formats() {
    Folder::new().run(["schema", "finding"]).refuses(&["findings", "ledger"]);
}
