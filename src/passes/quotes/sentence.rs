//! Stops and dashes inside a sentence: a full stop for a comma, a comma for a
//! full stop, a hyphen for a dash.

use rustc_hash::FxHashMap;

use super::tag;
use crate::evidence::lexicon::Trust;
use crate::finding::Reason;
use crate::level::Level;
use crate::pipeline::{Proposals, View};
use crate::text::layout::Region;

/// So many places of a kind show that the scan mixes up stops.
const HABIT: usize = 3;

/// A stop that may be another.
struct Place {
    rule: &'static str,
    at: usize,
    with: &'static str,
}

/// Proposes the stops and dashes that the words around them ask for.
pub fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let words = view.words();
    let mut places: Vec<Place> = Vec::new();
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
            ". " | ".\n" if full_stop_inside(view, before, after) && is_prose(view, left.end) => {
                places.push(Place { rule: "stop-in-sentence", at: left.end, with: "," });
            }
            ", " if is_plain(before) && tag::starts_sentence(after) && is_prose(view, left.end) => {
                places.push(Place { rule: "comma-at-sentence-end", at: left.end, with: "." });
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
    for rule in ["stop-in-sentence", "comma-at-sentence-end"] {
        let count = places.iter().filter(|p| p.rule == rule).count();
        let level = if count >= HABIT { Level::Probable } else { Level::Suspect };
        for place in places.iter().filter(|p| p.rule == rule) {
            let reasons = vec![
                Reason::new("the words on both sides ask for another stop"),
                Reason::with("such places in the document", count as f64),
            ];
            out.propose(rule, level, 0.93, place.at..place.at + 1, place.with, reasons);
        }
    }
}

fn is_prose(view: &View<'_>, at: usize) -> bool {
    view.layout().region_at(at) == Region::Prose
}

fn is_hyphen(text: &str, start: usize, end: usize) -> bool {
    text.get(start..end) == Some("-")
}

/// A word in lower case that the lexicon trusts.
fn is_plain(word: &str) -> bool {
    word.chars().count() >= 2 && word.chars().all(char::is_lowercase)
}

/// Words that no clause ends with.
const NEVER_LAST: [&str; 40] = [
    "a", "an", "the", "and", "or", "but", "of", "to", "in", "on", "at", "by", "for", "from", "with", "into", "upon",
    "is", "are", "was", "were", "be", "been", "has", "have", "had", "my", "your", "his", "her", "its", "our", "their",
    "he", "she", "they", "we", "i", "ft", "cent",
];

/// Whether a full stop stands between two words of one sentence: what follows
/// is an English word in lower case, and what precedes is no abbreviation and
/// no word that a sentence never ends with.
fn full_stop_inside(view: &View<'_>, before: &str, after: &str) -> bool {
    // A pronoun in lower case more often begins a sentence whose capital is lost.
    const SUBJECTS: [&str; 8] = ["he", "she", "it", "it's", "we", "they", "you", "i"];
    let lexicon = view.evidence().lexicon();
    let trusted = |word: &str| lexicon.lookup(word).is_some_and(|e| e.trust() == Trust::Trusted);
    let lower = before.to_lowercase();
    is_plain(after)
        && before.chars().count() >= 3
        && before.chars().skip(1).all(char::is_lowercase)
        && !NEVER_LAST.contains(&lower.as_str())
        && !SUBJECTS.contains(&after)
        && after != "ft"
        && !tag::is_abbreviation(before)
        && trusted(before)
        && trusted(after)
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
        && !NEVER_LAST.contains(&before.to_lowercase().as_str())
        && !before.eq_ignore_ascii_case("it")
        && lexicon.is_word(before)
        && !lexicon.is_word(&format!("{before}-{after}"))
}
