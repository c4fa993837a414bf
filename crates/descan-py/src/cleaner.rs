//! A cleaner, and what it is made of.

use descan::{ArchiveStats, Cleaner, Decisions, Document, Model, Reflow, Style, open};
use pyo3::exceptions::PyValueError;
use pyo3::types::PyBytes;
use pyo3::{Bound, PyResult, Python, pyclass, pymethods};

use crate::result::{FoundTuple, PlaceTuple, of_file, of_text};

/// A cleaner; any number of threads may use it.
#[pyclass(frozen, module = "descan._native")]
pub(crate) struct Native(Cleaner);

/// What cannot be used, as an error for Python.
fn refused(why: impl std::fmt::Display) -> pyo3::PyErr {
    PyValueError::new_err(why.to_string())
}

#[pymethods]
impl Native {
    /// `decisions` is the name and the content of a file, `models` and `archive`
    /// the content of files.
    #[new]
    #[pyo3(signature = (*, level, select, ignore, protect, style, unwrap, wrap, decisions, models, archive))]
    #[expect(clippy::too_many_arguments, reason = "Python has names for them")]
    fn new(
        py: Python<'_>,
        level: &str,
        select: Vec<String>,
        ignore: Vec<String>,
        protect: Vec<String>,
        style: Vec<String>,
        unwrap: bool,
        wrap: Option<u16>,
        decisions: Option<(String, Vec<u8>)>,
        models: Vec<Vec<u8>>,
        archive: Option<Vec<u8>>,
    ) -> PyResult<Native> {
        let level = level.parse().map_err(refused)?;
        let mut wanted = Style::default();
        for name in &style {
            wanted.set(name).map_err(refused)?;
        }
        let mut builder = Cleaner::builder()
            .level(level)
            .select(select)
            .ignore(ignore)
            .protect(protect)
            .style(wanted)
            .reflow(Reflow::asked(unwrap, wrap));
        if let Some((name, bytes)) = decisions {
            builder = builder.decisions(Decisions::read(&name, &bytes).map_err(refused)?);
        }
        for bytes in models {
            builder = builder.model(Model::open(&bytes).map_err(refused)?);
        }
        if let Some(bytes) = archive {
            builder = builder.archive(ArchiveStats::parse(&bytes).map_err(refused)?);
        }
        // The first one in a process opens the English model.
        let cleaner = py.detach(|| builder.build()).map_err(refused)?;
        Ok(Native(cleaner))
    }

    /// The cleaned text, the findings, and where the text was changed.
    fn clean(&self, py: Python<'_>, text: &str) -> (String, Vec<FoundTuple>, Vec<PlaceTuple>) {
        py.detach(|| {
            let cleaned = self.0.clean(text);
            let (found, places) = of_text(text, &cleaned);
            (cleaned.into_text(), found, places)
        })
    }

    /// The cleaned file, its cleaned text, the findings, where the text was changed, and the
    /// encoding in which the file was read. A file that is not text comes back as it is;
    /// if it has a name, it is refused.
    #[expect(clippy::type_complexity, reason = "Python makes a class of it")]
    fn clean_bytes<'py>(
        &self,
        py: Python<'py>,
        data: &[u8],
        name: Option<&str>,
    ) -> PyResult<(Bound<'py, PyBytes>, String, Vec<FoundTuple>, Vec<PlaceTuple>, &'static str)> {
        let (bytes, text, (found, places), encoding) = py.detach(|| {
            let document = match (open(name.unwrap_or_default(), data), name) {
                (Ok(document), _) => document,
                (Err(why), Some(_)) => return Err(refused(why)),
                (Err(_), None) => {
                    let document = Document::decode(data);
                    let nothing = (Vec::new(), Vec::new());
                    return Ok((data.to_vec(), document.text().to_owned(), nothing, document.encoding().name()));
                }
            };
            let outcome = self.0.clean_document(&document);
            let written = document.write(&outcome.edits);
            let text = outcome.edits.apply(document.text());
            let tuples = of_file(&document, outcome, self.0.rules());
            Ok((written.bytes, text, tuples, document.encoding().name()))
        })?;
        Ok((PyBytes::new(py, &bytes), text, found, places, encoding))
    }
}
