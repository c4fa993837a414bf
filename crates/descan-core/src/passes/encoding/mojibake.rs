//! Mojibake: UTF-8 that was decoded as a single-byte code page, up to three times
//! over.
//!
//! A character outside ASCII takes two to four bytes in UTF-8, and these bytes
//! follow a pattern that text in a single-byte code page rarely matches by chance,
//! and never for long. So each run of such characters is turned back into bytes; if
//! these are the UTF-8 of a letter or mark found in English text, that is what it was.

use std::ops::Range;

use descan_rules::{Reason, RuleId};
use descan_text::level::Level;

use super::code_page::CodePage;
use crate::pass::Proposals;

/// How often a text may have been encoded over.
const DEPTH: usize = 3;
/// So many unmistakable places let the doubtful ones be repaired too.
const SUPPORT: usize = 3;

/// Longer runs of characters outside ASCII are cut, in bytes: text of another
/// script has them, and memory is bounded.
const LONGEST: usize = 1 << 14;

/// A stretch that reads as UTF-8 in some code page.
#[derive(Debug)]
struct Piece {
    span: Range<usize>,
    /// What it says decoded once, twice and so on, as far as all of it decodes.
    layers: Vec<String>,
    /// Which of them English text could have, by itself.
    depth: usize,
    /// It could be there on purpose: a lone letter between quotes in a text
    /// about encodings, or nothing but letters.
    doubtful: bool,
}

/// Proposes to decode mojibake.
pub(super) fn run(text: &str, out: &mut Proposals<'_>) {
    let runs = foreign_runs(text);
    if runs.is_empty() {
        return;
    }
    let best = CodePage::all()
        .iter()
        .filter_map(|page| {
            let pieces = pieces(text, &runs, page);
            let clear: usize = pieces.iter().filter(|p| !p.doubtful).map(|p| p.span.len()).sum();
            let all: usize = pieces.iter().map(|p| p.span.len()).sum();
            (clear > 0).then_some((page, pieces, (clear, all)))
        })
        // Of equal ones the first, which is the usual one.
        .reduce(|best, next| if next.2 > best.2 { next } else { best });
    let Some((page, pieces, _)) = best else {
        return;
    };
    let clear = pieces.iter().filter(|p| !p.doubtful).count();
    let usual = usual_depth(&pieces);
    for piece in pieces {
        if piece.doubtful && clear < SUPPORT {
            continue;
        }
        let reasons = vec![
            Reason::new(format!("the bytes of UTF-8 read as {}", page.name)),
            Reason::with("unmistakable places in the document", clear as f64),
        ];
        let meant = piece.meant(usual).to_owned();
        out.propose(RuleId::MOJIBAKE, Level::Certain, piece.span, meant, reasons);
    }
    if clear >= SUPPORT {
        lost_bytes(text, page, out);
    }
}

impl Piece {
    /// What it says in a text that was mostly encoded over `usual` times more than once.
    fn meant(&self, usual: usize) -> &str {
        let deeper = self.layers.get(usual).filter(|layer| self.depth < usual && layer.chars().all(is_expected));
        deeper.unwrap_or(&self.layers[self.depth])
    }
}

/// How often over most of the unmistakable places were encoded. What was done to
/// a whole text was done to its rare letters too, which by themselves prove nothing.
fn usual_depth(pieces: &[Piece]) -> usize {
    let mut counts = [0usize; DEPTH];
    for piece in pieces.iter().filter(|p| !p.doubtful) {
        counts[piece.depth] += 1;
    }
    let all: usize = counts.iter().sum();
    (0..DEPTH).find(|&depth| counts[depth] >= SUPPORT && counts[depth] * 2 > all).unwrap_or(0)
}

/// Runs of at least two characters outside ASCII, as byte spans.
fn foreign_runs(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(start) = bytes[at..].iter().position(|b| !b.is_ascii()).map(|i| at + i) {
        let near = &bytes[start..(start + LONGEST).min(bytes.len())];
        let end = near.iter().position(u8::is_ascii).map_or(start + near.len(), |i| start + i);
        let end = (start + 1..=end).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(bytes.len());
        if text[start..end].chars().nth(1).is_some() {
            runs.push(start..end);
        }
        at = end;
    }
    runs
}

fn pieces(text: &str, runs: &[Range<usize>], page: &CodePage) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for run in runs {
        let chars: Vec<(usize, char)> = text[run.clone()].char_indices().map(|(i, c)| (run.start + i, c)).collect();
        let mut at = 0;
        while at < chars.len() {
            let (next, once) = decode_from(&chars, at, page);
            if next == at {
                at += 1;
                continue;
            }
            let end = chars.get(next).map_or(run.end, |&(i, _)| i);
            let span = chars[at].0..end;
            let (layers, depth) = decode_again(once, page);
            let whole = !follows_unfinished(&chars[..at], page);
            let meant = &layers[depth];
            if whole && meant.chars().all(is_expected) && !among_its_own_script(text, &span, page) {
                let doubtful = is_doubtful(text, &span, meant);
                pieces.push(Piece { span, layers, depth, doubtful });
            }
            at = next;
        }
    }
    pieces
}

