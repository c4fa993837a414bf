//! The image of the page beside the finding.

use std::fs;

use serde_json::Value;

use super::{Shown, shown_of};

/// The width and height of the image, in pixels.
const SIZE: [u32; 2] = [400, 560];

/// A page in which the fourth of a dozen lines has damage.
fn hocr() -> String {
    let mut lines = String::new();
    for number in 0..12 {
        let (top, word) = (40 + 40 * number, if number == 3 { "o&#xFB03;cer" } else { "captain" });
        lines += &format!("<span class='ocr_line' title='bbox 40 {top} 360 {}'>The {word} smiled.</span>\n", top + 20);
    }
    format!("<html><body><div class='ocr_page' title='image p1.png; bbox 0 0 400 560'>{lines}</div></body></html>")
}

/// A grey image as PNG: without compression, which a test does not need.
pub(crate) fn png([width, height]: [u32; 2]) -> Vec<u8> {
    let mut pixels = Vec::new();
    for row in 0..height {
        pixels.push(0); // no filter
        pixels.extend((0..width).map(|column| if row % 40 < 20 && column % 9 < 6 { 90 } else { 240 }));
    }
    let mut data = vec![0x78, 0x01];
    let mut blocks = pixels.chunks(0xffff).peekable();
    while let Some(block) = blocks.next() {
        let length = block.len() as u16;
        data.push(u8::from(blocks.peek().is_none()));
        data.extend([length.to_le_bytes(), (!length).to_le_bytes()].concat());
        data.extend(block);
    }
    let (mut low, mut high) = (1u32, 0u32);
    for &byte in &pixels {
        low = (low + u32::from(byte)) % 65521;
        high = (high + low) % 65521;
    }
    data.extend((high << 16 | low).to_be_bytes());
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, data) in [(b"IHDR", head), (b"IDAT", data), (b"IEND", Vec::new())] {
        let chunk = [&name[..], &data].concat();
        file.extend((data.len() as u32).to_be_bytes());
        file.extend(&chunk);
        file.extend(crc(&chunk).to_be_bytes());
    }
    file
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for &byte in bytes {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    !crc
}

/// The widths and edges of what is shown, once the image is loaded: `view` is the part of the
/// panel that holds it.
const MEASURES: &str = "const box = (e) => { const b = e.getBoundingClientRect(); \
    return [b.left, b.top, b.right, b.bottom]; }; const q = (s) => document.querySelector('#scan ' + s); \
    return { natural: q('img').naturalWidth, alt: q('img').alt, image: box(q('img')), view: box(q('.view')), \
    line: q('.line') && box(q('.line')), link: q('a').getAttribute('href') }";

fn edges(value: &Value) -> [f64; 4] {
    let numbers = value.as_array().unwrap_or_else(|| panic!("no edges: {value}"));
    std::array::from_fn(|at| numbers[at].as_f64().expect("a number"))
}

fn page_with_image(text: (&str, &str), image: &str) -> Option<Shown> {
    let write = |folder: &std::path::Path| {
        fs::write(folder.join(text.0), text.1).expect("written");
        fs::create_dir(folder.join("the scans")).expect("created");
        fs::write(folder.join("the scans").join(image), png(SIZE)).expect("written");
    };
    shown_of(write, &["--images", "the scans", text.0])
}

#[test]
fn the_line_of_a_finding_is_outlined_on_its_page() {
    let Some(Shown { folder: _kept, browser, page }) = page_with_image(("a.hocr", &hocr()), "p1.png") else { return };
    for (width, height) in [(1280, 900), (390, 844)] {
        browser.resize(width, height);
        browser.open(&page);
        browser.click(".f.m");
        browser.until("return document.querySelector('#scan img').naturalWidth > 0");
        let shown = browser.js(MEASURES);
        assert_eq!(shown["natural"], SIZE[0]);
        assert_eq!(shown["link"], "the%20scans/p1.png");
        assert!(shown["alt"].as_str().expect("text").contains("Page 1"), "{shown}");
        let [left, top, right, bottom] = edges(&shown["image"]);
        let line = edges(&shown["line"]);
        let wanted = [40.0 / 400.0, 160.0 / 560.0, 360.0 / 400.0, 180.0 / 560.0];
        let at = [left, top, left, top];
        let size = [right - left, bottom - top, right - left, bottom - top];
        for side in 0..4 {
            let share = (line[side] - at[side]) / size[side];
            assert!((share - wanted[side]).abs() < 0.005, "side {side} is at {share}: {shown}");
        }
        // It is in view, and so are lines around it.
        let view = edges(&shown["view"]);
        let room = line[3] - line[1];
        assert!(view[1] <= line[1] - room && line[3] + room <= view[3], "{shown}");
        assert!(view[0] <= line[2] && line[0] <= view[2], "{shown}");
        let panel = browser.js("const p = document.getElementById('panel'); return p.scrollWidth > p.clientWidth");
        assert_eq!(panel, false);
    }
    assert_eq!(browser.console(), Vec::<String>::new());
}

#[test]
fn without_a_place_the_whole_page_is_shown() {
    let text = "The o\u{fb03}cer smiled.\n";
    let Some(Shown { folder, browser, .. }) = page_with_image(("note.txt", text), "note.png") else { return };
    browser.click(".f.m");
    browser.until("return document.querySelector('#scan img').naturalWidth > 0");
    let shown = browser.js(MEASURES);
    assert_eq!(shown["line"], Value::Null);
    let ([_, top, _, bottom], view) = (edges(&shown["image"]), edges(&shown["view"]));
    assert!(view[1] <= top && bottom <= view[3] + 0.5 && bottom - top > 100.0, "{shown}");
    // An image that is gone is said to be.
    fs::remove_dir_all(folder.path().join("the scans")).expect("removed");
    browser.js("location.reload()");
    browser.click(".f.m");
    browser.until("return document.querySelector('#scan .view').textContent.includes('cannot be shown')");
}
