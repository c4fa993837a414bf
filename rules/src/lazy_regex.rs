//! Regexes as programs, and the library's where a program would take too long.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use descan_rule_file::{NOWHERE, TooLong};
use descan_text::token::floor;
use regex_automata::{Anchored, Input};
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::groups::Groups;
use crate::id::{Head, TYPED};
use crate::lazy::{Lazy, Library, MOST_MEMORY, Origin, bad, too_big};

/// A regex that is made ready when it is first asked for: most rules of a run
/// never meet a text that they are about. Regexes that are written alike are one,
/// for many rules ask the same.
#[derive(Clone, Debug)]
pub struct LazyRegex(Arc<Lazy>);

/// By what regexes that are written alike are known.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Written(String, bool),
    /// Where the program begins in `PROGRAMS`.
    Program(usize),
}

/// Every regex that some rule holds.
static IN_USE: Mutex<FxHashMap<Key, Weak<Lazy>>> = Mutex::new(FxHashMap::with_hasher(FxBuildHasher));

/// A text of so many bytes is worth compiling the library's regex, which reads a byte in fewer instructions.
const LONG: usize = 1 << 15;

impl LazyRegex {
    /// A regex as it is written; `multi_line` says whether `^` and `$` are ends of lines.
    pub(crate) fn new(source: String, multi_line: bool) -> LazyRegex {
        if multi_line && source == TYPED.0 {
            return LazyRegex::named(&TYPED, true);
        }
        LazyRegex::of(Origin::Written(source, multi_line))
    }

    /// A regex that rules name, with where its program lies.
    pub(crate) fn named((source, program): &'static (&'static str, [usize; 2]), multi_line: bool) -> LazyRegex {
        LazyRegex::of(Origin::Named(source, multi_line, *program))
    }

    /// A regex of a built-in rule, by its number.
    pub(crate) fn built_in(head: &'static Head, number: usize) -> LazyRegex {
        LazyRegex::of(Origin::Rule(head, number))
    }

    fn of(origin: Origin) -> LazyRegex {
        let key = match (&origin, origin.program()) {
            (Origin::Written(source, multi_line), _) => Key::Written(source.clone(), *multi_line),
            (_, Some(program)) => Key::Program(program.start),
            // The library's regexes of built-in rules are few.
            (_, None) => return LazyRegex(Arc::new(Lazy::new(origin))),
        };
        let mut in_use = IN_USE.lock().unwrap_or_else(PoisonError::into_inner);
        let place = in_use.entry(key).or_default();
        if let Some(lazy) = place.upgrade() {
            return LazyRegex(lazy);
        }
        let lazy = Arc::new(Lazy::new(origin));
        *place = Arc::downgrade(&lazy);
        LazyRegex(lazy)
    }

    /// What tells this regex from others in use: the same for two that are written alike.
    pub fn identity(&self) -> usize {
        Arc::as_ptr(&self.0).addr()
    }

    /// Whether a text has a match.
    pub fn is_match(&self, text: &str) -> bool {
        let program = self.0.quick().filter(|_| text.len() < LONG);
        match program.map(|program| program.is_match(text)) {
            Some(Ok(is_match)) => is_match,
            _ => self.0.library().is_some_and(|library| library.regex.is_match(text)),
        }
    }

    /// The longest match, in bytes; `None` where there is no bound.
    pub fn longest(&self) -> Option<usize> {
        match self.0.program() {
            Some(program) => program.longest(),
            None => self.0.library().and_then(|library| library.longest),
        }
    }

    /// Whether a match lies across a part of a text, wherever it begins. A match before the part does not hide
    /// one that reaches into it, as long as matches have a longest.
    pub fn lies_across(&self, text: &str, part: &Range<usize>) -> bool {
        let longest = self.longest();
        let mut at = longest.map_or(0, |longest| floor(text, part.start.saturating_sub(longest)));
        while at <= text.len() {
            let Some(found) = self.span(text, at).filter(|found| found.start < part.end) else {
                return false;
            };
            if found.end > part.start {
                return true;
            }
            let next = if longest.is_some() { found.start + 1 } else { found.end.max(found.start + 1) };
            at = (next..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len() + 1);
        }
        false
    }

    /// The first match that begins at a place of a text or behind it, and not behind `last`, in bytes. What stands before
    /// it tells where lines and words begin.
    pub fn groups<'t>(&'t self, text: &'t str, from: usize, last: usize) -> Option<Groups<'t>> {
        match self.0.quick().map(|program| program.find(text, from, last)) {
            Some(Ok(found)) => return found.map(|places| Groups::new(text, &self.0, places)),
            Some(Err(TooLong)) => self.0.call_slow(),
            None => {}
        }
        let Library { regex, .. } = self.0.library()?;
        let anchored = if last <= from { Anchored::Yes } else { Anchored::No };
        let mut captures = regex.create_captures();
        regex.search_captures(&Input::new(text).range(from..).anchored(anchored), &mut captures);
        captures.get_match().filter(|found| found.start() <= last)?;
        let places = captures.iter().flat_map(|span| span.map_or([NOWHERE; 2], |span| [span.start, span.end]));
        Some(Groups::new(text, &self.0, places.collect()))
    }

    /// Where the first match lies that begins at or behind a place.
    fn span(&self, text: &str, from: usize) -> Option<Range<usize>> {
        match self.0.quick().map(|program| program.span(text, from)) {
            Some(Ok(span)) => return span,
            Some(Err(TooLong)) => self.0.call_slow(),
            None => {}
        }
        let found = self.0.library()?.regex.search(&Input::new(text).range(from..));
        found.map(|found| found.range())
    }

    /// The regex as it is written, and whether `^` and `$` are ends of lines.
    pub(crate) fn written(&self) -> (String, bool) {
        self.0.written()
    }

    /// # Errors
    /// One sentence that says what is wrong with it.
    pub(crate) fn check(&self) -> Result<(), String> {
        self.0.check()
    }
}

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
