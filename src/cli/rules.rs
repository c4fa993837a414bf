//! `descan rules`: the rules in the order in which they run.

use std::io::Write as _;

use descan::rule::RuleSet;

use super::exit::{Done, Result, output_error};
use super::output::stdout;

/// Runs the command.
pub fn run() -> Result {
    let rules = RuleSet::built_in();
    let width = |of: &dyn Fn(&descan::rule::Rule) -> usize| rules.iter().map(|(_, r)| of(r)).max().unwrap_or(0);
    let pass = width(&|r| r.pass.as_str().len());
    let name = width(&|r| r.name.len());
    let mut out = stdout();
    for (_, rule) in rules.iter() {
        writeln!(out, "{:pass$}  {:name$}  {:8}  {}", rule.pass.as_str(), rule.name, rule.level.name(), rule.summary)
            .map_err(|e| output_error(&e, Done::Clean))?;
    }
    out.flush().map_err(|e| output_error(&e, Done::Clean))?;
    Ok(Done::Clean)
}
