//! The module `descan._native`: what `python/descan` is built on.
//!
//! Everything here is plain tuples; `python/descan` makes the classes that people see of
//! them. All places are in code points, as Python counts them.

mod cleaner;
mod code_points;
mod learner;
mod result;

use pyo3::pymodule;

/// descan, compiled.
#[pymodule]
mod _native {
    use std::ffi::OsString;
    use std::path::PathBuf;

    use pyo3::{Python, pyfunction};

    #[pymodule_export]
    use crate::cleaner::Native;
    #[pymodule_export]
    use crate::learner::Learner;

    /// Runs the command line and returns the exit code. `file` is this module's own
    /// file.
    #[pyfunction]
    fn main(py: Python<'_>, arguments: Vec<OsString>, file: PathBuf) -> u8 {
        py.detach(|| descan_cli::run(arguments, Some(file)))
    }
}
