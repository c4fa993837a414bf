//! Regexes that are compiled when they are first asked for.

use std::sync::OnceLock;

use regex::Regex;

/// A regex that is compiled when it is first asked for: most rules of a run
/// never meet a text that they are about.
#[derive(Debug)]
pub struct LazyRegex {
    source: String,
    multi_line: bool,
    regex: OnceLock<Option<Regex>>,
}

impl LazyRegex {
    pub(crate) fn new(source: String, multi_line: bool) -> LazyRegex {
        LazyRegex { source, multi_line, regex: OnceLock::new() }
    }

    /// The regex. `None` when it does not compile, which the loader refuses.
    pub fn get(&self) -> Option<&Regex> {
        self.regex.get_or_init(|| build(&self.source, self.multi_line).ok()).as_ref()
    }

    /// # Errors
    /// One sentence that says what is wrong with it.
    pub(crate) fn check(&self) -> Result<(), String> {
        build(&self.source, self.multi_line).map(|_| ())
    }
}

/// Compiles a pattern of the settings. The size limit keeps a hostile one from
/// taking all memory.
///
/// # Errors
/// One sentence that says what is wrong with it.
pub fn compile(source: &str) -> Result<Regex, String> {
    build(source, false)
}

fn build(source: &str, multi_line: bool) -> Result<Regex, String> {
    let mut builder = regex::RegexBuilder::new(source);
    builder.multi_line(multi_line).size_limit(1 << 20).dfa_size_limit(1 << 20);
    builder.build().map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => "bad pattern: it becomes too big; make its repetitions smaller".to_owned(),
        error => {
            let what = error.to_string();
            format!("bad pattern: {}", what.lines().last().unwrap_or_default().trim())
        }
    })
}
