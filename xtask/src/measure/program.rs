//! The program under test: `target/release/descan`.

use std::path::PathBuf;
use std::process::Command;

use crate::root;

/// Builds the program under test, if it is not up to date.
///
/// # Errors
/// When it does not compile.
pub(crate) fn build() -> Result<(), String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["build", "--quiet", "--release", "--bin", "descan"];
    let status = Command::new(cargo).args(arguments).current_dir(root()).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("cargo build --release: {status}")),
        Err(error) => Err(format!("cargo: {error}")),
    }
}

/// The program under test, as [`build`] leaves it.
pub(crate) fn path() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    target.join("release").join(format!("descan{}", std::env::consts::EXE_SUFFIX))
}
