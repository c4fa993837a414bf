//! The natural order of names: `p2` comes before `p10`.

use std::cmp::Ordering;

/// Compares two names; numbers in them count by their value, all else by its characters.
pub(crate) fn natural_order(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        let (left_number, left_rest) = split_number(left);
        let (right_number, right_rest) = split_number(right);
        let order = if left_number.is_empty() || right_number.is_empty() {
            let mut chars = (left.chars(), right.chars());
            let order = chars.0.next().cmp(&chars.1.next());
            (left, right) = (chars.0.as_str(), chars.1.as_str());
            order
        } else {
            (left, right) = (left_rest, right_rest);
            let [one, two] = [left_number, right_number].map(|number| number.trim_start_matches('0'));
            one.len().cmp(&two.len()).then(one.cmp(two))
        };
        if order.is_ne() || left.is_empty() && right.is_empty() {
            // Names that differ in leading zeros alone have an order too.
            return order.then(a.cmp(b));
        }
    }
}

/// The digits at the start, and the rest.
fn split_number(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_by_their_value() {
        let mut names = ["p10", "p2", "p1b", "p", "p02", "q", "p1a", "", "10", "9", "p99999999999999999999999", "é"];
        names.sort_by(|a, b| natural_order(a, b));
        assert_eq!(names, ["", "9", "10", "p", "p1a", "p1b", "p02", "p2", "p10", "p99999999999999999999999", "q", "é"]);
    }
}
