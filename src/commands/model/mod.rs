//! `descan model`: builds the models that choose between readings, from texts and from scans with ground
//! truth.

mod build;
mod confusions;
mod count;
mod files;
mod fit;
mod rivals;
mod sets;

use crate::args::model::{ModelArgs, ModelCommand};
use crate::error::Result;

/// Runs the command; progress messages go to standard error.
pub(crate) fn run(args: &ModelArgs) -> Result {
    match &args.command {
        ModelCommand::Count(args) => count::run(args),
        ModelCommand::Build(args) => build::run(args),
        ModelCommand::Confusions(args) => confusions::run(args),
        ModelCommand::Rivals(args) => rivals::run(args),
        ModelCommand::Fit(args) => fit::run(args),
    }
}
