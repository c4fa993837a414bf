//! Characters by name, where the eye cannot tell them.

use super::escape::is_hidden;

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

/// A character by number and name.
fn named(c: char) -> String {
    let number = u32::from(c);
    match unicode_names2::name(c) {
        Some(name) => format!("‹U+{number:04X} {name}›"),
        None => format!("‹U+{number:04X}›"),
    }
}

/// Whether a character may be taken for a Latin letter or for several: a letter
/// of another alphabet, a ligature, a mark that joins the letter before.
fn is_look_alike(c: char) -> bool {
    let greek_to_cherokee = '\u{300}'..='\u{13ff}';
    let presentation_forms = '\u{fb00}'..='\u{fb06}';
    let full_width = '\u{ff01}'..='\u{ff5e}';
    greek_to_cherokee.contains(&c) || presentation_forms.contains(&c) || full_width.contains(&c)
}
