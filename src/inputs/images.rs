//! Finds the images of the pages of a text.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use descan_source::{Document, PageHint};

use crate::display::{plain, shown};
use crate::error::{Result, usage};
use crate::files::images::{Image, ImageFolder};
use crate::files::write::folder_of;
use crate::inputs::list::{Input, Source};
use crate::say::say;

/// Where images are looked for, and what was found.
#[derive(Debug)]
pub(crate) struct PageImages {
    /// The folder that `--images` names.
    folder: Option<PathBuf>,
    /// The folders read so far.
    read: Mutex<HashMap<PathBuf, Arc<ImageFolder>>>,
    tally: Mutex<Tally>,
}

#[derive(Debug, Default)]
struct Tally {
    /// Whether any image can be shown.
    has_shown: bool,
    /// The first image, by its path, that browsers do not show.
    not_shown: Option<PathBuf>,
}

/// The image of a page.
#[derive(Debug)]
pub(crate) struct OnePage {
    /// The number of the page, from 1.
    pub number: usize,
    /// The text of the page, in bytes of the document's text.
    pub span: Range<usize>,
    /// The image, of a kind that browsers show.
    pub path: PathBuf,
    pub media_type: &'static str,
}

impl PageImages {
    /// Images in the folder that `--images` names; without one, those beside the texts.
    ///
    /// # Errors
    /// There is no such folder.
    pub(crate) fn new(folder: Option<&Path>) -> Result<PageImages> {
        if let Some(folder) = folder {
            let why = match folder.metadata() {
                Ok(data) if data.is_dir() => None,
                Ok(_) => Some("it is no folder".to_owned()),
                Err(error) => Some(plain(&error)),
            };
            if let Some(why) = why {
                return usage(format!("--images {}: {why}; name the folder with the images of pages", shown(folder)));
            }
        }
        Ok(PageImages { folder: folder.map(Path::to_owned), read: Mutex::default(), tally: Mutex::default() })
    }

    /// The images of the pages of a text, in order, as far as there are any that browsers
    /// show.
    pub(crate) fn of(&self, input: &Input, document: &Document<'_>) -> Vec<OnePage> {
        let pages = document.pages();
        let is_named = pages.iter().any(|page| page.image.is_some());
        if self.folder.is_none() && (!is_named || input.source == Source::Stdin) {
            return Vec::new();
        }
        let places = self.places(input);
        let has_one_page = pages.last().is_some_and(|page| page.number == 1);
        let mut found = Vec::with_capacity(pages.len());
        let mut not_shown = Vec::new();
        for page in pages {
            let images = places.images(&page, has_one_page);
            let can_be_shown = |image: &Image| Some((image.path.clone(), image.media_type?));
            match images.iter().find_map(can_be_shown) {
                Some((path, media_type)) => {
                    found.push(OnePage { number: page.number, span: page.span, path, media_type });
                }
                None => not_shown.extend(images.into_iter().map(|image| image.path)),
            }
        }
        let mut tally = self.tally.lock().unwrap_or_else(PoisonError::into_inner);
        tally.has_shown |= !found.is_empty();
        tally.not_shown = tally.not_shown.take().into_iter().chain(not_shown).min();
        found
    }

    /// Says which images cannot be shown, or that there are none.
    pub(crate) fn warn(&self) {
        let tally = self.tally.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(path) = &tally.not_shown {
            say(format_args!(
                "{} is not shown, as browsers show neither TIFF nor JPEG 2000; convert page images, \
                 for example with `magick mogrify -format png *.tif`",
                shown(path)
            ));
        } else if let Some(folder) = self.folder.as_ref().filter(|_| !tally.has_shown) {
            say(format_args!(
                "{} has no image of any page of these texts; --help says how they are named",
                shown(folder)
            ));
        }
    }

    fn places(&self, input: &Input) -> Places {
        let Some(folder) = &self.folder else {
            return Places { folders: vec![self.read(folder_of(input.path()).to_owned())], own: None };
        };
        let mut paths = vec![folder.clone()];
        let below = folder_of(&input.output_path);
        if below != Path::new(".") {
            paths.insert(0, folder.join(below));
        }
        let name = input.path().file_stem().and_then(OsStr::to_str);
        let own = name.filter(|_| input.source != Source::Stdin).map(|name| Own {
            name: name.to_owned(),
            folders: paths.iter().map(|path| self.read(path.join(name))).collect(),
        });
        Places { folders: paths.into_iter().map(|path| self.read(path)).collect(), own }
    }

    /// The images in a folder, which is read once.
    fn read(&self, path: PathBuf) -> Arc<ImageFolder> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(read.entry(path).or_insert_with_key(|path| Arc::new(ImageFolder::read(path.clone()))))
    }
}

/// Where the images of a text may be.
struct Places {
    folders: Vec<Arc<ImageFolder>>,
    own: Option<Own>,
}

/// What is called like a text.
struct Own {
    /// The name of the text without its extension.
    name: String,
    /// The folders with that name.
    folders: Vec<Arc<ImageFolder>>,
}

impl Places {
    /// The images that may show a page, the best first.
    fn images(&self, page: &PageHint<'_>, is_only_page: bool) -> Vec<Image> {
        let mut images = Vec::new();
        if let Some(name) = page.image {
            images.extend(self.folders.iter().filter_map(|folder| folder.named(name)));
        }
        if let Some(Own { name, folders }) = &self.own {
            images.extend(folders.iter().filter_map(|folder| folder.at(page.number - 1)));
            images.extend(self.folders.iter().filter_map(|folder| folder.numbered(name, page.number)));
            if is_only_page {
                images.extend(self.folders.iter().filter_map(|folder| folder.without_extension(name)));
            }
        }
        images
    }
}
