//! `--write`: replaces the inputs. The ledger that restores them is on disk before
//! any of them is touched.

use std::fs::{File, Metadata};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use descan_report::ledger::{FailureLine, Line, PathRecord};
use tempfile::NamedTempFile;

use crate::args::CleanArgs;
use crate::batch::{Batch, in_order};
use crate::commands::clean::cleaned::{Cleaned, Entry};
use crate::commands::clean::tally::Tally;
use crate::display::{plain, shown};
use crate::error::{CliError, Result, failed, usage};
use crate::files::write::{folder_of, is_same, prepare, sync_folder};
use crate::inputs::discover::Found;
use crate::inputs::list::{Input, Inputs, Source};
use crate::setup::session::Session;
use crate::terminal::output::counted;

/// How many files are replaced after each sync of the ledger.
const TOGETHER: usize = 64;

/// Cleans all inputs in place.
pub(super) fn run(args: &CleanArgs, session: &Session, found: &Found) -> Result {
    let inputs = real_inputs(&found.inputs)?;
    let place = ledger_place(args, &inputs)?;
    let root = folder_of(&place).to_owned();
    let mut ledger = Ledger::create(place)?;
    ledger.add(&Line::Run(session.run_line(true)).to_json())?;
    for (path, error) in &found.failed {
        ledger.add(&Line::Failure(FailureLine { path: PathRecord::new(path), error: error.clone() }).to_json())?;
    }
    let mut tally = Tally::new(found, args.quiet);
    let mut pending: Vec<(Input, Replacement)> = Vec::new();
    let result = in_order(
        Batch { inputs: &inputs, ..Batch::new(session, found, &args.inputs, false) },
        |index, input, bytes| {
            let path = input.path();
            let name = PathRecord::new(path.strip_prefix(&root).unwrap_or(path));
            let mut cleaned = Cleaned::new(index + 1, session, input, name, bytes)?;
            cleaned.file.source = None;
            let replacement =
                if cleaned.is_changed() { Some(Replacement::prepare(path, &cleaned.after)?) } else { None };
            Ok((cleaned.entry(), replacement))
        },
        |input, result| {
            match result {
                Ok((Entry { report, lines }, replacement)) => {
                    tally.take(input, report);
                    ledger.add(&lines)?;
                    pending.extend(replacement.map(|r| (input.clone(), r)));
                }
                Err(why) => {
                    ledger.fail(&root, input, &why)?;
                    tally.fail(input, &why);
                }
            }
            if pending.len() >= TOGETHER {
                replace(&mut pending, &root, &mut ledger, &mut tally)?;
            }
            Ok(())
        },
    );
    match result {
        Err(CliError::Interrupted) => tally.summary.interrupted = true,
        other => other?,
    }
    replace(&mut pending, &root, &mut ledger, &mut tally)?;
    ledger.add(&Line::Summary(tally.summary.clone()).to_json())?;
    match ledger.close(tally.summary.changed)? {
        Some(place) => {
            let files = counted(tally.summary.changed, "file");
            tally.wrote(format_args!("replaced {files}; `descan undo {}` restores them", shown(&place)));
        }
        None => tally.wrote("no file needed a repair, so none was replaced"),
    }
    tally.finish(found, true)
}

/// A cleaned file waiting next to the original.
struct Replacement {
    file: NamedTempFile,
    /// The metadata of the original when it was read.
    before: Metadata,
}

impl Replacement {
    fn prepare(path: &Path, bytes: &[u8]) -> std::result::Result<Replacement, String> {
        let broken = |e: io::Error| format!("cannot be replaced: {}", plain(&e));
        let before = path.metadata().map_err(broken)?;
        if !before.is_file() {
            return Err("cannot be replaced: it is not a regular file".to_owned());
        }
        if before.permissions().readonly() {
            return Err("cannot be replaced: it is write-protected".to_owned());
        }
        let file = prepare(path, bytes, Some(before.permissions()), true).map_err(broken)?;
        Ok(Replacement { file, before })
    }
}

/// Replaces the waiting files, once the ledger that records them is synced.
fn replace(pending: &mut Vec<(Input, Replacement)>, root: &Path, ledger: &mut Ledger, tally: &mut Tally) -> Result<()> {
    if pending.is_empty() {
        return Ok(());
    }
    ledger.sync()?;
    for (input, replacement) in pending.drain(..) {
        let path = input.path();
        let why = if is_same(&replacement.before, path) {
            replacement.file.persist(path).err().map(|e| format!("cannot be replaced: {}", plain(&e.error)))
        } else {
            Some("was changed by another program in the meantime, so it was not replaced".to_owned())
        };
        if let Some(why) = why {
            ledger.fail(root, &input, &why)?;
            tally.fail(&input, &why);
            tally.summary.changed -= 1;
        } else {
            sync_folder(path);
        }
    }
    Ok(())
}

