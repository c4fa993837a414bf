//! Parts of a document that keep a style of their own: a letter or a message
//! quoted in a story, or a second source.

use super::marks::Group;
use crate::evidence::style::{HouseStyle, Marks};

/// So many marks of the other style in a row are a region, not damage.
const RUN: usize = 12;

/// For each group, whether it stands in a region that keeps the other style.
///
/// Damage strikes here and there; a style of its own holds without a break. In
/// a curly document straight apostrophes alone make no region, as engines read
/// long rows of them: the region must hold its double quotes too.
pub fn of_own_style(groups: &[Group], style: &HouseStyle, text: &str) -> Vec<bool> {
    let mut own = vec![false; groups.len()];
    let other: fn(char) -> bool = match style.marks() {
        Marks::Curly => |c| matches!(c, '"' | '\''),
        Marks::Straight => |c| matches!(c, '“' | '”' | '‘' | '’'),
        Marks::Unclear => return own,
    };
    if style.wanted.marks.is_some() {
        return own;
    }
    let mut start = 0;
    while start < groups.len() {
        let end =
            groups[start..].iter().position(|g| !g.text(text).chars().all(other)).map_or(groups.len(), |i| start + i);
        let run = &groups[start..end];
        let doubles = run.iter().filter(|g| g.text(text).contains(['"', '“', '”'])).count();
        let singles = run.len() - doubles;
        let is_region = match style.marks() {
            Marks::Curly => doubles >= 4 || (doubles >= 2 && run.len() >= RUN / 2),
            _ => run.len() >= RUN && singles >= 2,
        };
        if is_region {
            own[start..end].fill(true);
        }
        start = end.max(start + 1);
    }
    own
}
