//! Names for characters that the eye cannot tell apart.

use descan_text::lookalike::{is_hidden, is_look_alike};

/// Changed text for a reader: spaces as `·`, line breaks as `⏎`, tabs as `⇥`, and
/// invisible or lookalike characters by number and name:
/// `‹U+00AD SOFT HYPHEN›`.
///
/// ```
/// use descan_report::names::marked;
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

/// The names of the characters that need one, each after a line break: number
/// and name. All of Unicode would take half a megabyte; a test checks the file
/// against it.
const NAMES: &str = include_str!("names.txt");

/// A character's number and name.
fn named(c: char) -> String {
    let number = u32::from(c);
    let line = NAMES.find(&format!("\n{number:X} ")).map(|at| NAMES[at + 1..].lines().next().unwrap_or_default());
    match line.and_then(|line| line.split_once(' ')) {
        Some((_, name)) => format!("‹U+{number:04X} {name}›"),
        None => format!("‹U+{number:04X}›"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_names_is_that_of_unicode() {
        let mut names = String::new();
        for c in ('\0'..=char::MAX).filter(|&c| is_hidden(c) || is_look_alike(c)) {
            if let Some(name) = unicode_names2::name(c) {
                names += &format!("\n{:X} {name}", u32::from(c));
            }
        }
        assert_eq!(NAMES, names);
    }
}
