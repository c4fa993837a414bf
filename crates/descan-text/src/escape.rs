//! Makes text from files safe to show: a scan may contain terminal control sequences,
//! characters that change the reading direction, and invisible characters.

use std::fmt::Write as _;

pub use super::lookalike::is_hidden;

/// Text for a reader: line breaks as `⏎`, tabs as `⇥`, and what would not show
/// as `\u{…}`.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push('⏎'),
            '\t' => out.push('⇥'),
            c if is_hidden(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

/// JSON in which what would not show is written as `\uXXXX`. In JSON such
/// characters stand inside strings only.
pub fn json(json: String) -> String {
    // Most lines are ASCII, which JSON escapes itself but for DEL.
    let is_plain = |byte: u8| (b' '..=b'~').contains(&byte);
    if json.bytes().all(is_plain) || !json.chars().any(is_hidden) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if is_hidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}"); // A string takes all.
            }
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_act_is_shown() {
        assert_eq!(visible("a\u{1b}[31m\n\u{202e}b\0"), "a\\u{1b}[31m⏎\\u{202e}b\\u{0}");
    }

    #[test]
    fn json_stays_the_same_value() {
        let text = "a\u{1b}\u{9b}\u{202e}\u{e0041}é";
        let line = json(serde_json::to_string(text).expect("a string"));
        assert!(line.is_char_boundary(line.len()) && !line.chars().any(is_hidden));
        assert_eq!(serde_json::from_str::<String>(&line).expect("still JSON"), text);
    }
}
