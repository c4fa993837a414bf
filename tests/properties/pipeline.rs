//! What the whole pipeline keeps for any bytes.

use descan::document::Document;
use descan::level::Level;
use descan::pipeline::{Options, clean};
use descan::rule::RuleSet;
use proptest::prelude::*;

use crate::files::any_file;

proptest! {
    #[test]
    fn findings_agree_with_the_edits(bytes in any_file(), level in 0usize..3) {
        let rules = RuleSet::built_in();
        let document = Document::decode(&bytes[..]);
        let options = Options { level: Level::ALL[level], ..Options::default() };
        let outcome = clean(&document, &rules, &options);
        let owners: Vec<_> = outcome.findings.iter().filter(|f| f.applied && f.part_of.is_none()).collect();
        let edits: Vec<_> = outcome.edits.iter().collect();
        prop_assert_eq!(owners.len(), edits.len());
        for (finding, edit) in owners.iter().zip(edits) {
            prop_assert_eq!((&finding.span, &finding.after), (&edit.span, &edit.text));
            prop_assert_eq!(&finding.before, &document.text()[edit.span.clone()]);
            prop_assert_ne!(&finding.before, &finding.after);
        }
        for pair in outcome.findings.windows(2) {
            prop_assert!(pair[0].span.start <= pair[1].span.start);
        }
        for finding in &outcome.findings {
            prop_assert!(finding.part_of.is_none_or(|i| outcome.findings[i].part_of.is_none()));
        }
    }
}
