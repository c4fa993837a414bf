//! The images of pages that the served page may ask for.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use descan_report::html::PageImage;
use descan_source::Document;

use crate::commands::serve::guard::Refused;
use crate::display::{plain, shown};
use crate::inputs::images::{OnePage, PageImages};
use crate::inputs::list::Input;

/// The images of the files that were read: nothing else is sent as an image.
pub(super) struct Images<'a> {
    found: &'a PageImages,
    /// The addresses below which the page asks for images, parted by spaces.
    pub addresses: String,
    /// For each file with images their paths and media types.
    known: Mutex<HashMap<usize, Vec<(PathBuf, &'static str)>>>,
}

impl<'a> Images<'a> {
    /// Images that are found so, asked for below these addresses.
    pub(super) fn new(found: &'a PageImages, addresses: String) -> Images<'a> {
        Images { found, addresses, known: Mutex::default() }
    }

    /// The images of a file's pages as the page refers to them; `file` is its number.
    pub(super) fn of(&self, file: usize, input: &Input, document: &Document<'_>) -> Vec<PageImage> {
        let mut images = Vec::new();
        let mut known = Vec::new();
        for OnePage { number, span, path, media_type } in self.found.of(input, document) {
            images.push(PageImage { number, span, url: format!("image/{file}/{}", known.len()) });
            known.push((path, media_type));
        }
        if !known.is_empty() {
            self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(file, known);
        }
        images
    }

    /// The media type and the bytes of an image; `numbers` are those of its file and its own.
    ///
    /// # Errors
    /// There is no such image, or it cannot be read.
    pub(super) fn read(&self, numbers: &str) -> Result<(&'static str, Vec<u8>), Refused> {
        let Some((path, media_type)) = self.known(numbers) else {
            return Err(Refused::new(404, "there is no such image"));
        };
        let bytes =
            fs::read(&path).map_err(|error| Refused::new(500, format!("{}: {}", shown(&path), plain(&error))))?;
        Ok((media_type, bytes))
    }

    fn known(&self, numbers: &str) -> Option<(PathBuf, &'static str)> {
        let (file, image) = numbers.split_once('/')?;
        let (file, image): (usize, usize) = (file.parse().ok()?, image.parse().ok()?);
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&file)?.get(image).cloned()
    }
}
