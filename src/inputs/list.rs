//! The texts to read, stored in little more memory than their paths need: an
//! archive may have a million of them.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

/// Where a text comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

/// A text to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Input {
    pub source: Source,
    /// The path of the output inside an output folder: the file's name or, for a
    /// file found in a named folder, its path relative to that folder. It is
    /// always the end of the file's path.
    pub output_path: PathBuf,
}

impl Input {
    /// A file named on the command line.
    pub(crate) fn named(path: PathBuf) -> Input {
        let output_path = path.file_name().map(PathBuf::from).unwrap_or_default();
        Input { source: Source::File(path), output_path }
    }

    /// Standard input; its output path is `stdin`.
    pub(crate) fn stdin() -> Input {
        Input { source: Source::Stdin, output_path: PathBuf::from(STDIN_OUTPUT) }
    }

    /// The path for messages and reports.
    pub(crate) fn path(&self) -> &Path {
        match &self.source {
            Source::Stdin => Path::new(STDIN),
            Source::File(path) => path,
        }
    }
}

const STDIN: &str = "-";
const STDIN_OUTPUT: &str = "stdin";

/// Many inputs: their paths in one buffer, plus 16 bytes for each.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    paths: Vec<u8>,
    entries: Vec<Entry>,
    /// Whether the outputs are the texts of the inputs, and named so.
    to_text: bool,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    start: usize,
    length: u32,
    /// How many bytes at the end of the path are the output path; 0 means standard
    /// input.
    output_path: u32,
}

impl Inputs {
    /// Adds an input.
    ///
    /// # Errors
    /// A path that this system cannot represent, as the end of a sentence.
    pub(crate) fn push(&mut self, input: &Input) -> Result<(), &'static str> {
        let path = input.path().as_os_str().as_encoded_bytes();
        if from_bytes(path).is_none() {
            return Err("the file name is not valid Unicode");
        }
        let output_path = match input.source {
            Source::Stdin => 0,
            Source::File(_) => input.output_path.as_os_str().len(),
        };
        let (Ok(length), Ok(output_path)) = (u32::try_from(path.len()), u32::try_from(output_path)) else {
            return Err("the file name is too long");
        };
        self.entries.push(Entry { start: self.paths.len(), length, output_path });
        self.paths.extend_from_slice(path);
        Ok(())
    }

    /// Names the outputs as texts: `page.xml` becomes `page.txt`.
    pub(crate) fn name_as_texts(&mut self) {
        self.to_text = true;
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The input with this number, from 0.
    pub(crate) fn get(&self, index: usize) -> Input {
        let entry = self.entries[index];
        if entry.output_path == 0 && !self.to_text {
            return Input::stdin();
        }
        // `push` has checked both.
        let path = |bytes| from_bytes(bytes).unwrap_or_default();
        let source = match entry.output_path {
            0 => Source::Stdin,
            _ => Source::File(path(self.bytes(entry))),
        };
        Input { source, output_path: path(&self.output_path(index)) }
    }

    /// All inputs, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Input> + '_ {
        (0..self.len()).map(|index| self.get(index))
    }

    /// The bytes of an output path, for fast comparison.
    pub(crate) fn output_path(&self, index: usize) -> Cow<'_, [u8]> {
        let entry = self.entries[index];
        let path = match entry.output_path as usize {
            0 => STDIN_OUTPUT.as_bytes(),
            length => &self.bytes(entry)[entry.length as usize - length..],
        };
        if self.to_text { named_as_text(path) } else { Cow::Borrowed(path) }
    }

    /// Sorts by path, byte by byte.
    pub(crate) fn sort(&mut self) {
        let Inputs { paths, entries, .. } = self;
        let of = |entry: &Entry| &paths[entry.start..][..entry.length as usize];
        entries.sort_unstable_by(|a, b| of(a).cmp(of(b)));
    }

    /// Keeps the inputs for which `keep` returns true.
    pub(crate) fn retain(&mut self, mut keep: impl FnMut(&Input) -> bool) {
        let kept: Vec<Entry> =
            (0..self.len()).filter(|&index| keep(&self.get(index))).map(|index| self.entries[index]).collect();
        self.entries = kept;
    }

    /// Drops repeated inputs, ignoring `./` in their paths.
    pub(crate) fn drop_repeated(&mut self) {
        let plain = |index: usize| {
            let input = self.get(index);
            input.path().components().filter(|c| *c != Component::CurDir).collect::<PathBuf>()
        };
        let mut order: Vec<(PathBuf, usize)> = (0..self.len()).map(|index| (plain(index), index)).collect();
        order.sort_unstable();
        let mut repeated: Vec<usize> = order.windows(2).filter(|w| w[0].0 == w[1].0).map(|w| w[1].1).collect();
        repeated.sort_unstable();
        let mut index = 0;
        self.entries.retain(|_| {
            index += 1;
            repeated.binary_search(&(index - 1)).is_err()
        });
    }

    fn bytes(&self, entry: Entry) -> &[u8] {
        &self.paths[entry.start..][..entry.length as usize]
    }
}

