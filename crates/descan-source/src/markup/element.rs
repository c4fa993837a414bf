//! The element of a word, taken apart so that it can be split, joined or given another
//! reading.

use std::ops::Range;

/// What a format knows of its elements of words. Places are in bytes of the element, from
/// the `<` of its start tag.
pub(crate) trait WordElements: Sync {
    /// An element taken apart; `None` if it holds what belongs to the word as a whole.
    fn element(&self, _element: &str) -> Option<Element> {
        None
    }

    /// What stands between the elements of two words; `name` is that of the left element,
    /// with its prefix, and `is_element` says whether spaces are elements in this file.
    fn space(&self, _name: &str, _between: Option<&Gap>, _is_element: bool) -> String {
        String::new()
    }

    /// The changes, in order, by which an element keeps an old reading of its word, which is
    /// escaped, beside the text that stands at `text`; `None` if it has no place for one.
    fn kept(&self, _element: &str, _text: Range<usize>, _old: &str) -> Option<Vec<(Range<usize>, String)>> {
        None
    }

    /// What goes before an old reading, between it and the new one, and behind that, where
    /// words have no elements; `None` if the format has no such mark-up.
    fn kept_in_text(&self) -> Option<[&'static str; 3]> {
        None
    }
}

/// A format without elements of words.
pub(crate) struct NoElements;

impl WordElements for NoElements {}

/// An element of a word.
#[derive(Debug, Default)]
pub(crate) struct Element {
    /// The value of its id.
    pub id: Option<Range<usize>>,
    pub area: Option<Area>,
    /// What is of the whole word only: other readings, the boxes of its letters.
    pub of_whole: Vec<Range<usize>>,
}

/// Where a word is on the page, and where its element says so.
#[derive(Clone, Debug)]
pub(crate) struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
    /// Whether all numbers are whole.
    pub is_whole: bool,
    pub written: Vec<(Range<usize>, Side)>,
}

/// What a number of an element says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Left,
    Top,
    Right,
    Bottom,
    Width,
    Height,
    /// All corners: `1,2 3,2 3,4 1,4`.
    Corners,
}

/// The empty place between two words.
#[derive(Clone, Debug)]
pub(crate) struct Gap {
    pub left: String,
    pub top: String,
    pub width: String,
}

impl Area {
    /// The area that holds this one and another.
    pub(crate) fn with(&self, other: &Area) -> Area {
        Area {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
            is_whole: self.is_whole && other.is_whole,
            written: self.written.clone(),
        }
    }

    /// The part of it between two shares of its width, from 0 to 1.
    pub(crate) fn part(&self, from: f64, to: f64) -> Area {
        let at = |share: f64| self.rounded(self.left + (self.right - self.left) * share);
        Area { left: at(from), right: at(to), written: self.written.clone(), ..*self }
    }

    /// The gap between two shares of its width, from 0 to 1.
    pub(crate) fn gap(&self, from: f64, to: f64) -> Gap {
        let part = self.part(from, to);
        Gap { left: part.number(part.left), top: part.number(part.top), width: part.number(part.right - part.left) }
    }

    /// What the element has to say at one of its places.
    pub(crate) fn value(&self, side: Side) -> String {
        match side {
            Side::Left => self.number(self.left),
            Side::Top => self.number(self.top),
            Side::Right => self.number(self.right),
            Side::Bottom => self.number(self.bottom),
            Side::Width => self.number(self.right - self.left),
            Side::Height => self.number(self.bottom - self.top),
            Side::Corners => {
                let [left, top, right, bottom] =
                    [self.left, self.top, self.right, self.bottom].map(|edge| self.number(edge));
                format!("{left},{top} {right},{top} {right},{bottom} {left},{bottom}")
            }
        }
    }

    fn rounded(&self, value: f64) -> f64 {
        if self.is_whole { value.round() } else { (value * 10.0).round() / 10.0 }
    }

    fn number(&self, value: f64) -> String {
        if self.is_whole { format!("{:.0}", value.round()) } else { format!("{value:.1}") }
    }
}
