//! `descan clean`: the cleaned text.

mod in_place;
mod out_dir;
mod past;
mod work;

use std::io::Write as _;

use descan_core::pipeline::{Outcome, clean};
use descan_report::ledger::{Counted, FileLine, Line, PathRecord, SummaryLine};
use descan_report::{FindingRecord, records};
use descan_source::{Document, Splice};
use descan_text::level::Level;

use crate::args::CleanArgs;
use crate::batch::{Batch, in_order};
use crate::display::shown;
use crate::error::{CliError, Done, Result, output_error, usage};
use crate::inputs::discover::{Found, discover};
use crate::inputs::list::Input;
use crate::say::say;
use crate::setup::session::Session;
use crate::terminal::output::{batch_summary, page_summary, stdout, summary};
use past::Told;

/// Runs the command.
pub(crate) fn run(args: &CleanArgs) -> Result {
    let session = Session::new(&args.choice, &args.inputs, Level::Certain, args.write || args.out_dir.is_some())?;
    let found = discover(&session, &args.inputs, args.out_dir.as_deref())?;
    write(args, &session, &found)
}

/// Cleans the texts that were found and writes them where the arguments say.
pub(crate) fn write(args: &CleanArgs, session: &Session, found: &Found) -> Result {
    match &args.out_dir {
        Some(dir) => out_dir::run(args, session, found, dir),
        None if args.write => in_place::run(args, session, found),
        None if found.inputs.len() > 1 => usage(format!(
            "{} inputs and one output: add --out-dir DIR to write them there, or --write to replace them",
            found.inputs.len()
        )),
        None => to_stdout(args, session, found),
    }
}

fn to_stdout(args: &CleanArgs, session: &Session, found: &Found) -> Result {
    let mut tally = Tally::new(found, args.quiet);
    in_order(
        Batch::new(session, found, &args.inputs, true),
        |_, input, bytes| {
            let document = Document::decode(bytes);
            let outcome = clean(&document, &session.rules, &session.options);
            let splice = document.splice(&outcome.edits);
            let after = splice.apply(bytes);
            let path = PathRecord::new(input.path());
            let report = Report::new(&path, session, &document, &outcome, &splice, after != bytes);
            Ok((after, report))
        },
        |input, result| {
            match result {
                Ok((after, report)) => {
                    tally.take(input, report);
                    let mut out = stdout();
                    out.write_all(&after).and_then(|()| out.flush()).map_err(|e| output_error(&e, Done::Clean))?;
                }
                Err(why) => tally.fail(input, &why),
            }
            Ok(())
        },
    )?;
    tally.finish(found, true)
}

/// What the summary and the messages tell of a file.
struct Report {
    summary: SummaryLine,
    /// The file's own encoding and the character it has not, if the file had to
    /// become UTF-8.
    reencoded: Option<(String, char)>,
}

impl Report {
    fn new(
        path: &PathRecord,
        session: &Session,
        document: &Document<'_>,
        outcome: &Outcome,
        splice: &Splice,
        changed: bool,
    ) -> Report {
        let findings = outcome.findings.iter().map(|finding| Counted::of(finding, &session.rules));
        Report {
            summary: SummaryLine::of(path, document.text().len(), changed, findings),
            reencoded: splice.reencoded_for.map(|character| (document.encoding().name().to_owned(), character)),
        }
    }
}

/// A file as cleaned, with its part of the ledger.
struct Cleaned {
    after: Vec<u8>,
    diff: Vec<u8>,
    file: FileLine,
    edits: Vec<FindingRecord>,
    report: Report,
}

impl Cleaned {
    /// `number` is the file's, from 1; `path` is what the ledger calls it.
    fn new(number: usize, session: &Session, input: &Input, path: PathRecord, bytes: &[u8]) -> Cleaned {
        let document = Document::decode(bytes);
        let outcome = clean(&document, &session.rules, &session.options);
        let splice = document.splice(&outcome.edits);
        let after = splice.apply(bytes);
        let report = Report::new(&path, session, &document, &outcome, &splice, after != bytes);
        let edits = records(number, &document, &outcome, &session.rules);
        let name = path.to_path().unwrap_or_default();
        let name = name.as_os_str().as_encoded_bytes();
        let diff = descan_report::diff::unified(
            bytes,
            &splice,
            &descan_report::diff::quote_name("a/", name),
            &descan_report::diff::quote_name("b/", name),
        );
        let source = source_of(input, &path);
        let file = FileLine::new(path, source, &document, &outcome, &splice, &after);
        Cleaned { after, diff, file, edits, report }
    }

