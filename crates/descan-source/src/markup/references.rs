//! References to characters: `&amp;`, `&#8217;`, `&rsquo;`.

use std::ops::Range;

use quick_xml::escape::resolve_predefined_entity;

/// Stands for a reference that names no character known here; no edit touches it.
pub(crate) const UNKNOWN: char = '\u{fffd}';

/// The character of a reference, from `&` to `;`. Entities that a file defines itself are
/// not known: what they hold is not looked at, however large it is.
pub(crate) fn character(reference: &str) -> char {
    let name = reference.trim_start_matches('&').trim_end_matches(';');
    let number = match name.strip_prefix('#') {
        None => {
            let mut named = resolve_predefined_entity(name).unwrap_or_default().chars();
            return named.next().filter(|_| named.next().is_none()).unwrap_or(UNKNOWN);
        }
        Some(digits) => match digits.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => digits.parse(),
        },
    };
    let known = number.ok().and_then(char::from_u32);
    known.filter(|c| !c.is_control() || c.is_ascii_whitespace()).unwrap_or(UNKNOWN)
}

/// A part of raw character data.
pub(crate) enum Part {
    /// Stands for itself.
    Verbatim(Range<usize>),
    /// Stands for a character.
    Reference(Range<usize>, char),
}

/// The parts of raw character data, with their places in `raw`.
pub(crate) fn parts(raw: &str) -> Vec<Part> {
    let mut parts = Vec::with_capacity(1);
    let mut done = 0;
    for at in memchr::memchr_iter(b'&', raw.as_bytes()) {
        if at < done {
            continue;
        }
        let Some(end) = end_of(&raw[at..]).map(|length| at + length) else { continue };
        if at > done {
            parts.push(Part::Verbatim(done..at));
        }
        parts.push(Part::Reference(at..end, character(&raw[at..end])));
        done = end;
    }
    if done < raw.len() {
        parts.push(Part::Verbatim(done..raw.len()));
    }
    parts
}

/// The length of the reference at the start of `raw`, if there is one.
fn end_of(raw: &str) -> Option<usize> {
    let name = raw.as_bytes().iter().skip(1).take_while(|b| b.is_ascii_alphanumeric() || **b == b'#').count();
    (name > 0 && raw.as_bytes().get(1 + name) == Some(&b';')).then_some(name + 2)
}

/// Raw character data as text.
pub(crate) fn resolved(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    for part in parts(raw) {
        match part {
            Part::Verbatim(span) => text.push_str(&raw[span]),
            Part::Reference(_, c) => text.push(c),
        }
    }
    text
}
