//! The values of settings, each with the place where it was set.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use descan_core::protect::ProtectEntry;
use descan_text::escape::visible;
use descan_text::level::Level;
use thiserror::Error;

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A settings file.
    File(Place),
    /// A command line option.
    CommandLine(&'static str),
}

/// A place in a settings file; lines and columns count from 1, columns in code
/// points.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Place {
    pub path: Arc<Path>,
    pub line: usize,
    pub column: usize,
}

/// A value with its origin.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct Placed<T> {
    pub value: T,
    pub origin: Origin,
}

/// One value. A setting has one, or a list of them.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// For [`Kind::Level`](super::Kind::Level).
    Level(Level),
    /// For [`Kind::Flag`](super::Kind::Flag).
    Flag(bool),
    /// For [`Kind::Number`](super::Kind::Number).
    Number(u64),
    /// One of [`Kind::Names`](super::Kind::Names) or [`Kind::Choices`](super::Kind::Choices).
    Text(String),
    /// For [`Kind::File`](super::Kind::File), or one of [`Kind::Paths`](super::Kind::Paths), joined to the folder of the
    /// settings file.
    Path(PathBuf),
    /// One of [`Kind::Globs`](super::Kind::Globs), with the folder it is relative to.
    Glob(PathBuf, String),
    /// One of [`Kind::Levels`](super::Kind::Levels): a rule with its level, or `None` for off.
    RuleLevel(String, Option<Level>),
    /// One of [`Kind::Protect`](super::Kind::Protect).
    Protect(ProtectEntry),
}

/// Why a settings file is invalid: one sentence that says where and how to fix it.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{place}: {what}")]
pub struct Refusal {
    /// Where.
    pub place: Place,
    /// What is wrong and what to do.
    pub what: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", visible(&self.path.to_string_lossy()), self.line, self.column)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::File(place) => place.fmt(f),
            Origin::CommandLine(option) => f.write_str(option),
        }
    }
}
