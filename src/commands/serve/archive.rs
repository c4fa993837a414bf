//! What the served page asks for: files with their findings, series over all files that
//! were read, and decisions.

use std::sync::{Arc, Mutex, PoisonError};

use descan_core::decisions::Decision;
use descan_core::pipeline::clean;
use descan_report::html::{Indexed, Section, SeriesOut, series_of, served};
use descan_report::{BaselineStatus, Checked, records};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::args;
use crate::batch::{Batch, in_order};
use crate::commands::serve::guard::{Asked, Refused};
use crate::commands::serve::images::Images;
use crate::commands::serve::saved::Saved;
use crate::display::shown;
use crate::error::{CliError, Result};
use crate::inputs::discover::Found;
use crate::inputs::list::Input;
use crate::inputs::read::read;
use crate::say::say;
use crate::setup::session::Session;
use crate::terminal::output::counted;

/// The files that are served.
pub(super) struct Archive<'a> {
    session: &'a Session,
    found: &'a Found,
    args: &'a args::Inputs,
    saved: Saved,
    /// The findings of each file, once it was read.
    indexed: Mutex<Vec<Option<Arc<Vec<Indexed>>>>>,
    images: Images<'a>,
}

/// What a request is answered with.
pub(super) struct Answer {
    /// The media type.
    pub kind: &'static str,
    pub body: Vec<u8>,
}

/// A finding: the numbers of its file and of the finding in it.
type Id = [usize; 2];

