//! How a file writes its characters, so that new text is written likewise.

use std::collections::BTreeMap;

use super::quote::Quote;

/// How a file writes characters.
#[derive(Clone, Debug, Default)]
pub(crate) struct Manner {
    /// The first reference in the file for each character that has one.
    seen: BTreeMap<char, Box<str>>,
    /// Whether any character beyond ASCII stands for itself.
    has_raw: bool,
    /// Whether the file's encoding is sure to hold ASCII alone.
    ascii_only: bool,
}

impl Manner {
    /// Takes note of a reference.
    pub(crate) fn saw(&mut self, reference: &str, c: char) {
        self.seen.entry(c).or_insert_with(|| reference.into());
    }

    /// Takes note of what another part of the file does; what was seen first stands.
    pub(crate) fn join(&mut self, other: Manner) {
        for (c, reference) in other.seen {
            self.seen.entry(c).or_insert(reference);
        }
    }

    /// Takes note of the whole decoded file, and whether its encoding is sure to hold
    /// ASCII alone.
    pub(crate) fn look_at(&mut self, text: &str, ascii_only: bool) {
        self.has_raw = !text.is_ascii();
        self.ascii_only = ascii_only;
    }

    /// Text as the file would write it at a place with these quotes.
    pub(crate) fn escaped(&self, text: &str, quote: Quote) -> String {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            self.push(c, quote, &mut out);
        }
        out
    }

    fn push(&self, c: char, quote: Quote, out: &mut String) {
        let must = match c {
            _ if quote == Quote::Raw => None,
            '&' => Some("&amp;"),
            '<' => Some("&lt;"),
            '>' => Some("&gt;"),
            '"' if quote == Quote::Double => Some("&quot;"),
            // XML and HTML both know the number, only XML the name.
            '\'' if quote == Quote::Single => Some("&#39;"),
            _ => None,
        };
        match (self.seen.get(&c).filter(|_| quote != Quote::Raw), must) {
            (Some(seen), Some(_)) => out.push_str(seen),
            (None, Some(must)) => out.push_str(must),
            // A file of ASCII with references says what it cannot hold by reference; one
            // that refers to this very character without need keeps to that too.
            (Some(seen), None) if c.is_ascii() || !self.has_raw => out.push_str(seen),
            (None, None) if !c.is_ascii() && self.wants_number() && quote != Quote::Raw => {
                let number = u32::from(c);
                out.push_str(&if self.is_hexadecimal() { format!("&#x{number:X};") } else { format!("&#{number};") });
            }
            _ => out.push(c),
        }
    }

    /// Whether a character beyond ASCII is written as a number.
    fn wants_number(&self) -> bool {
        let has_numbers = || self.seen.iter().any(|(c, reference)| !c.is_ascii() && reference.starts_with("&#"));
        self.ascii_only || (!self.has_raw && has_numbers())
    }

    fn is_hexadecimal(&self) -> bool {
        self.seen.iter().any(|(c, reference)| !c.is_ascii() && reference.starts_with("&#x"))
    }
}
