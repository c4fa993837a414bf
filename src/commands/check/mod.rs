//! `descan check`: reports the findings in one or more formats.

mod changed;
mod known;
mod reports;

use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::{env, mem};

use descan_core::evidence::passages::{Passage, mostly_unknown};
use descan_core::finding::Finding;
use descan_core::pipeline::clean;
use descan_report::ledger::SummaryLine;
use descan_report::{BaselineStatus, Checked, FindingRecord, Format, Run, Totals, records};
use descan_source::FileFormat;
use descan_text::level::Level;

use crate::args::CheckArgs;
use crate::batch::{Batch, in_order};
use crate::display::shown;
use crate::error::{Done, Result, usage};
use crate::inputs::discover::{Found, discover};
use crate::inputs::list::Input;
use crate::say::say;
use crate::settings::Key;
use crate::setup::session::Session;
use crate::terminal::output::{counted, summary};
use changed::Changes;
use known::Known;
pub(crate) use known::{folder, record};
use reports::{Reports, Wanted};

/// Runs the command. `check` marks as applied what `diff` and `clean` would apply
/// at the same level. With `--quiet` it prints only reports and errors.
pub(crate) fn run(args: &CheckArgs) -> Result {
    let wanted = Wanted::new(&args.report, args.format)?;
    // The process ends with the run: the rules need not be taken apart.
    let mut session =
        ManuallyDrop::new(Session::new(&args.choice, &args.inputs, Level::Certain, wanted.writes_files())?);
    let fail_on = judge_at(&mut session, args.fail_on);
    let allowed = args.max_findings.or(session.settings.number(Key::MaxFindings)).unwrap_or(0);
    let baseline = args.baseline.as_deref().or(session.settings.paths(Key::Baseline).first().copied());
    let known = baseline.map(Known::read).transpose()?;
    if let Some(known) = known.as_ref().filter(|_| !args.quiet) {
        known.warn_of_other_level(session.options.level);
    }
    let mut found = discover(&session, &args.inputs, None)?;
    leave_out_own(&mut found, wanted.files().chain(baseline));
    let changes = args.changed_since.as_deref().map(Changes::since).transpose()?;
    if let Some(changes) = &changes {
        let unchanged = keep_changed(&mut found, changes)?;
        if unchanged > 0 && !args.quiet {
            say(format_args!("{} unchanged since {}", counted(unchanged, "file"), changes.revision()));
        }
    }
    let mut reports = Reports::open(wanted)?;
    let rules = Run { rules: &session.rules, selection: &session.options.selection };
    reports.write_each(|format| format.head(rules))?;
    let mut totals = Totals { failures: mem::take(&mut found.failed), ..Totals::default() };
    let mut unused = Vec::new();
    let check = Check { session: &session, formats: reports.formats(), fail_on, known, changes };
    in_order(
        Batch::new(&session, &found, &args.inputs, true),
        |index, input, bytes| check.file(index, input, bytes),
        |input, result| match result {
            Ok(file) => {
                if !args.quiet {
                    report_unknown(input.path(), &file.unknown);
                }
                totals += file.totals;
                unused.extend(file.unused);
                reports.write(&file.parts, done(&totals, allowed))
            }
            Err(why) => {
                say(format_args!("{} {why}", shown(input.path())));
                totals.failures.push((from_here(input.path()), why));
                Ok(())
            }
        },
    )?;
    let mut done = done(&totals, allowed);
    reports.finish(|format| format.foot(&totals), done)?;
    if args.exit_zero && done == Done::Findings {
        done = Done::Clean;
    }
    if args.quiet {
        return Ok(done);
    }
    if let Some(known) = &check.known {
        unused.extend(known.of_missing());
        known.report(totals.known, &unused);
    }
    let (files, failed) = (totals.files, totals.failures.len());
    let (applied, offered) = (totals.applied, totals.findings - totals.applied);
    summary(&SummaryLine { files, failed, applied, offered, ..SummaryLine::default() }, found.skipped, false);
    Ok(done)
}

/// The level that fails the check, from the command line or else the settings.
/// If no level to apply is given, the run applies repairs at that level too.
pub(crate) fn judge_at(session: &mut Session, fail_on: Option<Level>) -> Level {
    let fail_on = fail_on.or(session.settings.level(Key::FailOn));
    if session.settings.level(Key::Level).is_none() {
        session.options.level = fail_on.unwrap_or(session.options.level);
    }
    fail_on.unwrap_or(session.options.level)
}

