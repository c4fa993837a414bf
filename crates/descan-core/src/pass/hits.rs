//! Where the text has what patterns look for, kept from one pass to the next.

use std::ops::Range;
use std::sync::Arc;

use descan_rules::{CONTEXT, LONGEST, PassName, RuleId, RuleSet};
use descan_text::edit::EditList;
use rustc_hash::FxHashMap;

use super::Selection;

/// Where the text has what the patterns of all passes look for, as far as their rules
/// are on.
///
/// An edit changes what stands within [`LONGEST`] and [`CONTEXT`] bytes of it and nothing
/// else, so after edits only there is looked again. What a token has is known as long as
/// the token stands anywhere.
#[derive(Debug, Default)]
pub(crate) struct Hits {
    /// The literals of patterns that are tried on lines, by pass: the rule and where the
    /// literal begins, in bytes, in the order of the text.
    in_lines: [Vec<(usize, RuleId)>; PassName::ALL.len()],
    /// The rules whose patterns match in each different token that was seen.
    in_tokens: FxHashMap<Box<str>, Arc<[RuleId]>>,
}

impl Hits {
    /// What a text has.
    pub(crate) fn of(text: &str, rules: &RuleSet, on: &Selection) -> Hits {
        let mut hits = Hits::default();
        hits.look(text, 0..text.len(), rules, on);
        hits
    }

    /// What the text has after edits, of which `self` tells what it had before.
    pub(crate) fn after(self, edits: &EditList, text: &str, rules: &RuleSet, on: &Selection) -> Hits {
        let mut hits = Hits { in_tokens: self.in_tokens, ..Hits::default() };
        // Up to where the text before and the text after are done, in bytes of each.
        let (mut before, mut after) = (0, 0);
        let mut grown: isize = 0;
        for edit in edits.iter() {
            let changed = edit.span.start.saturating_sub(LONGEST + CONTEXT);
            if changed > before {
                hits.keep(&self.in_lines, before..changed, grown);
                after = moved(changed, grown);
            }
            let end = moved(edit.span.start, grown) + edit.text.len();
            // What follows has other bytes before it now.
            let seen = (end + CONTEXT).min(text.len());
            if seen > after {
                hits.look(text, after..seen, rules, on);
                after = seen;
            }
            before = before.max(edit.span.end + CONTEXT);
            grown += edit.text.len() as isize - edit.span.len() as isize;
        }
        hits.keep(&self.in_lines, before..usize::MAX, grown);
        hits
    }

    /// Takes over what stood in a part of the text before, which has moved by so many bytes.
    fn keep(&mut self, old: &[Vec<(usize, RuleId)>], part: Range<usize>, by: isize) {
        for (pass, old) in old.iter().enumerate() {
            let first = old.partition_point(|(at, _)| *at < part.start);
            let kept = old[first..].iter().take_while(|(at, _)| *at < part.end);
            self.in_lines[pass].extend(kept.map(|&(at, rule)| (moved(at, by), rule)));
        }
    }

    /// Looks for all literals that begin in a part of the text.
    fn look(&mut self, text: &str, part: Range<usize>, rules: &RuleSet, on: &Selection) {
        let known = self.in_lines.each_ref().map(Vec::len);
        rules.matcher().in_lines(text, part, |rule, at| {
            if on.has_rule(rule) {
                self.in_lines[rules.get(rule).pass as usize].push((at, rule));
            }
        });
        for (found, known) in self.in_lines.iter_mut().zip(known) {
            found[known..].sort_unstable();
        }
    }

    /// The rules of a pass whose literals stand in the text, and where they begin.
    pub(crate) fn in_lines(&self, pass: PassName) -> &[(usize, RuleId)] {
        &self.in_lines[pass as usize]
    }

    /// Tries the patterns of all passes on the tokens that have not been seen.
    pub(crate) fn see<'t>(&mut self, tokens: impl Iterator<Item = &'t str>, rules: &RuleSet, on: &Selection) {
        for token in tokens.filter(|token| token.len() <= LONGEST_TOKEN) {
            if self.in_tokens.contains_key(token) {
                continue;
            }
            let matching = match on.has_all_rules() {
                true => rules.matching_token(token),
                false => {
                    let mut of_run = rules.matcher().in_token(token);
                    of_run.retain(|&rule| on.has_rule(rule) && rules.get(rule).matches_token(token));
                    of_run.into()
                }
            };
            self.in_tokens.insert(token.into(), matching);
        }
    }

    /// The rules whose patterns match in a token that was seen, in order.
    pub(crate) fn in_token(&self, token: &str) -> &[RuleId] {
        self.in_tokens.get(token).map_or(&[], |rules| rules)
    }
}

/// No pattern is tried in longer tokens, in bytes.
const LONGEST_TOKEN: usize = 300;

fn moved(at: usize, by: isize) -> usize {
    at.saturating_add_signed(by)
}

#[cfg(test)]
mod tests {
    use descan_text::edit::Edit;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn what_is_patched_is_what_is_found_anew(
            text in "([a-z’ ]{0,40}(n't|tlie| ;|\n|’’|said; “|\\|)){1,30}",
            cuts in prop::collection::vec((0.0..1.0_f64, 0..6_usize, "(|x| ;|’|n't ;|\n)"), 0..8),
        ) {
            let rules = RuleSet::built_in();
            let borders: Vec<usize> = (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect();
            let mut edits = Vec::new();
            let mut free = 0;
            let mut cuts = cuts;
            cuts.sort_by(|one, next| one.0.total_cmp(&next.0));
            for (share, length, with) in cuts {
                let first = (share * borders.len() as f64) as usize;
                let span = borders[first]..borders[(first + length).min(borders.len() - 1)];
                if span.start >= free {
                    free = span.end + 1;
                    edits.push(Edit::new(span, with));
                }
            }
            let edits = EditList::new(edits);
            let new = edits.apply(&text);
            let all = Selection::default();
            let patched = Hits::of(&text, &rules, &all).after(&edits, &new, &rules, &all);
            prop_assert_eq!(patched.in_lines, Hits::of(&new, &rules, &all).in_lines);
        }
    }
}
