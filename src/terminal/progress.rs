//! Progress of a run, shown on standard error and never on standard output.

use std::io::{self, IsTerminal as _};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, HumanDuration, ProgressBar, ProgressStyle};

use crate::args::ProgressKind;
use crate::say::{say, show};
use crate::terminal::output::counted;

/// How often a line is printed.
const EVERY: Duration = Duration::from_secs(5);

/// Shows the progress of a run.
pub(crate) enum Progress {
    Silent,
    Bar(ProgressBar),
    Lines(Mutex<Lines>),
}

/// The figures for progress lines.
pub(crate) struct Lines {
    files: usize,
    all_files: usize,
    bytes: u64,
    all_bytes: u64,
    start: Instant,
    printed: Instant,
}

impl Progress {
    /// Starts showing a run over this many files and bytes. `streams` says that
    /// results go to standard output during the run.
    pub(crate) fn new(kind: ProgressKind, files: usize, bytes: u64, streams: bool) -> Progress {
        let visible = io::stderr().is_terminal() && !(streams && io::stdout().is_terminal());
        match kind {
            ProgressKind::Auto if visible && files > 1 => {
                let bar = ProgressBar::new(bytes);
                let style = "{bar:30} {msg}  {bytes_per_sec}  {eta} left";
                // The template is known to be valid; the default bar is only a fallback.
                bar.set_style(ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar()));
                bar.set_message(of(0, files));
                bar.enable_steady_tick(Duration::from_millis(500));
                Progress::Bar(show(bar))
            }
            ProgressKind::Plain => {
                let now = Instant::now();
                let lines = Lines { files: 0, all_files: files, bytes: 0, all_bytes: bytes, start: now, printed: now };
                Progress::Lines(Mutex::new(lines))
            }
            _ => Progress::Silent,
        }
    }

    /// Reports that file number `done` of `all`, of `bytes` bytes, is finished.
    pub(crate) fn file(&self, done: usize, all: usize, bytes: u64) {
        match self {
            Progress::Silent => {}
            Progress::Bar(bar) => {
                bar.set_message(of(done, all));
                bar.inc(bytes);
            }
            Progress::Lines(lines) => lines.lock().unwrap_or_else(PoisonError::into_inner).file(done, bytes),
        }
    }

    /// Reports that the run is over.
    pub(crate) fn finish(&self) {
        match self {
            Progress::Silent => {}
            Progress::Bar(bar) => bar.finish_and_clear(),
            Progress::Lines(lines) => lines.lock().unwrap_or_else(PoisonError::into_inner).print(),
        }
    }
}

impl Lines {
    fn file(&mut self, done: usize, bytes: u64) {
        self.files = done;
        self.bytes += bytes;
        if self.printed.elapsed() >= EVERY && self.files < self.all_files {
            self.print();
        }
    }

    fn print(&mut self) {
        self.printed = Instant::now();
        let seconds = self.start.elapsed().as_secs_f64().max(1e-3);
        let pace = self.bytes as f64 / seconds;
        let left = self.all_bytes.saturating_sub(self.bytes) as f64 / pace.max(1.0);
        let left = if self.files < self.all_files {
            format!(", {} left", HumanDuration(Duration::from_secs_f64(left.min(1e9))))
        } else {
            String::new()
        };
        say(format_args!(
            "{}, {} at {}/s{left}",
            of(self.files, self.all_files),
            HumanBytes(self.bytes),
            HumanBytes(pace as u64)
        ));
    }
}

fn of(done: usize, all: usize) -> String {
    format!("{done} of {}", counted(all, "file"))
}
