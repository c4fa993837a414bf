//! Archives: parts in reading order, repaired in place, all else as it was packed.

use std::io::{Cursor, Read, Write};

use descan_text::edit::{Edit, EditList};
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, ZipArchive};

use crate::{Document, FileFormat};

const PACKAGE: &str = "<package><manifest><item id='b' href='two%20b.xhtml' media-type='application/xhtml+xml'/>\
<item id='a' href='../one.xhtml' media-type='application/xhtml+xml'/><item id='i' href='i.png' media-type='image/png'/>\
</manifest><spine><itemref idref='a'/><itemref idref='i'/><itemref idref='b'/></spine></package>";

fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let method = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).expect("a new entry");
        writer.write_all(bytes).expect("its bytes");
    }
    writer.set_raw_comment(b"made by hand"[..].into()).expect("a comment");
    writer.finish().expect("an archive").into_inner()
}

fn book() -> Vec<u8> {
    let noise: Vec<u8> = (0..3000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    packed(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", b"<container><rootfiles><rootfile full-path='O/p.opf'/></rootfiles></container>"),
        ("O/p.opf", PACKAGE.as_bytes()),
        ("O/two b.xhtml", "\u{feff}<html><body>\r\n<p>Two tbe end</p></body></html>".as_bytes()),
        ("O/i.png", &noise),
        ("one.xhtml", b"<html><head><title>x</title></head><body><p>One &amp; tbe <i>sea</i></p><script>tbe</script></body></html>\r\n"),
    ])
}

fn entries(file: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(file)).expect("an archive");
    let mut all = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("its bytes");
        all.push((entry.name().expect("a name").into_owned(), bytes));
    }
    all
}

fn the(document: &Document<'_>) -> EditList {
    let places = document.text().match_indices("tbe").map(|(at, _)| Edit::new(at..at + 3, "the"));
    EditList::new(places.collect())
}

#[test]
fn a_book_is_one_text_in_the_order_of_its_spine() {
    let file = book();
    let document = Document::open(&file[..]).expect("a book");
    assert_eq!(document.format(), FileFormat::Epub);
    assert_eq!(document.text(), "One & tbe sea\n\u{c}Two tbe end\n");
    let second = document.text().find("Two").expect("the word");
    let (name, start) = document.part_at(second).expect("a part");
    assert_eq!(name, "O/two b.xhtml");
    assert!(document.file_text()[start..].starts_with("\u{feff}<html>"));
    assert_eq!(document.bytes(), file);
}

#[test]
fn chapters_are_repaired_and_the_rest_is_copied() {
    let file = book();
    let document = Document::open(&file[..]).expect("a book");
    let edits = the(&document);
    assert!(document.reads_back(&edits));
    let written = document.write(&edits).bytes;
    for ((name, before), (new_name, after)) in entries(&file).into_iter().zip(entries(&written)) {
        assert_eq!(name, new_name);
        let text = String::from_utf8_lossy(&before);
        let expected = text.replace("tbe <i>", "the <i>").replace("Two tbe", "Two the");
        assert!(after == before || String::from_utf8(after).is_ok_and(|after| after == expected), "{name}");
    }
    assert_eq!(entries(&written).len(), entries(&file).len());
    // The picture is packed as it was, and the cuts go around it.
    let splice = document.splice(&edits);
    assert!(splice.cuts.len() > 1 && splice.cuts.iter().map(|cut| cut.new.len()).sum::<usize>() < 3000);
    let parts: Vec<_> = document.splices(&edits).into_iter().map(|(name, ..)| name.map(str::to_owned)).collect();
    assert_eq!(parts, [Some("one.xhtml".to_owned()), Some("O/two b.xhtml".to_owned())]);
    assert_eq!(document.write(&EditList::default()).bytes, file);
}

#[test]
fn a_document_of_word_keeps_its_runs() {
    let body = "<w:document><w:body><w:p><w:r><w:t xml:space=\"preserve\">Tbe old </w:t></w:r><w:r><w:rPr><w:b/></w:rPr>\
<w:t>tbe</w:t></w:r></w:p><w:p><w:r><w:t>Letme</w:t><w:tab/><w:instrText>tbe</w:instrText></w:r></w:p></w:body></w:document>";
    let file = packed(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", body.as_bytes())]);
    let document = Document::open(&file[..]).expect("a document");
    assert_eq!((document.format(), document.text()), (FileFormat::Docx, "Tbe old tbe\n\nLetme\n"));
    let at = document.text().find("Letme").expect("the word");
    let mut edits: Vec<Edit> = the(&document).iter().cloned().collect();
    edits.push(Edit::new(at..at + 5, "Let me"));
    let written = document.write(&EditList::new(edits)).bytes;
    let expected = body.replace("<w:t>tbe", "<w:t>the").replace("Letme", "Let me");
    assert_eq!(entries(&written)[1].1, expected.as_bytes());
}

#[test]
fn archives_that_are_neither_or_broken_are_refused() {
    let other = packed(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")]);
    let why = Document::open(&other[..]).expect_err("a table").to_string();
    assert!(why.contains("neither EPUB nor DOCX"), "{why}");
    let unclosed = packed(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w:p>\n<w:t>a</w:t><!-- b")]);
    let why = Document::open(&unclosed[..]).expect_err("no end").to_string();
    assert!(why.starts_with("is broken in word/document.xml, line 2: "), "{why}");
    let file = book();
    for end in (0..file.len()).step_by(7) {
        if let Ok(document) = Document::open(&file[..end]) {
            assert!(document.write(&the(&document)).bytes.len() >= end.min(4));
        }
    }
}
