//! The rules of a run: the built-in rules and user rules, at the levels given in the
//! settings.

use std::path::Path;

use descan_core::pass::{Selection, UnknownName};
use descan_rules::{RuleId, RuleSet};

use crate::args::ConfigArgs;
use crate::error::{CliError, Result, usage};
use crate::settings::{Item, Key, Layer, Placed, Settings};
use crate::setup::config;
use crate::setup::user_rules::{self, UserRule};

/// The rules of a run.
#[derive(Debug)]
pub(crate) struct Rulebook {
    pub rules: RuleSet,
    /// The user rules among them.
    pub user: Vec<UserRule>,
    /// Which rules run.
    pub selection: Selection,
}

impl Rulebook {
    /// The rules as configured by the settings.
    ///
    /// # Errors
    /// A user rule is invalid, or a name is not that of a rule or pass.
    pub(crate) fn new(settings: &Settings) -> Result<Rulebook> {
        let mut book = Rulebook::of_folders(settings)?;
        let (select, mut ignore) = (settings.texts(Key::Select), settings.texts(Key::Ignore));
        for item in settings.items(Key::Levels).unwrap_or_default() {
            let Item::RuleLevel(name, level) = &item.value else { continue };
            let id = book.named(name, item)?;
            match level {
                Some(level) => book.rules.set_level(id, *level),
                None => ignore.push(name.clone()),
            }
        }
        book.selection = Selection::new(&select, &ignore, &book.rules).map_err(|error| placed(&error, settings))?;
        Ok(book)
    }

    /// The rules at their own levels and all switched on, as their examples expect.
    /// `dir` is a folder of rules in addition to those in the settings.
    ///
    /// # Errors
    /// The settings or a user rule are invalid.
    pub(crate) fn for_examples(args: &ConfigArgs, dir: Option<&Path>) -> Result<Rulebook> {
        let loaded = config::load(args, &[], Layer::default())?;
        let mut book = Rulebook::of_folders(&loaded.settings)?;
        let real = |path: &Path| path.canonicalize().ok();
        let known = loaded.settings.paths(Key::Rules);
        if let Some(dir) = dir.filter(|dir| !known.iter().any(|k| real(k).is_some() && real(k) == real(dir))) {
            book.user.extend(user_rules::load(dir, "", &mut book.rules)?);
        }
        Ok(book)
    }

    /// The user rule with this id.
    pub(crate) fn user_rule(&self, id: RuleId) -> Option<&UserRule> {
        self.user.iter().find(|rule| rule.id == id)
    }

    fn of_folders(settings: &Settings) -> Result<Rulebook> {
        let mut book = Rulebook { rules: RuleSet::built_in(), user: Vec::new(), selection: Selection::default() };
        for item in settings.items(Key::Rules).unwrap_or_default() {
            if let Item::Path(dir) = &item.value {
                book.user.extend(user_rules::load(dir, &format!("{}: ", item.origin), &mut book.rules)?);
            }
        }
        Ok(book)
    }

    fn named(&self, name: &str, item: &Placed<Item>) -> Result<RuleId> {
        if let Some(id) = self.rules.find(name) {
            return Ok(id);
        }
        match Selection::new(&[name.to_owned()], &[], &self.rules) {
            Ok(_) => usage(format!(
                "{}: {name:?} is a pass, but [levels] takes only rules; use `ignore` to switch a pass off",
                item.origin
            )),
            Err(error) => usage(format!("{}: {error}", item.origin)),
        }
    }
}

/// The error with the place in a settings file where the name stands. A name from
/// the command line needs no place.
fn placed(error: &UnknownName, settings: &Settings) -> CliError {
    let items = [Key::Select, Key::Ignore].into_iter().filter_map(|key| settings.items(key)).flatten();
    let named = |item: &&Placed<Item>| matches!(&item.value, Item::Text(name) if name == error.name());
    CliError::Usage(match items.into_iter().find(named) {
        Some(Placed { origin, .. }) => format!("{origin}: {error}"),
        None => error.to_string(),
    })
}
