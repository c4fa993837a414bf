//! Marks inside a sentence: a comma behind a title, a hyphen for a dash.

use rustc_hash::FxHashMap;

use crate::finding::Reason;
use crate::level::Level;
use crate::passes::grammar;
use crate::pipeline::{Proposals, View};

/// Proposes the stops of titles and the dashes that the words around them ask for.
pub fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let words = view.words();
    let mut dashes: Vec<(usize, String)> = Vec::new();
    let titles = text.contains("Mr. ") || text.contains("Mrs. ");
    for (index, pair) in words.windows(2).enumerate() {
        let (left, right) = (pair[0].span(), pair[1].span());
        let gap = &text[left.end..right.start];
        let (before, after) = (&text[left.clone()], &text[right.clone()]);
        match gap {
            ", " if titles && matches!(before, "Mr" | "Mrs" | "Dr") && after.starts_with(char::is_uppercase) => {
                let reasons = vec![Reason::new("a comma behind a title, where the document has full stops")];
                out.propose("comma-after-title", Level::Certain, 0.998, left.end..left.end + 1, ".", reasons);
            }
            "-" => {
                let chained = (index > 0 && is_hyphen(text, words[index - 1].span().end, left.start))
                    || words.get(index + 2).is_some_and(|w| is_hyphen(text, right.end, w.span().start));
                if !chained && hyphen_for_dash(view, before, after) {
                    dashes.push((left.end, format!("{before}-{after}")));
                }
            }
            "—-" | "-—" if view.evidence().style().em_dashes >= 2 => {
                let reasons = vec![Reason::new("a dash with a hyphen at its end")];
                out.propose("doubled-dash", Level::Certain, 0.998, left.end..right.start, "—", reasons);
            }
            _ => {}
        }
    }
    let mut compounds: FxHashMap<&str, u32> = FxHashMap::default();
    for (_, compound) in &dashes {
        *compounds.entry(compound).or_default() += 1;
    }
    for (at, compound) in &dashes {
        // What the document writes again is a compound of its own.
        if compounds.get(compound.as_str()) == Some(&1) {
            let reasons = vec![
                Reason::new("the second word begins a clause"),
                Reason::with("dashes in the document", f64::from(view.evidence().style().em_dashes)),
            ];
            out.propose("hyphen-for-dash", Level::Certain, 0.99, *at..at + 1, "—", reasons);
        }
    }
}

fn is_hyphen(text: &str, start: usize, end: usize) -> bool {
    text.get(start..end) == Some("-")
}

/// Whether a hyphen stands between two words of which the second begins a
/// clause: no compound of English has it there.
fn hyphen_for_dash(view: &View<'_>, before: &str, after: &str) -> bool {
    const CLAUSE: [&str; 27] = [
        "the", "they", "he's", "she's", "it's", "that's", "there's", "you're", "they're", "we're", "i'm", "i've",
        "was", "were", "your", "their", "because", "though", "although", "which", "whose", "these", "those", "my",
        "our", "an", "you've",
    ];
    let style = view.evidence().style();
    let clause = CLAUSE.contains(&after.replace('’', "'").as_str());
    let lexicon = view.evidence().lexicon();
    let stutter = after.to_lowercase().starts_with(&before.to_lowercase().chars().take(2).collect::<String>());
    style.em_dashes >= 2
        && clause
        && !stutter
        && before.chars().count() >= 2
        && !grammar::is_never_last(before)
        && !before.eq_ignore_ascii_case("it")
        && lexicon.is_word(before)
        && !lexicon.is_word(&format!("{before}-{after}"))
}
