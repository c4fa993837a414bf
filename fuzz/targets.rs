//! What must hold for any bytes. Each function takes one input and panics where
//! something does not hold. The fuzz targets run them, and `tests/fuzz_smoke.rs`.

use std::path::Path;
use std::sync::OnceLock;

use descan_cli::settings::Layer;
use descan_core::decisions::Decisions;
use descan_core::pass::Options;
use descan_core::pipeline::clean as run;
use descan_report::baseline::Baseline;
use descan_report::diff::unified;
use descan_report::ledger::{FileLine, Line, PathRecord, restore};
use descan_report::{FindingRecord, records as records_of};
use descan_rules::PassName;
use descan_rules::RuleSet;
use descan_source::{Document, encode};
use descan_text::edit::{Edit, EditList};
use descan_text::level::Level;

/// Any bytes are a text, and come back when nothing is edited.
pub(crate) fn decode(data: &[u8]) {
    let document = Document::decode(data);
    let text = document.text();
    assert!(!text.contains('\r'), "line ends are one character");
    assert_eq!(document.splice(&EditList::default()).apply(data), data);
    for (at, c) in text.char_indices().take(200) {
        let span = at..at + c.len_utf8();
        let place = document.file_span(span.clone());
        assert!(place.start <= place.end && place.end <= data.len());
        if c != '\u{fffd}' {
            assert_eq!(*encode(&document.original(span), document.encoding()), data[place]);
        }
    }
}

/// At any level: edits are in order and on the borders of characters, findings
/// tell them as they are, the ledger leads back, and cleaned again the file stays.
pub(crate) fn clean(data: &[u8]) {
    let Some((&first, data)) = data.split_first() else { return };
    let options = Options { level: Level::ALL[usize::from(first) % 3], ..Options::default() };
    let document = Document::decode(data);
    let text = document.text();
    let outcome = run(&document, rules(), &options);
    let mut end = 0;
    for edit in outcome.edits.iter() {
        assert!(edit.span.start >= end && text.get(edit.span.clone()).is_some_and(|old| old != edit.text));
        end = edit.span.end;
    }
    for finding in &outcome.findings {
        assert_eq!(text.get(finding.span.clone()), Some(&*finding.before));
        assert!((0.0..=1.0).contains(&finding.confidence), "{}", finding.confidence);
    }
    let splice = document.splice(&outcome.edits);
    let cleaned = splice.apply(data);
    let file = FileLine::new(PathRecord::new(Path::new("x")), None, &document, &outcome, &splice, &cleaned);
    let edits = records_of(1, &document, &outcome, rules());
    assert_eq!(restore(&cleaned, &file, &edits).as_deref(), Ok(data));
    let again = Document::decode(&cleaned[..]);
    assert_eq!(again.write(&run(&again, rules(), &options).edits).bytes, cleaned, "cleaned again, it stays");
}

/// A rule file is refused with a sentence, or is a rule.
pub(crate) fn rule_file(data: &[u8]) {
    let Ok(source) = std::str::from_utf8(data) else { return };
    let pass = PassName::parse("letters").unwrap_or_else(|| panic!("a pass"));
    let mut rules = RuleSet::built_in();
    match rules.add(pass, "own.toml", source) {
        Ok(_) => {
            let document = Document::decode(TEXT.as_bytes());
            let _ = run(&document, &rules, &Options::default()).edits.apply(document.text());
        }
        Err(refusal) => sentence(&refusal.to_string()),
    }
}

/// Settings are refused with the place, or are settings.
pub(crate) fn settings(data: &[u8]) {
    let Ok(source) = std::str::from_utf8(data) else { return };
    if let Err(refusal) = Layer::parse(Path::new("descan.toml"), source) {
        sentence(&refusal.to_string());
    }
}

