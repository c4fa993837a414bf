//! What holds for every format: text where a reader sees it, edits where they belong, and
//! all else as it was.

use descan_text::edit::{Edit, EditList};
use proptest::prelude::*;

use crate::{Document, FileFormat};

const ALTO: &str = "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<alto xmlns=\"x\">\r\n<Page ID='P1'><TextBlock>\r\n\
<TextLine><String CONTENT=\"Tbe\" WC=\"0.31\"><ALTERNATIVE>The</ALTERNATIVE></String><SP/>\
<String WC='0.9' CONTENT='miller&apos;s'/><SP/><String CONTENT=\"lan\" SUBS_TYPE=\"HypPart1\" SUBS_CONTENT=\"lantem\"/>\
<HYP CONTENT=\"-\"/></TextLine>\r\n\
<TextLine><String CONTENT=\"tem\" SUBS_TYPE=\"HypPart2\" SUBS_CONTENT=\"lantem\"/><SP/><String CONTENT=\"&quot;burned&quot;\"/>\
</TextLine></TextBlock>\r\n<TextBlock><TextLine><String CONTENT=\"low.\"/></TextLine></TextBlock></Page></alto>\r\n";

const HOCR: &str = "<!DOCTYPE html>\n<html><head><title>scan 12</title></head><body>\n\
<div class='ocr_page' id='p1'><p class='ocr_par'>\n <span class='ocr_line' title=\"bbox 1 2 3 4\">\n\
  <span class='ocrx_word' title='bbox 1 2 3 4; x_wconf 31'>T<strong>b</strong>e</span>\n\
  <span class='ocrx_word' title='bbox 1 2 3 4;x_conf 90.5'>ferry&#x27;s</span><span class='ocrx_word'>rope</span></span>\n\
 <span class='ocr_line'>is w&eacute;t &amp; <em>old</em><br></span></p></div>\n<!-- Tbe end -->\n</body></html>\n";

const PAGE: &str = "<?xml version='1.0'?><PcGts><Page><TextRegion id='r1'>\n<TextLine>\
<Word><TextEquiv index='0' conf='0.4'><Unicode>Tbe</Unicode></TextEquiv><TextEquiv index='1'><Unicode>The</Unicode></TextEquiv></Word>\
<Word><TextEquiv><Unicode>mill &amp;</Unicode></TextEquiv></Word><TextEquiv><Unicode>Tbe mill &amp;</Unicode></TextEquiv></TextLine>\n\
<TextLine><TextEquiv><Unicode>the house</Unicode></TextEquiv></TextLine>\n\
<TextEquiv><Unicode>Tbe mill &amp;\nthe house</Unicode></TextEquiv></TextRegion></Page></PcGts>";

const HTML: &str = "<html xmlns='x'><head><title>Tbe book</title><style>p { }</style></head>\n<body><h1>One</h1>\n\
<p>Tbe <i>old</i> mill,\n   and &#8220;more&#8221;.</p><pre>Tbe = 1</pre><script>Tbe()</script><p>Letme go.</p></body></html>\n";

const TSV: &str = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
1\t1\t0\t0\t0\t0\t0\t0\t90\t90\t-1\t\n4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t\n5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t31.5\tTbe\n\
5\t1\t1\t1\t1\t2\t0\t0\t9\t9\t90\t\"mill\"\n4\t1\t1\t1\t2\t0\t0\t0\t9\t9\t-1\t\n5\t1\t1\t1\t2\t1\t0\t0\t9\t9\t90\tstood\n";

const TEI: &str = "<?xml version=\"1.0\"?>\n<TEI xmlns=\"x\"><teiHeader><title>Tbe book</title></teiHeader><text><body>\n\
<head>One</head><p>Tbe <hi>old</hi> mill<lb/>and <choice><sic>modem</sic><corr>modern</corr></choice> &amp; <sic>rnore</sic>.</p>\n\
<lg><l>The lan<lb break=\"no\"/>tern</l><l>burned.</l></lg><pb n=\"2\"/><p>Letme go.</p></body></text></TEI>\n";

const ALL: [&str; 6] = [ALTO, HOCR, PAGE, HTML, TSV, TEI];

fn open(file: &str) -> Document<'_> {
    Document::open(file.as_bytes()).expect("a file that can be read")
}

