//! Writes files atomically.

use std::fs::{self, File, Metadata, Permissions};
use std::io::{self, Write as _};
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

/// Writes a temporary file next to `path`, ready to be renamed to it. `permissions`
/// are those of the file it will replace; a new file gets the default ones.
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

/// Writes a temporary file to a folder, ready to be renamed. It is deleted if that
/// does not happen.
pub(crate) fn prepare_in(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".descan-").suffix(".tmp");
    #[cfg(unix)]
    let default = {
        use std::os::unix::fs::PermissionsExt;
        Permissions::from_mode(0o666)
    };
    #[cfg(unix)]
    builder.permissions(default);
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    Ok(file)
}

/// Replaces an existing file and keeps its permissions.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    prepare(path, bytes, Some(fs::metadata(path)?.permissions()), true)?.persist(path)?;
    Ok(())
}

/// Syncs the folder of a renamed file to disk. Systems that cannot do this are left
/// to do it in their own time.
pub(crate) fn sync_folder(path: &Path) {
    let _ = File::open(folder_of(path)).and_then(|folder| folder.sync_all());
}

/// Whether a file is unchanged since its metadata was read.
pub(crate) fn is_same(before: &Metadata, path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|now| now.len() == before.len() && now.modified().ok() == before.modified().ok())
}

/// The folder that contains a file.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
