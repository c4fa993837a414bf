//! `descan explain RULE`: explains what a rule repairs, why, and what it leaves alone.

use std::fmt::Write as _;
use std::io::Write as _;

use descan_core::pass::Selection;
use descan_rules::{RuleFile, RuleSet};
use descan_text::escape::visible;

use crate::args::ExplainArgs;
use crate::error::{Done, Result, output_error, usage};
use crate::settings::Layer;
use crate::setup::config::load;
use crate::setup::rulebook::Rulebook;
use crate::terminal::output::stdout;

/// Runs the command.
pub(crate) fn run(args: &ExplainArgs) -> Result {
    let book = Rulebook::new(&load(&args.config, &[], Layer::default())?.settings)?;
    let rules = &book.rules;
    let Some(id) = rules.find(&args.rule) else {
        return match Selection::new(std::slice::from_ref(&args.rule), &[], rules) {
            Err(unknown) => usage(unknown.to_string()),
            Ok(_) => {
                usage(format!("{:?} is a pass, not a rule; `descan rules` lists the rules of each pass", args.rule))
            }
        };
    };
    let rule = rules.get(id);
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{}: {}\n", rule.name, visible(&rule.summary));
    let _ = writeln!(text, "pass {}, level {}", rule.pass.as_str(), rule.own_level.name());
    if !book.selection.has_rule(id) {
        let _ = writeln!(text, "switched off in the settings");
    } else if rule.level != rule.own_level {
        let _ = writeln!(text, "level {} in the settings", rule.level.name());
    }
    if let Some(user_rule) = book.user_rule(id) {
        let _ = writeln!(text, "your own rule, from {}", user_rule.file);
    }
    if !rule.aliases.is_empty() {
        let _ = writeln!(text, "also called {}", rule.aliases.join(", "));
    }
    let why: Vec<String> = rule.why().trim().lines().map(visible).collect();
    let _ = writeln!(text, "\n{}", why.join("\n"));
    let user_file = book.user_rule(id).and_then(|rule| RuleFile::parse(&rule.file, &rule.source).ok());
    let (changes, keeps) =
        user_file.map(|file| (file.change, file.keep)).or_else(|| RuleSet::examples(&rule.name)).unwrap_or_default();
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
