//! A clean text decoded with the wrong code page comes back exactly, in each of
//! the usual ways; where bytes were lost, only what is certain is touched.

use descan::document::Document;
use descan::pipeline::{Options, Selection, clean};
use descan::rule::RuleSet;
use encoding_rs::Encoding;

const TEXT: &str = "“It’s the café’s naïve façade—and yours,” Zoë said… ‘Très bien,’ he’d replied.\n\
    Crème brûlée cost £4 or €5; the Müller twins’ bill, 20° below, was “paid”.\n\
    À bientôt, señor, and don’t forget Dvořák’s œuvre – or Ibsen’s ‘Ærø’.\n";

fn repaired(text: &str) -> String {
    let rules = RuleSet::built_in();
    let selection = Selection::new(&["encoding".to_owned()], &[], &rules).expect("the pass exists");
    let document = Document::decode(text.as_bytes());
    let outcome = clean(&document, &rules, &Options { selection, ..Options::default() });
    outcome.edits.apply(document.text())
}

/// UTF-8 read one byte at a time; bytes the code page leaves undefined come
/// through as in Latin-1.
fn misread(text: &str, page: Option<&'static Encoding>) -> String {
    text.bytes()
        .map(|byte| {
            let bytes = [byte];
            let c = page.and_then(|page| page.decode_without_bom_handling(&bytes).0.chars().next());
            c.filter(|&c| c != '\u{fffd}').unwrap_or(char::from(byte))
        })
        .collect()
}

#[test]
fn each_code_page_is_undone() {
    use encoding_rs as e;
    let pages = [
        e::WINDOWS_1252,
        e::MACINTOSH,
        e::WINDOWS_1250,
        e::WINDOWS_1251,
        e::WINDOWS_1253,
        e::WINDOWS_1254,
        e::WINDOWS_1257,
        e::ISO_8859_2,
        e::ISO_8859_15,
        e::KOI8_R,
        e::IBM866,
    ];
    for page in pages {
        assert_eq!(repaired(&misread(TEXT, Some(page))), TEXT, "{}", page.name());
    }
    assert_eq!(repaired(&misread(TEXT, None)), TEXT, "Latin-1");
}

#[test]
fn two_and_three_layers_are_undone() {
    for page in [Some(encoding_rs::WINDOWS_1252), Some(encoding_rs::MACINTOSH), None] {
        let twice = misread(&misread(TEXT, page), page);
        assert_eq!(repaired(&twice), TEXT, "{page:?} twice");
        assert_eq!(repaired(&misread(&twice, page)), TEXT, "{page:?} three times");
    }
}

#[test]
fn a_damaged_line_among_sound_ones_is_undone() {
    let mixed = format!("{TEXT}{}{TEXT}", misread(TEXT, Some(encoding_rs::WINDOWS_1252)));
    assert_eq!(repaired(&mixed), TEXT.repeat(3));
}

#[test]
fn where_bytes_are_lost_the_rest_comes_back() {
    let lost: String =
        misread(TEXT, Some(encoding_rs::WINDOWS_1252)).chars().filter(|c| !('\u{80}'..='\u{9f}').contains(c)).collect();
    let repaired = repaired(&lost);
    assert!(repaired.starts_with("“It’s the café’s naïve façade—and yours,â€ Zoë said…"), "{repaired}");
}

#[test]
fn sound_text_stays() {
    for text in [TEXT, "Она сказала: «Да».", "Ελληνικά και «άλλα».", "日本語の本", "Ă, ș și ț; Łódź; żółw; ÄÖÜ „äöü“"]
    {
        assert_eq!(repaired(text), text);
    }
}
