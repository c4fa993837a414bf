//! Signatures: the small numbers or letters at the foot of every eighth or twelfth
//! page by which a binder ordered the sheets of an old book.

use descan_rules::Reason;
use descan_text::layout::Line;
use descan_text::level::Level;

use super::furniture::{Furniture, Kind, page_of};
use super::number;
use super::sheet::Sheet;

/// The pages that one sheet may have.
const SHEETS: [usize; 7] = [4, 6, 8, 12, 16, 24, 32];

/// The letters of signatures: of `I` and `J`, `U` and `V` printers used one, and
/// no `W`.
const ALPHABET: &str = "ABCDEFGHIKLMNOPQRSTUXYZ";

/// A mark that may be a signature.
struct Mark {
    page: usize,
    /// Its place in the order of the sheets.
    sheet: usize,
    line: usize,
}

/// Finds the signatures: numbers or letters at the feet that rise by one a sheet.
pub(super) fn find(text: &str, lines: &[Line], sheets: &[Sheet], found: &mut Vec<Furniture>) {
    let number = |line: &str| {
        let value = number::exact(line.trim_end_matches('*')).filter(|n| !n.roman && n.value < 100);
        value.filter(|_| line.len() <= 4).map(|n| n.value as usize)
    };
    take(text, lines, sheets, &number, found);
    take(text, lines, sheets, &letters, found);
}

/// The place in the order that letters stand for: `B`, `B 2`, `B b 3`, `Cc`. The
/// number tells the leaves of one sheet apart.
pub(super) fn letters(line: &str) -> Option<usize> {
    let (mut first, mut second, mut leaf) = (None, false, 0);
    for c in line.chars().filter(|c| !c.is_whitespace()) {
        let c = if c == 'V' { 'U' } else { c };
        match ALPHABET.find(c.to_ascii_uppercase()) {
            Some(place) if first.is_none() && c.is_ascii_uppercase() => first = Some(place),
            Some(place) if first == Some(place) && !second && leaf == 0 => second = true,
            None if first.is_some() && ('2'..='8').contains(&c) && leaf == 0 => leaf = 1,
            _ => return None,
        }
    }
    (line.len() <= 5).then_some(first? + usize::from(second) * ALPHABET.len())
}

fn take(
    text: &str,
    lines: &[Line],
    sheets: &[Sheet],
    read: &dyn Fn(&str) -> Option<usize>,
    found: &mut Vec<Furniture>,
) {
    let taken: rustc_hash::FxHashSet<usize> = found.iter().map(|f| f.line).collect();
    let mut marks: Vec<Mark> = Vec::new();
    for (page, sheet) in sheets.iter().enumerate() {
        let Some(&line) = sheet.foot.first().filter(|i| !taken.contains(i)) else {
            continue;
        };
        if let Some(sheet) = read(text[lines[line].start..lines[line].end].trim()) {
            marks.push(Mark { page, sheet, line });
        }
    }
    let fits = |a: &Mark, b: &Mark, pages: usize| {
        b.sheet >= a.sheet && (b.page - a.page).abs_diff((b.sheet - a.sheet) * pages) <= 1 + pages / 3
    };
    for (at, mark) in marks.iter().enumerate() {
        let around = &marks[at.saturating_sub(12)..marks.len().min(at + 13)];
        let best = SHEETS.iter().map(|&pages| {
            let support = around
                .iter()
                .filter(|o| o.page != mark.page && o.sheet != mark.sheet)
                .filter(|o| if o.page < mark.page { fits(o, mark, pages) } else { fits(mark, o, pages) })
                .count();
            (support, pages)
        });
        let Some((support, pages)) = best.max_by_key(|&(support, pages)| (support, usize::MAX - pages)) else {
            continue;
        };
        if support >= 2 {
            let level = if support >= 3 { Level::Certain } else { Level::Probable };
            let reasons = vec![
                page_of(mark.page, sheets.len()),
                Reason::new(format!("one of the signatures that rise by one every {pages} pages")),
                Reason::with("signatures that do", support as f64),
            ];
            found.push(Furniture { line: mark.line, kind: Kind::Signature, level, reasons });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_sheets() {
        assert_eq!(letters("B"), Some(1));
        assert_eq!(letters("B 2"), Some(1));
        assert_eq!(letters("Bb"), Some(24));
        assert_eq!(letters("B b 3"), Some(24));
        assert_eq!(letters("K"), Some(9));
        for line in ["b", "2", "Be", "W", "B 9", "BBB"] {
            assert_eq!(letters(line), None, "{line}");
        }
    }
}
