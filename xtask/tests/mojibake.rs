//! A clean text decoded with the wrong code page comes back exactly, in each of
//! the usual ways; where bytes were lost, only what is certain is touched.

use descan_core::pass::{Options, Selection};
use descan_core::pipeline::clean;
use descan_rules::RuleSet;
use descan_source::Document;
use encoding_rs::Encoding;
use xtask::mojibake::misread::{Misread, WAYS, Way, within};

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

/// A page with all that the ways need: contractions, quotes, accents.
const STORY: &str = "“I can’t stay,” said Zoë. “The café isn’t open, and I won’t wait.”\n\n\
    The naïve façade—it was Ella’s—fell down… ‘Très bien,’ he’d replied.\n\n\
    “Don’t,” she said, “or I’ll call the señor.” À bientôt, it said.\n\n\
    £4 or so, 20° below, crème brûlée.\n";

#[test]
fn every_way_to_misread_a_text_is_undone_or_left() {
    for (name, way) in WAYS {
        let text = within(STORY, way);
        let misread = Misread::of(&text, way);
        let repaired = repaired(&misread.text);
        if !misread.lossy {
            assert_eq!(repaired, text, "{name}");
            continue;
        }
        // What is whole comes back, and the rest stays as it is.
        let lost = |c: char| Misread::of(&c.to_string(), way).lossy;
        let expected: String =
            text.chars().map(|c| if lost(c) { Misread::of(&c.to_string(), way).text } else { c.to_string() }).collect();
        assert_eq!(repaired, expected, "{name}");
    }
}

#[test]
fn sound_text_is_of_no_other_code_page() {
    let spanish = "El país, dijo. La raíz, oí. Así, pues. Según él, también. Éramos niñas, sí. ¿Qué oíd?\n";
    for text in [STORY, spanish, "Õhtu, öö, ülikool. Óbidos, Évora, São Tomé. Æbleskiver, ø, å.\n"] {
        assert_eq!(repaired(text), text);
    }
    let both = format!("{STORY}{}", Misread::of(STORY, Way::Legacy("Windows-1252", "Mac Roman")).text);
    let restored = repaired(&both);
    assert!(restored.starts_with(STORY), "{restored}");
}
