//! An HTML page that shows the text with its findings marked in place: one file,
//! no network access.
//!
//! The page contains untrusted text. Everything is escaped, characters that are
//! invisible or change the reading direction are shown by number, and the content
//! security policy allows only the built-in script and style sheet, by hash.

mod chart;
mod data;
mod image;
mod index;
mod markup;
mod text;

use descan_core::decisions::{Decision, Decisions};
use descan_rules::RuleSet;
use descan_text::escape;
use descan_text::level::Level;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Checked, Damage, ReportedFinding};
use data::{Data, FileData, to_json};
pub use image::PageImage;
pub use index::{Indexed, SeriesOut, series_of};
use markup::{Counts, escaped};

const STYLE: &str = concat!(include_str!("page.css"), include_str!("panel.css"));
const SCRIPT: &str = concat!(
    "\"use strict\";\n(() => {\n",
    include_str!("script/data.js"),
    include_str!("script/book.js"),
    include_str!("script/marks.js"),
    include_str!("script/ask.js"),
    include_str!("script/decide.js"),
    include_str!("script/series.js"),
    include_str!("script/image.js"),
    include_str!("script/panel.js"),
    include_str!("script/main.js"),
    "})();\n"
);

/// A page under construction, file by file.
#[derive(Debug, Default)]
pub struct Page {
    data: Data,
    indexed: Vec<Vec<Indexed>>,
    sections: String,
    index: String,
    counts: Counts,
}

/// One file's part of a page, independent so that files can be rendered in parallel.
#[derive(Debug)]
pub struct Section {
    counts: Counts,
    damage: Damage,
    body: String,
    file: FileData,
    indexed: Vec<Indexed>,
}

impl Section {
    /// The part for one file; `images` are those of its pages, in the order of the text.
    pub fn new(file: &Checked<'_>, images: &[PageImage]) -> Section {
        let reported: Vec<ReportedFinding<'_>> = file.reported().collect();
        let text = file.document.text();
        // Of several findings at one place the first applied one is shown; the
        // others are listed with its reasons.
        let hosts = text::hosts(&reported);
        let mut body = chart::chart(text, &reported);
        text::marked(text, &reported, &hosts, &mut body);
        let indexed = index::indexed(file, &reported);
        let on_images = image::on_images(file.document, images, &reported);
        Section {
            counts: Counts::of(&reported),
            damage: damage(text, &reported),
            body,
            file: FileData::new(file, &reported, &hosts, &indexed, (images, &on_images)),
            indexed,
        }
    }

    /// What series and decisions need of its findings.
    pub fn indexed(&self) -> &[Indexed] {
        &self.indexed
    }

    /// The section as the page of a server asks for it: the mark-up and the data, as JSON.
    /// `number` is that of the file, from 0.
    pub fn to_json(self, number: usize) -> String {
        let html = self.html(number);
        let mut data = Data::default();
        data.add(self.file);
        to_json(&Served { html, data })
    }

    fn html(&self, number: usize) -> String {
        format!(
            "<section class=doc id=d{number} data-d={number}>\n<h2>{}</h2>\n<p class=sum>{}; damage in 1,000 words: {:.1}</p>\n\
             {}</section>\n",
            escaped(&escape::visible(&self.file.path)),
            self.counts.sentence(),
            self.rate(),
            self.body,
        )
    }

    /// The damage in 1,000 words; white space and layout are none.
    fn rate(&self) -> f64 {
        self.damage.rate()
    }
}

/// The damage that a text shows, as `stats` counts it.
fn damage(text: &str, reported: &[ReportedFinding<'_>]) -> Damage {
    let mut damage = Damage::of(text);
    for finding in reported.iter().map(|one| one.finding).filter(|finding| finding.part_of.is_none()) {
        damage.count(finding);
    }
    damage
}

/// A file of a page that a server sends when it is asked for.
#[derive(Serialize)]
struct Served {
    html: String,
    data: Data,
}

/// What the script starts with.
#[derive(Serialize)]
struct Start<'a> {
    /// The findings; none in the page of a server, which loads them.
    data: &'a Data,
    series: Vec<SeriesOut>,
    /// The decisions made before.
    book: Vec<&'a Decision>,
    /// The paths of the files of a server's page.
    served: Option<&'a [String]>,
}

