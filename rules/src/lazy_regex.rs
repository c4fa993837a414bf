//! Regexes that are compiled when they are first asked for.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use descan_text::token::floor;
use regex_automata::meta::{Config, Regex};
use regex_automata::{Anchored, Input};
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::Groups;

/// A regex that is compiled when it is first asked for: most rules of a run
/// never meet a text that they are about. Compiling costs as much as searching
/// many pages, so it is compiled for short texts first, and for long ones once it
/// has seen enough of them. Regexes that are written alike are one, for many rules
/// ask the same.
#[derive(Debug)]
pub struct LazyRegex(Arc<Compiled>);

/// What regexes that are written alike share.
#[derive(Debug)]
struct Compiled {
    source: String,
    multi_line: bool,
    light: OnceLock<Option<Built>>,
    fast: OnceLock<Option<Built>>,
    /// How much it has searched, in bytes.
    searched: AtomicUsize,
}

/// A regex that is compiled.
#[derive(Debug)]
struct Built {
    regex: Regex,
    /// The longest match, in bytes; `None` where there is no bound.
    longest: Option<usize>,
}

/// Every regex that some rule holds, by how it is written and whether `^` and `$` are ends of lines.
static IN_USE: Mutex<FxHashMap<(String, bool), Weak<Compiled>>> = Mutex::new(FxHashMap::with_hasher(FxBuildHasher));

/// From so many bytes on a regex is worth compiling for speed.
const ENOUGH: usize = 1 << 13;

impl LazyRegex {
    pub(crate) fn new(source: String, multi_line: bool) -> LazyRegex {
        let mut in_use = IN_USE.lock().unwrap_or_else(PoisonError::into_inner);
        let place = in_use.entry((source.clone(), multi_line)).or_default();
        let compiled = place.upgrade().unwrap_or_else(|| {
            let (light, fast) = Default::default();
            Arc::new(Compiled { source, multi_line, light, fast, searched: AtomicUsize::new(0) })
        });
        *place = Arc::downgrade(&compiled);
        LazyRegex(compiled)
    }

    /// The regex as it is written.
    pub fn source(&self) -> &str {
        &self.0.source
    }

    /// Whether a text has a match.
    pub fn is_match(&self, text: &str) -> bool {
        self.built(text.len()).is_some_and(|built| built.regex.is_match(text))
    }

    /// Whether a match lies across a part of a text, wherever it begins. A match before the part does not hide
    /// one that reaches into it, as long as matches have a longest.
    pub fn lies_across(&self, text: &str, part: &Range<usize>) -> bool {
        let Some(&Built { ref regex, longest }) = self.built(text.len()) else { return false };
        let mut at = longest.map_or(0, |longest| floor(text, part.start.saturating_sub(longest)));
        while at <= text.len() {
            let Some(found) = regex.search(&Input::new(text).range(at..)).filter(|found| found.start() < part.end)
            else {
                return false;
            };
            if found.end() > part.start {
                return true;
            }
            let next = if longest.is_some() { found.start() + 1 } else { found.end().max(found.start() + 1) };
            at = (next..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len() + 1);
        }
        false
    }

    /// The first match that begins at or behind a place of a text, or only at the
    /// place itself. What stands before it tells where lines and words begin.
    pub fn groups<'t>(&self, text: &'t str, from: usize, only_there: bool) -> Option<Groups<'t>> {
        let Built { regex, .. } = self.built(text.len() - from)?;
        let anchored = if only_there { Anchored::Yes } else { Anchored::No };
        let mut captures = regex.create_captures();
        regex.search_captures(&Input::new(text).range(from..).anchored(anchored), &mut captures);
        captures.is_match().then(|| Groups::new(text, captures))
    }

    /// The regex for a search of so many bytes. `None` when it does not compile,
    /// which the loader refuses.
    fn built(&self, bytes: usize) -> Option<&Built> {
        let before = self.0.searched.fetch_add(bytes, Ordering::Relaxed);
        let (cell, is_fast) = if before + bytes > ENOUGH { (&self.0.fast, true) } else { (&self.0.light, false) };
        cell.get_or_init(|| build(&self.0.source, self.0.multi_line, is_fast).ok()).as_ref()
    }

    /// # Errors
    /// One sentence that says what is wrong with it.
    pub(crate) fn check(&self) -> Result<(), String> {
        build(&self.0.source, self.0.multi_line, false).map(|_| ())
    }
}

/// The most memory that the program of a regex may take, in bytes: it keeps a
/// hostile one from taking all.
const MOST_MEMORY: usize = 1 << 20;

/// Compiles a pattern of the settings.
///
/// # Errors
/// One sentence that says what is wrong with it.
pub fn compile(source: &str) -> Result<regex::Regex, String> {
    let mut builder = regex::RegexBuilder::new(source);
    builder.size_limit(MOST_MEMORY).dfa_size_limit(MOST_MEMORY);
    builder.build().map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => too_big(),
        error => bad(&error.to_string()),
    })
}

/// Compiles a pattern of a rule. One that is not to be fast is compiled in a
/// fraction of the time. No literals inside of it are looked for first: where they
/// are common, as `in` is, that is far slower than reading every byte.
fn build(source: &str, multi_line: bool, is_fast: bool) -> Result<Built, String> {
    let mut parser = regex_syntax::ParserBuilder::new().multi_line(multi_line).build();
    let hir = parser.parse(source).map_err(|error| bad(&error.to_string()))?;
    let config = Config::new().nfa_size_limit(Some(MOST_MEMORY)).hybrid_cache_capacity(MOST_MEMORY);
    let config = config.hybrid(is_fast).dfa(false).onepass(false).auto_prefilter(false);
    let regex = Regex::builder().configure(config).build_from_hir(&hir);
    let regex = regex.map_err(|error| match error.size_limit() {
        Some(_) => too_big(),
        None => bad(&error.to_string()),
    })?;
    Ok(Built { regex, longest: hir.properties().maximum_len() })
}

fn too_big() -> String {
    "bad pattern: it becomes too big; make its repetitions smaller".to_owned()
}

fn bad(error: &str) -> String {
    format!("bad pattern: {}", error.lines().last().unwrap_or_default().trim())
}
