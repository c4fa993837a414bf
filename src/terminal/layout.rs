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
    fn wide_characters_take_two_columns() {
        assert_eq!(cut_end("漢字漢字", 5), "漢字…");
        assert_eq!(cut_start("漢字漢字", 5), "…漢字");
        assert_eq!(cut_end("abcde", 5), "abcde");
    }
}
