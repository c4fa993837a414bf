//! An HTML page that shows the text with its findings marked in place: one file,
//! no network access.
//!
//! The page contains untrusted text. Everything is escaped, characters that are
//! invisible or change the reading direction are shown by number, and the content
//! security policy allows only the built-in script and style sheet, by hash.

mod chart;
mod data;
mod markup;
mod text;

use descan_text::escape;
use descan_text::level::Level;
use sha2::{Digest, Sha256};

use super::{Checked, ReportedFinding};
use data::{Data, FileData};
use markup::{Counts, escaped};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// A page under construction, file by file.
#[derive(Debug, Default)]
pub struct Page {
    data: Data,
    sections: String,
    index: String,
    counts: Counts,
}

/// One file's part of a page, independent so that files can be rendered in parallel.
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
        let reported: Vec<ReportedFinding<'_>> = file.reported().collect();
        let text = file.document.text();
        // Of several findings at one place the first applied one is shown; the
        // others are listed with its reasons.
        let hosts = text::hosts(&reported);
        let mut body = chart::chart(text, &reported);
        text::marked(text, &reported, &hosts, &mut body);
        Section {
            path: file.path.to_string_lossy().into_owned(),
            counts: Counts::of(&reported),
            words: text.split_whitespace().count(),
            body,
            file: FileData::new(file, &reported, &hosts),
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
                 <th class=n>Suggested<th class=n>In 1,000 words<tbody>\n{index}</table></nav>\n"
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