/// Ledgers, decisions and baselines that someone else wrote: refused, or of no harm.
pub(crate) fn records(data: &[u8]) {
    let _ = Decisions::read("descan.decisions.jsonl", data);
    let text = String::from_utf8_lossy(data);
    let _ = Baseline::parse(&text);
    let mut files: Vec<(FileLine, Vec<FindingRecord>)> = Vec::new();
    for line in data.split(|&b| b == b'\n') {
        match serde_json::from_slice(line) {
            Ok(Line::File(file)) => files.push((file, Vec::new())),
            Ok(Line::Edit(edit)) => {
                if let Some((_, edits)) = files.last_mut() {
                    edits.push(edit);
                }
            }
            _ => {}
        }
    }
    for (mut file, edits) in files {
        let _ = file.path.to_path();
        // With the hash right, the lines themselves are put to the test.
        file.sha256_after = descan_text::hash::sha256(TEXT.as_bytes());
        let _ = restore(TEXT.as_bytes(), &file, &edits);
    }
}

/// A diff of any edits of any bytes leads from the one to the other and back.
pub(crate) fn diff(data: &[u8]) {
    let (places, data) = data.split_at(data.len().min(12));
    let document = Document::decode(data);
    let text = document.text();
    let border =
        |at: usize| (at.min(text.len())..=text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len());
    let edits = places.chunks_exact(3).map(|place| {
        let start = border(usize::from(place[0]) * text.len().div_ceil(256));
        let new = ["", "x", "\n", "one\ntwo\n"][usize::from(place[2]) % 4];
        Edit::new(start..border(start + usize::from(place[1]) % 20), new)
    });
    let edits = edits.filter(|e| !text[e.span.clone()].contains('\u{fffd}') && document.can_take(&e.text)).collect();
    let edits = EditList::new(edits).without_idle(text);
    let splice = document.splice(&edits);
    let cleaned = splice.apply(data);
    let diff = unified(data, &splice, b"a/x", b"b/x");
    assert_eq!(diff.is_empty(), cleaned == data);
    assert_eq!(patched(data, &diff, b'-', b'+'), cleaned);
    assert_eq!(patched(&cleaned, &diff, b'+', b'-'), data);
}

const TEXT: &str = "The first officer wrote #12 in the gar#den book, and the men went home.\n";

fn rules() -> &'static RuleSet {
    static RULES: OnceLock<RuleSet> = OnceLock::new();
    RULES.get_or_init(RuleSet::built_in)
}

fn sentence(what: &str) {
    assert!(!what.is_empty() && !what.contains(['\u{1b}', '\u{202e}', '\0']), "{what:?}");
}

/// What `patch` makes of `old` by a unified diff: lines of `gone` give way to
/// those of `come`.
fn patched(old: &[u8], diff: &[u8], gone: u8, come: u8) -> Vec<u8> {
    let mut rest: Vec<&[u8]> = old.split_inclusive(|&b| b == b'\n').collect();
    rest.reverse();
    let mut out: Vec<u8> = Vec::new();
    let mut line_number = 1;
    let side = usize::from(gone == b'+') + 1;
    let mut lines = diff.split_inclusive(|&b| b == b'\n').skip(2).peekable();
    while let Some(line) = lines.next() {
        let (kind, body) = line.split_first().expect("a line");
        let cut = lines.peek().is_some_and(|next| next.starts_with(b"\\"));
        let body = if cut { body.strip_suffix(b"\n").unwrap_or(body) } else { body };
        match *kind {
            b'@' => {
                let head = String::from_utf8_lossy(line).into_owned();
                let range = head.split(' ').nth(side).expect("a range").get(1..).expect("a sign");
                let (start, count) = range.split_once(',').unwrap_or((range, "1"));
                let empty = usize::from(count == "0");
                let start = start.parse::<usize>().expect("a number") + empty;
                while line_number < start {
                    out.extend(rest.pop().expect("a line"));
                    line_number += 1;
                }
            }
            b'\\' => {}
            kind => {
                if kind != come {
                    assert_eq!(rest.pop(), Some(body), "the old text");
                    line_number += 1;
                }
                if kind != gone {
                    out.extend(body);
                }
            }
        }
    }
    rest.reverse();
    out.extend(rest.concat());
    out
}
