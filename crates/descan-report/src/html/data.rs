//! The page's data for its script, parsed when the first finding is opened, not
//! when the page loads.

use descan_core::decisions::Place;
use descan_core::finding::Finding;
use descan_rules::Reason;
use descan_text::escape;
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::image::{OnImage, PageImage};
use super::index::Indexed;
use super::text::marked_span;
use crate::series::{Reading, reading};
use crate::{Checked, ReportedFinding, human};

/// Rules, reasons and the findings of files, as the script reads them.
#[derive(Debug, Default, Serialize)]
pub(super) struct Data {
    /// Rules in order of first use.
    rules: Strings<RuleData>,
    /// Reasons, deduplicated.
    reasons: Strings<String>,
    files: Vec<FileOut>,
}

/// The data of one file, not yet indexed into the page's lists.
#[derive(Debug)]
pub(super) struct FileData {
    pub path: String,
    images: Vec<ImageOut>,
    findings: Vec<FindingData>,
}

#[derive(Debug)]
struct FindingData {
    rule: RuleData,
    level: char,
    confidence: f64,
    line: usize,
    column: usize,
    before: String,
    after: String,
    word: [String; 2],
    reading: Reading,
    host: usize,
    decided: bool,
    sentences: Vec<String>,
    figures: Vec<String>,
    places: Vec<Place>,
    on_image: Option<OnImage>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
struct RuleData {
    name: String,
    summary: String,
    why: String,
}

#[derive(Debug, Serialize)]
struct FileOut {
    path: String,
    images: Vec<ImageOut>,
    findings: Vec<FindingOut>,
}

/// The image of a page.
#[derive(Clone, Debug, Serialize)]
struct ImageOut {
    url: String,
    number: usize,
}

/// A finding as the script reads it; the names are short because there are many.
#[derive(Debug, Serialize)]
struct FindingOut {
    /// The index of its rule.
    r: usize,
    /// The letter of its level.
    l: char,
    /// The probability that it is right.
    p: f64,
    /// Line and column.
    at: [usize; 2],
    b: String,
    a: String,
    /// The rest of the word before and after it.
    w: [String; 2],
    /// The whole words, as they are and as they would be.
    o: String,
    n: String,
    /// The finding shown at its place.
    h: usize,
    /// Whether it was decided before the page was made: 1 if so.
    c: u8,
    /// The indices of its reasons that are sentences, and of those that are figures.
    y: Vec<usize>,
    v: Vec<usize>,
    /// Its places for decisions; several if it includes other findings.
    d: Vec<Place>,
    /// Its place on the image of its page.
    #[serde(skip_serializing_if = "Option::is_none")]
    g: Option<OnImage>,
}

impl FileData {
    /// The data of a file; `hosts` are the indices of the findings shown, `index` is what
    /// else is known of each finding, and `images` are those of the pages, with the place of
    /// each finding on them.
    pub(super) fn new(
        file: &Checked<'_>,
        reported: &[ReportedFinding<'_>],
        hosts: &[usize],
        index: &[Indexed],
        (images, on_images): (&[PageImage], &[Option<OnImage>]),
    ) -> FileData {
        let text = file.document.text();
        let all = reported.iter().zip(hosts).zip(index).zip(on_images);
        let findings = all.map(|(((reported, &host), indexed), &on_image)| {
            let (figures, sentences): (Vec<&Reason>, Vec<&Reason>) =
                reported.finding.reasons.iter().partition(|reason| reason.value.is_some());
            FindingData {
                rule: RuleData {
                    name: reported.rule.name.clone(),
                    summary: reported.rule.summary.clone(),
                    why: reported.rule.why().trim().to_owned(),
                },
                level: super::markup::letter(reported.finding.level),
                confidence: reported.record.confidence,
                line: reported.record.line,
                column: reported.record.column,
                before: reported.finding.before.clone(),
                after: reported.finding.after.clone(),
                word: word_around(text, reported.finding),
                reading: reading(text, reported.finding),
                host,
                decided: reported.finding.decided.is_some(),
                sentences: sentences.into_iter().map(human::reason).collect(),
                figures: figures.into_iter().map(human::reason).collect(),
                places: indexed.places.clone(),
                on_image,
            }
        });
        let images = images.iter().map(|image| ImageOut { url: image.url.clone(), number: image.number });
        FileData {
            path: file.path.to_string_lossy().into_owned(),
            images: images.collect(),
            findings: findings.collect(),
        }
    }
}

impl Data {
    /// Adds a file.
    pub(super) fn add(&mut self, file: FileData) {
        let mut findings = Vec::with_capacity(file.findings.len());
        for f in file.findings {
            findings.push(FindingOut {
                r: self.rules.index(f.rule),
                l: f.level,
                p: f.confidence,
                at: [f.line, f.column],
                b: f.before,
                a: f.after,
                w: f.word,
                o: f.reading.old,
                n: f.reading.new,
                h: f.host,
                c: u8::from(f.decided),
                y: f.sentences.into_iter().map(|reason| self.reasons.index(reason)).collect(),
                v: f.figures.into_iter().map(|reason| self.reasons.index(reason)).collect(),
                d: f.places,
                g: f.on_image,
            });
        }
        self.files.push(FileOut { path: file.path, images: file.images, findings });
    }

    /// The number of files.
    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether any page has an image.
    pub(super) fn has_images(&self) -> bool {
        self.files.iter().any(|file| !file.images.is_empty())
    }

    /// The path of the first file.
    pub(super) fn first_path(&self) -> String {
        self.files.first().map(|file| file.path.clone()).unwrap_or_default()
    }
}

/// Data as JSON that is safe inside a script element: nothing in it can end the element
/// or begin another.
pub(super) fn to_json(data: &impl Serialize) -> String {
    // Plain data: serialising cannot fail.
    let json = serde_json::to_string(data).unwrap_or_default();
    escape::json(json).replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// The rest of the word on either side of a finding.
fn word_around(text: &str, finding: &Finding) -> [String; 2] {
    let span = marked_span(text, finding);
    [text[span.start..finding.span.start].to_owned(), text[finding.span.end..span.end].to_owned()]
}

/// Repeated values, each stored once and referred to by index.
#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Strings<T> {
    list: Vec<T>,
    #[serde(skip)]
    index: FxHashMap<T, usize>,
}

impl<T> Default for Strings<T> {
    fn default() -> Strings<T> {
        Strings { list: Vec::new(), index: FxHashMap::default() }
    }
}

impl<T: Clone + Eq + std::hash::Hash> Strings<T> {
    fn index(&mut self, value: T) -> usize {
        let next = self.list.len();
        *self.index.entry(value).or_insert_with_key(|value| {
            self.list.push(value.clone());
            next
        })
    }
}