    fn is_changed(&self) -> bool {
        self.report.summary.changed > 0
    }

    /// What is left to tell of the file once its text is written.
    fn entry(self) -> Entry {
        let mut lines = Line::File(self.file).to_json();
        lines.extend(self.edits.into_iter().map(|edit| Line::Edit(edit).to_json()));
        Entry { report: self.report, lines }
    }
}

/// A file as the ledger and the summary tell it, made by the thread that works
/// on the file.
struct Entry {
    report: Report,
    /// The ledger's lines for it.
    lines: String,
}

impl Entry {
    /// A file that an earlier run cleaned, as the run would tell of it now;
    /// `None` if the earlier run's lines cannot be understood.
    fn again(number: usize, input: &Input, mut told: Told) -> Option<Entry> {
        let summary = |Told { file, edits }: &Told| {
            let changed = file.sha256_before != file.sha256_after;
            Some(SummaryLine::of(&file.path, file.size, changed, past::counted(edits, number)?))
        };
        let summary = match summary(&told) {
            Some(summary) => summary,
            None => {
                told.renumber(number)?;
                summary(&told)?
            }
        };
        let Told { mut file, edits } = told;
        file.source = source_of(input, &file.path);
        let reencoded = file.reencoded.as_ref().map(|reencoded| (file.encoding.clone(), reencoded.character));
        let lines = Line::File(file).to_json() + &edits;
        Some(Entry { report: Report { summary, reencoded }, lines })
    }
}

/// The input's own name, where the ledger calls the file by another.
fn source_of(input: &Input, path: &PathRecord) -> Option<String> {
    let source = input.path().to_string_lossy().into_owned();
    (source != path.path).then_some(source)
}

/// Failures that are told again at the end.
const FAILURES: usize = 10;

/// Counts what a run does, and says what went wrong as it goes.
struct Tally {
    summary: SummaryLine,
    /// Files that an earlier run had cleaned.
    taken_over: usize,
    /// Whether nothing is said but what went wrong.
    quiet: bool,
    /// The first failures, to be told again at the end.
    failures: Vec<String>,
}

impl Tally {
    fn new(found: &Found, quiet: bool) -> Tally {
        let failures = found.failed.iter().map(|(path, why)| format!("{}: {why}", shown(path)));
        Tally {
            summary: SummaryLine { failed: found.failed.len(), ..SummaryLine::default() },
            taken_over: 0,
            quiet,
            failures: failures.take(FAILURES).collect(),
        }
    }

    /// Counts a file that was cleaned.
    fn take(&mut self, input: &Input, report: Report) {
        self.summary += report.summary;
        if let Some((encoding, character)) = report.reencoded {
            let path = shown(input.path());
            say(format_args!("{path} becomes UTF-8: its encoding, {encoding}, has no {character:?}"));
        }
    }

    /// Counts one that failed.
    fn fail(&mut self, input: &Input, why: &str) {
        say(format_args!("{} {why}", shown(input.path())));
        self.summary.failed += 1;
        if self.failures.len() < FAILURES {
            self.failures.push(format!("{} {why}", shown(input.path())));
        }
    }

    fn finish(&self, found: &Found, wrote: bool) -> Result {
        if self.summary.interrupted {
            return Err(CliError::Interrupted);
        }
        if self.quiet {
            return Ok(if self.summary.failed > 0 { Done::SomeFailed } else { Done::Clean });
        }
        summary(&self.summary, found.skipped, wrote);
        if let Some(input) = found.inputs.iter().next() {
            page_summary(&self.summary, input.path());
        }
        batch_summary(&self.summary, self.taken_over, &self.failures);
        Ok(if self.summary.failed > 0 { Done::SomeFailed } else { Done::Clean })
    }
}
