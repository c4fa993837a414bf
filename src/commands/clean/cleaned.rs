//! A cleaned file with its diff, its ledger entries and its part of the summary.

use descan_core::pipeline::{Outcome, clean};
use descan_report::ledger::{Counted, FileLine, Line, PathRecord, SummaryLine};
use descan_report::{Damage, FindingRecord, records};
use descan_source::{Document, Splice};

use crate::commands::clean::past::{self, Earlier};
use crate::inputs::list::Input;
use crate::setup::session::Session;

/// What the summary and the messages need to know about a file.
pub(super) struct Report {
    pub(super) summary: SummaryLine,
    /// If the file had to become UTF-8: its own encoding, and the character that
    /// encoding cannot represent.
    pub(super) reencoded: Option<(String, char)>,
}

impl Report {
    pub(super) fn new(
        path: &PathRecord,
        session: &Session,
        document: &Document<'_>,
        outcome: &Outcome,
        splice: &Splice,
        changed: bool,
    ) -> Report {
        let findings = outcome.findings.iter().map(|finding| Counted::of(finding, &session.rules));
        Report {
            summary: SummaryLine::of(path, Damage::of(document.text()), changed, findings),
            reencoded: splice.reencoded_for.map(|character| (document.encoding().name().to_owned(), character)),
        }
    }
}

/// A cleaned file with its ledger entries.
pub(super) struct Cleaned {
    pub(super) after: Vec<u8>,
    pub(super) diff: Vec<u8>,
    pub(super) file: FileLine,
    pub(super) edits: Vec<FindingRecord>,
    pub(super) report: Report,
}

impl Cleaned {
    /// `number` is the file's number, from 1; `path` is its path in the ledger.
    ///
    /// # Errors
    /// Why the file cannot be read, as the end of a sentence that begins with its name.
    pub(super) fn new(
        number: usize,
        session: &Session,
        input: &Input,
        path: PathRecord,
        bytes: &[u8],
    ) -> Result<Cleaned, String> {
        let document = session.open(input.path(), bytes)?;
        let outcome = clean(&document, &session.rules, &session.options);
        let splice = document.splice(&outcome.edits);
        let after = splice.apply(document.bytes());
        let report = Report::new(&path, session, &document, &outcome, &splice, after != document.bytes());
        let edits = records(number, &document, &outcome, &session.rules);
        let name = path.to_path().unwrap_or_default();
        let name = name.as_os_str().as_encoded_bytes();
        let diff = descan_report::diff::of_document(&document, &outcome.edits, name);
        let source = source_of(input, &path);
        let file = FileLine::new(path, source, &document, &outcome, &splice, &after);
        Ok(Cleaned { after, diff, file, edits, report })
    }

    pub(super) fn is_changed(&self) -> bool {
        self.report.summary.changed > 0
    }

    /// What remains to be recorded of the file once its text is written.
    pub(super) fn entry(self) -> Entry {
        let mut lines = Line::File(self.file).to_json();
        lines.extend(self.edits.into_iter().map(|edit| Line::Edit(edit).to_json()));
        Entry { report: self.report, lines }
    }
}

/// A file's contribution to the ledger and the summary, built by the thread that
/// works on the file.
pub(super) struct Entry {
    pub(super) report: Report,
    /// The file's lines in the ledger.
    pub(super) lines: String,
}

impl Entry {
    /// The entry for a file that an earlier run cleaned, as this run would write it;
    /// `None` if the earlier run's lines cannot be parsed.
    pub(super) fn again(number: usize, input: &Input, mut earlier: Earlier) -> Option<Entry> {
        let summary = |Earlier { file, edits }: &Earlier| {
            let changed = file.sha256_before != file.sha256_after;
            let damage = Damage { words: file.words, size: file.size, ..Damage::default() };
            Some(SummaryLine::of(&file.path, damage, changed, past::counted(edits, number)?))
        };
        let summary = match summary(&earlier) {
            Some(summary) => summary,
            None => {
                earlier.renumber(number)?;
                summary(&earlier)?
            }
        };
        let Earlier { mut file, edits } = earlier;
        file.source = source_of(input, &file.path);
        let reencoded = file.reencoded.as_ref().map(|reencoded| (file.encoding.clone(), reencoded.character));
        let lines = Line::File(file).to_json() + &edits;
        Some(Entry { report: Report { summary, reencoded }, lines })
    }
}

/// The input's own path, if the ledger records the file under another.
fn source_of(input: &Input, path: &PathRecord) -> Option<String> {
    let source = input.path().to_string_lossy().into_owned();
    (source != path.path).then_some(source)
}
