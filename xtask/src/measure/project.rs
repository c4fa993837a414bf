//! Where the project is, and its programs.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder that holds the whole project.
pub(crate) fn root() -> &'static Path {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask)
}

/// How a program is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// As tests are: nothing has to be built anew behind them.
    Dev,
    /// As it is released.
    Release,
}

impl Profile {
    fn name(self) -> &'static str {
        match self {
            Profile::Dev => "dev",
            Profile::Release => "release",
        }
    }

    /// Where cargo puts what it builds, in the target folder.
    fn folder(self) -> &'static str {
        match self {
            Profile::Dev => "debug",
            Profile::Release => "release",
        }
    }
}

/// Builds the program, unless it is up to date.
///
/// # Errors
/// If it does not compile.
pub(crate) fn build(profile: Profile) -> Result<(), String> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["build", "--quiet", "--profile", profile.name(), "--bin", "descan"];
    let status = Command::new(cargo).args(arguments).current_dir(root()).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("cargo build: {status}")),
        Err(error) => Err(format!("cargo: {error}")),
    }
}

/// The program that [`build`] makes.
///
/// Its folder is next to that of this program's own profile, wherever the target
/// folder is.
pub(crate) fn program(profile: Profile) -> PathBuf {
    let own = env::current_exe().unwrap_or_default();
    let target = own.parent().and_then(Path::parent).map_or_else(|| root().join("target"), Path::to_path_buf);
    target.join(profile.folder()).join(format!("descan{}", env::consts::EXE_SUFFIX))
}
