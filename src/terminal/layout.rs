//! Fits text into the columns of a terminal.

use anstyle::Style;
use unicode_width::UnicodeWidthStr as _;

/// A stretch of text in one style, safe to print.
pub(crate) type Piece = (Style, String);

/// The number of columns that a text occupies.
pub(crate) fn width_of(text: &str) -> usize {
    text.width()
}

/// The end of a text that fits into `columns`, with `…` in front if anything
/// was cut off.
pub(crate) fn cut_start(text: &str, columns: usize) -> String {
    if width_of(text) <= columns {
        return text.to_owned();
    }
    let mut width = 1;
    let kept = text.char_indices().rev().take_while(|(_, c)| {
        width += width_of(c.encode_utf8(&mut [0; 4]));
        width <= columns
    });
    let from = kept.last().map_or(text.len(), |(i, _)| i);
    format!("…{}", &text[from..])
}

/// The start of a text that fits into `columns`, with `…` at the end if anything
/// was cut off.
pub(crate) fn cut_end(text: &str, columns: usize) -> String {
    if width_of(text) <= columns {
        return text.to_owned();
    }
    let mut width = 1;
    let kept = text.chars().take_while(|c| {
        width += width_of(c.encode_utf8(&mut [0; 4]));
        width <= columns
    });
    format!("{}…", kept.collect::<String>())
}

/// Pieces wrapped to `columns`, at spaces where possible. The first line begins
/// with `first`, all others with `next`.
pub(crate) fn wrapped(pieces: &[Piece], columns: usize, first: &str, next: &str) -> String {
    let room = columns.saturating_sub(width_of(first).max(width_of(next)));
    let mut out = String::new();
    for (index, (line, _)) in broken(pieces, room).iter().enumerate() {
        out.push_str(if index == 0 { first } else { next });
        out.push_str(line);
        out.push('\n');
    }
    out
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
        let own = width_of(c.encode_utf8(&mut [0; 4]));
        if width + own > columns
            && let Some(at) = space.take()
        {
            out.replace_range(at..at + 1, &format!("\n{next}"));
            width = width_of(next) + behind;
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

/// Pieces broken into lines of at most `columns`; each line comes with its width.
/// There is at least one line.
pub(crate) fn broken(pieces: &[Piece], columns: usize) -> Vec<(String, usize)> {
    let room = columns.max(8);
    let cells: Vec<(Style, char)> = pieces.iter().flat_map(|(style, text)| text.chars().map(|c| (*style, c))).collect();
    let width_at = |cell: &(Style, char)| width_of(cell.1.encode_utf8(&mut [0; 4]));
    let mut lines = Vec::new();
    let mut at = 0;
    while at < cells.len() || lines.is_empty() {
        let mut width = 0;
        let fits = cells[at..].iter().take_while(|cell| {
            width += width_at(cell);
            width <= room
        });
        let mut end = at + fits.count().max(1).min(cells.len() - at);
        if end < cells.len()
            && let Some(space) = cells[at..end].iter().rposition(|(_, c)| *c == ' ')
        {
            end = at + space + 1;
        }
        lines.push((styled(&cells[at..end]), cells[at..end].iter().map(width_at).sum()));
        at = end;
    }
    lines
}

/// Characters with as few style codes as possible.
fn styled(cells: &[(Style, char)]) -> String {
    let run = |run: &[(Style, char)]| {
        let style = run[0].0;
        format!("{style}{}{style:#}", run.iter().map(|(_, c)| c).collect::<String>())
    };
    cells.chunk_by(|a, b| a.0 == b.0).map(run).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_their_columns() {
        let pieces =
            [(Style::new(), "one two three ".to_owned()), (Style::new().bold(), "fourfourfourfour".to_owned())];
        let lines = anstream::adapter::strip_str(&wrapped(&pieces, 10, "- ", "  ")).to_string();
        assert_eq!(lines, "- one two \n  three \n  fourfour\n  fourfour\n");
        assert_eq!(wrapped(&[], 10, "> ", ""), "> \n");
    }

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

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(cut_end("漢字漢字", 5), "漢字…");
        assert_eq!(cut_start("漢字漢字", 5), "…漢字");
        assert_eq!(cut_end("abcde", 5), "abcde");
    }
}
