//! Apostrophes inside a word that were lost or read as another mark.

use descan_lang::words::{WordList, WordLists};
use descan_rules::{Reason, RuleId};
use descan_text::level::Level;

use crate::pass::{Proposals, View};

/// `em` without its mark more often than this is somebody's spelling.
const FEW: usize = 3;
/// Bare contractions nearer to one another than this, in bytes, are somebody's
/// spelling.
const APART: usize = 600;

/// Proposes the apostrophe of a contraction that has none (`dont`), and that of `’em`.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let mut bare: Vec<(usize, &str)> = Vec::new();
    let is_wanted = |word: &str| {
        matches!(word, "em" | "Pon")
            || (4..=8).contains(&word.len()) && letters_before_apostrophe(view.lists(), word).is_some()
    };
    for index in view.words_that(is_wanted) {
        let token = view.words()[index];
        let span = token.span();
        match token.text(text) {
            "em" | "Pon" => elided(text, span, view, out),
            word => {
                if let Some(letters) = letters_before_apostrophe(view.lists(), word)
                    && !(word.eq_ignore_ascii_case("dont") && is_french(view.lists(), &text[..span.start]))
                {
                    bare.push((span.start + letters, word));
                }
            }
        }
    }
    lost_apostrophes(view, &bare, out);
}

/// Whether `dont` after this text is likely the French pronoun: it does not
/// follow a subject of English.
fn is_french(lists: &WordLists, before: &str) -> bool {
    let before = before.trim_end();
    let word = &before[before.trim_end_matches(char::is_alphabetic).len()..];
    !lists.has_in_any_case(WordList::SubjectsOfContractions, word)
}

/// How many letters stand before the apostrophe that a contraction lacks.
fn letters_before_apostrophe(lists: &WordLists, word: &str) -> Option<usize> {
    if !word.get(1..)?.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let with_apostrophe = word.len() + 1;
    lists.words(WordList::BareContractions).filter(|whole| whole.len() == with_apostrophe).find_map(|whole| {
        let (before, after) = whole.split_once('\'')?;
        let (start, end) = (word.get(..before.len())?, word.get(before.len()..)?);
        (start.eq_ignore_ascii_case(before) && end == after).then_some(before.len())
    })
}

/// Proposes the apostrophes of bare contractions, where the document writes
/// contractions with them.
fn lost_apostrophes(view: &View<'_>, bare: &[(usize, &str)], out: &mut Proposals<'_>) {
    let style = view.evidence().style();
    let (Some(apostrophe), vocabulary) = (style.apostrophe(), view.evidence().vocabulary()) else {
        return;
    };
    let whole = style.curly_apostrophes + style.straight_apostrophes;
    for (index, &(at, word)) in bare.iter().enumerate() {
        let always = word.eq_ignore_ascii_case("oclock");
        let near = |other: Option<&(usize, &str)>| other.is_some_and(|(place, _)| place.abs_diff(at) < APART);
        let alone = !near(bare.get(index + 1)) && !near(index.checked_sub(1).and_then(|i| bare.get(i)));
        let habit = alone && whole as usize >= 8 * bare.len();
        if view.evidence().lexicon().is_word(word) && vocabulary.count(word) > 2 || !(always || habit) {
            continue;
        }
        let reasons = vec![
            Reason::new("no word without its apostrophe"),
            Reason::with("contractions of the document that have theirs", f64::from(whole)),
            Reason::with("contractions that lack it", bare.len() as f64),
        ];
        out.propose(RuleId::LOST_APOSTROPHE, Level::Certain, at..at, apostrophe.to_string(), reasons);
    }
}

/// `em` and `’Pon` that lack the mark which stands for what is left out.
fn elided(text: &str, span: std::ops::Range<usize>, view: &View<'_>, out: &mut Proposals<'_>) {
    let Some(apostrophe) = view.evidence().style().apostrophe() else {
        return;
    };
    let (before, after) = (&text[..span.start], &text[span.end..]);
    let elides = match &text[span.clone()] {
        // `give em`, in a document that has `’em` elsewhere.
        "em" => {
            let count = |mark: &str| memchr::memmem::find_iter(text.as_bytes(), mark.as_bytes()).count();
            before.ends_with(' ')
                && before.trim_end().ends_with(char::is_lowercase)
                && !after.starts_with(['-', '’', '\''])
                && count(" ’em") + count(" 'em") >= 2.max(count(" em"))
                && count(" em") <= FEW
        }
        _ => {
            let oath = after.strip_prefix(" my ").unwrap_or_default();
            !before.ends_with(['’', '\'', '‘'])
                && view.lists().words(WordList::Oaths).any(|word| oath.starts_with(word))
        }
    };
    if elides {
        let reasons = vec![Reason::new("letters are left out here; elsewhere an apostrophe stands for them")];
        let at = span.start;
        out.propose(RuleId::LOST_APOSTROPHE, Level::Certain, at..at, apostrophe.to_string(), reasons);
    }
}
