//! A sign that the engine wrote for letters which it could not read.

use descan_lang::fill::Filled;
use descan_lang::terms::{SENTENCE_END, context, hash_folded, term};
use descan_rules::{Reason, RuleId};
use descan_text::case::{Shape, capitalise};
use descan_text::level::Level;
use descan_text::token::is_word_char;

use crate::evidence::signs::{Run, Signs, letters_read};
use crate::pass::{Proposals, View};
use crate::passes::judged::may_be_word;

/// The leads on the next word, in nats, from which a word is certain, probable, suspect.
const LEADS: [f32; 3] = [4.0, 2.0, 0.5];
/// The lead of a word that is the only one, in nats.
const NO_OTHER: f32 = 12.0;
/// How much more is asked where the letters alone are a word.
const OF_WORD: f32 = 4.0;
/// The log-probability, in nats, from which it is known or shown that the sign stands for the letters.
const KNOWN_READING: f32 = -6.6;
/// So many letters at least must be read where the document does not show what the sign stands for.
const ENOUGH: usize = 5;
/// The lead, in nats, of a word that is certain although the letters alone are words (`under_and`), where the
/// document shows what the sign stands for.
const FAR_AHEAD: f32 = 7.0;

/// Runs the rule.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    if view.evidence().signs().is_empty() {
        return;
    }
    for run in Signs::runs(view.text(), view.evidence().lexicon()) {
        if may_be_word(view, run.span.clone()) {
            propose(view, &run, out);
        }
    }
}

fn propose(view: &View<'_>, run: &Run, out: &mut Proposals<'_>) {
    let text = view.text();
    let read = &text[run.span.clone()];
    let signs = view.evidence().signs();
    let around = context(text, run.span.clone());
    let place = view.evidence().ngrams().slot(&around);
    let mut scored: Vec<(f32, &Filled, f32)> = Vec::new();
    for (filled, log_prob) in signs.words(read) {
        scored.push((place.score(&[term(&filled.word)]) + log_prob, filled, log_prob));
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.word.cmp(&b.1.word)));
    let Some(&(best, filled, log_prob)) = scored.first() else { return };
    let word = &*filled.word;
    let second = scored.iter().find(|other| other.1.word != word).map_or(best - NO_OTHER, |other| other.0);
    let lead = best - second;
    let is_speck = filled.fills.iter().all(String::is_empty);
    let is_known_reading = log_prob >= KNOWN_READING * filled.fills.len() as f32;
    let at_edge = !read.starts_with(is_word_char) || !read.ends_with(is_word_char);
    let is_bad_scan = view.evidence().is_misread_at(run.span.start);
    let shown = signs.are_shown(read) || is_bad_scan && Signs::are_strange(read);
    // A mark beside a word is a mark, or a speck that other rules take away.
    // So are addresses, names in programs and abbreviations (`P&O`), unless the document shows otherwise.
    let is_abbreviation = !read.contains(char::is_lowercase);
    let is_name = (read.contains(['@', '\\', '_']) || is_abbreviation) && !shown;
    let is_pair = run.is_paired && (!shown || run.is_word && lead < FAR_AHEAD);
    if run.is_word && (!shown || is_speck && at_edge) || is_name || is_pair {
        return;
    }
    let letters = letters_read(read);
    let asked = if run.is_word && !Signs::are_strange(read) { OF_WORD } else { 0.0 };
    let is_plain = !run.is_word || lead >= FAR_AHEAD && !run.is_paired;
    // A name by its letters alone may be another one.
    let is_name = view.evidence().lexicon().lookup(word).is_some_and(|e| !e.lower());
    let is_only = lead >= NO_OTHER && letters >= ENOUGH && !is_name;
    let reached = LEADS.iter().position(|least| lead >= least + asked);
    let level = match reached {
        Some(0) if shown && is_plain && (is_known_reading || is_only) => Level::Certain,
        Some(0 | 1) if shown && is_known_reading => Level::Probable,
        Some(0) if letters >= ENOUGH && (is_known_reading || is_only) => Level::Probable,
        Some(_) if is_known_reading || letters >= ENOUGH => Level::Suspect,
        _ => return,
    };
    let starts_sentence = around.left[1] == hash_folded(SENTENCE_END);
    let Some(written) = written(view, read, word, starts_sentence) else { return };
    let reasons = vec![
        Reason::new(match shown {
            true => "the document has that sign for letters in other words too",
            false => "a sign among letters that make no word without it",
        }),
        Reason::with("lead on the next word, in nats", f64::from(lead)),
    ];
    let probability = 1.0 - 0.5 * f64::from(-lead).exp();
    out.propose_judged(RuleId::SIGN_FOR_LETTERS, level, probability, run.span.clone(), written, reasons);
}

/// The word in the case of what was read, if that has one.
fn written(view: &View<'_>, read: &str, word: &str, starts_sentence: bool) -> Option<String> {
    let letters: String = read.chars().filter(|&c| is_word_char(c)).collect();
    let is_name = view.evidence().lexicon().lookup(word).is_some_and(|e| !e.lower());
    let is_first_unread = !read.starts_with(is_word_char);
    let cased = match Shape::of(&letters) {
        Shape::Lower if is_name || is_first_unread && starts_sentence => capitalise(word),
        Shape::Lower => word.to_owned(),
        Shape::Capital if !is_first_unread => capitalise(word),
        _ if letters.chars().all(char::is_uppercase) => word.to_uppercase(),
        _ => return None,
    };
    Some(view.evidence().style().apostrophes_of(&cased, read))
}
