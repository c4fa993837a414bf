//! `descan explain RULE`: what a rule repairs, why, and what it leaves alone.

use std::fmt::Write as _;
use std::io::Write as _;

use descan::pipeline::Selection;
use descan::report::escape::visible;
use descan::rule::RuleSet;

use super::args::ExplainArgs;
use super::exit::{Done, Result, output_error, usage};
use super::output::stdout;

/// Runs the command.
pub fn run(args: &ExplainArgs) -> Result {
    let rules = RuleSet::built_in();
    let Some(id) = rules.find(&args.rule) else {
        return match Selection::new(std::slice::from_ref(&args.rule), &[], &rules) {
            Err(unknown) => usage(unknown.to_string()),
            Ok(_) => {
                usage(format!("{:?} is a pass, not a rule; `descan rules` lists the rules of each pass", args.rule))
            }
        };
    };
    let rule = rules.get(id);
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{}: {}\n", rule.name, rule.summary);
    let _ = writeln!(text, "pass {}, level {}", rule.pass.as_str(), rule.level.name());
    if !rule.aliases.is_empty() {
        let _ = writeln!(text, "also called {}", rule.aliases.join(", "));
    }
    let _ = writeln!(text, "\n{}", rule.why.trim());
    let (changes, keeps) = RuleSet::examples(&rule.name).unwrap_or_default();
    let _ = writeln!(text, "\nRepairs");
    for change in changes {
        let _ = writeln!(text, "  - {}\n  + {}", visible(&change.from), visible(&change.to));
    }
    let _ = writeln!(text, "\nLeaves alone");
    for keep in keeps {
        let _ = writeln!(text, "    {}", visible(&keep.text));
    }
    let mut out = stdout();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|e| output_error(&e, Done::Clean))?;
    Ok(Done::Clean)
}
