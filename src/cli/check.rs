//! `descan check`: the findings.

use std::io::{self, IsTerminal, Write as _};

use descan::document::Document;
use descan::finding::Finding;
use descan::ledger::{PathRecord, SummaryLine};
use descan::level::Level;
use descan::pipeline::clean;
use descan::report::{human, jsonl, records};
use descan::settings::Key;

use super::args::{CheckArgs, Format};
use super::batch::{Batch, in_order};
use super::discover::{discover, shown};
use super::exit::{Done, Result, output_error, say};
use super::output::{stdout, summary};
use super::session::Session;

/// Runs the command. What `check` applies in its mind is what `diff` and
/// `clean` apply at the same level.
pub fn run(args: &CheckArgs) -> Result {
    let mut session = Session::new(&args.choice, &args.inputs, Level::Certain, false)?;
    let fail_on = args.fail_on.or(session.settings.level(Key::FailOn));
    if session.settings.level(Key::Level).is_none() {
        session.options.level = fail_on.unwrap_or(session.options.level);
    }
    let fail_on = fail_on.unwrap_or(session.options.level);
    let found = discover(&session, &args.inputs, None)?;
    let colours = io::stdout().is_terminal();
    let mut done = Done::Clean;
    let mut total = SummaryLine { failed: found.failed.len(), ..SummaryLine::default() };
    let mut out = stdout();
    in_order(
        Batch::new(&session, &found, &args.inputs, true),
        |index, input, bytes| {
            let document = Document::decode(bytes);
            let outcome = clean(&document, &session.rules, &session.options);
            let report = match args.format {
                Format::Human => human::report(&shown(input.path()), &document, &outcome, &session.rules),
                Format::Jsonl => {
                    let records = records(index + 1, &document, &outcome, &session.rules);
                    jsonl::lines(&PathRecord::new(input.path()), &records)
                }
            };
            let whole = |f: &&Finding| f.part_of.is_none();
            let count = |f: &dyn Fn(&Finding) -> bool| outcome.findings.iter().filter(whole).filter(|x| f(x)).count();
            let fails = count(&|f| f.level <= fail_on) > 0;
            Ok((report, fails, count(&|f| f.applied), count(&|f| !f.applied)))
        },
        |input, result| match result {
            Ok((report, fails, applied, offered)) => {
                total.files += 1;
                total.applied += applied;
                total.offered += offered;
                if fails {
                    done = Done::Findings;
                }
                let written = if colours && args.format == Format::Human {
                    anstream::stdout().write_all(report.as_bytes())
                } else if args.format == Format::Human {
                    out.write_all(&anstream::adapter::strip_bytes(report.as_bytes()).into_vec())
                } else {
                    out.write_all(report.as_bytes())
                };
                written.map_err(|e| output_error(&e, done))
            }
            Err(why) => {
                say(format_args!("{} {why}", shown(input.path())));
                total.failed += 1;
                Ok(())
            }
        },
    )?;
    out.flush().map_err(|e| output_error(&e, done))?;
    summary(&total, found.skipped, false);
    Ok(if total.failed > 0 { Done::SomeFailed } else { done })
}
