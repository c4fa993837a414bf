//! The running heads: groups similar ones, and distinguishes them from titles.

use descan_rules::Reason;
use descan_text::flow::End;
use descan_text::level::Level;
use rustc_hash::FxHashSet;

use super::Paged;
use crate::passes::pages::furniture::{Furniture, Kind, name_pages};
use crate::passes::pages::heads::{ALIKE, Head};
use crate::passes::pages::number;

impl Paged<'_> {
    pub(super) fn sort_heads(&mut self) {
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
        let edges = self.sheets.iter().flat_map(|sheet| sheet.top.iter().take(2).chain(sheet.foot.first()));
        let edges: FxHashSet<usize> = edges.copied().collect();
        for index in (0..self.lines.len()).filter(|index| !edges.contains(index)) {
            let line = self.line(index);
            if !line.is_empty() && self.is_head_shaped(line) {
                let head = Head::read(line);
                self.tops.see_inside(&head);
                self.feet.see_inside(&head);
            }
        }
    }

    pub(super) fn is_head_shaped(&self, line: &str) -> bool {
        let capitals = !line.chars().any(char::is_lowercase);
        line.len() <= 90 && self.measure.share(line) < if capitals { 1.3 } else { 0.95 }
    }

    /// The line as a running head, with a number or without.
    pub(super) fn as_head(&self, page: usize, index: usize, top: bool) -> Option<Furniture> {
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
            Some((kind, others, similarity)) if others > 0 && !kind.is_of_the_text() => {
                (&kind.pages[..], others, similarity)
            }
            _ => (&[][..], 0, 0.0),
        };
        let mut reasons = vec![self.page_of(page)];
        if alike >= 0.5 {
            reasons.push(Reason::new(format!("head like those on {}", name_pages(pages, page))));
        }
        if let Some(expected) = expected.filter(|_| number) {
            reasons.push(Reason::new(self.place_in_sequence(page, expected)));
        }
        let repeated = alike >= ALIKE && (others >= 3 || head.capitals && (others >= 2 || self.sheets.len() <= 8));
        let level = if number && (repeated || alike >= 0.4 || head.capitals && top) {
            Level::Certain
        } else if repeated && self.may_be_title(page, index, pages) {
            Level::Probable
        } else if repeated {
            Level::Certain
        } else if alike >= ALIKE && (head.capitals || head.letters.len() >= 8) {
            Level::Probable
        } else if alike >= 0.5 && head.capitals {
            if others >= 2 { Level::Certain } else { Level::Probable }
        } else {
            return None;
        };
        let kind = if number { Kind::NumberedHead } else { Kind::Head };
        Some(Furniture { line: index, kind, level, reasons })
    }

    /// Whether the next line inwards is a head like those of near pages.
    pub(super) fn is_beside_head(&self, page: usize, index: usize, top: bool) -> bool {
        let edge = if top { &self.sheets[page].top } else { &self.sheets[page].foot };
        let kinds = if top { &self.tops } else { &self.feet };
        let inner = edge.iter().position(|&i| i == index).and_then(|at| edge.get(at + 1));
        inner.is_some_and(|&inner| {
            let head = Head::read(self.line(inner));
            let nearest = kinds.nearest(&head, page);
            head.capitals && nearest.is_some_and(|(kind, alike)| alike >= ALIKE && kind.others(page) >= 2)
        })
    }

    /// Whether the first head of its kind may be the title itself, which the
    /// later heads repeat: it has no number, and what follows is not the text
    /// of a page going on.
    pub(super) fn may_be_title(&self, page: usize, index: usize, pages: &[usize]) -> bool {
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
}