/// The ledger of a --write run.
struct Ledger {
    file: File,
    place: PathBuf,
}

impl Ledger {
    fn create(place: PathBuf) -> Result<Ledger> {
        match File::create_new(&place) {
            Ok(file) => {
                sync_folder(&place);
                Ok(Ledger { file, place })
            }
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => usage(format!(
                "{} already exists and can undo an earlier run; choose another file with --ledger, or move it away",
                shown(&place)
            )),
            Err(e) => failed(format!(
                "cannot write the ledger {}: {}; choose another file with --ledger",
                shown(&place),
                plain(&e)
            )),
        }
    }

    fn add(&mut self, lines: &str) -> Result<()> {
        self.file.write_all(lines.as_bytes()).map_err(|e| self.broken(&e))
    }

    fn fail(&mut self, root: &Path, input: &Input, why: &str) -> Result<()> {
        let path = input.path();
        let path = PathRecord::new(path.strip_prefix(root).unwrap_or(path));
        self.add(&Line::Failure(FailureLine { path, error: why.to_owned() }).to_json())
    }

    fn sync(&self) -> Result<()> {
        self.file.sync_all().map_err(|e| self.broken(&e))
    }

    /// Closes the ledger, and returns its place. Removes it if nothing was changed.
    fn close(self, changed: usize) -> Result<Option<PathBuf>> {
        self.sync()?;
        if changed > 0 {
            return Ok(Some(self.place));
        }
        let _ = std::fs::remove_file(&self.place);
        Ok(None)
    }

    fn broken(&self, error: &io::Error) -> CliError {
        CliError::Io(format!("cannot write the ledger {}: {}", shown(&self.place), plain(error)))
    }
}

/// The inputs with their real paths. A symbolic link is refused: replacing it would
/// leave its target unchanged.
fn real_inputs(inputs: &Inputs) -> Result<Inputs> {
    let mut real = Inputs::default();
    for input in inputs.iter() {
        let path = match input.source {
            Source::Stdin => {
                return usage("--write cannot replace standard input; remove - or --write");
            }
            Source::File(path) if path.is_symlink() => {
                return usage(format!("{} is a symbolic link; name its target instead", shown(&path)));
            }
            // A file that cannot be resolved is reported when it is read.
            Source::File(path) => path.canonicalize().unwrap_or(path),
        };
        if let Err(why) = real.push(&Input::named(path.clone())) {
            return usage(format!("{} cannot be replaced: {why}", shown(&path)));
        }
    }
    real.sort();
    real.drop_repeated();
    Ok(real)
}

/// Where the ledger goes: its folder must contain all inputs, because its paths are
/// relative to that folder. Without `--ledger` it is the current folder or, if an
/// input lies outside it, the nearest folder that contains all inputs.
fn ledger_place(args: &CleanArgs, inputs: &Inputs) -> Result<PathBuf> {
    if let Some(place) = &args.ledger {
        let folder = match folder_of(place).canonicalize() {
            Ok(folder) => folder,
            Err(e) => {
                return failed(format!("cannot write the ledger {}: {}", shown(place), plain(&e)));
            }
        };
        if let Some(outside) = inputs.iter().find(|i| !i.path().starts_with(&folder)) {
            return usage(format!(
                "{} is outside {}; put the ledger in a folder that contains all inputs",
                shown(outside.path()),
                shown(&folder)
            ));
        }
        let Some(name) = place.file_name() else {
            return usage(format!("the ledger {} has no file name", shown(place)));
        };
        return Ok(folder.join(name));
    }
    let mut folder = std::env::current_dir().and_then(|dir| dir.canonicalize()).unwrap_or_else(|_| PathBuf::from("/"));
    let contains_all = |folder: &Path| inputs.iter().all(|i| i.path().starts_with(folder));
    if !contains_all(&folder) {
        folder = inputs.iter().next().map_or(folder, |i| folder_of(i.path()).to_owned());
        while !contains_all(&folder) && folder.pop() {}
    }
    let names =
        std::iter::once("descan.ledger.jsonl".to_owned()).chain((2..).map(|n| format!("descan.ledger-{n}.jsonl")));
    let mut places = names.map(|name| folder.join(name));
    Ok(places.find(|place| place.symlink_metadata().is_err()).unwrap_or(folder))
}