/// The file with the first `from` of its text replaced; `None` if there is no place for that.
fn repaired(file: &str, from: &str, to: &str) -> Option<String> {
    let document = open(file);
    let at = document.text().find(from).unwrap_or_else(|| panic!("{:?} has {from:?}", document.text()));
    let span = at..at + from.len();
    if !document.has_place_for(span.clone(), to) {
        return None;
    }
    let edits = EditList::new(vec![Edit::new(span, to)]);
    assert!(document.reads_back(&edits), "{from} -> {to}");
    Some(String::from_utf8(document.write(&edits).bytes).expect("UTF-8"))
}

#[test]
fn the_text_is_what_a_reader_sees() {
    let texts = [
        (ALTO, FileFormat::Alto, "Tbe miller's lan-\ntem \"burned\"\n\nlow.\n"),
        (HOCR, FileFormat::Hocr, "Tbe ferry's rope\nis wét & old\n"),
        (PAGE, FileFormat::Page, "Tbe mill &\nthe house\n"),
        (HTML, FileFormat::Html, "One\n\nTbe old mill,\nand “more”.\n\nLetme go.\n"),
        (TSV, FileFormat::Tsv, "Tbe \"mill\"\nstood\n"),
        (TEI, FileFormat::Tei, "One\n\nTbe old mill\nand modern & rnore.\n\nThe lantern\nburned.\n\u{c}Letme go.\n"),
    ];
    for (file, format, text) in texts {
        let document = open(file);
        assert_eq!((document.format(), document.text()), (format, text));
        assert_eq!(document.undecodable(), 0);
    }
}

#[test]
fn an_edit_changes_its_own_letters_and_their_copies() {
    assert_eq!(repaired(ALTO, "Tbe", "The"), Some(ALTO.replacen("\"Tbe\"", "\"The\"", 1)));
    assert_eq!(repaired(ALTO, "tem", "tern"), Some(ALTO.replace("\"tem\"", "\"tern\"").replace("lantem", "lantern")));
    assert_eq!(repaired(ALTO, "low.", "'low\""), Some(ALTO.replace("\"low.\"", "\"&apos;low&quot;\"")));
    assert_eq!(repaired(ALTO, "miller's", "miner's"), Some(ALTO.replace("'miller&apos;s'", "'miner&apos;s'")));
    assert_eq!(
        repaired(ALTO, "Tbe miller", "The miner"),
        Some(ALTO.replace("\"Tbe\"", "\"The\"").replace("miller", "miner"))
    );
    assert_eq!(repaired(HOCR, "Tbe", "The"), Some(HOCR.replacen("<strong>b</strong>", "<strong>h</strong>", 1)));
    assert_eq!(repaired(HOCR, "wét", "wet"), Some(HOCR.replace("w&eacute;t", "wet")));
    assert_eq!(repaired(HOCR, "rope", "rope's"), Some(HOCR.replace(">rope<", ">rope&#x27;s<")));
    assert_eq!(repaired(PAGE, "Tbe", "The"), Some(PAGE.replace("Tbe", "The")));
    assert_eq!(repaired(PAGE, "house", "horse"), Some(PAGE.replace("house", "horse")));
    assert_eq!(repaired(HTML, "Tbe", "The"), Some(HTML.replace("<p>Tbe", "<p>The")));
    assert_eq!(repaired(HTML, "Letme", "Let me"), Some(HTML.replace("Letme", "Let me")));
    assert_eq!(repaired(HTML, "go", "“go”"), Some(HTML.replace("go.", "&#8220;go&#8221;.")));
    assert_eq!(repaired(HTML, "mill,\nand", "mill and"), Some(HTML.replace("mill,\n   and", "mill and")));
    assert_eq!(repaired(TSV, "Tbe", "<&>"), Some(TSV.replace("Tbe", "<&>")));
}

