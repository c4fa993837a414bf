//! Stories and pages written for this project, damaged as scans are: what
//! becomes of each at `certain`, and what must hold on the way. Below them the
//! files that are hardly texts, which must never fail.

#[allow(dead_code)] // Shared with the tests of the command line.
#[path = "cli/support.rs"]
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use descan_core::pass::Options;
use descan_core::pipeline::{Outcome, clean};
use descan_report::FindingRecord;
use descan_report::ledger::Line;
use descan_rules::RuleSet;
use descan_source::Document;
use descan_text::level::Level;

use support::Folder;

/// One module a story: `NAME.scan.txt` becomes `NAME.clean.txt`.
macro_rules! stories {
    ($($module:ident = $name:literal;)*) => {
        /// The names of all stories that are tested.
        const STORIES: &[&str] = &[$($name),*];
        $(mod $module {
            use super::*;

            #[test]
            fn comes_out_exactly() {
                exact($name);
            }

            #[test]
            fn is_cleaned_in_one_go() {
                idempotent($name);
            }

            #[test]
            fn is_undone_byte_for_byte() {
                undone(&format!("{}.scan.txt", $name));
            }

            #[test]
            fn keeps_the_bytes_outside_its_edits() {
                bytes_kept(&format!("{}.scan.txt", $name));
            }
        })*
    };
}

stories! {
    a_story_with_dialogue_and_a_hyphenated_name = "harbour-story";
    a_letter_in_a_story_with_its_quotes_misdecoded = "letter-in-story";
    a_poem_inside_a_story = "poem-inside";
    a_title_page_with_a_table_of_contents = "contents-page";
    pages_with_running_heads_and_misread_numbers = "running-heads";
    british_single_quotes = "british-quotes";
    windows_1252_with_crlf = "latin1-crlf";
    a_typescript_with_straight_quotes = "straight-typescript";
    a_heavily_damaged_page = "heavy-page";
    an_old_print_with_catchwords_and_a_footnote = "old-print";
    a_typescript_with_a_blank_line_after_every_line = "wide-typescript";
    a_page_that_went_through_converters = "web-copy";
    a_story_without_damage = "undamaged";
}

/// One module a file that is hardly a text.
macro_rules! bad_input {
    ($($module:ident = $name:literal;)*) => {
        /// The names of all bad files that are tested.
        const BAD: &[&str] = &[$($name),*];
        $(mod $module {
            use super::*;

            #[test]
            fn never_fails() {
                survives(concat!("bad/", $name));
            }

            #[test]
            fn is_undone_byte_for_byte() {
                undone(concat!("bad/", $name));
            }

            #[test]
            fn keeps_the_bytes_outside_its_edits() {
                bytes_kept(concat!("bad/", $name));
            }
        })*
    };
}

bad_input! {
    bidi_controls_and_terminal_escapes = "bidi-and-escapes.txt";
    heaps_of_combining_marks = "combining-marks.txt";
    no_bytes_at_all = "empty.txt";
    bytes_that_are_no_utf8 = "invalid-utf8.txt";
    lone_carriage_returns_among_others = "lone-cr.txt";
    a_last_line_without_its_newline = "no-final-newline.txt";
    nul_bytes = "nul-bytes.txt";
    nothing_but_newlines = "only-newlines.txt";
    utf16_big_endian = "utf16be-bom.txt";
    utf16_little_endian = "utf16le-bom.txt";
    two_byte_order_marks = "utf8-bom.txt";
}

#[test]
fn every_fixture_is_tested() {
    let mut stories: Vec<String> =
        STORIES.iter().flat_map(|n| ["clean", "scan"].map(|k| format!("{n}.{k}.txt"))).collect();
    stories.sort();
    assert_eq!(texts_of(&fixtures()), stories);
    assert_eq!(texts_of(&fixtures().join("bad")), BAD);
}

#[test]
fn right_text_draws_next_to_no_finding() {
    for name in STORIES {
        let bytes = read(&format!("{name}.clean.txt"));
        let document = Document::decode(&bytes[..]);
        let outcome = run(&document, Level::Certain);
        let certain = outcome.findings.iter().filter(|f| f.level == Level::Certain).count();
        assert_eq!(certain, 0, "{name}: {:?}", outcome.findings);
    }
    let bytes = read("undamaged.scan.txt");
    let document = Document::decode(&bytes[..]);
    let outcome = run(&document, Level::Certain);
    let offered: Vec<_> = outcome.findings.iter().map(|f| (f.level, f.before.as_str(), f.after.as_str())).collect();
    // A page of traps, Latin and dialect among them: what is offered is shown, no more.
    assert!(offered.len() <= 2 && offered.iter().all(|f| f.0 == Level::Suspect), "{offered:?}");
}

fn exact(name: &str) {
    let scan = read(&format!("{name}.scan.txt"));
    let expected = read(&format!("{name}.clean.txt"));
    let document = Document::decode(&scan[..]);
    let outcome = run(&document, Level::Certain);
    let written = document.write(&outcome.edits);
    if written.bytes != expected {
        panic!("{name}: the first line that differs:\n{}", first_difference(&document, &written.bytes, &expected));
    }
    assert_eq!(written.reencoded_for, None);
}

