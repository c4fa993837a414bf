//! The images of pages beside the findings of `descan report` and `descan serve`.

use crate::support::{Folder, Run, SCAN};

/// A page of hOCR whose image has this name.
fn hocr(image: &str) -> String {
    format!(
        "<html><body><div class='ocr_page' title='image \"{image}\"; bbox 0 0 1000 2000'>\
         <span class='ocr_line' title='bbox 100 200 900 260'><span class='ocrx_word'>The</span> \
         <span class='ocrx_word'>o&#xFB03;cer</span> <span class='ocrx_word'>smiled.</span></span></div></body></html>"
    )
}

fn report(folder: &Folder, args: &[&str]) -> Run {
    let command = ["report", "--html", "out/page.html"];
    folder.run(command.iter().chain(args)).exits(0)
}

/// The addresses of the images in the page, in order.
fn images(folder: &Folder) -> Vec<String> {
    let page = folder.text("out/page.html");
    let urls = page.split("{\"url\":\"").skip(1).map(|rest| rest.split('"').next().expect("an end").to_owned());
    urls.collect()
}

#[test]
fn pages_are_found_by_the_name_of_the_text() {
    let pages = [SCAN, "\n", SCAN, ""].join("\u{c}");
    let texts = [("in/one.txt", SCAN), ("in/a/book.txt", &pages), ("in/vol.txt", &pages), ("in/more.txt", SCAN)];
    let folder = Folder::with(&texts);
    for image in
        ["one.png", "one.txt", "one-2.png", "a/book/p 1.jpg", "a/book/p 10.PNG", "a/book/p 2.gif", "vol-003.webp"]
    {
        folder.write(format!("scans/{image}"), "");
    }
    let run = report(&folder, &["--images", "scans", "in"]);
    assert_eq!(run.err().lines().count(), 1, "{}", run.err());
    assert_eq!(
        images(&folder),
        [
            // The first image of the book, and the third: its second page is empty.
            "../scans/a/book/p%201.jpg",
            "../scans/a/book/p%2010.PNG",
            "../scans/one.png",
            "../scans/vol-003.webp",
        ]
    );
}

#[test]
fn pages_are_found_by_the_name_in_the_file() {
    let alto = "<alto><Description><sourceImageInformation><fileName>/nas/b.tif</fileName></sourceImageInformation>\
        </Description><Layout><Page WIDTH='1000' HEIGHT='2000'><TextLine HPOS='100' VPOS='200' WIDTH='800' HEIGHT='60'>\
        <String CONTENT='The'/><SP/><String CONTENT='o&#xFB03;cer'/></TextLine></Page></Layout></alto>";
    let page = "<PcGts><Page imageFilename='c.png' imageWidth='1000' imageHeight='2000'><TextRegion><TextLine>\
        <Coords points='100,200 900,200 900,260 100,260'/><Word><TextEquiv><Unicode>The</Unicode></TextEquiv></Word>\
        <Word><TextEquiv><Unicode>o&#xFB03;cer</Unicode></TextEquiv></Word></TextLine></TextRegion></Page></PcGts>";
    let folder = Folder::with(&[("in/a.hocr", &*hocr("a.png")), ("in/b.xml", alto), ("in/c.xml", page)]);
    for image in ["a.png", "b.jpg", "c.png"] {
        folder.write(format!("scans/{image}"), "");
        folder.write(format!("in/{image}"), "");
    }
    report(&folder, &["--images", "scans", "in"]);
    assert_eq!(images(&folder), ["../scans/a.png", "../scans/b.jpg", "../scans/c.png"]);
    // Every finding is in the same line, which is outlined at the same place.
    let html = folder.text("out/page.html");
    assert_eq!(html.matches("\"g\":{\"page\":0,\"line\":[0.1,0.1,0.9,0.13,").count(), 3);
    // What lies beside the file is shown unasked.
    report(&folder, &["in"]);
    assert_eq!(images(&folder), ["../in/a.png", "../in/b.jpg", "../in/c.png"]);
}

#[test]
fn a_name_in_a_file_leads_nowhere_else() {
    let files = [
        ("a.hocr", hocr("../../secret.png")),
        ("b.hocr", hocr("..\\secret.png")),
        ("c.hocr", hocr("/etc/x.png")),
        ("d.hocr", hocr("..")),
        ("e.hocr", hocr("secret.png/")),
        ("f.hocr", hocr("https://evil.example/track.png")),
    ];
    let folder = Folder::new();
    folder.write("secret.png", "");
    folder.write("scans/safe.png", "");
    for (name, file) in &files {
        folder.write(format!("in/{name}"), file);
    }
    let run = report(&folder, &["--images", "scans", "in"]);
    assert!(run.err().contains("scans has no image of any page of these texts"), "{}", run.err());
    let html = folder.text("out/page.html");
    assert!(!html.contains("img-src") && !html.contains("evil.example") && images(&folder).is_empty());
    // A file with that name in the folder itself is meant.
    folder.write("scans/secret.png", "");
    report(&folder, &["--images", "scans", "in/a.hocr"]);
    assert_eq!(images(&folder), ["../scans/secret.png"]);
    assert!(folder.text("out/page.html").contains("img-src 'self' file:;"));
}

#[cfg(unix)]
#[test]
fn a_name_in_a_file_is_no_mark_up() {
    let name = "<img onerror=alert(1)>&quot;?#%2e%00.png";
    let folder = Folder::with(&[("a.hocr", &*hocr(name))]);
    folder.write("scans/<img onerror=alert(1)>?#%2e%00.png", "");
    report(&folder, &["--images", "scans", "a.hocr"]);
    // The name ends at its quote, so there is no such file.
    assert!(images(&folder).is_empty());
    folder.write("b.hocr", hocr(&name.replace("&quot;", "")));
    report(&folder, &["--images", "scans", "b.hocr"]);
    assert_eq!(images(&folder), ["../scans/%3Cimg%20onerror%3Dalert%281%29%3E%3F%23%252e%2500.png"]);
}

#[test]
fn a_folder_that_is_not_there_is_refused() {
    let folder = Folder::with(&[("a.txt", SCAN), ("file", "")]);
    for missing in ["scans", "file"] {
        for command in [&["report", "--html", "page.html"][..], &["serve"]] {
            let args = [command, &["--images", missing, "a.txt"]].concat();
            folder.run(args).refuses(&["--images", missing, "name the folder with the images of pages"]);
        }
    }
    assert_eq!(folder.files(), ["a.txt", "file"]);
}

#[test]
fn images_that_browsers_do_not_show_are_named_once() {
    let folder = Folder::with(&[("in/a.hocr", &*hocr("a.tif")), ("in/b.hocr", &*hocr("b.jp2")), ("in/c.txt", SCAN)]);
    for image in ["in/a.tif", "in/b.jp2", "scans/a.tif", "scans/c.tiff"] {
        folder.write(image, "");
    }
    for (args, named) in [(&["in"][..], "in/a.tif"), (&["--images", "scans", "in"], "scans/a.tif")] {
        let run = report(&folder, args);
        let line = format!("descan: {named} is not shown, as browsers show neither TIFF nor JPEG 2000; convert");
        assert!(run.err().starts_with(&line) && run.err().lines().count() == 2, "{}", run.err());
        assert!(images(&folder).is_empty());
    }
    // Once they are converted, the same file names the new images.
    folder.write("scans/a.png", "");
    folder.write("scans/c.png", "");
    let run = report(&folder, &["--images", "scans", "in"]);
    assert_eq!((images(&folder).len(), run.err().lines().count()), (2, 1), "{}", run.err());
}
