//! Files with mark-up through the program: in place, as text, in archives, and back.

use std::io::{Cursor, Read as _, Write as _};

use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, ZipArchive};

use crate::support::Folder;

const ALTO: &str = "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<alto><Layout><Page ID='P1'><TextBlock>\r\n\
<TextLine><String CONTENT=\"The\" WC=\"0.9\"/><SP/><String CONTENT='o&#xFB03;cer'/><SP/><String CONTENT=\"said:\"/><SP/>\
<String ID=\"s4\" HPOS=\"10\" VPOS=\"5\" WIDTH=\"60\" HEIGHT=\"9\" CONTENT=\"Letme\"/><SP/><String CONTENT=\"go\"/><SP/>\
<String CONTENT=\"home.\"/></TextLine></TextBlock></Page></Layout></alto>\r\n";

const HOCR: &str = "<html><head><title>x</title></head><body><div class='ocr_page'><span class='ocr_line'>\
<span class='ocrx_word' title='bbox 1 2 30 9; x_wconf 90'>The</span> <span class='ocrx_word' title='bbox 31 2 90 9'>o&#xFB03;cer</span> \
<span class='ocrx_word'>smiled.</span></span></div></body></html>\n";

const TEI: &str = "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader/><text><body><p>The o\u{fb03}cer smiled.</p></body></text></TEI>\n";

/// An archive with these entries.
fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let method = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).expect("a new entry");
        writer.write_all(bytes).expect("its bytes");
    }
    writer.finish().expect("an archive").into_inner()
}

/// The content of an entry of an archive.
fn unpacked(file: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(file)).expect("an archive");
    let mut text = String::new();
    archive.by_name(name).expect("the entry").read_to_string(&mut text).expect("text");
    text
}

fn epub() -> Vec<u8> {
    let package = "<package><manifest><item id='a' href='one.xhtml' media-type='application/xhtml+xml'/></manifest>\
                   <spine><itemref idref='a'/></spine></package>";
    packed(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", b"<container><rootfiles><rootfile full-path='O/p.opf'/></rootfiles></container>"),
        ("O/p.opf", package.as_bytes()),
        (
            "O/one.xhtml",
            "<html><body><p>The <i>o\u{fb03}cer</i> smiled.</p><pre>o\u{fb03}cer</pre></body></html>".as_bytes(),
        ),
        ("O/cover.png", &[7; 900]),
    ])
}

fn docx() -> Vec<u8> {
    let document = "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>The o\u{fb03}</w:t></w:r><w:r><w:t>cer smiled.</w:t></w:r></w:p></w:body></w:document>";
    packed(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
        ("word/styles.xml", b"<s/>"),
    ])
}

#[test]
fn marked_up_files_are_repaired_in_place_and_restored() {
    let folder = Folder::new();
    let files: [(&str, Vec<u8>); 5] = [
        ("a.xml", ALTO.into()),
        ("b.hocr", HOCR.into()),
        ("c.xml", TEI.into()),
        ("d.epub", epub()),
        ("e.docx", docx()),
    ];
    for (name, bytes) in &files {
        folder.write(name, bytes);
    }
    folder.run(["clean", "--write", "--ledger", "run.jsonl", "a.xml", "b.hocr", "c.xml", "d.epub", "e.docx"]).exits(0);
    assert_eq!(folder.text("a.xml"), ALTO.replace("o&#xFB03;cer", "officer"));
    assert_eq!(folder.text("b.hocr"), HOCR.replace("o&#xFB03;cer", "officer"));
    assert_eq!(folder.text("c.xml"), TEI.replace("o\u{fb03}cer", "officer"));
    let chapter = unpacked(&folder.read("d.epub"), "O/one.xhtml");
    assert_eq!(chapter, "<html><body><p>The <i>officer</i> smiled.</p><pre>o\u{fb03}cer</pre></body></html>");
    assert!(
        unpacked(&folder.read("e.docx"), "word/document.xml")
            .contains("<w:t>The offi</w:t></w:r><w:r><w:t>cer smiled.</w:t>")
    );
    folder.run(["undo", "run.jsonl"]).exits(0);
    for (name, bytes) in &files {
        assert!(folder.read(name) == *bytes, "{name}");
    }
}

