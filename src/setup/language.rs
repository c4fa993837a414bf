//! The language of a run: English, with custom models on top.

use std::path::Path;
use std::sync::Arc;

use descan_lang::language::{Language, Model};
use descan_lang::searcher::Searcher;

use crate::error::{Result, failed, usage};

/// English with the models in these files, each on top of those before it.
///
/// # Errors
/// A file cannot be read or is not a model.
pub(super) fn with_models(paths: &[&Path]) -> Result<Arc<Searcher>> {
    if paths.is_empty() {
        return Ok(Searcher::english());
    }
    let mut language = Language::english();
    for path in paths {
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => return failed(format!("cannot read the model {}: {error}", path.display())),
        };
        match Model::open(&bytes) {
            Ok(model) => language = Arc::new(Language::clone(&language).with(&model)),
            Err(error) => return usage(format!("{}: {error}", path.display())),
        }
    }
    Ok(Searcher::new(language))
}
