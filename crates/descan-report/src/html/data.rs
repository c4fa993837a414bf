//! The page's data for its script, parsed when the first finding is opened, not
//! when the page loads.

use descan_core::decisions::Place;
use descan_core::finding::Finding;
use descan_text::escape;
use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::{Checked, ReportedFinding, human};

/// The data of a page.
#[derive(Debug, Default)]
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
    path: String,
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
    host: usize,
    reasons: Vec<String>,
    places: Vec<Place>,
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
    findings: Vec<FindingOut>,
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
    /// The text before and after it, up to the next space.
    w: [String; 2],
    /// The finding shown at its place.
    h: usize,
    /// The indices of its reasons.
    y: Vec<usize>,
    /// Its places for decisions; several if it includes other findings.
    d: Vec<Place>,
}

#[derive(Serialize)]
struct Out<'a> {
    rules: &'a [RuleData],
    reasons: &'a [String],
    files: &'a [FileOut],
}

impl FileData {
    /// The data of a file; `hosts` are the indices of the findings shown.
    pub(super) fn new(file: &Checked<'_>, reported: &[ReportedFinding<'_>], hosts: &[usize]) -> FileData {
        let text = file.document.text();
        let path = file.path.to_string_lossy().into_owned();
        let place = |finding: &Finding| Place { path: Some(path.clone()), ..Place::of(text, finding, file.rules) };
        // The findings that each one includes.
        let mut parts: FxHashMap<usize, Vec<Place>> = FxHashMap::default();
        for finding in file.findings {
            if let Some(owner) = finding.part_of {
                parts.entry(owner).or_default().push(place(finding));
            }
        }
        let finding = |(reported, &host): (&ReportedFinding<'_>, &usize)| {
            let mut places = parts.remove(&reported.index).unwrap_or_default();
            places.push(place(reported.finding));
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
                host,
                reasons: reported.finding.reasons.iter().map(human::reason).collect(),
                places,
            }
        };
        let findings = reported.iter().zip(hosts).map(finding).collect();
        FileData { path, findings }
    }
}

impl Data {
    /// Adds a file.
    pub(super) fn add(&mut self, file: FileData) {
        let findings = file.findings.into_iter().map(|f| FindingOut {
            r: self.rules.index(f.rule),
            l: f.level,
            p: f.confidence,
            at: [f.line, f.column],
            b: f.before,
            a: f.after,
            w: f.word,
            h: f.host,
            y: f.reasons.into_iter().map(|reason| self.reasons.index(reason)).collect(),
            d: f.places,
        });
        let findings = findings.collect();
        self.files.push(FileOut { path: file.path, findings });
    }

    /// The number of files.
    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    /// The path of the first file.
    pub(super) fn first_path(&self) -> String {
        self.files.first().map(|file| file.path.clone()).unwrap_or_default()
    }

    /// The data as JSON that is safe inside a script element: nothing in it can end
    /// the element or begin another.
    pub(super) fn to_json(&self) -> String {
        let out = Out { rules: &self.rules.list, reasons: &self.reasons.list, files: &self.files };
        // Plain data: serialising cannot fail.
        let json = serde_json::to_string(&out).unwrap_or_default();
        escape::json(json).replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
    }
}

/// The rest of the word on either side of a finding.
fn word_around(text: &str, finding: &Finding) -> [String; 2] {
    const LONGEST: usize = 24;
    let part = |c: &char| !c.is_whitespace();
    let mut before: Vec<char> = text[..finding.span.start].chars().rev().take_while(part).take(LONGEST).collect();
    before.reverse();
    let behind = text[finding.span.end..].chars().take_while(part).take(LONGEST);
    [before.into_iter().collect(), behind.collect()]
}

/// Repeated values, each stored once and referred to by index.
#[derive(Debug)]
struct Strings<T> {
    list: Vec<T>,
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
