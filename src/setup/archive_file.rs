//! Reads the statistics of an archive that a run goes by.

use std::path::Path;
use std::sync::Arc;

use descan_core::archive::ArchiveStats;

use crate::display::{plain, shown};
use crate::error::{Result, failed, usage};

/// Reads the statistics of an archive.
///
/// # Errors
/// The file cannot be read, or has no statistics.
pub(crate) fn read(path: &Path) -> Result<Arc<ArchiveStats>> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let name = shown(path);
            return failed(format!("cannot read the statistics of the archive {name}: {}", plain(&error)));
        }
    };
    match ArchiveStats::parse(&bytes) {
        Ok(stats) => Ok(Arc::new(stats)),
        Err(error) => usage(format!("{}: {error}", shown(path))),
    }
}
