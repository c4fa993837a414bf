//! Reads a decisions file.

use descan_text::escape::visible;
use thiserror::Error;

use super::{Decision, Decisions, Header, SCHEMA};

/// The size limit of a decisions file, in bytes: some 300,000 decisions.
pub const LARGEST: usize = 64 << 20;
/// The length limit of a line, in bytes.
const LONGEST_LINE: usize = 1 << 20;

/// Why a decisions file was rejected: one sentence with file and line.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{0}")]
pub struct Refused(pub String);

impl Decisions {
    /// Reads a decisions file; `name` is its name for messages, safe to print.
    ///
    /// # Errors
    /// A line is cut off, is not a decision, or contradicts an earlier one.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Decisions, Refused> {
        let refused = |line: usize, why: &str| Refused(format!("{name}:{line}: {why}"));
        if bytes.len() > LARGEST {
            return Err(refused(1, &format!("the file has more than {} MB; is it a decisions file?", LARGEST >> 20)));
        }
        let mut decisions = Decisions::default();
        let mut rest = bytes;
        let mut number = 0;
        while !rest.is_empty() {
            number += 1;
            let end = memchr::memchr(b'\n', rest);
            let line = &rest[..end.unwrap_or(rest.len())];
            rest = end.map_or(&[][..], |end| &rest[end + 1..]);
            if line.len() > LONGEST_LINE {
                return Err(refused(number, "the line has more than 1 MB; it is not a decision"));
            }
            let text = std::str::from_utf8(line).map_err(|_| refused(number, "the line is not valid UTF-8"))?;
            let is_last = end.is_none();
            if number == 1 {
                read_header(text).map_err(|why| refused(1, &why))?;
            } else if !text.trim().is_empty() {
                let decision: Decision = serde_json::from_str(text).map_err(|error| {
                    refused(number, &if is_last && error.is_eof() { CUT_OFF.to_owned() } else { plain(&error) })
                })?;
                decisions.add(decision, &format!("{name}:{number}")).map_err(|why| refused(number, &why))?;
            }
        }
        if number == 0 {
            return Err(refused(1, &no_header()));
        }
        decisions.make_ready().map_err(|why| refused(number, &why))?;
        Ok(decisions)
    }
}

const CUT_OFF: &str = "the line is cut off; delete it";

fn read_header(text: &str) -> Result<(), String> {
    // Check the number first: a later schema may have more fields.
    let schema = serde_json::from_str::<serde_json::Value>(text).ok().and_then(|v| v.get("schema")?.as_u64());
    match (schema, serde_json::from_str::<Header>(text)) {
        (Some(schema), _) if schema != u64::from(SCHEMA) => {
            Err(format!("schema {schema} is not supported; this descan reads schema {SCHEMA}"))
        }
        (_, Ok(_)) => Ok(()),
        (_, Err(_)) => Err(no_header()),
    }
}

fn no_header() -> String {
    format!("a decisions file begins with the line {}", super::header().trim_end())
}

/// Serde's message without line and column: a line here is one whole value.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
    if error.is_data() { visible(what) } else { format!("the line is not valid JSON: {}", visible(what)) }
}
