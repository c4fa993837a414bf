//! A sum of the statistics of an archive.

use std::sync::{Mutex, PoisonError};

use descan::{ArchiveStats, Document, learn, open};
use pyo3::exceptions::PyValueError;
use pyo3::types::PyBytes;
use pyo3::{Bound, PyResult, Python, pyclass, pymethods};

/// The sum so far; any number of threads may add to it.
#[pyclass(frozen, module = "descan._native")]
pub(crate) struct Learner(Mutex<ArchiveStats>);

#[pymethods]
impl Learner {
    /// A sum of nothing.
    #[new]
    fn new() -> Learner {
        Learner(Mutex::default())
    }

    /// Adds what a text shows.
    fn add_text(&self, py: Python<'_>, text: &str) {
        py.detach(|| self.add(&learn(&Document::of_text(text))));
    }

    /// Adds what a file shows; one that is not text is refused by its name.
    fn add_file(&self, py: Python<'_>, name: &str, data: &[u8]) -> PyResult<()> {
        py.detach(|| {
            let document = open(name, data).map_err(|why| PyValueError::new_err(why.to_string()))?;
            self.add(&learn(&document));
            Ok(())
        })
    }

    /// Adds statistics, as the bytes of their file.
    fn add_stats(&self, py: Python<'_>, data: &[u8]) -> PyResult<()> {
        py.detach(|| {
            self.add(&ArchiveStats::parse(data).map_err(|why| PyValueError::new_err(why.to_string()))?);
            Ok(())
        })
    }

    /// The sum, as the bytes of a file.
    fn to_bytes<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        let text = py.detach(|| self.0.lock().unwrap_or_else(PoisonError::into_inner).to_text());
        PyBytes::new(py, text.as_bytes())
    }
}

impl Learner {
    fn add(&self, stats: &ArchiveStats) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).add(stats);
    }
}
