//! Formats paths, errors and long lines for messages.

use std::io;
use std::path::Path;

use descan_text::escape::visible;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// A path for a message, safe to print.
pub(crate) fn shown(path: &Path) -> String {
    visible(&path.to_string_lossy())
}

/// An I/O error, worded as the end of a sentence.
pub(crate) fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    first.to_lowercase().chain(chars).collect()
}

/// Text that may have style codes, with every line beyond `columns` wrapped at spaces. The
/// wrapped lines begin with `next`.
pub(crate) fn wrapped_at_words(text: &str, columns: usize, next: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Where the line can be broken, and the width behind that place.
    let (mut space, mut behind, mut width) = (None, 0, 0);
    let mut is_indent = true;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            // A style code has no width; it ends with a letter.
            out.push(c);
            for c in chars.by_ref() {
                out.push(c);
                if c.is_ascii_alphabetic() {
                    break;
                }
            }
            continue;
        }
        if c == '\n' {
            out.push(c);
            (space, behind, width, is_indent) = (None, 0, 0, true);
            continue;
        }
        let own = c.width().unwrap_or(0);
        if width + own > columns
            && let Some(at) = space.take()
        {
            out.replace_range(at..at + 1, &format!("\n{next}"));
            width = next.width() + behind;
        }
        if c == ' ' && !is_indent {
            (space, behind) = (Some(out.len()), 0);
        } else {
            behind += own;
            is_indent &= c == ' ';
        }
        width += own;
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_wrapped_at_words() {
        let text = "  one two three\n\u{1b}[1mfour\u{1b}[0m five sixsixsixsix\nup\n";
        let lines = wrapped_at_words(text, 10, "> ");
        assert_eq!(
            anstream::adapter::strip_str(&lines).to_string(),
            "  one two\n> three\nfour five\n> sixsixsixsix\nup\n"
        );
        assert_eq!(wrapped_at_words(text, 80, "> "), text);
    }
}
