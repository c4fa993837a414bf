//! `descan diff`: what `clean` would change, as unified diffs.

use std::io::{self, IsTerminal, Write as _};
use std::path::{Component, Path, PathBuf};

use anstyle::{AnsiColor, Style};
use descan::diff::{quote_name, unified};
use descan::document::{Cut, Document, Splice};
use descan::edit::{Edit, EditList};
use descan::level::Level;
use descan::pipeline::clean;
use descan::report::escape::is_hidden;

use super::args::DiffArgs;
use super::batch::{Batch, in_order};
use super::discover::{discover, shown};
use super::exit::{Done, Result, output_error, say};
use super::output::stdout;
use super::session::Session;

/// Runs the command.
pub fn run(args: &DiffArgs) -> Result {
    let session = Session::new(&args.choice, &args.inputs, Level::Certain, false)?;
    let found = discover(&session, &args.inputs, None)?;
    // A program gets the bytes; a person gets text that cannot harm a terminal.
    let terminal = io::stdout().is_terminal();
    let mut done = Done::Clean;
    let mut failed = !found.failed.is_empty();
    let mut out = stdout();
    in_order(
        Batch::new(&session, &found, &args.inputs, true),
        |_, input, bytes| {
            let document = Document::decode(bytes);
            let outcome = clean(&document, &session.rules, &session.options);
            let name = name_in_diff(input.path());
            let name = name.as_os_str().as_encoded_bytes();
            let names = (quote_name("a/", name), quote_name("b/", name));
            let splice = document.splice(&outcome.edits);
            if let Some(c) = splice.reencoded_for {
                say(format_args!(
                    "{} becomes UTF-8: its encoding, {}, has no {c:?}",
                    shown(input.path()),
                    document.encoding().name()
                ));
            }
            Ok(if terminal {
                let splice = in_text(&outcome.edits);
                coloured(&unified(document.text().as_bytes(), &splice, &names.0, &names.1)).into_bytes()
            } else {
                unified(bytes, &splice, &names.0, &names.1)
            })
        },
        |input, result| match result {
            Ok(diff) => {
                if !diff.is_empty() {
                    done = Done::Findings;
                }
                let written = if terminal { anstream::stdout().write_all(&diff) } else { out.write_all(&diff) };
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

/// The edits as they are in the decoded text, for a reader: whatever the file's
/// encoding and line ends.
fn in_text(edits: &EditList) -> Splice {
    let cut = |edit: &Edit| Cut { span: edit.span.clone(), new: edit.text.clone().into_bytes() };
    Splice { cuts: edits.iter().map(cut).collect(), reencoded_for: None }
}

/// The name for `git apply` and `patch`, which take no absolute one.
fn name_in_diff(path: &Path) -> PathBuf {
    if path.as_os_str() == "-" {
        return PathBuf::from("stdin");
    }
    path.components().filter(|c| matches!(c, Component::Normal(_) | Component::ParentDir)).collect()
}

/// A diff for a terminal: colours by line, and what would not show or would act
/// on the terminal as an escape.
fn coloured(diff: &[u8]) -> String {
    let mut out = String::new();
    for (number, line) in String::from_utf8_lossy(diff).split_terminator('\n').enumerate() {
        let style = match (number, line.as_bytes().first()) {
            (0 | 1, _) => Style::new().bold(),
            (_, Some(b'-')) => AnsiColor::Red.on_default(),
            (_, Some(b'+')) => AnsiColor::Green.on_default(),
            (_, Some(b'@')) => AnsiColor::Cyan.on_default(),
            (_, Some(b'\\')) => Style::new().dimmed(),
            _ => Style::new(),
        };
        out.push_str(&style.render().to_string());
        for c in line.chars() {
            if is_hidden(c) && c != '\t' { out.extend(c.escape_unicode()) } else { out.push(c) }
        }
        out.push_str(&style.render_reset().to_string());
        out.push('\n');
    }
    out
}
