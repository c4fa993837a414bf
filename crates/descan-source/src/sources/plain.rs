//! Plain text: all of the file.

use super::source::Source;
use crate::markup::Broken;
use crate::markup::flow::Flow;

pub(super) struct Plain;

impl Source for Plain {
    fn read(&self, _file: &str) -> Result<Option<Flow>, Broken> {
        Ok(None)
    }
}
