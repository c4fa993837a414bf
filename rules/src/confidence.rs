//! How sure an edit is, by how often those of its rule were right.

use descan_text::level::Level;

use crate::id::{MEASURED, MEASURED_OF_ALL};

/// What a rule is believed to be like before any of its edits is judged: like all rules at that
/// level, which weighs as much as so many edits. A rule that was right in three places of three
/// is not surer than one that was right in 990 of 1,000.
const PRIOR_EDITS: f64 = 50.0;

/// The probability that an edit at this level is right, of the rule of this name: the mean of the
/// beta distribution that its counts leave. A rule that was never measured, such as a user's own,
/// is like all rules together.
pub(crate) fn confidence(rule: &str, level: Level) -> f64 {
    let own = MEASURED.binary_search_by_key(&rule, |&(name, _)| name).ok().map(|at| MEASURED[at].1);
    let own = own.unwrap_or_default()[level as usize];
    let all = MEASURED_OF_ALL[level as usize];
    let share = f64::from(all.right) / f64::from((all.right + all.wrong).max(1));
    (f64::from(own.right) + PRIOR_EDITS * share) / (f64::from(own.right + own.wrong) + PRIOR_EDITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_that_was_never_measured_is_like_the_others() {
        let [certain, probable, suspect] = Level::ALL.map(|level| confidence("inkblot", level));
        assert!(certain > 0.95 && certain > probable && probable > suspect, "{certain} {probable} {suspect}");
    }

    #[test]
    fn a_rule_that_was_often_right_is_surer() {
        let often =
            MEASURED.iter().filter(|(_, counts)| counts[0].wrong == 0).max_by_key(|(_, counts)| counts[0].right);
        let &(often, counts) = often.expect("a rule");
        assert!(counts[0].right > 50, "{often}");
        assert!(confidence(often, Level::Certain) > confidence("inkblot", Level::Certain), "{often}");
    }
}
