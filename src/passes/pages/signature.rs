//! Signatures: the small numbers at the foot of every eighth or twelfth page by
//! which a binder ordered the sheets of an old book.

use super::furniture::{Furniture, Kind};
use super::number;
use super::sheet::Sheet;
use crate::finding::Reason;
use crate::level::Level;
use crate::text::layout::Line;

/// The pages that one sheet may have.
const SHEETS: [usize; 7] = [4, 6, 8, 12, 16, 24, 32];

/// Finds the signatures: numbers at the feet that rise by one a sheet.
pub fn find(text: &str, lines: &[Line], sheets: &[Sheet], found: &mut Vec<Furniture>) {
    let taken: rustc_hash::FxHashSet<usize> = found.iter().map(|f| f.line).collect();
    let mut marks: Vec<(usize, usize, usize)> = Vec::new();
    for (page, sheet) in sheets.iter().enumerate() {
        let Some(&index) = sheet.foot.first().filter(|i| !taken.contains(i)) else {
            continue;
        };
        let line = text[lines[index].start..lines[index].end].trim();
        let value = number::exact(line.trim_end_matches('*')).filter(|n| !n.roman && n.value < 100);
        if let Some(n) = value.filter(|_| line.len() <= 4) {
            marks.push((page, n.value as usize, index));
        }
    }
    let fits = |a: &(usize, usize, usize), b: &(usize, usize, usize), pages: usize| {
        b.1 >= a.1 && (b.0 - a.0).abs_diff((b.1 - a.1) * pages) <= 1 + pages / 3
    };
    for (at, mark) in marks.iter().enumerate() {
        let around = &marks[at.saturating_sub(12)..marks.len().min(at + 13)];
        let best = SHEETS.iter().map(|&pages| {
            let support = around
                .iter()
                .filter(|o| o.0 != mark.0 && o.1 != mark.1)
                .filter(|o| if o.0 < mark.0 { fits(o, mark, pages) } else { fits(mark, o, pages) })
                .count();
            (support, pages)
        });
        let Some((support, pages)) = best.max_by_key(|&(support, pages)| (support, usize::MAX - pages)) else {
            continue;
        };
        if support >= 2 {
            let level = if support >= 3 { Level::Certain } else { Level::Probable };
            let reasons = vec![
                Reason::new(format!("page {} of {}", mark.0 + 1, sheets.len())),
                Reason::with(format!("one of the numbers that rise by one every {pages} pages"), support as f64),
            ];
            found.push(Furniture { line: mark.2, kind: Kind::Signature, level, confidence: 0.99, reasons });
        }
    }
}