fn idempotent(name: &str) {
    let scan = read(&format!("{name}.scan.txt"));
    for level in Level::ALL {
        let once = cleaned(&scan, level);
        assert!(cleaned(&once, level) == once, "{name}: cleaned again at {}, it changes again", level.name());
    }
    let expected = read(&format!("{name}.clean.txt"));
    assert!(cleaned(&expected, Level::Certain) == expected, "{name}: the clean text is changed");
}

/// Through the program: cleaned into a folder, and led back by the ledger.
fn undone(path: &str) {
    let folder = Folder::new();
    let scan = read(path);
    folder.write("text.txt", &scan);
    folder.run(["clean", "--out-dir", "out", "text.txt"]).exits(0);
    assert!(folder.read("out/text.txt") == cleaned(&scan, Level::Certain), "{path}: the program makes something else");
    folder.run(["undo", "out/ledger.jsonl"]).exits(0);
    assert!(folder.read("out/text.txt") == scan, "{path}: undo does not lead back");
    assert!(folder.read("text.txt") == scan, "{path}: the input was touched");
}

/// Follows the ledger through both files: what lies between two edits is in
/// the cleaned file byte for byte.
fn bytes_kept(path: &str) {
    let folder = Folder::new();
    let before = read(path);
    folder.write("text.txt", &before);
    folder.run(["clean", "--out-dir", "out", "text.txt"]).exits(0);
    let after = folder.read("out/text.txt");
    let mut rest = &after[..];
    let mut done = 0;
    for edit in edits_of(&folder.text("out/ledger.jsonl")) {
        let [start, end] = edit.span;
        rest = skip(path, rest, &before[done..start]);
        rest = skip(path, rest, &descan_source::encode(&edit.after, Document::decode(&before[..]).encoding()));
        done = end;
    }
    assert!(rest == &before[done..], "{path}: the end differs");
}

/// `rest` behind `part`, with which it must begin.
fn skip<'a>(path: &str, rest: &'a [u8], part: &[u8]) -> &'a [u8] {
    rest.strip_prefix(part).unwrap_or_else(|| panic!("{path}: {:?} is lost", String::from_utf8_lossy(part)))
}

/// The edits that a ledger says were made, in order.
fn edits_of(ledger: &str) -> Vec<FindingRecord> {
    let edit = |line| match serde_json::from_str(line) {
        Ok(Line::Edit(edit)) if edit.applied && edit.part_of.is_none() => Some(edit),
        Ok(_) => None,
        Err(e) => panic!("{line}: {e}"),
    };
    ledger.lines().filter_map(edit).collect()
}

/// The program's every way to read a bad file ends well, at every level.
fn survives(path: &str) {
    let folder = Folder::new();
    folder.write("text.txt", read(path));
    for level in Level::ALL {
        let args = ["--level", level.name(), "text.txt"];
        let once = folder.run(["clean"].iter().chain(&args)).exits(0).0.stdout;
        let again = folder.run_with(["clean", "--level", level.name(), "-"], once.clone()).exits(0).0.stdout;
        assert!(again == once, "{path}: cleaned again at {}, it changes again", level.name());
    }
    folder.run(["clean", "--unwrap", "text.txt"]).exits(0);
    for command in [["check", "--format=human"], ["check", "--format=jsonl"], ["diff", "--level=suspect"]] {
        let code = folder.run(command.iter().chain(&["text.txt"])).0.status.code();
        assert!(matches!(code, Some(0 | 1)), "{command:?} {path}: {code:?}");
    }
}

fn run(document: &Document<'_>, level: Level) -> Outcome {
    clean(document, &RuleSet::built_in(), &Options { level, ..Options::default() })
}

fn cleaned(bytes: &[u8], level: Level) -> Vec<u8> {
    let document = Document::decode(bytes);
    document.write(&run(&document, level).edits).bytes
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn read(path: &str) -> Vec<u8> {
    let path = fixtures().join(path);
    fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The names of the texts in a folder, sorted.
fn texts_of(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("readable");
    let names = entries.map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".txt")).collect();
    names.sort();
    names
}

/// The first line of two texts that differs, for a message.
fn first_difference(document: &Document<'_>, got: &[u8], expected: &[u8]) -> String {
    let decode = |bytes: &[u8]| document.encoding().decode_without_bom_handling(bytes).0.into_owned();
    let (got, expected) = (decode(got), decode(expected));
    let lines = got.split('\n').map(Some).chain([None]).zip(expected.split('\n').map(Some).chain([None]));
    match lines.enumerate().find(|(_, (line, wanted))| line != wanted) {
        Some((index, (line, wanted))) => format!("line {}: {line:?} instead of {wanted:?}", index + 1),
        None => "only the bytes differ".to_owned(),
    }
}
