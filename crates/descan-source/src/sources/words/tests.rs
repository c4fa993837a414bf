//! Elements of words split, joined, removed and given their old readings.

use descan_text::edit::{Edit, EditList};

use crate::{Document, FileFormat};

const ALTO: &str = "<alto><TextLine><String ID='s1' HPOS='100' VPOS='20' WIDTH='60' HEIGHT='9' CC='00000' CONTENT='Letme'/>\
<SP WIDTH='9' HPOS='160' VPOS='20'/><String HPOS=\"170\" VPOS=\"21\" WIDTH=\"10\" HEIGHT=\"8\" CONTENT=\"T\" STYLE='bold'>\
<ALTERNATIVE>I&apos;</ALTERNATIVE></String> <SP/>\n<String HPOS='184' VPOS='20' WIDTH='16' HEIGHT='9' CONTENT='he' ID='s1_2'/><SP/>\
<String CONTENT='~'/></TextLine><TextLine><String CONTENT='lan' SUBS_TYPE='HypPart1' SUBS_CONTENT='lanbe'/><HYP CONTENT='-'/></TextLine>\
<TextLine><String CONTENT='be' SUBS_TYPE='HypPart2' SUBS_CONTENT='lanbe'/></TextLine></alto>";

const HOCR: &str = "<html><body><span class='ocr_line'><span class='ocrx_word' id='w1' title='bbox 100 20 220 29; x_wconf 41'><em>Letme</em></span>\
<span class='ocrx_word' id='w2' title=\"bbox 170 21 180 29\">T</span>\n <span class='ocrx_word' title='bbox 184 20 200.5 30'>he</span>\
<span class='ocrx_word'>t<b>b</b>e</span></span></body></html>";

const PAGE: &str = "<pc:PcGts><pc:Page><pc:TextLine><pc:Word id='w1'><pc:Coords points='10,5 70,6 70,20 10,20'/><pc:TextEquiv conf='.3'>\
<pc:Unicode>Letme</pc:Unicode></pc:TextEquiv></pc:Word><pc:Word id='w2'><pc:TextEquiv><pc:Unicode>g&amp;</pc:Unicode></pc:TextEquiv>\
<pc:TextEquiv index='4'><pc:Unicode>go</pc:Unicode></pc:TextEquiv></pc:Word><pc:TextEquiv><pc:Unicode>Letme g&amp;</pc:Unicode></pc:TextEquiv>\
</pc:TextLine></pc:Page></pc:PcGts>";

const TEI: &str = "<TEI><text><p>Tbe <hi>old</hi> mi&amp;l, Letme go</p></text></TEI>";

/// The file with the first `from` of its text replaced, if there is a place for that.
fn repaired<'f>(document: Document<'f>, from: &str, to: &str) -> Option<String> {
    let at = document.text().find(from).unwrap_or_else(|| panic!("{:?} has {from:?}", document.text()));
    let span = at..at + from.len();
    if !document.has_place_for(span.clone(), to) {
        return None;
    }
    let edits = EditList::new(vec![Edit::new(span, to)]);
    assert!(document.reads_back(&edits), "{from} -> {to}");
    Some(String::from_utf8(document.write(&edits).bytes).expect("UTF-8"))
}

fn structured(file: &str, from: &str, to: &str) -> Option<String> {
    repaired(Document::open(file.as_bytes()).expect("readable").with_structure(), from, to)
}

fn kept(file: &str, from: &str, to: &str) -> Option<String> {
    repaired(Document::open(file.as_bytes()).expect("readable").with_originals_kept(), from, to)
}

/// The file with one piece of it replaced.
fn with(file: &str, from: &str, to: &str) -> Option<String> {
    assert_eq!(file.matches(from).count(), 1, "{from}");
    Some(file.replace(from, to))
}