#[test]
fn a_finding_is_named_by_its_place_in_the_file() {
    let folder = Folder::new();
    folder.write("a.xml", ALTO);
    folder.write("b.epub", epub());
    let run = folder.run(["check", "a.xml", "b.epub", "--format", "jsonl"]).exits(1);
    let place = format!(
        "\"line\":3,\"column\":{}",
        ALTO.lines().nth(2).and_then(|line| line.find("&#xFB03;")).expect("it") + 1
    );
    assert!(run.out().contains(&place), "{place}: {}", run.out());
    assert!(run.out().contains("\"part\":\"O/one.xhtml\""), "{}", run.out());
    let diff = folder.run(["diff", "a.xml"]).exits(1).out();
    assert!(diff.contains("CONTENT='officer'"), "{diff}");
}

#[test]
fn a_word_more_is_suggested_and_made_when_asked() {
    let folder = Folder::new();
    folder.write("a.xml", ALTO);
    let plain = folder.run(["clean", "a.xml"]).exits(0).out();
    assert!(plain.contains("CONTENT=\"Letme\"/>"), "{plain}");
    let run = folder.run(["check", "--fail-on", "suspect", "--format", "jsonl", "a.xml"]).exits(1);
    assert!(run.out().contains("--structure makes it"), "{}", run.out());
    let made = "CONTENT=\"Let\"/><SP WIDTH=\"10\" HPOS=\"40\" VPOS=\"5\"/>\
                <String ID=\"s4_2\" HPOS=\"50\" VPOS=\"5\" WIDTH=\"20\" HEIGHT=\"9\" CONTENT=\"me\"/>";
    let structured = folder.run(["clean", "--structure", "a.xml"]).exits(0).out();
    assert!(structured.contains(made), "{structured}");
    folder.write("descan.toml", "structure = true\n");
    assert_eq!(folder.run(["clean", "a.xml"]).exits(0).out(), structured);
    folder.run(["clean", "--write", "--ledger", "run.jsonl", "a.xml"]).exits(0);
    folder.run(["undo", "run.jsonl"]).exits(0);
    assert_eq!(folder.text("a.xml"), ALTO);
}

#[test]
fn old_readings_are_kept_where_the_format_can() {
    let folder = Folder::with(&[
        ("a.txt", "The o\u{fb03}cer.\n"),
        ("c.xml", TEI),
        ("d.html", "<html><body><p>o\u{fb03}cer</p></body></html>"),
    ]);
    folder.write("a.xml", ALTO);
    folder.write("b.hocr", HOCR);
    let kept = |name: &str| folder.run(["clean", "--keep-original", name]).exits(0).out();
    assert!(
        kept("a.xml")
            .contains("<String CONTENT='officer'><ALTERNATIVE PURPOSE=\"ocr\">o&#xFB03;cer</ALTERNATIVE></String>")
    );
    assert!(kept("b.hocr").contains("<ins class=\"alt\">officer</ins><del class=\"alt\">o&#xFB03;cer</del>"));
    assert!(kept("c.xml").contains("<choice><sic>o\u{fb03}cer</sic><corr>officer</corr></choice>"));
    for (name, why) in [("a.txt", "is plain text"), ("d.html", "is HTML")] {
        let run = folder.run(["clean", "--keep-original", name]).exits(3);
        assert!(run.err().contains(&format!("{name} {why}, which has no place for old readings")), "{}", run.err());
        assert!(run.out().is_empty());
    }
}

