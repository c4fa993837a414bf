//! Files of many encodings and line ends, and edits of them.

use descan_core::finding::{Finding, Spot};
use descan_core::pipeline::Outcome;
use descan_rules::Reason;
use descan_rules::RuleSet;
use descan_source::Document;
use descan_text::edit::{Edit, EditList};
use descan_text::layout::Region;
use descan_text::level::Level;
use encoding_rs::WINDOWS_1252;
use proptest::prelude::*;

/// A start that no one takes for UTF-8.
const WINDOWS_1252_START: &[u8] = b"It\x92s a caf\xe9 \x97 and no \x93UTF-8\x94.\n";

/// Any file: text in several encodings with several line ends, or noise.
pub(crate) fn any_file() -> impl Strategy<Value = Vec<u8>> {
    let line = "[a-zA-Zéñ“”’\u{fb01} ,.\\-]{0,12}";
    let end = prop_oneof![4 => Just("\n"), 2 => Just("\r\n"), 1 => Just("\r"), 1 => Just("\u{0}\u{1b}[0m")];
    let text = (prop::collection::vec((line, end), 0..24), line)
        .prop_map(|(lines, last)| lines.into_iter().map(|(l, e)| l + e).collect::<String>() + &last);
    let encoded = (text, 0..5usize).prop_map(|(text, kind)| {
        let marked = format!("\u{feff}{text}");
        match kind {
            0 => text.into_bytes(),
            1 => marked.into_bytes(),
            2 => marked.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            3 => marked.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            _ => [WINDOWS_1252_START, &*WINDOWS_1252.encode(&text).0].concat(),
        }
    });
    prop_oneof![1 => prop::collection::vec(any::<u8>(), 0..80), 9 => encoded]
}

/// Where edits go and what they write, whatever the text.
pub(crate) type Places = Vec<(usize, usize, String)>;

/// Edits for a text that is not known yet.
pub(crate) fn any_places() -> impl Strategy<Value = Places> {
    prop::collection::vec((0usize..300, 0usize..16, "[a-zé’\u{fb01}\n]{0,4}"), 0..6)
}

/// Edits of a document at those places, none of bytes that are no text, with
/// findings that tell of them.
pub(crate) fn outcome(document: &Document<'_>, places: &Places) -> Outcome {
    let text = document.text();
    let border =
        |at: usize| (at.min(text.len())..=text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len());
    let edits = places
        .iter()
        .map(|(at, length, new)| Edit::new(border(*at)..border(at + length), new.clone()))
        .filter(|e| !text[e.span.clone()].contains('\u{fffd}') && document.can_take(&e.text))
        .collect();
    let edits = EditList::new(edits).without_idle(text);
    let rules = RuleSet::built_in();
    let rule = rules.find("ligature").expect("a built-in rule");
    let finding = |edit: &Edit| Finding {
        rule,
        pass: rules.get(rule).pass,
        level: Level::Certain,
        confidence: 0.99,
        span: edit.span.clone(),
        before: text[edit.span.clone()].to_owned(),
        after: edit.text.clone(),
        weighed: None,
        reasons: vec![Reason::with("a number", 0.5)],
        region: Region::Prose,
        applied: true,
        part_of: None,
        spot: Spot::default(),
        decided: None,
    };
    let mut outcome = Outcome::default();
    outcome.findings = edits.iter().map(finding).collect();
    outcome.edits = edits;
    outcome
}