#[test]
fn a_word_becomes_two_with_a_share_of_its_box_each() {
    let new = "<String ID='s1' HPOS='100' VPOS='20' WIDTH='30' HEIGHT='9' CONTENT='Let'/><SP WIDTH=\"10\" HPOS=\"130\" VPOS=\"20\"/>\
<String ID='s1_3' HPOS='140' VPOS='20' WIDTH='20' HEIGHT='9' CONTENT='me'/>";
    let old = "<String ID='s1' HPOS='100' VPOS='20' WIDTH='60' HEIGHT='9' CC='00000' CONTENT='Letme'/>";
    assert_eq!(structured(ALTO, "Letme", "Let me"), with(ALTO, old, new));
    let new = "<span class='ocrx_word' id='w1' title='bbox 100 20 160 29; x_wconf 41'><em>Let</em></span> \
<span class='ocrx_word' id='w1_2' title='bbox 180 20 220 29; x_wconf 41'><em>me</em></span>";
    let old = "<span class='ocrx_word' id='w1' title='bbox 100 20 220 29; x_wconf 41'><em>Letme</em></span>";
    assert_eq!(structured(HOCR, "Letme", "Let me"), with(HOCR, old, new));
    let new = "<pc:Word id='w1'><pc:Coords points='10,5 40,5 40,20 10,20'/><pc:TextEquiv conf='.3'>\
<pc:Unicode>Let</pc:Unicode></pc:TextEquiv></pc:Word><pc:Word id='w1_2'><pc:Coords points='50,5 70,5 70,20 50,20'/><pc:TextEquiv conf='.3'>\
<pc:Unicode>me</pc:Unicode></pc:TextEquiv></pc:Word>";
    let old = &PAGE[PAGE.find("<pc:Word id='w1'>").expect("a word")..PAGE.find("<pc:Word id='w2'>").expect("a word")];
    let expected = PAGE.replace(old, new).replace("Letme g", "Let me g");
    assert_eq!(structured(PAGE, "Letme", "Let me"), Some(expected));
}

#[test]
fn two_words_become_one_in_a_box_around_both() {
    let old = &ALTO[ALTO.find("<String HPOS=\"170\"").expect("T")..ALTO.find("<SP/><String CONTENT='~'").expect("he")];
    let new = "<String HPOS=\"170\" VPOS=\"20\" WIDTH=\"30\" HEIGHT=\"9\" CONTENT=\"The\" STYLE='bold'></String>";
    assert_eq!(structured(ALTO, "T he", "The"), with(ALTO, old, new));
    let new = "<span class='ocrx_word' id='w2' title=\"bbox 170.0 20.0 200.5 30.0\">The</span>";
    let old = &HOCR[HOCR.find("<span class='ocrx_word' id='w2'").expect("T")
        ..HOCR.find("<span class='ocrx_word'>t").expect("tbe")];
    assert_eq!(structured(HOCR, "T he", "The"), with(HOCR, old, new));
}

#[test]
fn a_word_that_goes_takes_its_space_along() {
    assert_eq!(structured(ALTO, " ~", ""), with(ALTO, "<SP/><String CONTENT='~'/>", ""));
    let first = "<String CONTENT='~'/><SP/>";
    let file = format!("<alto><TextLine>{first}<String CONTENT='The'/></TextLine></alto>");
    assert_eq!(structured(&file, "~ ", ""), with(&file, first, ""));
}

#[test]
fn what_belongs_to_a_whole_word_keeps_it_together() {
    for (file, from, to) in [
        // The halves of a broken word, a line more or less, the last word of a line, a word from nothing.
        (ALTO, "lan-", "l an-"),
        (ALTO, "~\nlan", "~ lan"),
        (ALTO, "be", ""),
        (HOCR, "tbe", "t be"),
        (PAGE, "Letme", "Let\u{a0} me"),
    ] {
        assert_eq!(structured(file, from, to), None, "{from:?} -> {to:?}");
    }
    let letters = "<html><span class='ocrx_word' title='bbox 1 2 3 4'><span class='ocrx_cinfo' title='x_conf 9'>a</span>\n \
<span class='ocrx_cinfo' title='x_conf 9'>b</span></span></html>";
    assert_eq!(Document::open(letters.as_bytes()).expect("readable").text(), "ab\n");
    assert_eq!(structured(letters, "ab", "a b"), None);
}

