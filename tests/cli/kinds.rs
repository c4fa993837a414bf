//! What is not text is refused by name, and stays as it is.

use crate::support::{Folder, SCAN};

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n";
const FEED: &[u8] = b"<?xml version=\"1.0\"?>\n<rss><title>The of\xEF\xAC\x81ce</title></rss>\n";
const PICTURE: &[u8] = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01 tbe of\xEF\xAC\x81ce \x00\x02\x03";

#[test]
fn a_file_that_is_not_text_is_refused_with_what_to_do() {
    let folder = Folder::new();
    for (name, bytes, why) in [
        ("a.pdf", PDF, " is a PDF, not text: extract its text with `pdftotext -layout "),
        ("a.jpg", PICTURE, " is an image, not text: read its text with an OCR engine"),
        ("a.xml", FEED, " is unknown mark-up, not text: convert it"),
    ] {
        folder.write(name, bytes);
        for command in
            [&["clean"][..], &["check"], &["diff"], &["stats"], &["clean", "--out-dir", "out"], &["clean", "--write"]]
        {
            let run = folder.run([command, &[name]].concat()).exits(3);
            assert!(run.err().contains(why), "{command:?}: {}", run.err());
            assert_eq!(folder.read(name), bytes, "{command:?}");
        }
        let run = folder.run_with(["clean", "-"], bytes.to_vec()).exits(3);
        assert_eq!(run.err().lines().next().map(|line| line.starts_with("descan: - is ")), Some(true), "{}", run.err());
        assert!(run.0.stdout.is_empty());
    }
}

#[test]
fn the_option_text_reads_it_all_the_same_but_never_in_place() {
    let folder = Folder::new();
    folder.write("a.xml", FEED);
    let cleaned = folder.run(["clean", "--text", "a.xml"]).exits(0).0.stdout;
    assert_eq!(String::from_utf8_lossy(&cleaned), "<?xml version=\"1.0\"?>\n<rss><title>The office</title></rss>\n");
    folder.run(["clean", "--text", "--write", "a.xml"]).exits(2);
    assert_eq!(folder.read("a.xml"), FEED);
}

#[test]
fn folders_are_searched_for_text_alone() {
    let folder = Folder::with(&[("in/a.txt", SCAN), ("in/b.txt", SCAN)]);
    folder.write("in/a.pdf", PDF);
    folder.write("in/b.jpg", PICTURE);
    let run = folder.run(["clean", "--out-dir", "out", "in"]).exits(0);
    assert!(run.err().contains("2 skipped as non-text"), "{}", run.err());
}

#[test]
fn a_text_in_another_language_is_said_to_be_so_once() {
    let line = "Am Morgen lag der Nebel über dem Fluß, und die Fähre kam erst gegen Mittag an.\n";
    let folder = Folder::with(&[("in/a.txt", SCAN), ("in/b.txt", &line.repeat(9)), ("in/c.txt", &line.repeat(7))]);
    let said =
        |err: String| err.lines().filter(|line| line.contains("not English")).map(str::to_owned).collect::<Vec<_>>();
    let all = said(folder.run(["clean", "--out-dir", "out", "in"]).exits(0).err());
    assert_eq!(all.len(), 1, "{all:?}");
    assert!(all[0].contains("2 texts, such as in/b.txt, are not English"), "{all:?}");
    let one = said(folder.run(["check", "in/c.txt"]).err());
    assert!(one.len() == 1 && one[0].contains("in/c.txt is not English"), "{one:?}");
    assert!(said(folder.run(["check", "in/a.txt"]).err()).is_empty());
}

#[test]
fn a_folder_without_texts_says_what_it_has() {
    let folder = Folder::new();
    folder.write("in/a.pdf", PDF);
    folder.write("in/a.jpg", PICTURE);
    folder.run(["check", "in"]).refuses(&["no text files", "2 skipped as non-text"]);
}
