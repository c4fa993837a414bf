//! Where the project is, and its release program.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder that holds the whole project.
pub(crate) fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// Builds the release program, unless it is up to date.
///
/// # Errors
/// If it does not compile.
pub(crate) fn build() -> Result<(), String> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["build", "--quiet", "--release", "--bin", "descan"];
    let status = Command::new(cargo).args(arguments).current_dir(root()).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("cargo build --release: {status}")),
        Err(error) => Err(format!("cargo: {error}")),
    }
}

/// The release program that [`build`] makes.
///
/// Cargo puts it into `release`, next to the folder of this program's own
/// profile, wherever the target folder is.
pub(crate) fn program() -> PathBuf {
    let own = env::current_exe().unwrap_or_default();
    let target = own.parent().and_then(Path::parent).map_or_else(|| root().join("target"), Path::to_path_buf);
    target.join("release").join(format!("descan{}", env::consts::EXE_SUFFIX))
}
