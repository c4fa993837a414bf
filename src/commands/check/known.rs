//! The baseline of a check: which findings are known, and which entries are stale.

use std::fs;
use std::path::{Path, PathBuf};

use descan_report::FindingRecord;
use descan_report::baseline::{Baseline, Entry};
use descan_report::fingerprint::Fingerprint;
use descan_report::human::quoted;
use descan_report::ledger::PathRecord;
use descan_text::level::Level;

use crate::display::{plain, shown};
use crate::error::{Result, failed, usage};
use crate::files::write::folder_of;
use crate::say::say;
use crate::setup::session::Session;
use crate::terminal::output::counted;

/// How many stale entries are listed.
const LISTED: usize = 10;

/// A baseline and its location.
pub(super) struct Known {
    baseline: Baseline,
    file: PathBuf,
    /// Its folder, which its paths are relative to.
    folder: PathBuf,
}

impl Known {
    /// Reads a baseline.
    pub(super) fn read(file: &Path) -> Result<Known> {
        let text = match fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) => {
                return failed(format!(
                    "cannot read the baseline {}: {}; create it with `descan baseline PATH... -o FILE`",
                    shown(file),
                    plain(&error)
                ));
            }
        };
        let baseline = match Baseline::parse(&text) {
            Ok(baseline) => baseline,
            Err(refused) => return usage(format!("{} {refused}", shown(file))),
        };
        Ok(Known { baseline, file: file.to_owned(), folder: folder(file) })
    }

    /// Warns if the baseline was created at another level than that of the check.
    pub(super) fn warn_of_other_level(&self, level: Level) {
        if self.baseline.level() != level {
            let (made, now) = (self.baseline.level().name(), level.name());
            say(format_args!(
                "{} was made at level {made}, but this check runs at {now}, so overlapping repairs may not match; \
                 recreate it with --level {now}",
                shown(&self.file)
            ));
        }
    }

    /// The path of a file as this baseline records it.
    pub(super) fn record(&self, path: &Path) -> PathRecord {
        record(&self.folder, path)
    }

    /// Whether a file's finding is known.
    pub(super) fn knows(&self, path: &PathRecord, fingerprint: Fingerprint) -> bool {
        self.baseline.contains(path, fingerprint)
    }

    /// The entries of a file that are no longer found in it, for a message.
    /// Entries of rules that are switched off are left out.
    pub(super) fn unused(&self, path: &Path, findings: &[FindingRecord], session: &Session) -> Vec<String> {
        let is_on = |entry: &&Entry| {
            session.rules.find(&entry.rule).is_none_or(|rule| session.options.selection.has_rule(rule))
        };
        self.baseline.stale(&self.record(path), findings).into_iter().filter(is_on).map(describe).collect()
    }

    /// The entries of files that no longer exist, for a message.
    pub(super) fn of_missing(&self) -> impl Iterator<Item = String> {
        let is_there = |path: &Path| path.as_os_str() == "-" || self.folder.join(path).exists();
        self.baseline.of_missing_files(is_there).map(describe)
    }

    /// Reports how many findings were known and which entries are stale.
    pub(super) fn report(&self, known: usize, unused: &[String]) {
        let file = shown(&self.file);
        if known > 0 {
            say(format_args!("{} already in {file}", counted(known, "finding")));
        }
        if unused.is_empty() {
            return;
        }
        let (what, is) = if unused.len() == 1 { ("entry", "is") } else { ("entries", "are") };
        say(format_args!(
            "{} {what} in {file} {is} no longer found; run `descan baseline` again to remove:",
            unused.len()
        ));
        for entry in unused.iter().take(LISTED) {
            say(format_args!("  {entry}"));
        }
        if unused.len() > LISTED {
            say(format_args!("  and {} more", unused.len() - LISTED));
        }
    }
}

/// The folder that a baseline's paths are relative to.
pub(crate) fn folder(file: &Path) -> PathBuf {
    folder_of(file).canonicalize().unwrap_or_else(|_| folder_of(file).to_owned())
}

/// The path of a file relative to a baseline's folder, or its full path if it lies
/// elsewhere.
pub(crate) fn record(folder: &Path, path: &Path) -> PathRecord {
    let full = if path.as_os_str() == "-" { None } else { path.canonicalize().ok() };
    let below = full.as_deref().map(|full| full.strip_prefix(folder).unwrap_or(full));
    PathRecord::new(below.unwrap_or(path))
}

fn describe(entry: &Entry) -> String {
    format!("{}: {} {}", shown(Path::new(&entry.path.path)), entry.rule, quoted(&entry.before))
}
