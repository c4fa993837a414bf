//! Gathers the findings of all files, before any of them is shown.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use descan_core::decisions::Decisions;
use descan_core::pipeline::clean;
use descan_source::Document;

use crate::args;
use crate::batch::{Batch, in_order};
use crate::commands::review::item::{Asked, Item, items};
use crate::display::shown;
use crate::error::Result;
use crate::inputs::discover::Found;
use crate::inputs::list::Inputs;
use crate::inputs::read::read;
use crate::say::say;
use crate::setup::session::Session;

/// A file under review.
#[derive(Clone, Debug, Default)]
pub(super) struct ReviewedFile {
    /// Its path, safe to print.
    pub path: String,
    /// Whether `clean` would change it.
    pub changes: bool,
    /// Findings left out because they change white space alone.
    pub spacing: usize,
    /// Findings that are decided.
    pub decided: usize,
    /// The hash of its text; `None` if it cannot be read.
    text: Option<u64>,
}

/// The files under review, and where they are read from.
pub(super) struct Files<'f> {
    session: &'f Session,
    found: &'f Found,
    args: &'f args::Inputs,
    asked: Asked,
    pub list: Vec<ReviewedFile>,
    /// The text last asked for.
    open: Option<(usize, String)>,
}

impl<'f> Files<'f> {
    pub(super) fn new(session: &'f Session, found: &'f Found, args: &'f args::Inputs, asked: Asked) -> Files<'f> {
        let list = found.inputs.iter().map(|input| ReviewedFile { path: shown(input.path()), ..Default::default() });
        Files { session, found, args, asked, list: list.collect(), open: None }
    }

    /// The undecided findings of the files with these indices, in order.
    ///
    /// # Errors
    /// Ctrl-C. A file that cannot be read is reported and left out.
    pub(super) fn items(&mut self, which: &[usize], decisions: &Arc<Decisions>) -> Result<Vec<Item>> {
        let mut inputs = Inputs::default();
        for &index in which {
            // It was put into such a list before.
            let _ = inputs.push(&self.found.inputs.get(index));
        }
        let mut options = self.session.options.clone();
        options.decisions = Arc::clone(decisions);
        let (session, asked) = (self.session, self.asked);
        let mut next = which.iter().copied();
        let mut all = Vec::new();
        let list = &mut self.list;
        in_order(
            Batch { inputs: &inputs, ..Batch::new(session, self.found, self.args, false) },
            |number, input, bytes| {
                let document = session.open(input.path(), bytes)?;
                let outcome = clean(&document, &session.rules, &options);
                let (items, spacing) = items(which[number], document.text(), &outcome, &session.rules, asked);
                let decided = outcome.findings.iter().filter(|f| f.decided.is_some()).count();
                let decided = decided + outcome.decided.refused;
                let changes = document.splice(&outcome.edits).apply(bytes) != bytes;
                Ok((items, spacing, decided, changes, hash(document.text())))
            },
            |input, result| {
                let Some(file) = next.next().and_then(|index| list.get_mut(index)) else { return Ok(()) };
                match result {
                    Ok((items, spacing, decided, changes, text)) => {
                        *file = ReviewedFile { spacing, decided, changes, text: Some(text), path: file.path.clone() };
                        all.extend(items);
                    }
                    Err(why) => {
                        *file = ReviewedFile { path: file.path.clone(), ..ReviewedFile::default() };
                        say(format_args!("{} {why}", shown(input.path())));
                    }
                }
                Ok(())
            },
        )?;
        Ok(all)
    }

    /// The text of a file, as it was when its findings were gathered.
    ///
    /// # Errors
    /// It cannot be read, or has changed since: a sentence.
    pub(super) fn text(&mut self, index: usize) -> std::result::Result<&str, String> {
        if self.open.as_ref().is_none_or(|(open, _)| *open != index) {
            let input = self.found.inputs.get(index);
            let path = shown(input.path());
            let bytes = read(&input, self.args.text).map_err(|why| format!("{path} {why}"))?;
            let document = if self.args.text { Ok(Document::decode(&bytes)) } else { Document::open(&bytes) };
            let document = document.map_err(|broken| format!("{path} {broken}"))?;
            if Some(hash(document.text())) != self.list[index].text {
                return Err(format!("{path} has changed since the review began; quit and start again"));
            }
            self.open = Some((index, document.text().to_owned()));
        }
        Ok(self.open.as_ref().map_or("", |(_, text)| text))
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
