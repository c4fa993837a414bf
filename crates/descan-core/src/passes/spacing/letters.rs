//! Specks in the margins that were read as letters.

use descan_rules::{Reason, RuleId};
use descan_text::layout::Line;
use descan_text::level::Level;

use super::lone::few;
use crate::pass::{Proposals, View};

/// Proposes to take out a letter that stands alone after the last sentence of a
/// paragraph, or before the first word of one.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let lines = view.layout().lines();
    let mut found = Vec::new();
    let mut first_letters = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if line.is_blank() || !line.region.is_running() {
            continue;
        }
        let body = text[line.text_start..line.end].trim_end();
        let last = lines.get(index + 1).is_none_or(Line::is_blank);
        let first = index.checked_sub(1).is_none_or(|above| lines[above].is_blank());
        if last && let Some((from, letter)) = behind(body) {
            // `A` may be the article of a sentence that a break parts.
            let level = match letter {
                'A' | 'I' => Level::Suspect,
                _ if letter.is_uppercase() => Level::Probable,
                _ => Level::Certain,
            };
            found.push((line.text_start + from..line.text_start + body.len(), level));
        }
        if first && let Some(length) = before(body, view) {
            first_letters.push((line.text_start..line.text_start + length, Level::Certain));
        }
    }
    // The items of a list have letters too.
    if first_letters.len() == 1 {
        found.append(&mut first_letters);
    }
    if found.len() > few(view.words().len()) {
        return;
    }
    for (span, level) in found {
        let reasons = vec![Reason::new("a letter alone at a paragraph's edge, outside its sentences")];
        out.propose(RuleId::STRAY_LETTER, level, span, "", reasons);
    }
}

/// A letter alone after the end of a sentence, and where the space before it is.
fn behind(body: &str) -> Option<(usize, char)> {
    let letter = body.chars().next_back().filter(|c| c.is_alphabetic())?;
    let sentence = body[..body.len() - letter.len_utf8()].strip_suffix(' ')?.trim_end();
    let ends =
        sentence.ends_with(['.', '!', '?', '”', '"', '…']) && sentence.chars().filter(|c| *c == ' ').count() >= 2;
    ends.then_some((sentence.len(), letter))
}

/// The length of a small letter and its space before a word with a capital.
fn before(body: &str, view: &View<'_>) -> Option<usize> {
    let letter = body.chars().next().filter(|c| c.is_ascii_lowercase() && !matches!(c, 'a' | 'e' | 'i' | 'o' | 'y'))?;
    let rest = body[letter.len_utf8()..].strip_prefix(' ')?;
    let word = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
    let begins = word.len() >= 2
        && word.starts_with(char::is_uppercase)
        && view.evidence().lexicon().lookup(word).is_some_and(|e| e.lower_share() >= 1.0);
    let goes_on = rest[word.len()..].strip_prefix(' ').is_some_and(|next| next.starts_with(char::is_lowercase));
    (begins && goes_on).then_some(letter.len_utf8() + 1)
}