/// Whether the characters end in the beginning of a sequence whose last byte is
/// lost. What follows is left with it: once decoded, it would seem to be that byte.
fn follows_unfinished(before: &[(usize, char)], page: &CodePage) -> bool {
    let byte = |back: usize| before.len().checked_sub(back).and_then(|at| page.byte(before[at].1));
    matches!(byte(1), Some(0xc2..=0xf4))
        || matches!((byte(2), byte(1)), (Some(0xe0..=0xf4), Some(0x80..=0xbf)))
        || matches!((byte(3), byte(2), byte(1)), (Some(0xf0..=0xf4), Some(0x80..=0xbf), Some(0x80..=0xbf)))
}

/// Decodes as many UTF-8 sequences as stand in a row from `at`; returns where
/// they end, and what they say.
fn decode_from(chars: &[(usize, char)], mut at: usize, page: &CodePage) -> (usize, String) {
    let mut meant = String::new();
    while let Some((length, c)) = sequence(&chars[at..], page) {
        meant.push(c);
        at += length;
    }
    (at, meant)
}

/// The UTF-8 sequence at the start, as its length in characters and its meaning.
fn sequence(chars: &[(usize, char)], page: &CodePage) -> Option<(usize, char)> {
    let lead = page.byte(chars.first()?.1)?;
    let length = match lead {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let mut bytes = [0; 4];
    for (slot, &(_, c)) in bytes[..length].iter_mut().zip(chars.get(..length)?) {
        *slot = page.byte(c)?;
    }
    let c = std::str::from_utf8(&bytes[..length]).ok()?.chars().next()?;
    Some((length, c))
}

/// Decodes further layers for as long as everything in them decodes; returns all of
/// them, the first one included, and which is the deepest that English text could have.
fn decode_again(once: String, page: &CodePage) -> (Vec<String>, usize) {
    let mut layers = vec![once];
    let mut depth = 0;
    while layers.len() < DEPTH {
        let chars: Vec<(usize, char)> = layers[layers.len() - 1].char_indices().collect();
        let (end, deeper) = decode_from(&chars, 0, page);
        if end < chars.len() || deeper.is_empty() {
            break;
        }
        // What decodes twice may have a mark above its letter, though alone it would
        // prove nothing.
        if deeper.chars().all(|c| is_expected(c) && (!is_rare(c) || ('\u{300}'..='\u{36f}').contains(&c))) {
            depth = layers.len();
        }
        layers.push(deeper);
    }
    (layers, depth)
}

/// Letters that English hardly has: they prove nothing.
fn is_rare(c: char) -> bool {
    ('\u{180}'..'\u{2000}').contains(&c)
}

/// What English text has outside ASCII: Latin letters, marks, symbols, emoji.
pub(super) fn is_expected(c: char) -> bool {
    matches!(c, '\u{a0}'..='\u{24f}' | '\u{259}' | '\u{2c6}'..='\u{2dd}' | '\u{300}'..='\u{36f}'
        | '\u{1e00}'..='\u{1eff}' | '\u{2009}'..='\u{2027}' | '\u{202f}'..='\u{205e}' | '\u{2060}'
        | '\u{2070}'..='\u{209c}' | '\u{20a0}'..='\u{20bf}' | '\u{2100}'..='\u{22ff}' | '\u{2500}'..='\u{27bf}'
        | '\u{391}'..='\u{3c9}' | '\u{2e3a}' | '\u{2e3b}' | '\u{fb00}'..='\u{fb06}' | '\u{feff}'
        | '\u{1f300}'..='\u{1faff}')
}

/// Whether letters of the code page's own script stand beside the place: then
/// it is a word of that script.
fn among_its_own_script(text: &str, span: &Range<usize>, page: &CodePage) -> bool {
    let own = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && c > '\u{24f}');
    page.other_script && (own(text[..span.start].chars().next_back()) || own(text[span.end..].chars().next()))
}

fn is_doubtful(text: &str, span: &Range<usize>, meant: &str) -> bool {
    let before = text[..span.start].chars().next_back();
    let after = text[span.end..].chars().next();
    let quoted = |c: Option<char>| {
        c.is_some_and(|c| matches!(c, '"' | '\'' | '`' | '(' | ')' | '“' | '”' | '‘' | '’' | '=' | ','))
    };
    let open = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    // Two letters in a row may be two letters; three that make a mark are not.
    let marks = meant.chars().any(|c| ('\u{2010}'..='\u{2027}').contains(&c));
    let letters = !marks && text[span.clone()].chars().all(char::is_alphabetic);
    let lone_letter = meant.chars().all(char::is_alphabetic) && open(before) && open(after);
    let rare = meant.chars().all(is_rare);
    letters || rare || lone_letter || (quoted(before) && quoted(after))
}

/// Offers a closing quote where only two of its three characters came through:
/// its last byte is one that Windows-1252 leaves undefined.
fn lost_bytes(text: &str, page: &CodePage, out: &mut Proposals<'_>) {
    let (Some(first), Some(second)) = (page.decode(0xe2), page.decode(0x80)) else {
        return;
    };
    let lost: String = [first, second].iter().collect();
    for (at, _) in text.match_indices(&lost) {
        let end = at + lost.len();
        if text[end..].chars().next().is_none_or(|c| c.is_ascii()) {
            let reasons = vec![Reason::new("a closing quote of which the last byte is lost")];
            out.propose(RuleId::MOJIBAKE_LOST_BYTE, Level::Probable, at..end, "”", reasons);
        }
    }
}
