//! Furniture of a text whose pages are told apart by form feeds.

use rustc_hash::FxHashMap;

use super::furniture::{Furniture, Kind, name_pages};
use super::heads::{Head, Kinds};
use super::number::{self, Number};
use super::sheet::Sheet;
use crate::finding::Reason;
use crate::level::Level;
use crate::text::flow::End;
use crate::text::layout::Line;
use crate::text::measure::Measure;

/// How many pages away a number still speaks for another.
const NEAR: usize = 12;

/// Everything known of the pages' edges.
pub struct Paged<'t> {
    text: &'t str,
    lines: &'t [Line],
    measure: &'t Measure,
    sheets: &'t [Sheet],
    /// The pages on which a number says page plus offset, by offset.
    offsets: FxHashMap<(i64, bool), Vec<usize>>,
    /// For every page its number, where it is believed.
    believed: Vec<Option<Number>>,
    tops: Kinds,
    feet: Kinds,
    /// How many believed numbers stand alone on the first and on the last line.
    alone: [usize; 2],
}

impl<'t> Paged<'t> {
    /// Reads the edges of all pages.
    pub fn of(text: &'t str, lines: &'t [Line], measure: &'t Measure, sheets: &'t [Sheet]) -> Paged<'t> {
        let mut paged = Paged {
            text,
            lines,
            measure,
            sheets,
            offsets: FxHashMap::default(),
            believed: vec![None; sheets.len()],
            tops: Kinds::default(),
            feet: Kinds::default(),
            alone: [0; 2],
        };
        paged.count_numbers();
        paged.believe_numbers();
        paged.sort_heads();
        paged
    }

    /// The furniture of all pages, in the order of the lines.
    pub fn furniture(&self) -> Vec<Furniture> {
        let mut found = Vec::new();
        for page in 0..self.sheets.len() {
            let before = found.len();
            self.edge(page, true, &mut found);
            let numbered = found[before..].iter().any(|f| f.kind == Kind::Number || f.has_number());
            if !numbered || self.sheets[page].foot.is_empty() {
                self.edge(page, false, &mut found);
            } else {
                self.running_foot(page, &mut found);
            }
        }
        if self.believed.iter().all(Option::is_none) {
            self.scraps(&mut found);
        }
        super::signature::find(self.text, self.lines, self.sheets, &mut found);
        found.sort_by_key(|f| f.line);
        found.dedup_by_key(|f| f.line);
        found
    }

    /// Where no number can be read at all: scraps of two or three letters that
    /// stand apart at the foot of nearly every page.
    fn scraps(&self, found: &mut Vec<Furniture>) {
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
            found.push(Furniture { line, kind: Kind::Number, level: Level::Certain, confidence: 0.97, reasons });
        }
    }

    fn line(&self, index: usize) -> &'t str {
        self.text[self.lines[index].text_start..self.lines[index].end].trim_end()
    }

    /// The numbers that a line may show: alone, or with a head.
    fn readings(&self, index: usize) -> Vec<Number> {
        let line = self.line(index);
        if line.len() > 90 {
            return Vec::new();
        }
        let head = Head::read(line);
        let token = head.number.as_deref().unwrap_or(line);
        number::exact(token).into_iter().collect()
    }

    fn count_numbers(&mut self) {
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
    fn believe_numbers(&mut self) {
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

    fn sort_heads(&mut self) {
        for (page, sheet) in self.sheets.iter().enumerate() {
            for &index in sheet.top.iter().take(2) {
                let line = self.line(index);
                if self.is_head_shaped(line) {
                    self.tops.add(&Head::read(line), page);
                }
            }
            if let Some(&index) = sheet.foot.first() {
                let line = self.line(index);
                if self.is_head_shaped(line) {
                    self.feet.add(&Head::read(line), page);
                }
            }
        }
    }

    fn is_head_shaped(&self, line: &str) -> bool {
        let capitals = !line.chars().any(char::is_lowercase);
        line.len() <= 90 && self.measure.share(line) < if capitals { 1.3 } else { 0.95 }
    }

    /// The number that a page should have by its neighbours, where it has none
    /// that is believed.
    fn expected(&self, page: usize) -> Option<Number> {
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

    /// Furniture at one edge: lines from the edge inwards, as long as each is some.
    fn edge(&self, page: usize, top: bool, found: &mut Vec<Furniture>) {
        let sheet = &self.sheets[page];
        let edge = if top { &sheet.top } else { &sheet.foot };
        let (mut heads, mut numbers) = (0, 0);
        for (depth, &index) in edge.iter().enumerate() {
            if let Some(f) = self.as_number(page, index, top, depth).filter(|_| numbers == 0) {
                numbers += 1;
                found.push(f);
            } else if let Some(f) = self.as_head(page, index, top).filter(|_| heads == 0) {
                heads += 1;
                numbers += usize::from(f.has_number());
                found.push(f);
            } else {
                break;
            }
        }
    }

    /// A foot below which no number is looked for: only what repeats.
    fn running_foot(&self, page: usize, found: &mut Vec<Furniture>) {
        if let Some(&index) = self.sheets[page].foot.first()
            && number::exact(self.line(index)).is_none()
            && let Some(f) = self.as_head(page, index, false)
        {
            found.push(f);
        }
    }

    /// The line as a page number alone.
    fn as_number(&self, page: usize, index: usize, top: bool, depth: usize) -> Option<Furniture> {
        let line = self.line(index);
        let bare = number::bare(line);
        if bare.len() > 8 || line.len() > 20 || bare.split_whitespace().count() > 3 {
            return None;
        }
        let expected = self.expected(page)?;
        let exact = number::exact(line);
        let fit = number::fit(line, expected);
        let (level, confidence, what) = if exact == Some(expected) && self.believed[page].is_some() {
            (Level::Certain, 0.999, self.place_in_sequence(page, expected))
        } else if exact == Some(expected) || (fit >= 0.5 && number::looks_numeric(line)) {
            (Level::Certain, 0.995, format!("read for {}, {}", expected.value, self.place_in_sequence(page, expected)))
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
            (if scrap { Level::Certain } else { Level::Probable }, 0.97, reason)
        } else {
            return None;
        };
        let reasons = vec![self.page_of(page), Reason::new(what)];
        Some(Furniture { line: index, kind: Kind::Number, level, confidence, reasons })
    }

    /// Whether a blank line or the page's edge stands on the inner side of the line.
    fn stands_apart(&self, index: usize, top: bool) -> bool {
        let inner = if top { index + 1 } else { index.wrapping_sub(1) };
        self.lines.get(inner).is_none_or(Line::is_blank)
    }

    /// Whether the next line inwards is a head like those of near pages.
    fn is_beside_head(&self, page: usize, index: usize, top: bool) -> bool {
        let edge = if top { &self.sheets[page].top } else { &self.sheets[page].foot };
        let kinds = if top { &self.tops } else { &self.feet };
        let inner = edge.iter().position(|&i| i == index).and_then(|at| edge.get(at + 1));
        inner.is_some_and(|&inner| {
            let head = Head::read(self.line(inner));
            let nearest = kinds.nearest(&head, page);
            head.capitals && nearest.is_some_and(|(kind, alike)| alike >= super::heads::ALIKE && kind.others(page) >= 2)
        })
    }

    /// The line as a running head, with a number or without.
    fn as_head(&self, page: usize, index: usize, top: bool) -> Option<Furniture> {
        let line = self.line(index);
        if !self.is_head_shaped(line) {
            return None;
        }
        let head = Head::read(line);
        let expected = self.expected(page);
        let number = head.number.as_deref().zip(expected).is_some_and(|(token, expected)| {
            number::exact(token) == Some(expected) || number::fit(token, expected) >= 0.5
        });
        let kinds = if top { &self.tops } else { &self.feet };
        let nearest = kinds.nearest(&head, page).map(|(kind, s)| (kind, kind.others(page), s));
        let (pages, others, alike) = match nearest {
            Some((kind, others, similarity)) if others > 0 => (&kind.pages[..], others, similarity),
            _ => (&[][..], 0, 0.0),
        };
        let mut reasons = vec![self.page_of(page)];
        if alike >= 0.5 {
            reasons.push(Reason::with(format!("head like those on {}", name_pages(pages, page)), f64::from(alike)));
        }
        if let Some(expected) = expected.filter(|_| number) {
            reasons.push(Reason::new(self.place_in_sequence(page, expected)));
        }
        let repeated =
            alike >= super::heads::ALIKE && (others >= 3 || head.capitals && (others >= 2 || self.sheets.len() <= 8));
        let (level, confidence) = if number && (repeated || alike >= 0.4) {
            (Level::Certain, 0.999)
        } else if number && head.capitals && top {
            (Level::Certain, 0.99)
        } else if repeated && self.may_be_title(page, index, pages) {
            (Level::Probable, 0.8)
        } else if repeated {
            (Level::Certain, 0.99)
        } else if alike >= super::heads::ALIKE && (head.capitals || head.letters.len() >= 8) {
            (Level::Probable, 0.8)
        } else if alike >= 0.5 && head.capitals {
            (if others >= 2 { Level::Certain } else { Level::Probable }, 0.97)
        } else {
            return None;
        };
        Some(Furniture { line: index, kind: Kind::Head, level, confidence, reasons })
    }

    /// Whether the first head of its kind may be the title itself, which the
    /// later heads repeat: it has no number, and what follows is not the text
    /// of a page going on.
    fn may_be_title(&self, page: usize, index: usize, pages: &[usize]) -> bool {
        if pages.first() != Some(&page) {
            return false;
        }
        let next =
            self.sheets[page].top.iter().position(|&i| i == index).and_then(|at| self.sheets[page].top.get(at + 1));
        let Some(&next) = next else { return true };
        let body = self.line(next);
        let ends = matches!(End::of(body), End::Sentence | End::Comma | End::Hyphen);
        let prose = next <= index + 2 && (self.measure.share(body) >= 0.75 || ends) && !Head::read(body).capitals;
        // A chapter's first page has its title at the top, and no number there.
        if self.is_numbered() && !self.shows_number(page) {
            return true;
        }
        if page > 1 {
            return !prose;
        }
        // At the very start of a text only the pattern of all pages decides:
        // left and right pages with heads of their own.
        let every = |k: &[usize], side: usize| k.len() >= 2 && k.iter().all(|p| p % 2 == side);
        let alternating = every(pages, page % 2) && self.tops.get_all().any(|k| every(&k.pages, 1 - page % 2));
        !(alternating && (prose || page == 1))
    }

    /// Whether nearly every page shows its number.
    fn is_numbered(&self) -> bool {
        self.believed.iter().flatten().count() * 5 >= self.sheets.len() * 4
    }

    /// Whether a number can be read at the page's edges that may be its own.
    fn shows_number(&self, page: usize) -> bool {
        let sheet = &self.sheets[page];
        let fits = |&index: &usize| {
            let line = self.line(index);
            let token = Head::read(line).number.unwrap_or_else(|| line.to_owned());
            token.len() <= 8 && self.expected(page).is_some_and(|e| number::fit(&token, e) >= 0.5)
        };
        self.believed[page].is_some() || sheet.top.iter().take(2).chain(sheet.foot.first()).any(fits)
    }

    fn page_of(&self, page: usize) -> Reason {
        Reason::new(format!("page {} of {}", page + 1, self.sheets.len()))
    }

    fn place_in_sequence(&self, page: usize, number: Number) -> String {
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

impl Furniture {
    /// Whether a page number is part of it.
    fn has_number(&self) -> bool {
        self.reasons.iter().any(|r| r.what.starts_with("number "))
    }
}

/// The pages of a list, which is in order, that are near `page`.
fn near(pages: &[usize], page: usize) -> impl Iterator<Item = usize> + '_ {
    let from = pages.partition_point(|&p| p + NEAR < page);
    pages[from..].iter().copied().take_while(move |&p| p <= page + NEAR)
}
