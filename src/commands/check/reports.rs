//! Where reports go: at most one to standard output, every other to its own file,
//! which is written atomically.

use std::fs;
use std::io::{self, BufWriter, IsTerminal as _, StdoutLock, Write as _};
use std::path::{Path, PathBuf};

use descan_report::Format;
use tempfile::NamedTempFile;

use crate::args::report_to::ReportTo;
use crate::display::{plain, shown, wrapped_at_words};
use crate::error::{CliError, Done, Result, output_error, usage};
use crate::files::write;
use crate::terminal::output;

/// The requested reports.
#[derive(Debug)]
pub(super) struct Wanted(Vec<ReportTo>);

impl Wanted {
    /// The requested reports; by default, the human-readable one.
    ///
    /// # Errors
    /// Two reports go to the same place.
    pub(super) fn new(reports: &[ReportTo], format: Option<Format>) -> Result<Wanted> {
        let mut all = reports.to_vec();
        all.extend(format.map(|format| ReportTo { format, file: None }));
        if all.is_empty() {
            all.push(ReportTo { format: Format::Human, file: None });
        }
        for (index, one) in all.iter().enumerate() {
            if all[..index].iter().any(|other| other.file == one.file) {
                let place = one.file.as_deref().map_or_else(|| "standard output".to_owned(), shown);
                return usage(format!(
                    "two reports would go to {place}; give each its own file, as in --report sarif=FILE"
                ));
            }
        }
        Ok(Wanted(all))
    }

    /// Whether any report goes to a file.
    pub(super) fn writes_files(&self) -> bool {
        self.files().next().is_some()
    }

    /// The files that reports go to.
    pub(super) fn files(&self) -> impl Iterator<Item = &Path> {
        self.0.iter().filter_map(|report| report.file.as_deref())
    }
}

/// Reports being written.
pub(super) struct Reports(Vec<Report>);

struct Report {
    format: Format,
    place: Place,
    /// Whether the part for any input was written.
    begun: bool,
}

enum Place {
    Stdout(BufWriter<StdoutLock<'static>>),
    /// Standard output, with colours; long lines are wrapped to this many columns.
    Terminal(Option<usize>),
    /// A file, under a temporary name until it is complete.
    File(BufWriter<NamedTempFile>, PathBuf),
}

impl Reports {
    /// Opens the files, so that an unwritable folder is reported before the work
    /// and not after it.
    pub(super) fn open(wanted: Wanted) -> Result<Reports> {
        let open = |report: ReportTo| {
            let place = match report.file {
                None if output::is_for_people() => {
                    let wraps = report.format == Format::Human && io::stdout().is_terminal();
                    Place::Terminal(wraps.then(output::columns))
                }
                None => Place::Stdout(output::stdout()),
                Some(path) => {
                    let ready = fs::create_dir_all(write::folder_of(&path))
                        .and_then(|()| if path.is_dir() { Err(io::ErrorKind::IsADirectory.into()) } else { Ok(()) })
                        .and_then(|()| write::prepare(&path, b"", None, false));
                    Place::File(BufWriter::new(ready.map_err(|error| cannot_write(&path, &error))?), path)
                }
            };
            Ok(Report { format: report.format, place, begun: false })
        };
        Ok(Reports(wanted.0.into_iter().map(open).collect::<Result<_>>()?))
    }

    /// The formats, in order.
    pub(super) fn formats(&self) -> Vec<Format> {
        self.0.iter().map(|report| report.format).collect()
    }

    /// Writes text to each report, depending on its format.
    pub(super) fn write_each(&mut self, text: impl Fn(Format) -> String) -> Result<()> {
        for report in &mut self.0 {
            report.place.write(&text(report.format), Done::Clean)?;
        }
        Ok(())
    }

    /// Writes the part for one input to each report.
    pub(super) fn write(&mut self, parts: &[String], so_far: Done) -> Result<()> {
        for (report, part) in self.0.iter_mut().zip(parts).filter(|(_, part)| !part.is_empty()) {
            if std::mem::replace(&mut report.begun, true) {
                report.place.write(report.format.between(), so_far)?;
            }
            report.place.write(part, so_far)?;
        }
        Ok(())
    }

    /// Writes the end of each report and moves the files into place.
    pub(super) fn finish(self, foot: impl Fn(Format) -> String, done: Done) -> Result<()> {
        for mut report in self.0 {
            report.place.write(&foot(report.format), done)?;
            match report.place {
                Place::Terminal(_) => {}
                Place::Stdout(mut out) => out.flush().map_err(|error| output_error(&error, done))?,
                Place::File(out, path) => {
                    let file = out.into_inner().map_err(|error| cannot_write(&path, error.error()))?;
                    file.persist(&path).map_err(|error| cannot_write(&path, &error.error))?;
                }
            }
        }
        Ok(())
    }
}

impl Place {
    /// Writes text, without colours unless it goes to a terminal.
    fn write(&mut self, text: &str, so_far: Done) -> Result<()> {
        let plain_text = || anstream::adapter::strip_str(text).to_string();
        match self {
            Place::Terminal(columns) => {
                let text = columns.map_or_else(|| text.to_owned(), |n| wrapped_at_words(text, n, "      "));
                anstream::stdout().write_all(text.as_bytes()).map_err(|error| output_error(&error, so_far))
            }
            Place::Stdout(out) => out.write_all(plain_text().as_bytes()).map_err(|error| output_error(&error, so_far)),
            Place::File(out, path) => {
                out.write_all(plain_text().as_bytes()).map_err(|error| cannot_write(path, &error))
            }
        }
    }
}

fn cannot_write(path: &Path, error: &io::Error) -> CliError {
    CliError::Io(format!("cannot write {}: {}", shown(path), plain(error)))
}