#[test]
fn words_and_lines_are_neither_made_nor_lost() {
    for (file, from, to) in [
        (ALTO, "Tbe", "T he"),
        (ALTO, "Tbe ", "Tbe"),
        (ALTO, "low.", ""),
        (ALTO, "lan-\ntem", "lantern"),
        (HOCR, "rope", "ro pe"),
        (HOCR, "'s rope", "'srope"),
        (HOCR, "\nis", " is"),
        (PAGE, "Tbe", ""),
        (TSV, "stood", "st ood"),
        (TSV, "stood", "sto\tod"),
        (HTML, "One\n\nTbe", "One Tbe"),
        (HTML, "go", "g\u{1}o"),
    ] {
        assert_eq!(repaired(file, from, to), None, "{from:?} -> {to:?}");
    }
}

#[test]
fn an_encoding_that_cannot_hold_new_text_gets_references() {
    let file = "<?xml version='1.0' encoding='ISO-8859-1'?><alto><String CONTENT='Tbe'/></alto>";
    assert_eq!(repaired(file, "Tbe", "“The”"), Some(file.replace("Tbe", "&#8220;The&#8221;")));
    let latin =
        encoding_rs::WINDOWS_1252.encode("<alto><String CONTENT='caf\u{e9} \u{e9}t\u{e9} Tbe'/></alto>").0.into_owned();
    let document = Document::open(&latin[..]).expect("readable");
    let at = document.text().find("Tbe").expect("the word");
    let written = document.write(&EditList::new(vec![Edit::new(at..at + 3, "\u{142}")])).bytes;
    assert!(written.ends_with(b"\xe9 \xe9t\xe9 &#322;'/></alto>"), "{}", String::from_utf8_lossy(&written));
}

#[test]
fn unknown_entities_are_neither_expanded_nor_touched() {
    let mut file = String::from("<!DOCTYPE alto [<!ENTITY a0 'ha'>");
    for n in 1..60 {
        file += &format!("<!ENTITY a{n} '&a{};&a{};'>", n - 1, n - 1);
    }
    file += "]><alto><String CONTENT='x&a59;y'/><String CONTENT='Tbe'/></alto>";
    let document = open(&file);
    assert_eq!((document.text(), document.undecodable()), ("x\u{fffd}y Tbe\n", 1));
    assert_eq!(repaired(&file, "Tbe", "The"), Some(file.replace("Tbe", "The")));
}

/// What takes more than linear time does not come to an end here.
#[test]
fn broken_nesting_costs_no_more_than_sound_nesting() {
    let deep = "<div class='ocr_line'>".repeat(500_000);
    let stray = "</p></i>".repeat(500_000);
    for file in [
        format!("<html>{deep}Tbe"),
        format!("<html>{deep}{stray}Tbe"),
        format!("<html>{}", "<span class='ocrx_word'>a".repeat(500_000)),
        format!("<TEI>{}Tbe{}", "<choice><sic>".repeat(300_000), "</sic></choice>".repeat(300_000)),
    ] {
        assert!(Document::open(file.as_bytes()).is_ok());
    }
    let many = format!("<PcGts>{}", "<TextLine><Word><TextEquiv><Unicode>Tbe</Unicode>".repeat(200_000));
    assert!(Document::open(many.as_bytes()).is_ok());
}

/// The same of many edits at once, in every way.
#[test]
fn a_long_file_with_an_edit_in_every_word_is_written_in_one_go() {
    let body = &ALTO[ALTO.find("<TextBlock>").expect("a block")..ALTO.find("</Page>").expect("a page")];
    let file = format!("<alto><Page>{}</Page></alto>", body.repeat(40_000));
    let document = open(&file).with_structure().with_originals_kept();
    let edits = document.text().match_indices("Tbe").map(|(at, _)| Edit::new(at..at + 3, "T he"));
    let edits = EditList::new(edits.collect());
    assert_eq!(edits.len(), 40_000);
    let written = document.write(&edits).bytes;
    assert_eq!(memchr::memmem::find_iter(&written, "<ALTERNATIVE PURPOSE=\"ocr\">Tbe<").count(), 40_000);
}

/// Every word of the text with its first letter doubled, where there is a place for that.
fn stuttered(document: &Document<'_>) -> EditList {
    let text = document.text();
    let mut edits = Vec::new();
    let mut at = 0;
    for word in text.split_inclusive(|c: char| c.is_whitespace()) {
        if let Some(first) = word.chars().next().filter(|c| c.is_alphabetic()) {
            let span = at..at + first.len_utf8();
            let new = format!("{first}{first}");
            if document.has_place_for(span.clone(), &new) {
                edits.push(Edit::new(span, new));
            }
        }
        at += word.len();
    }
    EditList::new(edits)
}

