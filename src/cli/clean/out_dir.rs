//! `--out-dir`: text, diff and ledger into a folder of their own.

use std::io::{self, Write as _};
use std::path::Path;

use descan::ledger::{FailureLine, Line, PathRecord};

use super::{Cleaned, Tally};
use crate::cli::args::CleanArgs;
use crate::cli::batch::{Batch, in_order};
use crate::cli::discover::{Found, plain, shown};
use crate::cli::exit::{Result, Stop};
use crate::cli::landing::{self, LEDGER, diff_path};
use crate::cli::session::Session;
use crate::cli::write::{prepare, write};

/// Cleans all inputs into `dir`. The ledger takes its place when it is whole.
pub fn run(args: &CleanArgs, session: &Session, found: &Found, dir: &Path) -> Result {
    landing::check(dir, &found.inputs)?;
    let broken = |error: io::Error| Stop::Usage(format!("cannot write to {}: {}", shown(dir), plain(&error)));
    std::fs::create_dir_all(dir).map_err(broken)?;
    let place = dir.join(LEDGER);
    let mut ledger = io::BufWriter::new(prepare(&place, b"", None, false).map_err(broken)?);
    let mut line = |text: &str| ledger.write_all(text.as_bytes()).map_err(broken);
    line(&Line::Run(session.run_line(false)).to_json())?;
    for (path, error) in &found.failed {
        line(&Line::Failure(FailureLine { path: PathRecord::new(path), error: error.clone() }).to_json())?;
    }
    let mut tally = Tally::new(found);
    let result = in_order(
        Batch::new(session, found, &args.inputs, false),
        |index, input, bytes| {
            let mut cleaned = Cleaned::new(index + 1, session, input, PathRecord::new(&input.landing), bytes);
            let place = dir.join(&input.landing);
            write(&place, &cleaned.after)
                .and_then(|()| write(&dir.join(diff_path(&input.landing)), &cleaned.diff))
                .map_err(|e| format!("cannot be written to {}: {}", shown(&place), plain(&e)))?;
            // What is written need not wait in memory for its turn.
            cleaned.after = Vec::new();
            cleaned.diff = Vec::new();
            Ok(cleaned)
        },
        |input, result| {
            let failure = result.as_ref().err().cloned();
            if let Some(cleaned) = tally.take(input, result) {
                line(&cleaned.ledger())?;
            } else if let Some(error) = failure {
                line(&Line::Failure(FailureLine { path: PathRecord::new(input.path()), error }).to_json())?;
            }
            Ok(())
        },
    );
    match result {
        Err(Stop::Interrupted) => tally.summary.interrupted = true,
        other => other?,
    }
    line(&Line::Summary(tally.summary.clone()).to_json())?;
    let ledger = ledger.into_inner().map_err(|e| broken(e.into_error()))?;
    ledger.persist(&place).map_err(|e| broken(e.error))?;
    tally.finish(found, true)
}