#[derive(Serialize)]
struct AllSeries {
    /// The number of files read so far.
    ready: usize,
    series: Vec<SeriesOut>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Find {
    text: String,
    after: Option<Id>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decide {
    add: Vec<Decision>,
    remove: Vec<Decision>,
}

impl<'a> Archive<'a> {
    /// The files that were found, none of them read yet.
    pub(super) fn new(
        session: &'a Session,
        found: &'a Found,
        args: &'a args::Inputs,
        images: Images<'a>,
        saved: Saved,
    ) -> Archive<'a> {
        let indexed = Mutex::new(vec![None; found.inputs.len()]);
        Archive { session, found, args, saved, indexed, images }
    }

    /// How the run ended, as a sentence.
    pub(super) fn summary(&self) -> String {
        match usize::try_from(self.saved.made()) {
            Ok(made) if made > 0 => format!("{} saved in {}", counted(made, "decision"), shown(self.saved.path())),
            _ => "no decisions were added".to_owned(),
        }
    }

    /// Reads all files, for their series.
    ///
    /// # Errors
    /// There are no threads to read them.
    pub(super) fn read_all(&self) -> Result<()> {
        let read = in_order(
            Batch::new(self.session, self.found, self.args, false),
            |index, input, bytes| self.section(index, input, bytes).map(|section| self.enter(index, &section)),
            |input, result| {
                if let Err(why) = result {
                    say(format_args!("{} {why}", shown(input.path())));
                }
                Ok(())
            },
        );
        // Ctrl-C is how a server ends.
        match read {
            Err(CliError::Interrupted) => Ok(()),
            other => other,
        }
    }

    /// Answers a request.
    ///
    /// # Errors
    /// There is no such thing, what was sent is not valid, or a file cannot be read or
    /// written.
    pub(super) fn answer(&self, asked: &Asked) -> std::result::Result<Answer, Refused> {
        let json = |body: String| Answer { kind: "application/json", body: body.into_bytes() };
        let (part, rest) = asked.path.split_once('/').unwrap_or((&asked.path, ""));
        Ok(match (part, &asked.body) {
            ("", None) => Answer { kind: "text/html; charset=utf-8", body: self.page()?.into_bytes() },
            ("image", None) => {
                let (kind, body) = self.images.read(rest)?;
                Answer { kind, body }
            }
            ("file", None) => json(self.file(rest)?),
            ("series", None) => json(to_json(&self.series())),
            ("findings", Some(body)) => json(to_json(&self.findings(&parsed::<Vec<Id>>(body)?)?)),
            ("alike", Some(body)) => json(to_json(&self.alike(parsed(body)?)?)),
            ("find", Some(body)) => json(to_json(&self.find(&parsed(body)?))),
            ("decide", Some(body)) => {
                let Decide { add, remove } = parsed(body)?;
                self.saved.decide(&add, &remove)?;
                json("{}".to_owned())
            }
            _ => return Err(Refused::new(404, "there is nothing here")),
        })
    }

    fn page(&self) -> std::result::Result<String, Refused> {
        let paths: Vec<String> =
            self.found.inputs.iter().map(|input| input.path().to_string_lossy().into_owned()).collect();
        let saved = self.saved.path().to_string_lossy();
        Ok(served(&paths, self.session.options.level, &self.saved.read()?, &saved, &self.images.addresses))
    }

    /// A file with its findings; its number is `number`.
    fn file(&self, number: &str) -> std::result::Result<String, Refused> {
        let number = number.parse().ok().filter(|&number: &usize| number < self.found.inputs.len());
        let Some(number) = number else { return Err(Refused::new(404, "there is no such file")) };
        let input = self.found.inputs.get(number);
        let section = read(&input, self.args.text).and_then(|bytes| self.section(number, &input, &bytes));
        let section = section.map_err(|why| Refused::new(500, format!("{} {why}", shown(input.path()))))?;
        self.enter(number, &section);
        Ok(section.to_json(number))
    }

    /// The findings of a file, always with the decisions that there were when the run
    /// began: so their numbers stay the same.
    fn section(&self, index: usize, input: &Input, bytes: &[u8]) -> std::result::Result<Section, String> {
        let session = self.session;
        let document = session.open(input.path(), bytes)?;
        let outcome = clean(&document, &session.rules, &session.options);
        let records = records(index + 1, &document, &outcome, &session.rules);
        let images = self.images.of(index, input, &document);
        let checked = Checked {
            path: input.path(),
            document: &document,
            findings: &outcome.findings,
            records: &records,
            statuses: &vec![BaselineStatus::New; records.len()],
            has_baseline: false,
            rules: &session.rules,
            fail_on: session.options.level,
        };
        Ok(Section::new(&checked, &images))
    }

    fn enter(&self, index: usize, section: &Section) {
        let mut indexed = self.indexed.lock().unwrap_or_else(PoisonError::into_inner);
        indexed[index] = Some(Arc::new(section.indexed().to_vec()));
    }

    /// The findings of the files read so far; none of the others.
    fn all(&self) -> Vec<Arc<Vec<Indexed>>> {
        let indexed = self.indexed.lock().unwrap_or_else(PoisonError::into_inner);
        indexed.iter().map(|file| file.clone().unwrap_or_default()).collect()
    }

    fn series(&self) -> AllSeries {
        let ready = self.indexed.lock().unwrap_or_else(PoisonError::into_inner).iter().flatten().count();
        let all = self.all();
        AllSeries { ready, series: series_of(all.iter().map(|file| file.as_slice()), &self.session.rules) }
    }

    fn findings(&self, ids: &[Id]) -> std::result::Result<Vec<serde_json::Value>, Refused> {
        let all = self.all();
        let mut out = Vec::with_capacity(ids.len());
        for &id in ids {
            out.push(one(&all, id)?.to_json());
        }
        Ok(out)
    }

    /// The findings with the same reading by the same rule.
    fn alike(&self, id: Id) -> std::result::Result<Vec<Id>, Refused> {
        let all = self.all();
        let wanted = one(&all, id)?;
        let mut out = Vec::new();
        for (file, findings) in all.iter().enumerate() {
            for (index, finding) in findings.iter().enumerate() {
                if finding.is_alike(wanted) {
                    out.push([file, index]);
                }
            }
        }
        Ok(out)
    }

    /// The next finding whose words or file have a text, after the last also from the first.
    fn find(&self, Find { text, after }: &Find) -> Option<Id> {
        let text = text.to_lowercase();
        let mut first = None;
        for (file, findings) in self.all().iter().enumerate() {
            let path = self.found.inputs.get(file).path().to_string_lossy().to_lowercase();
            let is_named = path.contains(&text);
            for (index, finding) in findings.iter().enumerate() {
                let id = [file, index];
                if is_named || finding.has(&text) {
                    if after.is_none_or(|after| id > after) {
                        return Some(id);
                    }
                    first = first.or(Some(id));
                }
            }
        }
        first
    }
}

fn one(all: &[Arc<Vec<Indexed>>], [file, index]: Id) -> std::result::Result<&Indexed, Refused> {
    let found = all.get(file).and_then(|findings| findings.get(index));
    found.ok_or_else(|| Refused::new(404, "there is no such finding; reload the page"))
}

fn parsed<T: DeserializeOwned>(body: &str) -> std::result::Result<T, Refused> {
    serde_json::from_str(body).map_err(|error| Refused::new(400, error.to_string()))
}

fn to_json(data: &impl Serialize) -> String {
    // Plain data: serialising cannot fail.
    serde_json::to_string(data).unwrap_or_default()
}