impl Page {
    /// Adds a file.
    pub fn add(&mut self, section: Section) {
        let number = self.data.len();
        let Counts { applied, .. } = section.counts;
        let name = escaped(&escape::visible(&section.file.path));
        let (suggested, rate) = (section.counts.all() - applied, section.rate());
        self.index.push_str(&format!(
            "<tr><td><a href=\"#d{number}\">{name}</a><td class=n>{applied}<td class=n>{suggested}<td class=n>{rate:.1}\n",
        ));
        self.sections.push_str(&section.html(number));
        self.counts += section.counts;
        self.indexed.push(section.indexed);
        self.data.add(section.file);
    }

    /// The whole page. `level` is what `clean` would apply, and `decisions` are those that
    /// it goes by: what is downloaded from the page holds them too.
    pub fn finish(self, level: Level, rules: &RuleSet, decisions: &Decisions) -> String {
        let files = self.data.len();
        let index = if files > 1 {
            format!(
                "<nav id=index aria-label=Files><table><thead><tr><th>File<th class=n>Repairs\
                 <th class=n>Suggested<th class=n>Damage in 1,000 words<tbody>\n{}</table></nav>\n",
                self.index
            )
        } else {
            String::new()
        };
        let title = if files == 1 { self.data.first_path() } else { format!("{files} files") };
        let series = series_of(self.indexed.iter().map(Vec::as_slice), rules);
        let book = decisions.entries().iter().map(|entry| &entry.decision).collect();
        let start = Start { data: &self.data, series, book, served: None };
        let sum = format!("{}; applied level: {}", self.counts.sentence(), level.name());
        let save = "<button type=button id=save disabled>Download decisions</button>";
        // A page opened from a disk is of another origin than the files beside it.
        let images = if self.data.has_images() { "; img-src 'self' file:" } else { "" };
        let policy = format!("default-src 'none'{images}");
        page(&title, &markup::top(&sum, save), &[index, self.sections].concat(), &start, &policy)
    }
}

/// The page of a server, which loads files when they are asked for. `saved` is the name of
/// the decisions file, `paths` are those of the files, and `images` are the addresses, parted
/// by spaces, below which images are.
pub fn served(paths: &[String], level: Level, decisions: &Decisions, saved: &str, images: &str) -> String {
    let mut index = String::from("<nav id=index aria-label=Files><table><tbody>\n");
    for (number, path) in paths.iter().enumerate() {
        let name = escaped(&escape::visible(path));
        index.push_str(&format!("<tr><td><a href=\"#d{number}\" data-file={number}>{name}</a>\n"));
    }
    index.push_str("</table></nav>\n<div id=docs></div>\n");
    let book = decisions.entries().iter().map(|entry| &entry.decision).collect();
    let start = Start { data: &Data::default(), series: Vec::new(), book, served: Some(paths) };
    let files = if paths.len() == 1 { "1 file".to_owned() } else { format!("{} files", paths.len()) };
    let sum = format!("{files}; applied level: {}", level.name());
    let save = format!("<span class=n>saved in {}</span>", escaped(&escape::visible(saved)));
    let policy = format!("default-src 'none'; connect-src 'self'; img-src {images}");
    page(&files, &markup::top(&sum, &save), &index, &start, &policy)
}

fn page(title: &str, top: &str, main: &str, start: &Start<'_>, policy: &str) -> String {
    let policy = format!(
        "{policy}; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    );
    [
        "<!doctype html>\n<html lang=en data-view=marks>\n<head>\n<meta charset=utf-8>\n",
        &format!("<meta http-equiv=Content-Security-Policy content=\"{policy}\">\n"),
        "<meta name=viewport content=\"width=device-width, initial-scale=1\">\n\
         <meta name=referrer content=no-referrer>\n<meta name=color-scheme content=\"light dark\">\n",
        &format!("<title>{} – descan</title>\n<style>", escaped(&escape::visible(title))),
        STYLE,
        "</style>\n</head>\n<body>\n",
        top,
        "<main>\n",
        main,
        "</main>\n",
        &markup::panel(),
        "<script type=application/json id=data>",
        &to_json(start),
        "</script>\n<script>",
        SCRIPT,
        "</script>\n</body>\n</html>\n",
    ]
    .concat()
}

/// A hash in the notation of content security policies.
fn hash(text: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(text.as_bytes())))
}

/// Bytes in base64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |i: usize| u32::from(group.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            let value = (bits >> (18 - 6 * digit)) & 63;
            out.push(if digit <= group.len() { DIGITS[value as usize] as char } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        for (text, code) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")] {
            assert_eq!(base64(text.as_bytes()), code);
        }
    }
}