#[test]
fn running_text_is_written_to_the_output_or_a_folder() {
    let folder = Folder::with(&[("in/sub/c.xml", TEI), ("in/d.txt", "The o\u{fb03}cer.\n")]);
    folder.write("in/a.xml", ALTO);
    folder.write("in/b.hocr", HOCR);
    let text = "The officer said: Let me go home.\n";
    assert_eq!(folder.run(["clean", "--to", "txt", "in/a.xml"]).exits(0).out(), text);
    folder.run(["clean", "--to", "txt", "--out-dir", "out", "in"]).exits(0);
    let out: Vec<String> =
        folder.files().into_iter().filter(|file| file.starts_with("out") && file.ends_with(".txt")).collect();
    assert_eq!(out, ["out/a.txt", "out/b.txt", "out/d.txt", "out/sub/c.txt"]);
    assert_eq!(folder.text("out/a.txt"), text);
    let again = folder.run(["clean", "--to", "txt", "--out-dir", "out", "in"]).exits(0);
    assert!(again.err().contains("4 files unchanged since an earlier run"), "{}", again.err());
    folder.write("in/a.html", "<html><body><p>One.</p></body></html>");
    folder.run(["clean", "--to", "txt", "--out-dir", "out2", "in"]).refuses(&["a.html", "a.xml", "a.txt"]);
    folder.run(["clean", "--to", "txt", "--write", "in/a.xml"]).exits(2);
    folder.run(["clean", "--to", "txt", "--keep-original", "in/a.xml"]).exits(2);
}

/// A page of ALTO with these words; each may have a confidence and another reading.
fn page(words: &[(&str, &str, &str)]) -> String {
    let mut page = String::from("<alto><TextLine>");
    for (word, confidence, other) in words {
        let other = if other.is_empty() { String::new() } else { format!("<ALTERNATIVE>{other}</ALTERNATIVE>") };
        page += &format!("<String CONTENT='{word}' WC='{confidence}'>{other}</String><SP/>");
    }
    page + "</TextLine></alto>"
}

/// What `check` says of the finding about a word: its confidence, and its reasons.
fn told(folder: &Folder, file: &str, word: &str) -> (f64, String) {
    let out = folder.run(["check", "--level", "suspect", "--format", "jsonl", file]).exits(1).out();
    let line = out.lines().find(|line| line.contains(&format!("\"before\":\"{word}\""))).expect("the finding");
    let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
    (line["confidence"].as_f64().expect("a number"), line["reasons"].to_string())
}

#[test]
fn what_the_engine_thought_of_besides_speaks_for_a_reading() {
    let sentence = "She took the lantorn from the wall and went down to the harbour with it.";
    let words = |other: &'static str| {
        let word = move |word| (word, "0.9", if word == "lantorn" { other } else { "" });
        sentence.split(' ').map(word).collect::<Vec<_>>()
    };
    let folder = Folder::with(&[("with.xml", &page(&words("lantern"))), ("without.xml", &page(&words("")))]);
    let (with, reasons) = told(&folder, "with.xml", "lantorn");
    let (without, silent) = told(&folder, "without.xml", "lantorn");
    assert!(reasons.contains("the engine thought of this reading too"), "{reasons}");
    assert!(!silent.contains("the engine"), "{silent}");
    assert!(with >= without, "{with} {without}");
}

#[test]
fn how_sure_the_engine_was_is_told_where_it_tells_anything() {
    let sentence = "She took the lantern from the wall and went down to the harbour with it in the morning";
    let mut sure = Vec::new();
    for _ in 0..30 {
        sure.extend(sentence.split(' ').map(|word| (word, "0.95", "")));
        sure.push(("lantrrn", "0.31", ""));
    }
    sure.push(("lantorn", "0.95", ""));
    let level_at = |words: &[(&str, &str, &str)]| {
        let folder = Folder::with(&[("page.xml", &page(words))]);
        (told(&folder, "page.xml", "lantorn"), told(&folder, "page.xml", "lantrrn"))
    };
    let ((told_sure, reasons), (_, unsure)) = level_at(&sure);
    assert!(reasons.contains("the engine gave this word 0.95; such words are wrong in"), "{reasons}");
    assert!(unsure.contains("the engine gave this word 0.31; such words are wrong in 10 of 10 cases here"), "{unsure}");
    // The same confidence for every word tells nothing.
    let flat: Vec<_> = sure.iter().map(|(word, ..)| (*word, "0.95", "")).collect();
    let ((told_flat, silent), _) = level_at(&flat);
    assert!(!silent.contains("the engine"), "{silent}");
    assert!(told_sure < told_flat, "{told_sure} {told_flat}");
}
