//! Which regexes a whole text was searched for, kept from one iteration to the next.

use std::ops::Range;

use descan_rules::LazyRegex;
use descan_text::token::{ceiling, floor};
use rustc_hash::FxHashMap;

use super::moves::Moves;

/// Whether the text has a match of each regex that it was searched for.
#[derive(Debug, Default)]
pub(crate) struct Sought(FxHashMap<usize, Answer>);

/// Whether the text had a match.
#[derive(Debug)]
struct Answer {
    has: bool,
    /// What edits changed since there was none, in bytes, in order and without overlaps.
    changed: Vec<Range<usize>>,
}

/// So many bytes beside a match, at most, have a say in whether it is one.
const BESIDE: usize = 4;

/// Looking at a changed part takes about as long as searching so many bytes of text.
const PART: usize = 2000;

impl Sought {
    /// Whether the text has a match of a regex.
    pub(crate) fn has(&mut self, text: &str, regex: &LazyRegex) -> bool {
        let anew = || Answer { has: regex.is_match(text), changed: Vec::new() };
        let answer = self.0.entry(regex.identity()).or_insert_with(anew);
        if !answer.changed.is_empty() {
            let has = match regex.longest().filter(|longest| answer.changed.len() * (PART + longest) < text.len()) {
                Some(longest) => answer.changed.iter().any(|part| is_near(text, regex, longest, part)),
                None => regex.is_match(text),
            };
            *answer = Answer { has, changed: Vec::new() };
        }
        answer.has
    }

    /// What still holds after edits: a match may be gone, but without one only what changed can be one.
    pub(crate) fn after(mut self, moves: &Moves) -> Sought {
        self.0.retain(|_, answer| !answer.has);
        for answer in self.0.values_mut() {
            answer.changed = moves.changed(&answer.changed);
        }
        self
    }
}

/// Whether a text has a match that touches a part of it, in bytes.
fn is_near(text: &str, regex: &LazyRegex, longest: usize, part: &Range<usize>) -> bool {
    let from = floor(text, part.start.saturating_sub(longest + 2 * BESIDE));
    let to = ceiling(text, part.end + longest + 2 * BESIDE);
    let near = part.start.saturating_sub(BESIDE).max(from) - from..part.end + BESIDE - from;
    regex.lies_across(&text[from..to], &near)
}

#[cfg(test)]
mod tests {
    use descan_rules::RuleSet;
    use descan_text::edit::{Edit, EditList};
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn a_match_that_edits_make_touches_what_changed(
            pieces in prop::collection::vec("(a|can|t|aint|1s|2s|c, |ñ|=2|0|\n| - | |ACT|I|’t|j|to)", 0..40),
            share in 0.0..1.0_f64, length in 0..4_usize, with in "(t|0\n| |ñ|aint|, 2s|\n|)",
        ) {
            let before = pieces.concat();
            let start = floor(&before, (share * before.len() as f64) as usize);
            let edits = EditList::new(vec![Edit::new(start..floor(&before, start + length), with)]);
            let after = edits.apply(&before);
            let changed = Moves::of(&edits).changed(&[]);
            let rules = RuleSet::built_in();
            let asked = rules.iter().filter_map(|(_, rule)| rule.pattern());
            for regex in asked.flat_map(|pattern| pattern.when.document_has.iter().chain(&pattern.when.document_lacks)) {
                let Some(longest) = regex.longest().filter(|_| !regex.is_match(&before)) else { continue };
                let is_near = changed.iter().any(|part| is_near(&after, regex, longest, part));
                prop_assert_eq!(is_near, regex.is_match(&after));
            }
        }
    }
}
