//! `descan clean`: writes the cleaned text.

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
use past::Earlier;

/// Runs the command.
pub(crate) fn run(args: &CleanArgs) -> Result {
    let session = Session::new(&args.choice, &args.inputs, Level::Certain, args.write || args.out_dir.is_some())?;
    let found = discover(&session, &args.inputs, args.out_dir.as_deref())?;
    write(args, &session, &found)
}

/// Cleans the texts found and writes them where the arguments say.
pub(crate) fn write(args: &CleanArgs, session: &Session, found: &Found) -> Result {
    match &args.out_dir {
        Some(dir) => out_dir::run(args, session, found, dir),
        None if args.write => in_place::run(args, session, found),
        None if found.inputs.len() > 1 => usage(format!(
            "{} inputs cannot all go to standard output; add --out-dir DIR to write them there, or --write to replace them",
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

/// What the summary and the messages need to know about a file.
struct Report {
    summary: SummaryLine,
    /// If the file had to become UTF-8: its own encoding, and the character that
    /// encoding cannot represent.
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

/// A cleaned file with its ledger entries.
struct Cleaned {
    after: Vec<u8>,
    diff: Vec<u8>,
    file: FileLine,
    edits: Vec<FindingRecord>,
    report: Report,
}

impl Cleaned {
    /// `number` is the file's number, from 1; `path` is its path in the ledger.
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

    /// What remains to be recorded of the file once its text is written.
    fn entry(self) -> Entry {
        let mut lines = Line::File(self.file).to_json();
        lines.extend(self.edits.into_iter().map(|edit| Line::Edit(edit).to_json()));
        Entry { report: self.report, lines }
    }
}

/// A file's contribution to the ledger and the summary, built by the thread that
/// works on the file.
struct Entry {
    report: Report,
    /// The file's lines in the ledger.
    lines: String,
}

impl Entry {
    /// The entry for a file that an earlier run cleaned, as this run would write it;
    /// `None` if the earlier run's lines cannot be parsed.
    fn again(number: usize, input: &Input, mut earlier: Earlier) -> Option<Entry> {
        let summary = |Earlier { file, edits }: &Earlier| {
            let changed = file.sha256_before != file.sha256_after;
            Some(SummaryLine::of(&file.path, file.size, changed, past::counted(edits, number)?))
        };
        let summary = match summary(&earlier) {
            Some(summary) => summary,
            None => {
                earlier.renumber(number)?;
                summary(&earlier)?
            }
        };
        let Earlier { mut file, edits } = earlier;
        file.source = source_of(input, &file.path);
        let reencoded = file.reencoded.as_ref().map(|reencoded| (file.encoding.clone(), reencoded.character));
        let lines = Line::File(file).to_json() + &edits;
        Some(Entry { report: Report { summary, reencoded }, lines })
    }
}

/// The input's own path, if the ledger records the file under another.
fn source_of(input: &Input, path: &PathRecord) -> Option<String> {
    let source = input.path().to_string_lossy().into_owned();
    (source != path.path).then_some(source)
}

/// How many failures are listed again at the end.
const FAILURES: usize = 10;

/// Counts what a run does, and reports failures as they happen.
struct Tally {
    summary: SummaryLine,
    /// Files whose result from an earlier run was reused.
    reused: usize,
    /// Whether to print errors only.
    quiet: bool,
    /// The first failures, to be listed again at the end.
    failures: Vec<String>,
}

impl Tally {
    fn new(found: &Found, quiet: bool) -> Tally {
        let failures = found.failed.iter().map(|(path, why)| format!("{}: {why}", shown(path)));
        Tally {
            summary: SummaryLine { failed: found.failed.len(), ..SummaryLine::default() },
            reused: 0,
            quiet,
            failures: failures.take(FAILURES).collect(),
        }
    }

    /// Counts a cleaned file.
    fn take(&mut self, input: &Input, report: Report) {
        self.summary += report.summary;
        if let Some((encoding, character)) = report.reencoded {
            let path = shown(input.path());
            say(format_args!(
                "{path} was converted to UTF-8: its encoding, {encoding}, cannot represent {character:?}"
            ));
        }
    }

    /// Counts and reports a file that failed.
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
        batch_summary(&self.summary, self.reused, &self.failures);
        Ok(if self.summary.failed > 0 { Done::SomeFailed } else { Done::Clean })
    }
}
