//! Characters by name, where the eye cannot tell them.

use super::unlike::{is_hidden, is_look_alike};

/// A changed text for a reader: blanks as `·`, line breaks as `⏎`, tabs as `⇥`,
/// and what does not show, or looks like a letter it is not, by number and name:
/// `‹U+00AD SOFT HYPHEN›`.
///
/// ```
/// use descan::report::names::marked;
/// assert_eq!(marked("a b\u{ad}\n"), "a·b‹U+00AD SOFT HYPHEN›⏎");
/// ```
pub fn marked(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            ' ' => out.push('·'),
            '\n' => out.push('⏎'),
            '\t' => out.push('⇥'),
            c if is_hidden(c) || is_look_alike(c) => out.push_str(&named(c)),
            c => out.push(c),
        }
    }
    out
}

/// The names of the characters that need one, a line each: number and name. `build.rs` writes them, as
/// those of all of Unicode would take half a megabyte.
const NAMES: &str = include_str!(concat!(env!("OUT_DIR"), "/names.txt"));

/// A character by number and name.
fn named(c: char) -> String {
    let number = u32::from(c);
    let line = NAMES.find(&format!("\n{number:X} ")).map(|at| NAMES[at + 1..].lines().next().unwrap_or_default());
    match line.and_then(|line| line.split_once(' ')) {
        Some((_, name)) => format!("‹U+{number:04X} {name}›"),
        None => format!("‹U+{number:04X}›"),
    }
}
