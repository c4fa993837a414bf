//! Writes files atomically.

use std::fs::{self, File, Metadata, Permissions};
use std::io::{self, Write as _};
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

/// Writes a temporary file next to `path`, ready to be renamed to it. `permissions`
/// are those of the file it will replace; a new file gets the default ones.
///
/// # Errors
/// I/O errors; also if `path` is a device or a pipe, which a file would replace.
pub(crate) fn prepare(
    path: &Path,
    bytes: &[u8],
    permissions: Option<Permissions>,
    sync: bool,
) -> io::Result<NamedTempFile> {
    if is_special(path) {
        return Err(io::Error::other("it is a device or a pipe"));
    }
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

/// Writes an output that the user named: a file atomically, with its folders; into a device
/// or a pipe directly.
///
/// # Errors
/// I/O errors.
pub(crate) fn output(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if is_special(path) {
        return fs::write(path, bytes);
    }
    fs::create_dir_all(folder_of(path))?;
    prepare(path, bytes, None, false)?.persist(path)?;
    Ok(())
}

fn is_special(path: &Path) -> bool {
    path.metadata().is_ok_and(|data| !data.is_file() && !data.is_dir())
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
