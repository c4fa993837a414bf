//! The language of a run: English, with custom models on top.

use std::path::Path;
use std::sync::Arc;

use descan_lang::language::Model;
use descan_lang::searcher::Searcher;

use crate::error::{Result, failed, usage};

/// English with the models in these files, each on top of those before it.
///
/// # Errors
/// A file cannot be read or is not a model.
pub(super) fn with_models(paths: &[&Path]) -> Result<Arc<Searcher>> {
    let mut models = Vec::with_capacity(paths.len());
    for path in paths {
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => return failed(format!("cannot read the model {}: {error}", path.display())),
        };
        match Model::open(&bytes) {
            Ok(model) => models.push(model),
            Err(error) => return usage(format!("{}: {error}", path.display())),
        }
    }
    Ok(Searcher::english().with_models(&models))
}
