//! The images in a folder, by their names.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;

use crate::files::natural::natural_order;

/// The kinds of images: their extension, and the media type of those that browsers show.
/// Of several images of one name the first kind counts.
const KINDS: [(&str, Option<&str>); 13] = [
    ("png", Some("image/png")),
    ("jpg", Some("image/jpeg")),
    ("jpeg", Some("image/jpeg")),
    ("webp", Some("image/webp")),
    ("avif", Some("image/avif")),
    ("gif", Some("image/gif")),
    ("tif", None),
    ("tiff", None),
    ("jp2", None),
    ("j2k", None),
    ("jpf", None),
    ("jpx", None),
    ("jpm", None),
];

/// An image file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Image {
    pub path: PathBuf,
    /// The media type; `None` if browsers do not show it.
    pub media_type: Option<&'static str>,
}

/// The images in a folder.
#[derive(Debug, Default)]
pub(crate) struct ImageFolder {
    path: PathBuf,
    /// Names without extension, in natural order, and the kinds that there are of each,
    /// the first to count.
    names: Vec<(String, Vec<Kind>)>,
    by_name: HashMap<String, usize>,
    /// By a name without the number at its end, and that number.
    by_number: HashMap<(String, usize), usize>,
}

/// An extension as the file has it, and the index of its kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Kind(usize, String);

impl ImageFolder {
    /// Reads a folder; one that cannot be read has no images.
    pub(crate) fn read(path: PathBuf) -> ImageFolder {
        let mut found: HashMap<String, Vec<Kind>> = HashMap::new();
        for entry in fs::read_dir(&path).into_iter().flatten().flatten() {
            let file = entry.file_name();
            let Some((name, kind)) = file.to_str().and_then(split) else { continue };
            if !name.starts_with('.') && entry.path().is_file() {
                found.entry(name.to_owned()).or_default().push(kind);
            }
        }
        let mut names: Vec<(String, Vec<Kind>)> = found.into_iter().collect();
        names.sort_by(|(a, _), (b, _)| natural_order(a, b));
        let mut folder = ImageFolder { path, ..ImageFolder::default() };
        for (index, (name, kinds)) in names.iter_mut().enumerate() {
            kinds.sort();
            folder.by_name.insert(name.clone(), index);
            if let Some(key) = numbered(name) {
                folder.by_number.entry(key).or_insert(index);
            }
        }
        folder.names = names;
        folder
    }

    /// The image with this name, or with this name and another extension.
    pub(crate) fn named(&self, file_name: &str) -> Option<Image> {
        let Some((name, kind)) = split(file_name) else { return self.without_extension(file_name) };
        let (_, kinds) = &self.names[*self.by_name.get(name)?];
        let is_shown = KINDS[kind.0].1.is_some();
        let kind = if is_shown && kinds.contains(&kind) { &kind } else { kinds.first()? };
        Some(self.image(name, kind))
    }

    /// The image whose name without its extension is this.
    pub(crate) fn without_extension(&self, name: &str) -> Option<Image> {
        self.at(*self.by_name.get(name)?)
    }

    /// The image with this name and number, from 0 on: `name-007.png`, `name_7.png`.
    pub(crate) fn numbered(&self, name: &str, number: usize) -> Option<Image> {
        self.at(*self.by_number.get(&(name.to_owned(), number))?)
    }

    /// The image at an index, from 0, in natural order; several kinds of one name are one.
    pub(crate) fn at(&self, index: usize) -> Option<Image> {
        let (name, kinds) = self.names.get(index)?;
        Some(self.image(name, kinds.first()?))
    }

    fn image(&self, name: &str, Kind(kind, extension): &Kind) -> Image {
        Image { path: self.path.join(format!("{name}.{extension}")), media_type: KINDS[*kind].1 }
    }
}

/// The name of an image file without its extension, and its kind; `None` if it is no image.
fn split(file_name: &str) -> Option<(&str, Kind)> {
    let (name, extension) = file_name.rsplit_once('.')?;
    let kind = KINDS.iter().position(|(known, _)| extension.eq_ignore_ascii_case(known))?;
    Some((name, Kind(kind, extension.to_owned())))
}

/// `name-007` as `name` and 7.
fn numbered(name: &str) -> Option<(String, usize)> {
    let at = name.rfind(['-', '_'])?;
    let digits = &name[at + 1..];
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if is_number { Some((name[..at].to_owned(), digits.parse().ok()?)) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_found_by_name_number_and_place() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = ["a-10.png", "a-09.PNG", "a_2.tif", "a_2.jpg", "b.tif", "b.png.txt", ".c.png", "d 1.gif", "e.svg"];
        for name in files {
            fs::write(folder.path().join(name), "").expect("written");
        }
        fs::create_dir(folder.path().join("f.png")).expect("created");
        let images = ImageFolder::read(folder.path().to_owned());
        let name = |image: Option<Image>| {
            let image = image?;
            assert_eq!(image.media_type.is_none(), image.path.extension().is_some_and(|e| e == "tif"));
            Some(image.path.file_name()?.to_string_lossy().into_owned())
        };
        let is = |image: Option<Image>, wanted: &str| assert_eq!(name(image).unwrap_or_default(), wanted);
        for (index, wanted) in ["a-09.PNG", "a-10.png", "a_2.jpg", "b.tif", "d 1.gif", ""].into_iter().enumerate() {
            is(images.at(index), wanted);
        }
        is(images.named("a-10.png"), "a-10.png");
        is(images.named("a_2.tif"), "a_2.jpg");
        is(images.named("b.png"), "b.tif");
        is(images.named("d 1"), "d 1.gif");
        for missing in ["c.png", ".c.png", "e.svg", "f.png", "", "..", "b.png.txt"] {
            is(images.named(missing), "");
        }
        is(images.numbered("a", 9), "a-09.PNG");
        is(images.numbered("a", 2), "a_2.jpg");
        is(images.numbered("a", 1), "");
        is(images.without_extension("b"), "b.tif");
    }
}
