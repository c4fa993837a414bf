//! A page to look at: the text with its findings marked in place, in one file
//! that needs no network.
//!
//! The page holds text that anybody may have written. Everything in it is
//! escaped, what would not show or would turn the reading direction is shown by
//! its number, and its content policy lets nothing run or load but the one
//! script and the one style sheet built in here, by their hashes.

mod chart;
mod data;
mod markup;
mod text;

use descan_text::escape;
use descan_text::level::Level;
use sha2::{Digest, Sha256};

use super::{Checked, Told};
use data::{Data, FileData};
use markup::{Counts, escaped};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// A page being made, file by file.
#[derive(Debug, Default)]
pub struct Page {
    data: Data,
    sections: String,
    index: String,
    counts: Counts,
}

/// A file's part of a page, made apart so that files can be worked on at once.
#[derive(Debug)]
pub struct Section {
    path: String,
    counts: Counts,
    words: usize,
    body: String,
    file: FileData,
}

impl Section {
    /// The part for one file.
    pub fn new(file: &Checked<'_>) -> Section {
        let told: Vec<Told<'_>> = file.told().collect();
        let text = file.document.text();
        // Of findings at one place the first that is made shows; the others are
        // offered beside its reasons.
        let hosts = text::hosts(&told);
        let mut body = chart::chart(text, &told);
        text::marked(text, &told, &hosts, &mut body);
        Section {
            path: file.path.to_string_lossy().into_owned(),
            counts: Counts::of(&told),
            words: text.split_whitespace().count(),
            body,
            file: FileData::new(file, &told, &hosts),
        }
    }
}

impl Page {
    /// Adds a file.
    pub fn add(&mut self, section: Section) {
        let Section { path, counts, words, body, file } = section;
        let number = self.data.len();
        let name = escaped(&escape::visible(&path));
        let rate = counts.all() as f64 * 1000.0 / words.max(1) as f64;
        self.index.push_str(&format!(
            "<tr><td><a href=\"#d{number}\">{name}</a><td class=n>{}<td class=n>{}<td class=n>{rate:.1}\n",
            counts.applied,
            counts.all() - counts.applied,
        ));
        self.sections.push_str(&format!(
            "<section class=doc id=d{number} data-d={number}>\n<h2>{name}</h2>\n\
             <p class=sum>{}, {rate:.1} in 1,000 words</p>\n{body}</section>\n",
            counts.sentence(),
        ));
        self.counts += counts;
        self.data.add(file);
    }

    /// The whole page. `level` is what `clean` would apply.
    pub fn finish(self, level: Level) -> String {
        let Page { data, sections, index, counts } = self;
        let files = data.len();
        let index = if files > 1 {
            format!(
                "<nav id=index aria-label=Files><table><thead><tr><th>File<th class=n>Repairs\
                 <th class=n>Offered<th class=n>In 1,000 words<tbody>\n{index}</table></nav>\n"
            )
        } else {
            String::new()
        };
        let title = if files == 1 { data.first_path() } else { format!("{files} files") };
        let policy = format!(
            "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
            hash(STYLE),
            hash(SCRIPT)
        );
        [
            "<!doctype html>\n<html lang=en data-view=marks>\n<head>\n<meta charset=utf-8>\n",
            &format!("<meta http-equiv=Content-Security-Policy content=\"{policy}\">\n"),
            "<meta name=viewport content=\"width=device-width, initial-scale=1\">\n\
             <meta name=referrer content=no-referrer>\n<meta name=color-scheme content=\"light dark\">\n",
            &format!("<title>{} – descan</title>\n<style>", escaped(&escape::visible(&title))),
            STYLE,
            "</style>\n</head>\n<body>\n",
            &markup::top(&counts, level),
            "<main>\n",
            &index,
            &sections,
            "</main>\n",
            markup::PANEL,
            "<script type=application/json id=data>",
            &data.to_json(),
            "</script>\n<script>",
            SCRIPT,
            "</script>\n</body>\n</html>\n",
        ]
        .concat()
    }
}

/// A hash as a content policy names it.
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