#[test]
fn an_old_reading_stays_beside_the_new_one() {
    let new = "CONTENT='Let&#39;s'><ALTERNATIVE PURPOSE=\"ocr\">Letme</ALTERNATIVE></String>";
    assert_eq!(kept(ALTO, "Letme", "Let's"), with(ALTO, "CONTENT='Letme'/>", new));
    let new = "CONTENT=\"I\" STYLE='bold'><ALTERNATIVE PURPOSE=\"ocr\">T</ALTERNATIVE><ALTERNATIVE>";
    assert_eq!(kept(ALTO, "T", "I"), with(ALTO, "CONTENT=\"T\" STYLE='bold'><ALTERNATIVE>", new));
    let new =
        "<span class=\"alternatives\"><ins class=\"alt\">t<b>h</b>e</ins><del class=\"alt\">tbe</del></span></span>";
    let hocr = kept(HOCR, "tbe", "the");
    assert_eq!(hocr, with(HOCR, "t<b>b</b>e</span>", new));
    let again = kept(&hocr.expect("changed"), "the", "they");
    assert_eq!(again.map(|file| file.matches("<del class=\"alt\">").count()), Some(2));
    let new = "<pc:Unicode>go</pc:Unicode></pc:TextEquiv><pc:TextEquiv index=\"5\"><pc:Unicode>g&amp;</pc:Unicode></pc:TextEquiv>";
    let page = PAGE.replace("<pc:Unicode>go</pc:Unicode></pc:TextEquiv>", new).replace(
        ">g&amp;</pc:Unicode></pc:TextEquiv>\
<pc:TextEquiv index='4'>",
        ">go</pc:Unicode></pc:TextEquiv><pc:TextEquiv index='4'>",
    );
    assert_eq!(kept(PAGE, "g&", "go"), Some(page.replace("Letme g&amp;", "Letme go")));
    let choice = |old: &str, new: &str| format!("<choice><sic>{old}</sic><corr>{new}</corr></choice>");
    assert_eq!(kept(TEI, "Tbe", "The"), with(TEI, "Tbe", &choice("Tbe", "The")));
    assert_eq!(kept(TEI, "mi&l", "mill"), with(TEI, "mi&amp;l,", &choice("mi&amp;l,", "mill,")));
    assert_eq!(kept(TEI, "Letme", "Let me"), with(TEI, "Letme", &choice("Letme", "Let me")));
    assert_eq!(kept(TEI, "Tbe old", "The odd"), None);
}

#[test]
fn words_made_and_lost_keep_what_they_were() {
    let both = |file: &str, from: &str, to: &str| {
        let document = Document::open(file.as_bytes()).expect("readable").with_structure().with_originals_kept();
        repaired(document, from, to).unwrap_or_default()
    };
    assert!(
        both(ALTO, "Letme", "Let me")
            .contains("CONTENT='Let'><ALTERNATIVE PURPOSE=\"ocr\">Letme</ALTERNATIVE></String><SP")
    );
    assert!(both(HOCR, "T he", "The").contains(">The</ins><del class=\"alt\">T he</del></span></span>"));
    assert!(both(PAGE, "Letme", "Let me").contains("<pc:TextEquiv index=\"1\"><pc:Unicode>Letme</pc:Unicode>"));
}

#[test]
fn formats_say_what_they_can_keep() {
    let html = "<html><body><p>Tbe mill</p></body></html>";
    assert_eq!(kept(html, "Tbe", "The"), None);
    assert!(!FileFormat::Html.can_keep_originals() && !FileFormat::Plain.can_keep_originals());
}

#[test]
fn the_letters_that_an_engine_thought_of_are_no_text() {
    let letter = |choices: &[(&str, u8)]| {
        let choice =
            |(letter, sure): &(&str, u8)| format!("<span class='ocrx_cinfo' title='x_confs {sure}'>{letter}</span>\n");
        format!("<span class='ocrx_cinfo' id='x'>{}</span>\n", choices.iter().map(choice).collect::<String>())
    };
    let letters = [&[("T", 90), ("l", 0)][..], &[("b", 60), ("h", 33)], &[("e", 90), ("c", 4)]].map(letter).concat();
    let file = format!(
        "<html><p class='ocr_line'><span class='ocrx_word'>Tbe\n{letters}</span> <span class='ocrx_word'>mill</span></p></html>"
    );
    let document = Document::open(file.as_bytes()).expect("readable");
    assert_eq!(document.text(), "Tbe mill\n");
    let words: Vec<_> = document.words().collect();
    assert_eq!(words[0].alternatives, ["The", "Tbc"]);
}
