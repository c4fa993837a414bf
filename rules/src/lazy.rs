//! A regex with its program and the library's, each made when it is first asked for.

use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use descan_rule_file::Program;
use regex_automata::PatternID;
use regex_automata::meta::{Config, Regex};

use crate::id::{Head, PROGRAMS, built_in_file, built_in_lists, built_in_source};

/// A regex, made ready when it is first asked for.
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
pub(crate) enum Origin {
    /// As it is written, and whether `^` and `$` are ends of lines.
    Written(String, bool),
    /// The same of a regex that rules name, with where its program lies in `PROGRAMS`.
    Named(&'static str, bool, [usize; 2]),
    /// One of a built-in rule, by its number.
    Rule(&'static Head, usize),
}

/// The library's regex.
#[derive(Debug)]
pub(crate) struct Library {
    pub regex: Regex,
    /// The longest match, in bytes; `None` where there is no bound.
    pub longest: Option<usize>,
}

impl Origin {
    /// Where the program of a regex that is built in lies in `PROGRAMS`, if it has one.
    pub(crate) fn program(&self) -> Option<Range<usize>> {
        let [start, end] = match self {
            Origin::Written(..) => return None,
            Origin::Named(_, _, place) => *place,
            Origin::Rule(head, number) => *head.programs.get(*number)?,
        };
        (start < end).then_some(start..end)
    }
}

impl Lazy {
    pub(crate) fn new(origin: Origin) -> Lazy {
        let (program, library) = Default::default();
        Lazy { origin, program, is_slow: AtomicBool::new(false), library }
    }

    /// The regex as it is written, and whether `^` and `$` are ends of lines.
    pub(crate) fn written(&self) -> (String, bool) {
        match &self.origin {
            Origin::Written(source, multi_line) => (source.clone(), *multi_line),
            Origin::Named(source, multi_line, _) => ((*source).to_owned(), *multi_line),
            Origin::Rule(head, number) => {
                let lists =
                    built_in_lists(|name| built_in_source(head.name).is_some_and(|rule| rule.text.contains(name)));
                let file = built_in_file(head.name).map(|file| file.simplified().expanded(&lists));
                let regexes = file.and_then(Result::ok).map(|file| file.regexes()).unwrap_or_default();
                regexes.into_iter().nth(*number).unwrap_or_default()
            }
        }
    }

    /// The program. `None` where only the library can be asked.
    pub(crate) fn program(&self) -> Option<&Program> {
        let made = self.program.get_or_init(|| match &self.origin {
            Origin::Written(source, multi_line) => Program::of(source, *multi_line),
            origin => Program::from_bytes(&PROGRAMS[origin.program()?]),
        });
        made.as_ref()
    }

    /// The program, if there is one and no search by it took too long.
    pub(crate) fn quick(&self) -> Option<&Program> {
        if self.is_slow.load(Ordering::Relaxed) { None } else { self.program() }
    }

    /// A search by the program took too long.
    pub(crate) fn call_slow(&self) {
        self.is_slow.store(true, Ordering::Relaxed);
    }

    /// The library's regex. `None` when it does not compile, which the loader refuses.
    pub(crate) fn library(&self) -> Option<&Library> {
        self.library.get_or_init(|| self.compiled().ok()).as_ref()
    }

    /// # Errors
    /// One sentence that says what is wrong with the regex.
    pub(crate) fn check(&self) -> Result<(), String> {
        self.compiled().map(|_| ())
    }

    /// Compiles the library's regex. No literals inside of it are looked for first: where they
    /// are common, as `in` is, that is far slower than reading every byte.
    fn compiled(&self) -> Result<Library, String> {
        let (source, multi_line) = self.written();
        let mut parser = regex_syntax::ParserBuilder::new().multi_line(multi_line).build();
        let hir = parser.parse(&source).map_err(|error| bad(&error.to_string()))?;
        let config = Config::new().nfa_size_limit(Some(MOST_MEMORY)).hybrid_cache_capacity(MOST_MEMORY);
        let config = config.dfa(false).onepass(false).auto_prefilter(false);
        let regex = Regex::builder().configure(config).build_from_hir(&hir);
        let regex = regex.map_err(|error| match error.size_limit() {
            Some(_) => too_big(),
            None => bad(&error.to_string()),
        })?;
        Ok(Library { regex, longest: hir.properties().maximum_len() })
    }

    /// The number of a group.
    pub(crate) fn group(&self, name: &str) -> Option<usize> {
        match self.program() {
            Some(program) => program.group(name),
            None => {
                let info = self.library()?.regex.group_info();
                info.to_index(PatternID::ZERO, name)
            }
        }
    }
}

/// The most memory that the program of a regex may take, in bytes: it keeps a
/// hostile one from taking all.
pub(crate) const MOST_MEMORY: usize = 1 << 20;

pub(crate) fn too_big() -> String {
    "bad pattern: it becomes too big; make its repetitions smaller".to_owned()
}

pub(crate) fn bad(error: &str) -> String {
    format!("bad pattern: {}", error.lines().last().unwrap_or_default().trim())
}
