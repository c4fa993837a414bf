//! `descan rules`: lists the rules in the order in which they run.

use std::io::Write as _;

use descan_rules::{Rule, RuleId};
use descan_text::escape;
use descan_text::escape::visible;
use serde_json::{Value, json};

use crate::args::{ListFormat, RulesArgs};
use crate::error::{Done, Result, output_error};
use crate::settings::Layer;
use crate::setup::config::load;
use crate::setup::rulebook::Rulebook;
use crate::terminal::output::stdout;

/// The version of the JSON.
const SCHEMA: u32 = 1;

/// Runs the command.
pub(crate) fn run(args: &RulesArgs) -> Result {
    let loaded = load(&args.config, &[], Layer::default())?;
    let book = Rulebook::new(&loaded.settings)?;
    // User rules come last in the set, but run within their pass.
    let mut rules: Vec<(RuleId, &Rule)> = book.rules.iter().collect();
    rules.sort_by_key(|(_, rule)| rule.pass);
    let text = match args.format {
        ListFormat::Human => as_table(&book, &rules),
        ListFormat::Json => {
            let rules: Vec<Value> = rules.iter().map(|&(id, rule)| as_json(&book, id, rule)).collect();
            escape::json(json!({ "schema": SCHEMA, "rules": rules }).to_string()) + "\n"
        }
    };
    let mut out = stdout();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|e| output_error(&e, Done::Clean))?;
    Ok(Done::Clean)
}

fn as_table(book: &Rulebook, rules: &[(RuleId, &Rule)]) -> String {
    let width = |of: &dyn Fn(&Rule) -> usize| rules.iter().map(|(_, r)| of(r)).max().unwrap_or(0);
    let pass = width(&|r| r.pass.as_str().len());
    let name = width(&|r| r.name.len());
    let line = |&(id, rule): &(RuleId, &Rule)| {
        let moved =
            if rule.level == rule.own_level { String::new() } else { format!(" [default: {}]", rule.own_level.name()) };
        let origin = book.user_rule(id).map_or_else(String::new, |rule| format!(" [{}]", rule.file));
        format!(
            "{:pass$}  {:name$}  {:8}  {}{moved}{origin}\n",
            rule.pass.as_str(),
            rule.name,
            level(book, id, rule),
            visible(&rule.summary),
        )
    };
    rules.iter().map(line).collect()
}

fn level(book: &Rulebook, id: RuleId, rule: &Rule) -> &'static str {
    if book.selection.has_rule(id) { rule.level.name() } else { "off" }
}

fn as_json(book: &Rulebook, id: RuleId, rule: &Rule) -> Value {
    json!({
        "name": rule.name,
        "aliases": rule.aliases,
        "pass": rule.pass.as_str(),
        "level": level(book, id, rule),
        "own_level": rule.own_level.name(),
        "summary": rule.summary,
        "origin": book.user_rule(id).map_or("built-in", |rule| rule.file.as_str()),
    })
}
