//! The page numbers: which ones are believed, and which lines contain them.

use descan_rules::Reason;
use descan_text::level::Level;

use super::Paged;
use crate::passes::pages::furniture::{Furniture, Kind};
use crate::passes::pages::heads::Head;
use crate::passes::pages::number::{self, Number};

/// How many pages away a number still speaks for another.
const NEAR: usize = 12;

impl Paged<'_> {
    /// The numbers that a line may show: alone, or with a head.
    pub(super) fn readings(&self, index: usize) -> Vec<Number> {
        let line = self.line(index);
        if line.len() > 90 {
            return Vec::new();
        }
        let head = Head::read(line);
        let token = head.number.as_deref().unwrap_or(line);
        number::exact(token).into_iter().collect()
    }

    pub(super) fn count_numbers(&mut self) {
        for (page, sheet) in self.sheets.iter().enumerate() {
            let mut seen: Vec<(i64, bool)> = Vec::new();
            for &index in sheet.top.iter().take(2).chain(sheet.foot.iter().take(2)) {
                for n in self.readings(index) {
                    let key = (i64::from(n.value) - page as i64, n.roman);
                    if !seen.contains(&key) {
                        seen.push(key);
                        self.offsets.entry(key).or_default().push(page);
                    }
                }
            }
        }
    }

    /// A page's number is believed when near pages have the numbers that go with it.
    pub(super) fn believe_numbers(&mut self) {
        let few = self.sheets.len() <= 3;
        let mut best: Vec<(usize, Option<Number>)> = vec![(0, None); self.sheets.len()];
        for (&(offset, roman), pages) in &self.offsets {
            for &page in pages {
                let support = near(pages, page).count() - 1;
                if support >= if few { 1 } else { 2 } && support > best[page].0 {
                    let value = u32::try_from(page as i64 + offset).unwrap_or(0);
                    best[page] = (support, Some(Number { value, roman }));
                }
            }
        }
        self.believed = best.into_iter().map(|(_, number)| number).collect();
        for (page, sheet) in self.sheets.iter().enumerate() {
            for (at, index) in [sheet.top.first(), sheet.foot.first()].into_iter().enumerate() {
                let line = index.map(|&i| self.line(i)).unwrap_or_default();
                let said = number::exact(line);
                self.alone[at] += usize::from(said.is_some() && said == self.believed[page]);
            }
        }
    }

    /// The number that a page should have by its neighbours, where it has none
    /// that is believed.
    pub(super) fn expected(&self, page: usize) -> Option<Number> {
        if let Some(number) = self.believed[page] {
            return Some(number);
        }
        let reach = 1..=NEAR / 2;
        let before = reach.clone().find_map(|d| {
            let n = self.believed[page.checked_sub(d)?]?;
            Some(Number { value: n.value + d as u32, ..n })
        });
        let after = reach.clone().find_map(|d| {
            let n = (*self.believed.get(page + d)?)?;
            Some(Number { value: n.value.checked_sub(d as u32)?, ..n })
        });
        match (before, after) {
            (Some(a), Some(b)) if a != b => None,
            (a, b) => a.or(b),
        }
    }

    /// The line as a page number alone.
    pub(super) fn as_number(&self, page: usize, index: usize, top: bool, depth: usize) -> Option<Furniture> {
        let line = self.line(index);
        let bare = number::bare(line);
        if bare.len() > 8 || line.len() > 20 || bare.split_whitespace().count() > 3 {
            return None;
        }
        let expected = self.expected(page)?;
        let exact = number::exact(line);
        let fit = number::fit(line, expected);
        let (level, what) = if exact == Some(expected) && self.believed[page].is_some() {
            (Level::Certain, self.place_in_sequence(page, expected))
        } else if exact == Some(expected) || (fit >= 0.5 && number::looks_numeric(line)) {
            (Level::Certain, format!("read for {}, {}", expected.value, self.place_in_sequence(page, expected)))
        } else if self.believed[page].is_none()
            && depth == 0
            && self.alone[usize::from(!top)] >= 3
            && bare.chars().count() <= 5
            && (self.stands_apart(index, top) || self.is_beside_head(page, index, top))
        {
            // Where every other page has its number alone, a scrap that is no
            // sentence is what the scan left of this one.
            let reason = format!(
                "stands where {} pages have their number; {} is missing",
                self.alone[usize::from(!top)],
                expected.value
            );
            let scrap = !line.ends_with(['.', '!', '?', '”', '"']) || bare.chars().any(|c| c.is_ascii_digit());
            (if scrap { Level::Certain } else { Level::Probable }, reason)
        } else {
            return None;
        };
        let reasons = vec![self.page_of(page), Reason::new(what)];
        Some(Furniture { line: index, kind: Kind::Number, level, reasons })
    }

    /// Where no number can be read at all: scraps of two or three letters that
    /// stand apart at the foot of nearly every page.
    pub(super) fn scraps(&self, found: &mut Vec<Furniture>) {
        let is_scrap = |index: &usize| {
            let line = self.line(*index);
            let letters = number::bare(line).chars().filter(|c| c.is_alphanumeric()).count();
            (1..=3).contains(&letters)
                && line.chars().count() <= 5
                && self.stands_apart(*index, false)
                && !line.ends_with(['.', '!', '?', '”', '"'])
        };
        let feet: Vec<(usize, usize)> = (0..self.sheets.len())
            .filter_map(|page| Some((page, *self.sheets[page].foot.first().filter(|i| is_scrap(i))?)))
            .collect();
        if feet.len() < 4 || feet.len() * 10 < self.sheets.len() * 9 {
            return;
        }
        for &(page, line) in &feet {
            let reasons = vec![
                self.page_of(page),
                Reason::with("pages that end in such a scrap, apart from the text", feet.len() as f64),
            ];
            found.push(Furniture { line, kind: Kind::Number, level: Level::Certain, reasons });
        }
    }

    /// Whether nearly every page shows its number.
    pub(super) fn is_numbered(&self) -> bool {
        self.believed.iter().flatten().count() * 5 >= self.sheets.len() * 4
    }

    /// Whether a number can be read at the page's edges that may be its own.
    pub(super) fn shows_number(&self, page: usize) -> bool {
        let sheet = &self.sheets[page];
        let fits = |&index: &usize| {
            let line = self.line(index);
            let token = Head::read(line).number.unwrap_or_else(|| line.to_owned());
            token.len() <= 8 && self.expected(page).is_some_and(|e| number::fit(&token, e) >= 0.5)
        };
        self.believed[page].is_some() || sheet.top.iter().take(2).chain(sheet.foot.first()).any(fits)
    }

    pub(super) fn place_in_sequence(&self, page: usize, number: Number) -> String {
        let has = |page: Option<usize>, value: u32| {
            page.and_then(|p| self.believed.get(p).copied().flatten()).filter(|n| n.value == value)
        };
        let before = number.value.checked_sub(1).and_then(|v| has(page.checked_sub(1), v));
        let after = has(Some(page + 1), number.value + 1);
        match (before, after) {
            (Some(a), Some(b)) => format!("number {} between {} and {}", number.value, a.value, b.value),
            (Some(a), None) => format!("number {} after {}", number.value, a.value),
            (None, Some(b)) => format!("number {} before {}", number.value, b.value),
            (None, None) => format!("number {} in the order of the pages around", number.value),
        }
    }
}

/// The pages of a list, which is in order, that are near `page`.
fn near(pages: &[usize], page: usize) -> impl Iterator<Item = usize> + '_ {
    let from = pages.partition_point(|&p| p + NEAR < page);
    pages[from..].iter().copied().take_while(move |&p| p <= page + NEAR)
}
