//! Says which texts are in a language that descan does not know.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use descan_core::evidence::foreign::is_foreign;
use descan_lang::language::Language;

use crate::display::shown;
use crate::say::say;

/// The texts of a run that are in another language.
#[derive(Debug, Default)]
pub(crate) struct Foreign(Mutex<Seen>);

#[derive(Debug, Default)]
struct Seen {
    count: usize,
    /// The first by path, so that the warning is the same for any number of threads.
    first: Option<PathBuf>,
}

impl Foreign {
    /// Looks at the text of the input at `path`.
    pub(crate) fn look_at(&self, path: &Path, text: &str, language: &Language) {
        if !is_foreign(text, language) {
            return;
        }
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.count += 1;
        if seen.first.as_deref().is_none_or(|first| path < first) {
            seen.first = Some(path.to_owned());
        }
    }

    /// Warns of all of them in one line, and forgets them.
    pub(crate) fn warn(&self) {
        let Seen { count, first } = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let Some(first) = first.as_deref().map(shown) else { return };
        let who = match count {
            1 => format!("{first} is not English, and descan knows only English words: look at its repairs"),
            _ => format!(
                "{count} texts, such as {first}, are not English, and descan knows only English words: look at their repairs"
            ),
        };
        say(format_args!("{who} with `descan diff` first"));
    }
}
