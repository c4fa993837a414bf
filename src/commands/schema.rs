//! `descan schema FORMAT`: prints the JSON Schema of a format.

use std::io::Write as _;

use crate::args::SchemaArgs;
use crate::error::{Done, Result, output_error};
use crate::schemas::Format;
use crate::terminal::output::stdout;

/// Runs the command.
pub(crate) fn run(args: &SchemaArgs) -> Result {
    let format = Format::ALL.into_iter().find(|format| format.name() == args.format).unwrap_or(Format::Config);
    let mut out = stdout();
    // Serialising cannot fail: we built the value ourselves.
    let text = serde_json::to_string_pretty(&format.schema()).unwrap_or_default();
    writeln!(out, "{text}").and_then(|()| out.flush()).map_err(|e| output_error(&e, Done::Clean))?;
    Ok(Done::Clean)
}
