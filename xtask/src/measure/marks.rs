//! Replaces tables in documents.

use std::fs;
use std::path::Path;

/// Replaces what is between the lines `<!-- NAME -->` and `<!-- /NAME -->` of a
/// file with `text`.
///
/// # Errors
/// A sentence, if the file cannot be read or written, or has no such lines.
pub(crate) fn replace_between(path: &Path, name: &str, text: &str) -> Result<(), String> {
    let marks = [format!("<!-- {name} -->\n"), format!("<!-- /{name} -->\n")];
    let old = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let place = old.split_once(&*marks[0]).and_then(|(head, rest)| Some((head, rest.split_once(&*marks[1])?.1)));
    let (head, tail) = place.ok_or_else(|| format!("{}: the marks {name} are gone", path.display()))?;
    let new = [head, &marks[0], "\n", text, "\n", &marks[1], tail].concat();
    fs::write(path, new).map_err(|e| format!("{}: {e}", path.display()))
}
