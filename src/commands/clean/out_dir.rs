//! `--out-dir`: writes texts, diffs and a ledger to a separate folder. A run that
//! was killed can be resumed; see `docs/batch.md`.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use descan_report::ledger::{FailureLine, Line, PathRecord};
use descan_text::hash::sha256;

use crate::args::CleanArgs;
use crate::batch::{Batch, in_order};
use crate::commands::clean::cleaned::{Cleaned, Entry};
use crate::commands::clean::past::Past;
use crate::commands::clean::tally::Tally;
use crate::commands::clean::work::Work;
use crate::display::{plain, shown};
use crate::error::{CliError, Result};
use crate::inputs::discover::Found;
use crate::inputs::list::Input;
use crate::inputs::output_path::{self, LEDGER, diff_path};
use crate::setup::session::Session;
use crate::terminal::output::counted;

/// How long ledger lines may stay in memory before they are flushed.
const FLUSH_EVERY: Duration = Duration::from_secs(1);

/// Cleans all inputs into `dir`. The ledger is moved there when it is complete.
pub(super) fn run(args: &CleanArgs, session: &Session, found: &Found, dir: &Path) -> Result {
    output_path::check(dir, &found.inputs)?;
    let broken = |error: io::Error| CliError::Io(format!("cannot write to {}: {}", shown(dir), plain(&error)));
    let mut run = session.run_line(false);
    run.fingerprint = session.fingerprint();
    let mut work = Work::begin(dir)?;
    let place = dir.join(LEDGER);
    let past = Past::read(work.journals().chain([place.clone()]), &run);
    let journal = work.next_journal();
    let mut ledger = Ledger::create(&journal).map_err(broken)?;
    ledger.add(&Line::Run(run).to_json()).map_err(broken)?;
    let mut tally = Tally::new(found, args.quiet);
    let mut failed = found.failed.iter().peekable();
    let result = in_order(
        Batch::new(session, found, &args.inputs, false),
        |index, input, bytes| {
            if let Some(entry) = before(&past, dir, index, input, bytes) {
                return Ok((entry, true));
            }
            let mut cleaned = Cleaned::new(index + 1, session, input, PathRecord::new(&input.output_path), bytes)?;
            cleaned.file.sha256_source = session.is_to_text().then(|| sha256(bytes));
            cleaned.file.sha256_diff = Some(sha256(&cleaned.diff));
            let place = dir.join(&input.output_path);
            work.write(&place, &cleaned.after)
                .and_then(|()| work.write(&dir.join(diff_path(&input.output_path)), &cleaned.diff))
                .map_err(|e| format!("cannot be written to {}: {}", shown(&place), plain(&e)))?;
            // The outputs are on disk, so only the entry waits in memory for its turn.
            Ok((cleaned.entry(), false))
        },
        |input, result| {
            while let Some((path, error)) = failed.next_if(|(path, _)| path.as_os_str() < input.path().as_os_str()) {
                ledger.fail(path, error).map_err(broken)?;
            }
            let lines = match result {
                Ok((Entry { report, lines }, again)) => {
                    tally.reused += usize::from(again);
                    tally.take(input, report);
                    lines
                }
                Err(error) => {
                    tally.fail(input, &error);
                    failure(input.path(), &error)
                }
            };
            ledger.add(&lines).map_err(broken)
        },
    );
    match result {
        Err(CliError::Interrupted) => tally.summary.interrupted = true,
        other => other?,
    }
    for (path, error) in failed {
        ledger.fail(path, error).map_err(broken)?;
    }
    ledger.add(&Line::Summary(tally.summary.clone()).to_json()).map_err(broken)?;
    ledger.file.flush().map_err(broken)?;
    if tally.summary.interrupted {
        // The next run also reuses what the ledger before this one records.
        let _ = fs::rename(&place, work.next_journal()); // It may not exist.
        fs::rename(&journal, &place).map_err(broken)?;
    } else {
        fs::rename(&journal, &place).and_then(|()| work.finish()).map_err(broken)?;
    }
    let files = counted(tally.summary.files, "cleaned text");
    tally.wrote(format_args!("{files} and the diffs are in {}; {} lists every change", shown(dir), shown(&place)));
    tally.finish(found, true)
}

/// The result of an earlier run for an input, if the input and both outputs are
/// unchanged since.
fn before(past: &Past, dir: &Path, index: usize, input: &Input, bytes: &[u8]) -> Option<Entry> {
    if past.is_empty() {
        return None;
    }
    let earlier = past.find(&input.output_path, &sha256(bytes))?;
    let is = |path: PathBuf, hash: &str| fs::read(path).is_ok_and(|bytes| sha256(&bytes) == hash);
    let unchanged = is(dir.join(&input.output_path), &earlier.file.sha256_after)
        && is(dir.join(diff_path(&input.output_path)), earlier.file.sha256_diff.as_deref()?);
    if unchanged { Entry::again(index + 1, input, earlier) } else { None }
}

/// The ledger of a run in progress.
struct Ledger {
    file: BufWriter<File>,
    flushed: Instant,
}

impl Ledger {
    fn create(path: &Path) -> io::Result<Ledger> {
        Ok(Ledger { file: BufWriter::with_capacity(1 << 16, File::create(path)?), flushed: Instant::now() })
    }

    fn add(&mut self, lines: &str) -> io::Result<()> {
        self.file.write_all(lines.as_bytes())?;
        if self.flushed.elapsed() >= FLUSH_EVERY {
            self.file.flush()?;
            self.flushed = Instant::now();
        }
        Ok(())
    }

    fn fail(&mut self, path: &Path, error: &str) -> io::Result<()> {
        self.add(&failure(path, error))
    }
}

/// The ledger line for an input that failed.
fn failure(path: &Path, error: &str) -> String {
    Line::Failure(FailureLine { path: PathRecord::new(path), error: error.to_owned() }).to_json()
}
