//! `descan report`: writes an HTML page of the findings.

use std::fs;
use std::path::Path;

use descan_core::pipeline::clean;
use descan_report::html::{Page, PageImage, Section};
use descan_report::{BaselineStatus, Checked, records, uri};
use descan_text::level::Level;

use crate::args::ReportArgs;
use crate::batch::{Batch, in_order};
use crate::display::{plain, shown};
use crate::error::{CliError, Done, Result};
use crate::files::relative::relative_to;
use crate::files::write;
use crate::inputs::discover::discover;
use crate::inputs::images::{OnePage, PageImages};
use crate::say::say;
use crate::setup::session::Session;
use crate::terminal::output::counted;

/// Runs the command.
pub(crate) fn run(args: &ReportArgs) -> Result {
    let session = Session::new(&args.choice, &args.inputs, Level::Certain, true)?;
    let images = PageImages::new(args.images.images.as_deref())?;
    let mut found = discover(&session, &args.inputs, None)?;
    let own = args.html.canonicalize().ok();
    found.inputs.retain(|input| own.is_none() || input.path().canonicalize().ok() != own);
    let mut page = Page::default();
    let mut files = 0;
    let mut failed = found.failed.len();
    in_order(
        Batch::new(&session, &found, &args.inputs, false),
        |index, input, bytes| {
            let document = session.open(input.path(), bytes)?;
            let outcome = clean(&document, &session.rules, &session.options);
            let records = records(index + 1, &document, &outcome, &session.rules);
            let pages = images.of(input, &document);
            let checked = Checked {
                path: input.path(),
                document: &document,
                findings: &outcome.findings,
                records: &records,
                statuses: &vec![BaselineStatus::New; records.len()],
                has_baseline: false,
                rules: &session.rules,
                fail_on: session.options.level,
            };
            Ok(Section::new(&checked, &linked(pages, write::folder_of(&args.html))))
        },
        |input, result| {
            match result {
                Ok(section) => {
                    page.add(section);
                    files += 1;
                }
                Err(why) => {
                    say(format_args!("{} {why}", shown(input.path())));
                    failed += 1;
                }
            }
            Ok(())
        },
    )?;
    let html = page.finish(session.options.level, &session.rules, &session.options.decisions);
    let written = fs::create_dir_all(write::folder_of(&args.html))
        .and_then(|()| write::prepare(&args.html, html.as_bytes(), None, false))
        .and_then(|file| Ok(file.persist(&args.html)?));
    if let Err(error) = written {
        return Err(CliError::Io(format!("cannot write {}: {}", shown(&args.html), plain(&error))));
    }
    images.warn();
    say(format_args!("{} written to {}", counted(files, "text"), shown(&args.html)));
    Ok(if failed > 0 { Done::SomeFailed } else { Done::Clean })
}

/// The images of pages as a page in this folder refers to them.
fn linked(pages: Vec<OnePage>, folder: &Path) -> Vec<PageImage> {
    let mut images = Vec::with_capacity(pages.len());
    for OnePage { number, span, path, .. } in pages {
        images.push(PageImage { number, span, url: uri(&relative_to(folder, &path)) });
    }
    images
}