/// Extensions of formats with mark-up, in small letters.
const MARKUP: [&str; 9] = ["xml", "hocr", "html", "htm", "xhtml", "tsv", "epub", "docx", "tei"];

/// The name of the text of a file: its extension gives way to `.txt` if it is that of a
/// format with mark-up; any other is part of the name.
fn named_as_text(path: &[u8]) -> Cow<'_, [u8]> {
    if path.ends_with(b".txt") {
        return Cow::Borrowed(path);
    }
    let dot = path
        .iter()
        .rposition(|&b| b == b'.')
        .filter(|&dot| MARKUP.iter().any(|extension| path[dot + 1..].eq_ignore_ascii_case(extension.as_bytes())));
    Cow::Owned([&path[..dot.unwrap_or(path.len())], b".txt"].concat())
}

#[cfg(unix)]
fn from_bytes(bytes: &[u8]) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStrExt;
    Some(PathBuf::from(OsStr::from_bytes(bytes)))
}

#[cfg(not(unix))]
fn from_bytes(bytes: &[u8]) -> Option<PathBuf> {
    std::str::from_utf8(bytes).ok().map(PathBuf::from)
}

/// How many paths were skipped, by reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Skipped {
    /// Files that are not text.
    pub binary: usize,
    /// Symbolic links.
    pub links: usize,
    /// Pipes, sockets and devices.
    pub special: usize,
    /// Files and folders excluded by `--exclude`.
    pub excluded: usize,
    /// Files and folders excluded by `.gitignore`, `.ignore` or `.descanignore`.
    pub ignored: usize,
    /// Files and folders whose name begins with a dot.
    pub hidden: usize,
}

impl Skipped {
    /// Each reason with its number, where there are any: `2 skipped as non-text`.
    pub(crate) fn counted(self) -> Vec<String> {
        let counts = [
            (self.binary, "skipped as non-text"),
            (self.links, "links not followed"),
            (self.special, "skipped as pipe or device"),
            (self.excluded, "excluded"),
            (self.ignored, "ignored"),
            (self.hidden, "hidden"),
        ];
        counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_are_sorted_and_not_repeated() {
        let mut inputs = Inputs::default();
        let walked = Input { source: Source::File("in/d/b.txt".into()), output_path: "d/b.txt".into() };
        let all = [Input::named("x/a.txt".into()), walked, Input::stdin(), Input::named("./x/a.txt".into())];
        all.iter().for_each(|input| inputs.push(input).expect("a name"));
        inputs.sort();
        inputs.drop_repeated();
        let [a, b, stdin, again] = all;
        assert_eq!(inputs.iter().collect::<Vec<_>>(), [stdin, again, b]);
        assert_eq!(&*inputs.output_path(1), b"a.txt");
        assert_eq!(a.output_path, Path::new("a.txt"));
    }

    #[test]
    fn texts_of_files_are_named_as_texts() {
        for (file, text) in [
            ("a/b.xml", "a/b.txt"),
            ("a.HOCR", "a.txt"),
            ("vol.1", "vol.1.txt"),
            ("a.b/c", "a.b/c.txt"),
            ("a.txt", "a.txt"),
        ] {
            assert_eq!(&*named_as_text(file.as_bytes()), text.as_bytes());
        }
    }
}
