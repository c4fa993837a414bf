//! Breaks between scenes that the engine read as noise.
//!
//! Asterisks between two scenes come out as `OK OK`, `oe ok 3k`, `* ok` or `< +`.
//! One such line may be anything; where a document has several, each alone
//! between two paragraphs that end and begin, they are its scene breaks.

use crate::finding::Reason;
use crate::level::Level;
use crate::pipeline::{Proposals, View};
use crate::text::flow::{End, Start};
use crate::text::layout::Line;

/// How many breaks a document must show for one to be certain.
const PATTERN: usize = 2;

/// A line alone between paragraphs.
struct Candidate {
    line: usize,
    reading: Reading,
}

/// How a line reads as a scene break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    /// It is one: `* * *`.
    Whole,
    /// Two tokens at least that are read for asterisks.
    Noise,
    /// One of them, and letters besides.
    Mixed,
}

/// Proposes to write scene breaks as the document writes its whole ones.
pub fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    let lines = view.layout().lines();
    let candidates: Vec<Candidate> = (0..lines.len())
        .filter_map(|line| {
            let reading = Reading::of(text[lines[line].span()].trim())?;
            stands_between(text, lines, line).then_some(Candidate { line, reading })
        })
        .collect();
    let shown = candidates.iter().filter(|c| c.reading != Reading::Mixed).count();
    if shown == 0 {
        return;
    }
    let body = |c: &Candidate| text[lines[c.line].span()].trim();
    let whole = candidates.iter().find(|c| c.reading == Reading::Whole).map_or("* * *", body);
    for c in candidates.iter().filter(|c| c.reading != Reading::Whole) {
        let level = if shown >= PATTERN { Level::Certain } else { Level::Probable };
        let reasons = vec![
            Reason::new("alone between two paragraphs, of signs read for asterisks"),
            Reason::with("scene breaks in the document, whole or read so", shown as f64),
        ];
        let line = &lines[c.line];
        out.propose(
            "misread-scene-break",
            level,
            0.97,
            line.text_start..line.text_start + body(c).len(),
            whole,
            reasons,
        );
    }
}

impl Reading {
    fn of(line: &str) -> Option<Reading> {
        if line.is_empty() || line.len() > 12 {
            return None;
        }
        let tokens: Vec<&str> = line.split_whitespace().collect();
        if tokens.len() >= 3 && tokens.iter().all(|t| *t == "*") || matches!(line, "***" | "*****") {
            return Some(Reading::Whole);
        }
        let stars = tokens.iter().filter(|t| is_read_for_star(t)).count();
        let short = tokens.iter().all(|t| t.chars().count() <= 3);
        let marked = line.contains(['*', '+', '<']);
        match tokens.len() {
            1 if marked && stars == 1 && line.len() >= 2 => Some(Reading::Noise),
            2..=4 if stars == tokens.len() || short && stars >= 2 => Some(Reading::Noise),
            2..=4 if stars > 0 && short => Some(Reading::Mixed),
            _ => None,
        }
    }
}

/// Whether a token is an asterisk, several, or what engines read for one.
fn is_read_for_star(token: &str) -> bool {
    let marks =
        |t: &str| t.chars().count() <= 3 && t.chars().all(|c| matches!(c, '*' | '+' | '<' | '>' | '«' | '»' | '×'));
    marks(token) || matches!(token, "ok" | "OK" | "Ok" | "oK" | "3k" | "xk" | "ek" | "%" | "#" | "x")
}

/// Whether a line stands alone where one paragraph has ended and another begins.
fn stands_between(text: &str, lines: &[Line], index: usize) -> bool {
    let alone = |i: Option<usize>| i.and_then(|i| lines.get(i)).is_some_and(Line::is_blank);
    if !alone(index.checked_sub(1)) || !alone(Some(index + 1)) {
        return false;
    }
    let near = |i: &usize| !lines[*i].is_blank();
    let before = (index.saturating_sub(4)..index).rev().find(near);
    let after = (index + 1..lines.len().min(index + 5)).find(near);
    let (Some(before), Some(after)) = (before, after) else { return false };
    let (before, after) = (text[lines[before].span()].trim(), text[lines[after].span()].trim());
    End::of(before) == End::Sentence
        && before.len() > 12
        && after.len() > 12
        && matches!(Start::of(after), Start::Capital | Start::Quote)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_for_asterisks() {
        for (line, reading) in [
            ("* * *", Some(Reading::Whole)),
            ("OK OK", Some(Reading::Noise)),
            ("< +", Some(Reading::Noise)),
            ("**", Some(Reading::Noise)),
            ("oe ok 3k", Some(Reading::Noise)),
            ("ae OK a", Some(Reading::Mixed)),
            ("OK", None),
            ("it is", None),
            ("“Oh?”", None),
        ] {
            assert_eq!(Reading::of(line), reading, "{line}");
        }
    }
}
