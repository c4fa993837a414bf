//! `descan diff`: shows what `clean` would change, as unified diffs.

mod people;

use std::io::Write as _;
use std::path::{Component, Path, PathBuf};

use descan_core::pipeline::clean;
use descan_report::diff::{of_document, quote_name, unified};
use descan_source::{Cut, Splice};
use descan_text::edit::{Edit, EditList};
use descan_text::level::Level;

use crate::args::DiffArgs;
use crate::batch::{Batch, in_order};
use crate::display::shown;
use crate::error::{Done, Result, output_error};
use crate::inputs::discover::discover;
use crate::pager::Paged;
use crate::say::say;
use crate::setup::session::Session;
use crate::terminal::output::{columns, is_for_people, stdout};

/// Runs the command.
pub(crate) fn run(args: &DiffArgs) -> Result {
    let session = Session::new(&args.choice, &args.inputs, Level::Certain, false)?;
    let found = discover(&session, &args.inputs, None)?;
    // A program gets the exact bytes; a person gets text that is safe to print.
    let people = args.side_by_side || is_for_people();
    let columns = columns();
    let mut done = Done::Clean;
    let mut failed = !found.failed.is_empty();
    let mut out = stdout();
    let mut paged = people.then(Paged::start);
    in_order(
        Batch::new(&session, &found, &args.inputs, true),
        |_, input, bytes| {
            let document = session.open(input.path(), bytes)?;
            let outcome = clean(&document, &session.rules, &session.options);
            let name = name_in_diff(input.path());
            let name = name.as_os_str().as_encoded_bytes();
            let splice = document.splice(&outcome.edits);
            if let Some(c) = splice.reencoded_for {
                say(format_args!(
                    "{} will be converted to UTF-8: its encoding, {}, cannot represent {c:?}",
                    shown(input.path()),
                    document.encoding().name()
                ));
            }
            if !people {
                return Ok(of_document(&document, &outcome.edits, name));
            }
            let names = (quote_name("a/", name), quote_name("b/", name));
            let diff = unified(document.text().as_bytes(), &in_text(&outcome.edits), &names.0, &names.1);
            let diff = String::from_utf8_lossy(&diff);
            let shown = if args.side_by_side { people::side_by_side(&diff, columns) } else { people::by_lines(&diff) };
            Ok(shown.into_bytes())
        },
        |input, result| match result {
            Ok(diff) => {
                if !diff.is_empty() {
                    done = Done::Findings;
                }
                let written = match &mut paged {
                    Some(paged) => paged.write_all(&diff),
                    None => out.write_all(&diff),
                };
                written.map_err(|e| output_error(&e, done))
            }
            Err(why) => {
                say(format_args!("{} {why}", shown(input.path())));
                failed = true;
                Ok(())
            }
        },
    )?;
    out.flush().map_err(|e| output_error(&e, done))?;
    Ok(if failed { Done::SomeFailed } else { done })
}

/// The edits as they are in the decoded text, whatever the file's encoding and line
/// endings.
fn in_text(edits: &EditList) -> Splice {
    let cut = |edit: &Edit| Cut { span: edit.span.clone(), new: edit.text.clone().into_bytes() };
    Splice { cuts: edits.iter().map(cut).collect(), reencoded_for: None }
}

/// The name for `git apply` and `patch`, which do not accept absolute paths.
fn name_in_diff(path: &Path) -> PathBuf {
    if path.as_os_str() == "-" {
        return PathBuf::from("stdin");
    }
    path.components().filter(|c| matches!(c, Component::Normal(_) | Component::ParentDir)).collect()
}
