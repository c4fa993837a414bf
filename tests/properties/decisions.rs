//! What holds whatever people decide.

use std::sync::Arc;

use descan_core::decisions::{Alike, Decision, Decisions, Never, Place, Right, header};
use descan_core::pass::Options;
use descan_core::pipeline::{Outcome, clean};
use descan_rules::RuleSet;
use descan_source::Document;
use descan_text::level::Level;
use proptest::prelude::*;

/// Damaged sentences, with right ones between them. No two places of one reading
/// stand side by side in them: those a decision cannot tell apart once the words
/// around are mended, as `docs/decisions.md` says.
const SENTENCES: [&str; 10] = [
    "The \u{fb01}rst man came ofthe boat when tbe wind fell, and an of\u{fb01}cer met him.\n",
    "“Don,t go,” she said, and muftled her face in the shawl.\n",
    "He took the lan-\ntern down, and bis boots rang onthe stairs.\n",
    "“[ haven’t seen it,” said Margaret. “Letme go alone.”\n",
    "A cold \u{fb02}ood of\u{ad} rain had taken the bridge away.\n",
    "Nobody would \u{fb01}nish the soup , said the old cook .\n",
    "They walked along the quay un- til the morning came.\n",
    "The winter was long that year, and the boats lay idle upon the shore.\n",
    "Her brother wrote a letter every week, but no answer ever came.\n",
    "\n",
];

fn run(text: &str, rules: &RuleSet, level: Level, decisions: &Arc<Decisions>) -> (String, Outcome) {
    let document = Document::decode(text.as_bytes());
    let options = Options { level, decisions: Arc::clone(decisions), ..Options::default() };
    let outcome = clean(&document, rules, &options);
    (outcome.edits.apply(document.text()), outcome)
}

/// A decision about a place, by a number.
fn decision(kind: usize, place: Place, text: &str) -> Option<Decision> {
    // Several words for one, beside a place with few words around, leave too little to know it by (docs/decisions.md).
    let with = Some(["", "of\u{fb01}ce", "right"][kind % 3].to_owned());
    let word = text.split_whitespace().nth(kind * 3).unwrap_or("the").trim_matches(|c: char| !c.is_alphanumeric());
    Some(match kind {
        0 => Decision::Accept(place),
        1 => Decision::Refuse(place),
        2..=4 => Decision::Replace(Place { with, ..place }),
        5 => Decision::AcceptAlike(place.alike()),
        6 => Decision::RefuseAlike(place.alike()),
        7 => Decision::ReplaceAlike(Alike { with, ..place.alike() }),
        8 => Decision::Right(Right { word: Some(word.to_owned()), pattern: None, reason: None }),
        9 => Decision::Never(Never { word: word.to_owned(), reason: None }),
        _ => return None,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn cleaned_again_by_the_same_decisions_nothing_changes(
        // Each sentence once: twins whose neighbours are mended cannot be told apart (docs/decisions.md).
        order in Just((0..SENTENCES.len()).collect::<Vec<_>>()).prop_shuffle(),
        count in 1usize..8,
        kinds in prop::collection::vec(0usize..14, 0..24),
        level in 0usize..3,
    ) {
        let text: String = order.into_iter().take(count).map(|i| SENTENCES[i]).collect();
        let (rules, level) = (RuleSet::built_in(), Level::ALL[level]);
        let (_, outcome) = run(&text, &rules, level, &Arc::default());
        let whole = outcome.findings.iter().filter(|f| f.part_of.is_none());
        let mut file = header();
        for (finding, kind) in whole.zip(kinds) {
            let place = Place::of(&text, finding, &rules);
            let line = decision(kind, place, &text).map(|d| d.to_json()).unwrap_or_default();
            // What contradicts an earlier line is no file that is ever obeyed.
            if Decisions::read("d", format!("{file}{line}").as_bytes()).is_ok() {
                file.push_str(&line);
            }
        }
        let decisions = Arc::new(Decisions::read("d", file.as_bytes()).expect("tried line by line"));
        let (once, outcome) = run(&text, &rules, level, &decisions);
        let (twice, _) = run(&once, &rules, level, &decisions);
        prop_assert_eq!(&once, &twice, "{}", file);
        let (again, same) = run(&text, &rules, level, &decisions);
        prop_assert_eq!(once, again);
        prop_assert_eq!(outcome.findings, same.findings);
    }
}
