//! A story set as pages in many ways and put together again: whatever the pages
//! look like, their furniture goes and the paragraphs come out whole.

mod press;

use descan_core::pass::{Options, Reflow, Selection};
use descan_core::pipeline::clean;
use descan_rules::RuleSet;
use descan_source::Document;
use descan_text::level::Level;

use press::{Foot, Head, Press};

const STORY: &str = include_str!("story.txt");

/// Runs the passes `pages` and `lines`, with each paragraph on one line.
fn put_together(text: &str) -> String {
    let rules = RuleSet::built_in();
    let only = ["pages".to_owned(), "lines".to_owned()];
    let selection = Selection::new(&only, &[], &rules).expect("both are passes");
    let options = Options { selection, level: Level::Certain, reflow: Reflow::Unwrapped, ..Options::default() };
    let document = Document::decode(text.as_bytes());
    clean(&document, &rules, &options).edits.apply(document.text())
}

/// Sets the story, puts it together and compares paragraph by paragraph.
fn comes_out_whole(press: &Press) {
    let scan = press.set(STORY);
    let out = put_together(&scan).replace("\r\n", "\n");
    let mark = if press.indent { "\n" } else { "\n\n" };
    let paragraphs = |text: &str| -> Vec<String> {
        text.split(mark).map(|p| p.trim().to_owned()).filter(|p| !p.is_empty()).collect()
    };
    let (found, wanted) = (paragraphs(&out), paragraphs(STORY));
    for (found, wanted) in found.iter().zip(&wanted) {
        assert_eq!(found, wanted, "\n--- as set:\n{scan}");
    }
    assert_eq!(found.len(), wanted.len(), "\n--- as set:\n{scan}");
}

const TITLES: [&str; 2] = ["THE LIGHT AT SKARN", "EDDA VELMAR"];

#[test]
fn author_and_title_in_turn_with_numbers() {
    comes_out_whole(&Press { head: Head::Numbered(TITLES), ..Press::default() });
}

#[test]
fn heads_without_numbers_and_numbers_at_the_foot() {
    comes_out_whole(&Press { head: Head::Plain(TITLES), foot: Foot::Number("", ""), ..Press::default() });
}

#[test]
fn numbers_with_dashes_at_the_foot() {
    comes_out_whole(&Press { foot: Foot::Number("— ", " —"), ..Press::default() });
}

#[test]
fn numbers_in_brackets_at_the_foot() {
    comes_out_whole(&Press { foot: Foot::Number("[", "]"), ..Press::default() });
}

#[test]
fn roman_numerals_at_the_foot() {
    comes_out_whole(&Press { foot: Foot::Roman, first: 3, ..Press::default() });
}

#[test]
fn a_head_in_small_letters() {
    comes_out_whole(&Press { head: Head::Numbered(["The Light at Skarn", "Edda Velmar"]), ..Press::default() });
}

#[test]
fn the_same_title_on_all_pages() {
    comes_out_whole(&Press { head: Head::Numbered([TITLES[0], TITLES[0]]), ..Press::default() });
}

#[test]
fn misread_heads_and_numbers() {
    comes_out_whole(&Press { head: Head::Numbered(TITLES), damaged: true, first: 111, ..Press::default() });
}

#[test]
fn misread_numbers_at_the_foot() {
    comes_out_whole(&Press { foot: Foot::Number("", ""), damaged: true, first: 111, ..Press::default() });
}

#[test]
fn no_form_feeds_but_heads() {
    comes_out_whole(&Press { head: Head::Numbered(TITLES), feeds: false, ..Press::default() });
}

#[test]
fn no_form_feeds_but_numbers() {
    comes_out_whole(&Press { foot: Foot::Number("", ""), feeds: false, ..Press::default() });
}

#[test]
fn no_form_feeds_and_misread_numbers() {
    comes_out_whole(&Press {
        foot: Foot::Number("- ", " -"),
        feeds: false,
        damaged: true,
        first: 111,
        ..Press::default()
    });
}

#[test]
fn nothing_but_form_feeds() {
    comes_out_whole(&Press::default());
}

#[test]
fn catchwords_and_signatures() {
    comes_out_whole(&Press { head: Head::Bracketed, catchwords: true, ..Press::default() });
}

#[test]
fn lines_that_end_as_on_other_systems() {
    let press = Press { head: Head::Numbered(TITLES), ..Press::default() };
    let scan = press.set(STORY);
    assert_eq!(put_together(&scan.replace('\n', "\r\n")).replace("\r\n", "\n"), put_together(&scan));
}

#[test]
fn lines_with_wide_gaps() {
    comes_out_whole(&Press { spaced: true, rows: 400, ..Press::default() });
}

#[test]
fn narrow_pages() {
    comes_out_whole(&Press { head: Head::Numbered(TITLES), columns: 38, rows: 16, ..Press::default() });
}

#[test]
fn paragraphs_known_by_their_indent() {
    comes_out_whole(&Press { head: Head::Numbered(TITLES), indent: true, ..Press::default() });
}

#[test]
fn a_single_line_at_a_page_s_edge_stays() {
    let story = "The ferry left the quay an hour late and nobody on the upper\n\
        deck seemed to mind it but the man who had a train to catch.\n\n1847\n\n\u{c}THE AUDIT\n\n\
        He said so to the mate, and then to the cook, who was peeling\npotatoes, and at last he said so to the gulls.\n";
    let out = put_together(story);
    assert!(out.contains("1847") && out.contains("THE AUDIT"), "{out}");
}