/// What all files are checked against.
struct Check<'s> {
    session: &'s Session,
    formats: Vec<Format>,
    fail_on: Level,
    known: Option<Known>,
    changes: Option<Changes>,
}

/// The result of checking one file.
struct File {
    /// Its part of each report.
    parts: Vec<String>,
    totals: Totals,
    /// Baseline entries that are no longer found in it.
    unused: Vec<String>,
    /// Its passages of mostly unknown words.
    unknown: Vec<Passage>,
}

impl Check<'_> {
    /// Checks a file. An error is the end of a sentence that begins with its name.
    fn file(&self, index: usize, input: &Input, bytes: &[u8]) -> std::result::Result<File, String> {
        let Session { rules, options, .. } = self.session;
        let path = input.path();
        let document = self.session.open(path, bytes)?;
        let outcome = clean(&document, rules, options);
        let records = records(index + 1, &document, &outcome, rules);
        let in_sight = match &self.changes {
            Some(changes) => changes.in_sight(path, &document, &outcome.findings)?,
            None => vec![true; records.len()],
        };
        let known = self.known.as_ref();
        let file = Checked {
            path: &from_here(path),
            document: &document,
            findings: &outcome.findings,
            records: &records,
            statuses: &statuses(&outcome.findings, &records, &in_sight, known, path),
            has_baseline: known.is_some(),
            rules,
            fail_on: self.fail_on,
        };
        Ok(File {
            parts: self.formats.iter().map(|format| format.file(&file)).collect(),
            totals: Totals::of(&file),
            // The lines of a running text are not those of its file.
            unknown: match document.format() {
                FileFormat::Plain => mostly_unknown(document.text(), options.searcher.language().lexicon()),
                _ => Vec::new(),
            },
            unused: known.map(|known| known.unused(path, &records, self.session)).unwrap_or_default(),
        })
    }
}

/// Reports passages of mostly unknown words. They are not findings, since a foreign passage is not damage.
fn report_unknown(path: &Path, passages: &[Passage]) {
    for Passage { lines, unknown } in passages {
        let (from, to, share) = (lines.start, lines.end - 1, 100.0 * unknown);
        say(format_args!(
            "{}: lines {from}–{to}: {share:.0}% of the words are unknown; the passage may be foreign, or badly damaged",
            shown(path)
        ));
    }
}

/// The result of the command, given the files so far.
fn done(totals: &Totals, allowed: u64) -> Done {
    if !totals.failures.is_empty() {
        Done::SomeFailed
    } else if totals.failing as u64 > allowed {
        Done::Findings
    } else {
        Done::Clean
    }
}

/// The status of each finding; a part of another finding has that one's status.
fn statuses(
    findings: &[Finding],
    records: &[FindingRecord],
    in_sight: &[bool],
    known: Option<&Known>,
    path: &Path,
) -> Vec<BaselineStatus> {
    let path = known.map(|known| (known, known.record(path)));
    let one = |index: usize| {
        let index = findings[index].part_of.unwrap_or(index);
        match &path {
            _ if !in_sight[index] => BaselineStatus::OutOfScope,
            Some((known, path)) if known.knows(path, records[index].fingerprint) => BaselineStatus::Known,
            _ => BaselineStatus::New,
        }
    };
    (0..findings.len()).map(one).collect()
}

/// Skips the command's own files in a folder of inputs: the report of an earlier
/// run is not one of the texts.
fn leave_out_own<'p>(found: &mut Found, own: impl Iterator<Item = &'p Path>) {
    let own: Vec<PathBuf> = own.filter_map(|path| path.canonicalize().ok()).collect();
    let is_own = |input: &Input| own.iter().any(|own| input.path().canonicalize().is_ok_and(|path| path == *own));
    if !own.is_empty() {
        found.inputs.retain(|input| !is_own(input));
    }
}

/// Skips unchanged files, and returns their number.
fn keep_changed(found: &mut Found, changes: &Changes) -> Result<usize> {
    let all = found.inputs.len();
    let mut refused = None;
    found.inputs.retain(|input| match changes.touch(input.path()) {
        Ok(touched) => touched,
        Err(why) => {
            refused.get_or_insert_with(|| format!("{} {why}", shown(input.path())));
            false
        }
    });
    if let Some(why) = refused {
        return usage(why);
    }
    Ok(all - found.inputs.len())
}

/// The path relative to the current folder if it lies below: reports must not
/// depend on where that folder is.
fn from_here(path: &Path) -> PathBuf {
    let here = env::current_dir().ok().filter(|_| path.is_absolute());
    here.and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned)).unwrap_or_else(|| path.to_owned())
}
