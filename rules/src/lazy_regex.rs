//! Regexes as programs, and the library's where a program would take too long.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use descan_rule_file::{NOWHERE, Program, TooLong};
use descan_text::token::floor;
use regex_automata::meta::{Config, Regex};
use regex_automata::{Anchored, Input, PatternID};
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::id::{Head, PROGRAMS, built_in_file};
use crate::set::built_in_lists;
use crate::{Groups, RuleSet};

/// A regex that is made ready when it is first asked for: most rules of a run
/// never meet a text that they are about. Regexes that are written alike are one,
/// for many rules ask the same.
#[derive(Clone, Debug)]
pub struct LazyRegex(Arc<Lazy>);

/// What regexes that are written alike share.
#[derive(Debug)]
pub(crate) struct Lazy {
    origin: Origin,
    program: OnceLock<Option<Program>>,
    /// Whether a search by the program took too long once: the library is asked from then on.
    is_slow: AtomicBool,
    /// The library's regex, for what the program cannot tell.
    library: OnceLock<Option<Library>>,
}

/// Where a regex comes from.
#[derive(Clone, Debug)]
enum Origin {
    /// As it is written, and whether `^` and `$` are ends of lines.
    Written(String, bool),
    /// The same of a regex that rules name, with where its program lies in `PROGRAMS`.
    Named(&'static str, bool, [usize; 2]),
    /// One of a built-in rule, by its number.
    Rule(&'static Head, usize),
}

/// The library's regex.
#[derive(Debug)]
struct Library {
    regex: Regex,
    /// The longest match, in bytes; `None` where there is no bound.
    longest: Option<usize>,
}

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
        let typed = &crate::id::TYPED;
        if multi_line && source == typed.0 {
            return LazyRegex::named(typed, true);
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
        let lazy = |origin| {
            let (program, library) = Default::default();
            Arc::new(Lazy { origin, program, is_slow: AtomicBool::new(false), library })
        };
        let key = match (&origin, origin.program()) {
            (Origin::Written(source, multi_line), _) => Key::Written(source.clone(), *multi_line),
            (_, Some(program)) => Key::Program(program.start),
            // The library's regexes of built-in rules are few.
            (_, None) => return LazyRegex(lazy(origin)),
        };
        let mut in_use = IN_USE.lock().unwrap_or_else(PoisonError::into_inner);
        let place = in_use.entry(key).or_default();
        if let Some(lazy) = place.upgrade() {
            return LazyRegex(lazy);
        }
        let lazy = lazy(origin);
        *place = Arc::downgrade(&lazy);
        LazyRegex(lazy)
    }

    /// The regex as it is written, and whether `^` and `$` are ends of lines.
    pub(crate) fn written(&self) -> (String, bool) {
        match &self.0.origin {
            Origin::Written(source, multi_line) => (source.clone(), *multi_line),
            Origin::Named(source, multi_line, _) => ((*source).to_owned(), *multi_line),
            Origin::Rule(head, number) => {
                let lists = built_in_lists(|name| RuleSet::source(head.name).is_some_and(|rule| rule.contains(name)));
                let file = built_in_file(head.name).map(|file| file.simplified().expanded(&lists));
                let regexes = file.and_then(Result::ok).map(|file| file.regexes()).unwrap_or_default();
                regexes.into_iter().nth(*number).unwrap_or_default()
            }
        }
    }

    /// What tells this regex from others in use: the same for two that are written alike.
    pub fn identity(&self) -> usize {
        Arc::as_ptr(&self.0).addr()
    }

    /// Whether a text has a match.
    pub fn is_match(&self, text: &str) -> bool {
        let program = self.quick().filter(|_| text.len() < LONG);
        match program.map(|program| program.is_match(text, 0..text.len(), false)) {
            Some(Ok(is_match)) => is_match,
            _ => self.library().is_some_and(|library| library.regex.is_match(text)),
        }
    }

    /// Whether a match lies across a part of a text, wherever it begins. A match before the part does not hide
    /// one that reaches into it, as long as matches have a longest.
    pub fn lies_across(&self, text: &str, part: &Range<usize>) -> bool {
        let longest = match self.0.program() {
            Some(program) => program.longest(),
            None => self.library().and_then(|library| library.longest),
        };
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

    /// The first match that begins at or behind a place of a text, or only at the
    /// place itself. What stands before it tells where lines and words begin.
    pub fn groups<'t>(&'t self, text: &'t str, from: usize, only_there: bool) -> Option<Groups<'t>> {
        match self.quick().map(|program| program.find(text, from..text.len(), only_there)) {
            Some(Ok(found)) => return found.map(|places| Groups::new(text, &self.0, places)),
            Some(Err(TooLong)) => self.0.is_slow.store(true, Ordering::Relaxed),
            None => {}
        }
        let Library { regex, .. } = self.library()?;
        let anchored = if only_there { Anchored::Yes } else { Anchored::No };
        let mut captures = regex.create_captures();
        regex.search_captures(&Input::new(text).range(from..).anchored(anchored), &mut captures);
        if !captures.is_match() {
            return None;
        }
        let places = captures.iter().flat_map(|span| span.map_or([NOWHERE; 2], |span| [span.start, span.end]));
        Some(Groups::new(text, &self.0, places.collect()))
    }

    /// Where the first match lies that begins at or behind a place.
    fn span(&self, text: &str, from: usize) -> Option<Range<usize>> {
        match self.quick().map(|program| program.span(text, from..text.len())) {
            Some(Ok(span)) => span,
            slow => {
                self.0.is_slow.fetch_or(slow == Some(Err(TooLong)), Ordering::Relaxed);
                let found = self.library()?.regex.search(&Input::new(text).range(from..));
                found.map(|found| found.range())
            }
        }
    }

    /// The program, if there is one and no search by it took too long.
    fn quick(&self) -> Option<&Program> {
        if self.0.is_slow.load(Ordering::Relaxed) { None } else { self.0.program() }
    }

    /// The library's regex. `None` when it does not compile, which the loader refuses.
    fn library(&self) -> Option<&Library> {
        let compile = || {
            let (source, multi_line) = self.written();
            build(&source, multi_line).ok()
        };
        self.0.library.get_or_init(compile).as_ref()
    }

    /// # Errors
    /// One sentence that says what is wrong with it.
    pub(crate) fn check(&self) -> Result<(), String> {
        let (source, multi_line) = self.written();
        build(&source, multi_line).map(|_| ())
    }
}

impl Origin {
    /// Where the program of a regex that is built in lies in `PROGRAMS`, if it has one.
    fn program(&self) -> Option<Range<usize>> {
        let [start, end] = match self {
            Origin::Written(..) => return None,
            Origin::Named(_, _, place) => *place,
            Origin::Rule(head, number) => *head.programs.get(*number)?,
        };
        (start < end).then_some(start..end)
    }
}

impl Lazy {
    fn program(&self) -> Option<&Program> {
        let made = self.program.get_or_init(|| match &self.origin {
            Origin::Written(source, multi_line) => Program::of(source, *multi_line),
            origin => Program::from_bytes(&PROGRAMS[origin.program()?]),
        });
        made.as_ref()
    }

    /// The number of a group.
    pub(crate) fn group(&self, name: &str) -> Option<usize> {
        match self.program() {
            Some(program) => program.group(name),
            None => {
                let library = self.library.get()?.as_ref()?;
                library.regex.group_info().to_index(PatternID::ZERO, name)
            }
        }
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

/// Compiles a regex of a rule. No literals inside of it are looked for first: where they
/// are common, as `in` is, that is far slower than reading every byte.
fn build(source: &str, multi_line: bool) -> Result<Library, String> {
    let mut parser = regex_syntax::ParserBuilder::new().multi_line(multi_line).build();
    let hir = parser.parse(source).map_err(|error| bad(&error.to_string()))?;
    let config = Config::new().nfa_size_limit(Some(MOST_MEMORY)).hybrid_cache_capacity(MOST_MEMORY);
    let config = config.dfa(false).onepass(false).auto_prefilter(false);
    let regex = Regex::builder().configure(config).build_from_hir(&hir);
    let regex = regex.map_err(|error| match error.size_limit() {
        Some(_) => too_big(),
        None => bad(&error.to_string()),
    })?;
    Ok(Library { regex, longest: hir.properties().maximum_len() })
}

fn too_big() -> String {
    "bad pattern: it becomes too big; make its repetitions smaller".to_owned()
}

fn bad(error: &str) -> String {
    format!("bad pattern: {}", error.lines().last().unwrap_or_default().trim())
}
