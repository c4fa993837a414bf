//! Parts of a document with a style of their own: a letter or message quoted in a story,
//! or text from a second source.

use std::ops::Range;

use super::marks::{Group, is_double};
use crate::evidence::style::{HouseStyle, Marks};

/// A run of the other style that damage would make less often than this, in a
/// document that is damaged as this one is elsewhere, is a region.
const BY_CHANCE: f64 = 0.01;
/// Where damage changes the shape of a larger share of double quotes than this,
/// it comes in patches, and chance is no measure: then so many marks in a row
/// are a region, if single ones are among them, which damage changes seldom.
const SELDOM: f64 = 0.08;
const RUN: usize = 12;
/// So many double quotes are the least that a region holds.
const DOUBLES: usize = 2;
/// Of apostrophes and single quotes so large a share may take the other shape
/// without telling anything: engines read long rows of them straight.
const LOOSE: f64 = 0.5;

/// For each group, whether it stands in a region that keeps the other style.
///
/// Damage strikes here and there; a style of its own holds without a break. How
/// often marks of the other shape stand outside a run says how long a run damage
/// makes by chance.
pub(super) fn of_own_style(groups: &[Group], style: &HouseStyle, text: &str) -> Vec<bool> {
    let mut own = vec![false; groups.len()];
    let other: fn(char) -> bool = match style.marks() {
        Marks::Curly => |c| matches!(c, '"' | '\''),
        Marks::Straight => |c| matches!(c, '“' | '”' | '‘' | '’'),
        Marks::Unclear => return own,
    };
    if style.wanted.marks.is_some() {
        return own;
    }
    let kinds: Vec<Kind> = groups
        .iter()
        .map(|g| Kind { other: g.text(text).chars().all(other), double: g.text(text).contains(is_double) })
        .collect();
    let all = Counts::of(&kinds);
    for run in runs(&kinds).into_iter().filter(|run| run.len() > 1) {
        let inside = Counts::of(&kinds[run.clone()]);
        let (doubles, singles) = (all.rate(&inside, true), all.rate(&inside, false).max(LOOSE));
        let surprise = inside.doubles[1] as f64 * doubles.ln() + inside.singles[1] as f64 * singles.ln();
        let by_chance = doubles > SELDOM || surprise + (groups.len() as f64).ln() >= BY_CHANCE.ln();
        let long = style.marks() == Marks::Straight && run.len() >= RUN && inside.singles[1] >= 2;
        if inside.doubles[1] >= DOUBLES && (!by_chance || long) {
            own[run].fill(true);
        }
    }
    own
}

/// What a group of marks is.
struct Kind {
    /// All of the shape that the document does not write.
    other: bool,
    double: bool,
}

/// How many groups there are, of the document's shape and of the other.
struct Counts {
    doubles: [usize; 2],
    singles: [usize; 2],
}

impl Counts {
    fn of(kinds: &[Kind]) -> Counts {
        let mut counts = Counts { doubles: [0; 2], singles: [0; 2] };
        for kind in kinds {
            let of = if kind.double { &mut counts.doubles } else { &mut counts.singles };
            of[usize::from(kind.other)] += 1;
        }
        counts
    }

    /// The share of the other shape outside a part, with one more of each kind.
    fn rate(&self, part: &Counts, double: bool) -> f64 {
        let (all, part) = if double { (self.doubles, part.doubles) } else { (self.singles, part.singles) };
        let (house, other) = (all[0] - part[0], all[1] - part[1]);
        (other + 1) as f64 / (house + other + 2) as f64
    }
}

/// The longest runs of groups of the other shape.
fn runs(kinds: &[Kind]) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut start = 0;
    while start < kinds.len() {
        let end = kinds[start..].iter().position(|kind| !kind.other).map_or(kinds.len(), |i| start + i);
        if end > start {
            runs.push(start..end);
        }
        start = end.max(start + 1);
    }
    runs
}
