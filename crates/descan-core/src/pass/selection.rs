//! Which rules and passes run.

use descan_rules::PassName;
use descan_rules::{RuleId, RuleSet};
use thiserror::Error;

/// Which rules and passes run. The default is all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    off_passes: Vec<PassName>,
    off_rules: Vec<RuleId>,
}

/// A name that is neither a rule nor a pass.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("unknown rule or pass {name:?}{hint}; `descan rules` lists them")]
pub struct UnknownName {
    name: String,
    hint: String,
}

impl UnknownName {
    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Selection {
    /// Runs only `select` (all, if it is empty) without `ignore`. Names are
    /// rules, their aliases, or passes.
    ///
    /// # Errors
    /// A name that is neither.
    pub fn new(select: &[String], ignore: &[String], rules: &RuleSet) -> Result<Selection, UnknownName> {
        let mut chosen = Names::new(select, rules)?;
        let ignored = Names::new(ignore, rules)?;
        if select.is_empty() {
            chosen.passes = PassName::ALL.to_vec();
        }
        let runs = |id: RuleId, pass: PassName| {
            (chosen.rules.contains(&id) || chosen.passes.contains(&pass))
                && !ignored.rules.contains(&id)
                && !ignored.passes.contains(&pass)
        };
        let off_rules = rules.iter().filter(|(id, rule)| !runs(*id, rule.pass)).map(|(id, _)| id).collect::<Vec<_>>();
        let off_passes = PassName::ALL
            .into_iter()
            .filter(|&pass| rules.iter().filter(|(_, r)| r.pass == pass).all(|(id, _)| off_rules.contains(&id)))
            .collect();
        Ok(Selection { off_passes, off_rules })
    }

    /// Whether any rule of the pass runs.
    pub fn has_pass(&self, pass: PassName) -> bool {
        !self.off_passes.contains(&pass)
    }

    /// Whether all rules run, those of passes that are off too.
    pub fn has_all_rules(&self) -> bool {
        self.off_rules.is_empty()
    }

    /// Whether the rule runs.
    pub fn has_rule(&self, rule: RuleId) -> bool {
        !self.off_rules.contains(&rule)
    }
}

/// Names of the command line, told apart.
#[derive(Default)]
struct Names {
    rules: Vec<RuleId>,
    passes: Vec<PassName>,
}

impl Names {
    fn new(names: &[String], rules: &RuleSet) -> Result<Names, UnknownName> {
        let mut found = Names::default();
        for name in names {
            match (PassName::parse(name), rules.find(name)) {
                (Some(pass), _) => found.passes.push(pass),
                (None, Some(rule)) => found.rules.push(rule),
                (None, None) => {
                    return Err(UnknownName { name: name.clone(), hint: hint(name, rules) });
                }
            }
        }
        Ok(found)
    }
}

/// The nearest name, if one is near.
fn hint(name: &str, rules: &RuleSet) -> String {
    let known = rules.iter().map(|(_, r)| r.name.as_str()).chain(PassName::ALL.iter().map(|pass| pass.as_str()));
    let near = known.map(|k| (strsim::osa_distance(name, k), k)).min();
    match near {
        Some((distance, near)) if distance <= 1 + near.len() / 4 => {
            format!(", did you mean {near:?}?")
        }
        _ => String::new(),
    }
}