/// Whether what a splice says of a file is what it does, and all else stays.
fn check(document: &Document<'_>, edits: &EditList) {
    let splice = document.splice(edits);
    let written = splice.apply(document.bytes());
    let mut rest = &written[..];
    let mut done = 0;
    for cut in &splice.cuts {
        let kept = &document.bytes()[done..cut.span.start];
        rest =
            rest.strip_prefix(kept).and_then(|rest| rest.strip_prefix(&cut.new[..])).expect("the file around the cut");
        done = cut.span.end;
    }
    assert_eq!(rest, &document.bytes()[done..]);
    let again = Document::open(&written[..]).expect("what was readable stays so");
    assert_eq!(again.text(), edits.apply(document.text()));
    assert_eq!(again.format(), document.format());
}

#[test]
fn a_file_cut_off_anywhere_is_repaired_or_refused() {
    for file in ALL {
        for end in 0..file.len() {
            let bytes = &file.as_bytes()[..end];
            if let Ok(document) = Document::open(bytes)
                && document.format() != FileFormat::Plain
            {
                check(&document, &stuttered(&document));
                assert!(document.write(&EditList::default()).bytes == bytes);
            }
        }
    }
}

/// Mark-up in any order, broken or sound.
fn markup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zé’ ]{1,8}",
        1 => Just("\n  ".to_owned()),
        1 => prop::sample::select(vec!["&amp;", "&#x27;", "&rsquo;", "&shy;", "&none;", "& ", "&#8217", "<!-- Tbe -->", "<![CDATA[ab]]>", "<br/>", "<br>", "<?pi a?>"]).prop_map(str::to_owned),
        2 => prop::sample::select(vec!["i", "b", "p", "div", "span", "pre", "td"]).prop_map(|name| format!("<{name}>")),
        2 => prop::sample::select(vec!["i", "b", "p", "div", "span", "pre", "td"]).prop_map(|name| format!("</{name}>")),
        3 => "[a-z]{1,5}".prop_map(|word| format!("<span class='ocrx_word' title='x_wconf 9'>{word}</span>")),
        1 => Just("<span class=ocr_line>".to_owned()),
        3 => "[a-z'&;]{0,5}".prop_map(|word| format!("<String CONTENT=\"{word}\" WC=\"1\"/><SP/>")),
        1 => "[a-z\"&]{0,5}".prop_map(|word| format!("<String CONTENT='{word}'>")),
        1 => Just("<HYP/></TextLine><TextLine>".to_owned()),
        2 => "[a-z&]{1,5}".prop_map(|word| format!("<Word><TextEquiv><Unicode>{word}</Unicode></TextEquiv></Word>")),
        1 => "[a-z ]{1,5}".prop_map(|line| format!("<TextEquiv><Unicode>{line}</Unicode></TextEquiv></TextLine><TextLine>")),
    ];
    (prop::sample::select(vec!["alto", "html", "PcGts"]), prop::collection::vec(piece, 0..30))
        .prop_map(|(root, pieces)| format!("<{root}>{}</{root}>", pieces.concat()))
}

proptest! {
    #[test]
    fn any_markup_is_repaired_in_place_or_refused(file in markup(), at in 0usize..200, n in 0usize..9, new in "[a-z&<>\"'é’]{0,4}") {
        if let Ok(document) = Document::open(file.as_bytes()) {
            check(&document, &stuttered(&document));
            let text = document.text();
            let border = |i: usize| (i.min(text.len())..=text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len());
            let span = border(at)..border(at + n);
            let file_span = document.file_span(span.clone());
            prop_assert!(file_span.start <= file_span.end && file_span.end <= file.len());
            if !text[span.clone()].contains([' ', '\n', '\u{fffd}']) && document.has_place_for(span.clone(), &new) {
                let edits = EditList::new(vec![Edit::new(span, new)]);
                let splice = document.splice(&edits);
                let written = splice.apply(file.as_bytes());
                let again = Document::open(&written[..]);
                prop_assert!(again.is_ok());
                prop_assert!(document.reads_back(&edits) == (again.expect("readable").text() == edits.apply(text)));
            }
        }
    }
}
