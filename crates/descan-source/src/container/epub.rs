//! The reading order of an EPUB: its spine.

use std::collections::HashMap;
use std::io::Cursor;
use std::ops::Range;

use zip::read::ZipArchive;

use super::unpack::{MOST, Unreadable, contents};
use crate::markup::references::resolved;
use crate::markup::{Handler, Tag, walk};

/// The names of the chapters in the archive, in reading order.
pub(super) fn reading_order(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<Vec<String>, Unreadable> {
    let start = text(archive, "META-INF/container.xml")?;
    let mut root = Root::default();
    walk(&start, &mut root).map_err(|broken| broken.to_string())?;
    let Some(package) = root.package else { return Err("is a broken EPUB: it names no package".to_owned()) };
    let file = text(archive, &package)?;
    let mut reader = Package::default();
    walk(&file, &mut reader).map_err(|broken| broken.to_string())?;
    let folder = package.rfind('/').map_or("", |at| &package[..=at]);
    let mut names = Vec::with_capacity(reader.spine.len());
    for id in &reader.spine {
        if let Some(href) = reader.chapters.get(id) {
            names.push(joined(folder, &unescaped(href)));
        }
    }
    Ok(names)
}

fn text(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<String, Unreadable> {
    let bytes = contents(archive, name, MOST)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// `META-INF/container.xml`: where the package is.
#[derive(Default)]
struct Root {
    package: Option<String>,
}

impl Handler for Root {
    fn start(&mut self, tag: &Tag<'_>) {
        if tag.name == "rootfile" && self.package.is_none() {
            self.package = tag.attribute("full-path").map(|path| resolved(&path));
        }
    }

    fn end(&mut self, _name: &str, _span: Range<usize>) {}
    fn text(&mut self, _span: Range<usize>) {}
    fn reference(&mut self, _span: Range<usize>) {}
}

/// The package: its chapters by their ids, and the order of their ids.
#[derive(Default)]
struct Package {
    chapters: HashMap<String, String>,
    spine: Vec<String>,
}

impl Handler for Package {
    fn start(&mut self, tag: &Tag<'_>) {
        match tag.name {
            "item" => {
                let is_chapter = tag.attribute("media-type").is_some_and(|kind| kind == "application/xhtml+xml");
                if let (true, Some(id), Some(href)) = (is_chapter, tag.attribute("id"), tag.attribute("href")) {
                    self.chapters.insert(id, resolved(&href));
                }
            }
            "itemref" => self.spine.extend(tag.attribute("idref")),
            _ => {}
        }
    }

    fn end(&mut self, _name: &str, _span: Range<usize>) {}
    fn text(&mut self, _span: Range<usize>) {}
    fn reference(&mut self, _span: Range<usize>) {}
}

/// A path in the archive, from a folder and a path relative to it.
fn joined(folder: &str, href: &str) -> String {
    let mut names: Vec<&str> = Vec::new();
    let href = href.split(['#', '?']).next().unwrap_or_default();
    let whole = [folder, href].concat();
    for name in whole.split('/') {
        match name {
            "" | "." => {}
            ".." => drop(names.pop()),
            _ => names.push(name),
        }
    }
    names.join("/")
}

/// A link with its `%20` and the like as characters.
fn unescaped(href: &str) -> String {
    let mut bytes = Vec::with_capacity(href.len());
    let mut rest = href.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
