//! The shape of a mark whose role is known: curly, straight, reversed or doubled.

use descan_rules::RuleId;
use descan_text::level::Level;

use super::{Reader, Repair, Role};
use crate::evidence::style::Marks;
use crate::passes::quotes::marks::is_double;

/// One side of a speech: what stands there, and what may be read for it.
pub(super) struct Side {
    /// What the mark is.
    role: Role,
    /// Its curly shape.
    curly: char,
    /// The shape of the other side.
    turned: char,
    /// What a mark of the other side's shape is, where it is not turned.
    other: Role,
    /// Why it becomes curly, straight, or is turned around.
    reasons: [&'static str; 3],
}

/// Where a speech opens.
pub(super) const OPENING: Side = Side {
    role: Role::OpenDouble,
    curly: '“',
    turned: '”',
    other: Role::CloseDouble,
    reasons: [
        "an opening double quote; the document writes curly ones",
        "an opening double quote; the document writes straight ones",
        "a closing quote where a speech opens",
    ],
};

/// Where a speech closes.
pub(super) const CLOSING: Side = Side {
    role: Role::CloseDouble,
    curly: '”',
    turned: '“',
    other: Role::Other,
    reasons: [
        "a closing double quote; the document writes curly ones",
        "a closing double quote; the document writes straight ones",
        "an opening quote where a speech closes",
    ],
};

impl Reader<'_> {
    /// Judges one double mark on a side of a speech; `turns` says whether a mark
    /// of the other side's shape can only be this one turned around.
    pub(super) fn double(&self, side: &Side, mark: char, turns: bool) -> (Role, Option<Repair>) {
        let [curly, straight, turned] = side.reasons;
        match (self.marks, mark) {
            (Marks::Curly, '"') => (side.role, Some(restyle(RuleId::STRAIGHT_DOUBLE, side.curly.to_string(), curly))),
            (Marks::Curly, c) if c == side.turned && turns => {
                let text = side.curly.to_string();
                let repair = Repair { rule: RuleId::TURNED_DOUBLE, level: Level::Certain, text, reason: turned };
                (side.role, Some(repair))
            }
            (Marks::Straight, '“' | '”') => {
                (side.role, Some(restyle(RuleId::CURLY_AMONG_STRAIGHT, "\"", straight)))
            }
            (_, c) if c == side.turned => (side.other, None),
            _ => (side.role, None),
        }
    }

    /// A group that keeps its marks but for their shape.
    pub(super) fn restyled(&self, marks: &str, role: Role, double: char, single: char) -> (Role, Option<Repair>) {
        let wanted: String = marks
            .chars()
            .map(|c| match (self.marks, c) {
                (Marks::Curly, '"') => double,
                (Marks::Curly, '\'') => single,
                // Before an elision only an apostrophe stands.
                (Marks::Curly, '‘') if single == '’' => single,
                (Marks::Straight, '“' | '”') => '"',
                (Marks::Straight, '‘' | '’') => '\'',
                _ => c,
            })
            .collect();
        let rule = if self.marks == Marks::Curly { RuleId::STRAIGHT_DOUBLE } else { RuleId::CURLY_AMONG_STRAIGHT };
        (role, Some(restyle(rule, &wanted, "two quotes of which one is of the other shape")))
    }

    /// Two marks that stand for one double quote: two equal singles, or two
    /// doubles of different shape. Two equal doubles may be nested.
    pub(super) fn merged(&self, marks: &str, role: Role, curly: &str, straight: &str) -> (Role, Option<Repair>) {
        let mut chars = marks.chars();
        let (first, second) = (chars.next(), chars.next());
        let equal = first == second;
        let both = first.is_some_and(is_double) == second.is_some_and(is_double);
        let wanted = match self.marks {
            Marks::Curly if both && equal != first.is_some_and(is_double) => curly,
            Marks::Curly if !both => curly,
            // Two straight marks in a straight document may be an empty string, and an opening
            // pair whose closing one would stay is worth more than half of it.
            Marks::Straight if self.has_straight_pairs => return (role, None),
            Marks::Straight if !marks.contains(['"', '\'']) || both && !equal && marks.chars().any(is_double) => {
                straight
            }
            _ => return (role, None),
        };
        let repair = Repair {
            rule: RuleId::DOUBLED_QUOTE,
            level: Level::Certain,
            text: wanted.to_owned(),
            reason: "two marks where a speech has one",
        };
        (role, Some(repair))
    }
}

/// A repair of a mark's shape alone.
pub(super) fn restyle(rule: RuleId, text: impl Into<String>, reason: &'static str) -> Repair {
    Repair { rule, level: Level::Certain, text: text.into(), reason }
}
