//! Files written whole or not at all.

use std::fs::{self, File, Metadata, Permissions};
use std::io::{self, Write as _};
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

/// Writes a file beside its place, ready to be renamed to it. `permissions` are
/// those of the file that it will replace; a new file gets the usual ones.
pub(crate) fn prepare(
    path: &Path,
    bytes: &[u8],
    permissions: Option<Permissions>,
    sync: bool,
) -> io::Result<NamedTempFile> {
    let file = prepare_in(folder_of(path), bytes)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    if sync {
        file.as_file().sync_all()?;
    }
    Ok(file)
}

/// Writes a file into a folder, ready to be renamed to its place. It is gone
/// again if that does not happen.
pub(crate) fn prepare_in(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".descan-").suffix(".tmp");
    #[cfg(unix)]
    let usual = {
        use std::os::unix::fs::PermissionsExt;
        Permissions::from_mode(0o666)
    };
    #[cfg(unix)]
    builder.permissions(usual);
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    Ok(file)
}

/// Replaces an existing file, its permissions kept.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    prepare(path, bytes, Some(fs::metadata(path)?.permissions()), true)?.persist(path)?;
    Ok(())
}

/// Makes what was renamed in a folder last. Not every system can; then it is
/// left to the system.
pub(crate) fn sync_folder(path: &Path) {
    let _ = File::open(folder_of(path)).and_then(|folder| folder.sync_all());
}

/// Whether a file is still the one that was looked at before.
pub(crate) fn is_same(before: &Metadata, path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|now| now.len() == before.len() && now.modified().ok() == before.modified().ok())
}

/// The folder that a file stands in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
