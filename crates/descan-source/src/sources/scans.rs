//! Tests of what mark-up says of the images of pages and of the places of lines.

use proptest::prelude::*;

use crate::{Document, LineHint};

const HOCR: &str = "<html><body>\
<div class='ocr_page' title='image \"/scans/page; 1.tif\"; bbox 0 0 1000 2000; ppageno 0'><p class='ocr_par'>\
<span class='ocr_line' title='bbox 100 200 900 260; baseline 0 -3'><span class='ocrx_word'>High</span> \
<span class='ocrx_word'>water</span></span> <span class='ocr_line' title='bbox 100 300 500 350'>\
<span class='ocrx_word'>ebb</span></span></p><p>Without a line.</p></div>\
<div class='ocr_page' title='image blank.png; bbox 0 0 1000 2000'></div>\
<div class='ocr_page' title=\"bbox 100 100 1100 2100; image &quot;C:\\scans\\it&#39;s.png&quot;\">\
<span class='ocrx_line' title='bbox 100 100 600 1100'>Low water</span></div></body></html>";

const ALTO: &str = "<alto><Description><MeasurementUnit>mm10</MeasurementUnit><sourceImageInformation>\
<fileName>scans/a &amp; b.png</fileName></sourceImageInformation></Description><Layout>\
<Page WIDTH='1000' HEIGHT='2000'><PrintSpace><TextBlock>\
<TextLine HPOS='100' VPOS='200' WIDTH='800.5' HEIGHT='60'><String CONTENT='High'/><SP/><String CONTENT='wa-'/>\
</TextLine><TextLine HPOS='x' VPOS='300' WIDTH='800' HEIGHT='60'><String CONTENT='ter'/></TextLine>\
<TextLine><String CONTENT='ebb'/></TextLine></TextBlock></PrintSpace></Page></Layout></alto>";

const PAGE: &str = "<PcGts><Page imageFilename='p1.jpg' imageWidth='1000' imageHeight='2000'><TextRegion>\
<Coords points='0,0 1000,0 1000,2000 0,2000'/>\
<TextLine><Coords points='100,200 900,210 900,260 100,250'/><Baseline points='1,2 3,4'/>\
<Word><Coords points='100,200 300,210 300,260 100,250'/><TextEquiv><Unicode>High</Unicode></TextEquiv></Word>\
<Word><TextEquiv><Unicode>water</Unicode></TextEquiv></Word></TextLine></TextRegion>\
<TextRegion><TextEquiv><Unicode>ebb</Unicode></TextEquiv></TextRegion></Page></PcGts>";

const TSV: &str = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
1\t1\t0\t0\t0\t0\t0\t0\t1000\t2000\t-1\t\n4\t1\t1\t1\t1\t0\t100\t200\t800\t60\t-1\t\n\
5\t1\t1\t1\t1\t1\t100\t200\t90\t60\t91\tHigh\n5\t1\t1\t1\t1\t2\t200\t200\t90\t60\t90\twater\n";

fn open(file: &str) -> Document<'_> {
    Document::open(file.as_bytes()).expect("a file that can be read")
}

/// The pages with text: their number, their text and their image.
fn pages(file: &str) -> Vec<(usize, String, Option<String>)> {
    let document = open(file);
    let pages = document.pages();
    let told = pages
        .iter()
        .map(|page| (page.number, document.text()[page.span.clone()].to_owned(), page.image.map(str::to_owned)));
    told.collect()
}

/// The lines: their text, and their edges in parts of a thousand.
fn lines(file: &str) -> Vec<(String, [i32; 4])> {
    let document = open(file);
    let told = document.lines().map(|LineHint { span, area }| {
        let edges = [area.left, area.top, area.right, area.bottom].map(|edge| (edge * 1000.0).round() as i32);
        (document.text()[span.clone()].to_owned(), edges)
    });
    told.collect()
}

#[test]
fn pages_have_the_images_that_the_file_names() {
    let one = |text: &str, image: &str| vec![(1, text.to_owned(), Some(image.to_owned()))];
    let mut hocr = one("High water\nebb\n\nWithout a line.", "page; 1.tif");
    hocr.push((3, "Low water".to_owned(), Some("it's.png".to_owned())));
    assert_eq!(pages(HOCR), hocr);
    assert_eq!(pages(ALTO), one("High wa-\nter\nebb", "a & b.png"));
    assert_eq!(pages(PAGE), one("High water\n\nebb", "p1.jpg"));
    assert_eq!(pages(TSV), [(1, "High water".to_owned(), None)]);
}

#[test]
fn lines_have_their_place_on_the_page() {
    let line = |text: &str, edges: [i32; 4]| (text.to_owned(), edges);
    let first = line("High water", [100, 100, 900, 130]);
    assert_eq!(lines(HOCR), [first.clone(), line("ebb", [100, 150, 500, 175]), line("Low water", [0, 0, 500, 500])]);
    assert_eq!(lines(ALTO), [line("High wa-", [100, 100, 901, 130])]);
    assert_eq!(lines(PAGE), lines(TSV));
    assert_eq!(lines(TSV), [first]);
}

#[test]
fn names_that_name_no_file_name_nothing() {
    for path in ["", " ", "..", "scans/", "../..", "C:\\scans\\.."] {
        let page = PAGE.replace("p1.jpg", path);
        assert_eq!(pages(&page)[0].2, None, "{path:?}");
    }
    assert_eq!(pages(&PAGE.replace("p1.jpg", "../../etc/x.png"))[0].2.as_deref(), Some("x.png"));
    // A file that several pages name holds all of them.
    let book = HOCR.replace("it&#39;s.png", "page; 1.tif");
    assert_eq!(pages(&book).iter().filter(|page| page.2.is_some()).count(), 0);
}

#[test]
fn numbers_that_make_no_sense_give_no_place() {
    let edge = "bbox 100 200 900 260";
    assert_eq!(lines(&HOCR.replace(edge, "bbox -5 200 1010 260"))[0].1, [0, 100, 1000, 130], "rounded by the engine");
    for wrong in [
        "bbox 100 200 900",
        "bbox",
        "bbox a b c d",
        "bbox 900 200 100 260",
        "bbox 100 200 100 260",
        "bbox nan 0 9 9",
        "bbox 100 200 inf 260",
        "bbox -200 200 900 260",
        "bbox 1 2 1e300 1e308",
        "bbox 100 2100 900 2160",
        "x_size 31",
    ] {
        assert_eq!(lines(&HOCR.replace(edge, wrong)).len(), 2, "{wrong}");
    }
    for page in ["bbox 0 0 0 0", "bbox 0 0 1000", "x_dpi 300"] {
        assert_eq!(lines(&HOCR.replace("bbox 0 0 1000 2000", page)).len(), 1, "{page}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_title_is_read(title in "[a-z\"';. 0-9e\\-]{0,40}", numbers in proptest::array::uniform4(any::<f64>())) {
        let [left, top, right, bottom] = numbers;
        let line = format!("bbox {left} {top} {right} {bottom}");
        let file = HOCR.replace("bbox 0 0 1000 2000", &line).replace("bbox 100 300 500 350", &title.replace('\'', ""));
        let plain = open(HOCR).text().to_owned();
        let document = open(&file);
        prop_assert_eq!(document.text(), plain);
        for LineHint { area, .. } in document.lines() {
            prop_assert!(0.0 <= area.left && area.left < area.right && area.right <= 1.0, "{:?}", area);
            prop_assert!(0.0 <= area.top && area.top < area.bottom && area.bottom <= 1.0, "{:?}", area);
        }
    }
}
