//! `descan test`: runs the examples of the built-in rules and of a user's own.

use std::fs;
use std::path::{Path, PathBuf};

use descan::passes::PassName;
use descan::rule::file::{Change, Keep, RuleFile};
use descan::rule::{RuleId, RuleSet, verify};
use rayon::prelude::*;

use super::args::TestArgs;
use super::discover::{plain, shown};
use super::exit::{Done, Result, say, usage};
use super::output::counted;

/// Examples of one rule with the line at which each stands.
struct Examples {
    id: RuleId,
    file: String,
    changes: Vec<(usize, Change)>,
    keeps: Vec<(usize, Keep)>,
}

/// Runs the command.
pub fn run(args: &TestArgs) -> Result {
    let mut rules = RuleSet::built_in();
    let mut examples = Vec::new();
    for (id, rule) in rules.iter() {
        let source = RuleSet::source(&rule.name).unwrap_or_default();
        let file = format!("rules/{}/{}.toml", rule.pass.as_str(), rule.name);
        examples.extend(Examples::of(id, file, source));
    }
    if let Some(dir) = &args.dir {
        examples.extend(own_rules(dir, &mut rules)?);
    }
    let failures: Vec<Vec<String>> = examples.par_iter().map(|e| e.run(&rules)).collect();
    for failure in failures.iter().flatten() {
        say(failure);
    }
    let run: usize = examples.iter().map(|e| e.changes.len() + e.keeps.len()).sum();
    let failed = failures.iter().flatten().count();
    say(format_args!("{}, {}, {failed} failed", counted(examples.len(), "rule"), counted(run, "example")));
    Ok(if failed > 0 { Done::Findings } else { Done::Clean })
}

/// Loads `dir/<pass>/*.toml`. Every refusal is told before the command stops.
fn own_rules(dir: &Path, rules: &mut RuleSet) -> Result<Vec<Examples>> {
    let mut examples = Vec::new();
    let mut refused = Vec::new();
    let mut seen = 0;
    for folder in entries(dir)?.into_iter().filter(|path| path.is_dir()) {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let files: Vec<PathBuf> =
            entries(&folder)?.into_iter().filter(|path| path.extension().is_some_and(|e| e == "toml")).collect();
        let Some(pass) = PassName::parse(&name) else {
            if !files.is_empty() {
                let passes = descan::passes::PASSES.map(|(pass, _)| pass.as_str()).join(", ");
                refused.push(format!("{}: there is no pass {name:?}; the passes are {passes}", shown(&folder)));
            }
            continue;
        };
        for path in files {
            seen += 1;
            let file = shown(&path);
            let loaded = fs::read_to_string(&path)
                .map_err(|e| format!("{file}: {}", plain(&e)))
                .and_then(|source| Ok((rules.add(pass, &file, &source).map_err(|e| e.to_string())?, source)));
            match loaded {
                Ok((id, source)) => examples.extend(Examples::of(id, file, &source)),
                Err(why) => refused.push(why),
            }
        }
    }
    if let Some((last, others)) = refused.split_last() {
        others.iter().for_each(say);
        return usage(last.clone());
    }
    if seen == 0 {
        return usage(format!("no rule in {}; put rules into DIR/<pass>/<name>.toml", shown(dir)));
    }
    Ok(examples)
}

fn entries(dir: &Path) -> Result<Vec<PathBuf>> {
    let read =
        fs::read_dir(dir).and_then(|entries| entries.map(|e| Ok(e?.path())).collect::<std::io::Result<Vec<_>>>());
    match read {
        Ok(mut paths) => {
            paths.sort();
            Ok(paths)
        }
        Err(error) => usage(format!("cannot read {}: {}", shown(dir), plain(&error))),
    }
}

impl Examples {
    fn of(id: RuleId, file: String, source: &str) -> Option<Examples> {
        let rule = RuleFile::parse(&file, source).ok()?;
        let lines = |head: &str| -> Vec<usize> {
            source.lines().enumerate().filter(|(_, l)| l.trim() == head).map(|(i, _)| i + 1).collect()
        };
        Some(Examples {
            id,
            file,
            changes: lines("[[change]]").into_iter().zip(rule.change).collect(),
            keeps: lines("[[keep]]").into_iter().zip(rule.keep).collect(),
        })
    }

    /// What fails, as sentences.
    fn run(&self, rules: &RuleSet) -> Vec<String> {
        let mut failures = Vec::new();
        let changes = self.changes.iter().map(|(line, c)| (line, verify(rules, self.id, std::slice::from_ref(c), &[])));
        let keeps = self.keeps.iter().map(|(line, k)| (line, verify(rules, self.id, &[], std::slice::from_ref(k))));
        for (line, list) in changes.chain(keeps) {
            failures.extend(list.into_iter().map(|f| format!("{}:{line}: {:?} {}", self.file, f.example, f.what)));
        }
        failures
    }
}
