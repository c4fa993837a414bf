//! Pass `words`: words run together, and words split in two.

use std::ops::Range;

use crate::evidence::decide::{Judge, Kind};
use crate::passes::judged::{self, judge_all};
use crate::pipeline::{Proposals, View};
use crate::text::layout::Region;
use crate::text::token::Token;

/// Runs the pass.
pub fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let rule_of = |kind| match kind {
        Kind::RunOn => Some("run-on"),
        Kind::Split => Some("split-word"),
        _ => None,
    };
    judged::open_words(view, rule_of, out);
    if out.wants(PARTED) {
        parted(view, out);
    }
}

const PARTED: &str = "parted-word";

/// Two words that were one: `be came`.
fn parted(view: &View<'_>, out: &mut Proposals<'_>) {
    if !Judge::may_be_parted(view.evidence()) {
        return;
    }
    let (open, types) = (view.open_types(), view.types().of_words());
    // What is asked of the second word holds wherever it stands.
    let is_second =
        |(first, is_open): (Token, bool)| !is_open && first.text(view.text()).chars().all(char::is_lowercase);
    let firsts = view.types().iter().map(|(first, _)| first);
    let seconds: Vec<bool> = firsts.zip(open.iter().copied()).map(is_second).collect();
    let (words, bytes) = (view.words(), view.text().as_bytes());
    let is_known = |index: usize| {
        !open[types[index] as usize]
            && types.get(index + 1).is_some_and(|&next| seconds[next as usize])
            && words[index].end + 1 == words[index + 1].start
            && bytes[words[index].end as usize] == b' '
    };
    let judge = |judge: &Judge<'_>, index| judge.apart(view.text(), view.words(), index);
    for (index, judgement) in judge_all(view, is_known, judge) {
        judged::propose(view, PARTED, view.words()[index].text(view.text()), judgement, out);
    }
}

/// Whether a word stands where words may be repaired: not in a table or in
/// code, not in an address, not as one half of a word cut by a line's end, and
/// not beside a byte or control character that may hide the rest of the word.
pub fn may_judge(view: &View<'_>, span: Range<usize>) -> bool {
    let text = view.text();
    if matches!(view.layout().region_at(span.start), Region::Table | Region::Code) {
        return false;
    }
    let before = text[..span.start].trim_end_matches([' ', '\n']);
    if before.len() < span.start && before.ends_with(['-', '\u{ad}', '¬']) || text[span.end..].starts_with("-\n") {
        return false;
    }
    // A hyphen at a line's end may be misread itself.
    if text[before.len()..span.start].contains('\n') && before.ends_with(['«', '»', '~', '^', '_', '=']) {
        return false;
    }
    let beside = [text[..span.start].chars().next_back(), text[span.end..].chars().next()];
    !beside.into_iter().flatten().any(hides_letters) && !is_address(text, span)
}

/// Whether a character is no text: a byte that cannot be decoded, a control
/// character, or one that turns the direction of writing.
fn hides_letters(c: char) -> bool {
    c == '\u{fffd}'
        || c.is_control() && !matches!(c, '\n' | '\t' | '\u{c}')
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// How far around a word its address is looked for, in bytes.
const REACH: usize = 80;

/// Whether the characters around a word, up to the blanks, look like a web or
/// mail address, a path or a name in a program.
fn is_address(text: &str, span: Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let from = (span.start.saturating_sub(REACH)..span.start).rev().find(|&i| bytes[i].is_ascii_whitespace());
    let to = (span.end..(span.end + REACH).min(bytes.len())).find(|&i| bytes[i].is_ascii_whitespace());
    let from = from.map_or(span.start.saturating_sub(REACH), |i| i + 1);
    let to = to.unwrap_or((span.end + REACH).min(bytes.len()));
    let around = &bytes[from..to];
    memchr::memchr3(b'@', b'\\', b'_', around).is_some()
        || around.windows(3).any(|w| w == b"://")
        || around.windows(4).any(|w| w == b"www.")
        || span.end < to
            && bytes[span.end] == b'.'
            && bytes.get(span.end + 1).is_some_and(u8::is_ascii_lowercase)
            && bytes[span.end + 1..to].iter().take_while(|b| b.is_ascii_lowercase()).count() <= 4
            && bytes[span.start].is_ascii_lowercase()
            && (matches!(bytes.get(to.wrapping_sub(1)), Some(b'/'))
                || around.ends_with(b".com")
                || around.ends_with(b".org"))
}
