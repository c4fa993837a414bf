//! File names in a ledger. JSON strings are Unicode, but a file name may be any
//! bytes.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// A path as serialisable data: text, plus its bytes if it is not valid UTF-8.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PathRecord {
    /// The path; invalid UTF-8 shows as U+FFFD.
    pub path: String,
    /// The bytes of the path in hexadecimal, if it is not valid UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path_hex: Option<String>,
}

impl PathRecord {
    /// Converts a path.
    pub fn new(path: &Path) -> PathRecord {
        let text = path.to_string_lossy().into_owned();
        let hex = path.to_str().is_none().then(|| descan_text::hash::hex(path.as_os_str().as_encoded_bytes()));
        PathRecord { path: text, path_hex: hex }
    }

    /// The path itself; `None` if this system cannot represent it.
    pub fn to_path(&self) -> Option<PathBuf> {
        match &self.path_hex {
            None => Some(PathBuf::from(&self.path)),
            Some(hex) => from_bytes(unhex(hex)?).map(PathBuf::from),
        }
    }
}

/// The bytes of hexadecimal digits.
pub(super) fn unhex(hex: &str) -> Option<Vec<u8>> {
    let digits = hex.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    let digit = |b: u8| (b as char).to_digit(16);
    digits.chunks_exact(2).map(|pair| Some((digit(pair[0])? * 16 + digit(pair[1])?) as u8)).collect()
}

#[cfg(unix)]
fn from_bytes(bytes: Vec<u8>) -> Option<OsString> {
    use std::os::unix::ffi::OsStringExt;
    Some(OsString::from_vec(bytes))
}

#[cfg(not(unix))]
fn from_bytes(bytes: Vec<u8>) -> Option<OsString> {
    String::from_utf8(bytes).ok().map(OsString::from)
}
