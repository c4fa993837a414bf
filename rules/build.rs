//! Gathers `<pass>/*.toml` into one generated file, `rules.rs`: every rule's
//! source text, what a run needs of it from its start as Rust and the rest as
//! JSON (so that no TOML is parsed at start-up), the names that rules once had,
//! and a constant for each rule, by which code names it. Beside it lie, as bytes,
//! the regexes as programs that need not be compiled, and automata that tell where
//! patterns match at all.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::{env, fs};

use descan_rule_file::{
    CharSet, Finder, Lists, Literals, Loosely, PassName, Program, RuleFile, Wanted, loosened, prepared_document,
};
use regex_automata::dfa::{StartKind, dense};
use regex_automata::nfa::thompson;

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    let mut sources = String::new();
    let mut constants = String::new();
    let mut former_names = String::new();
    let mut heads = String::new();
    let mut names = Vec::new();
    // The rules that others are tried after, by the names of those others.
    let mut again: Vec<(String, String)> = Vec::new();
    let mut index = 0;
    let mut lists = Lists::default();
    for (name, text) in descan_data_en::WORDS {
        lists.add_words(name, text);
    }
    // The tables of filters, and the regexes that rules name.
    let tables = named_texts(&root.join("maps"), "tsv", |path, name, text| {
        lists.add_map(name, text).unwrap_or_else(|line| panic!("{}:{line}: there is no tab", path.display()));
    });
    // What goes in the place of a regex's name: a user's rules may have any.
    let mut named: BTreeSet<String> = BTreeSet::new();
    named_texts(&root.join("patterns"), "txt", |_, name, text| {
        lists.add_pattern(name, text);
        named.insert(name.to_owned());
    });
    let [typed, machine] = ["{typed-text}", "{machine-word}"]
        .map(|name| prepared_document(&lists, name).expect("the regex lies in `patterns`"));
    let (mut in_lines, mut in_tokens) = (Vec::new(), Vec::new());
    let mut programs = Programs::default();
    let (mut filters, mut contexts): (Vec<u8>, Vec<u8>) = Default::default();
    for pass in PassName::ALL {
        let folder = root.join(pass.as_str());
        println!("cargo:rerun-if-changed={}", folder.display());
        for path in files(&folder, "toml") {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let source = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            let rule = RuleFile::parse(&path.display().to_string(), &source).unwrap_or_else(|e| panic!("{e}"));
            assert!(
                rule.name == name,
                "{}: the rule is called {:?}; name the file after it",
                path.display(),
                rule.name
            );
            let pass = pass.as_str();
            let constant = name.replace('-', "_").to_uppercase();
            let summary = &rule.summary;
            writeln!(sources, "    Source {{ pass: {pass:?}, name: {name:?}, text: include_str!({path:?}) }},")
                .expect("a string takes all");
            writeln!(
                constants,
                "    #[doc = {doc:?}]\n    pub const {constant}: RuleId = RuleId({index});",
                doc = format!("`{name}`: {summary}")
            )
            .expect("a string takes all");
            for former in rule.formerly.iter().chain(&rule.aliases) {
                writeln!(former_names, "    ({former:?}, {name:?}),").expect("a string takes all");
            }
            again.extend(rule.again.iter().flat_map(|again| again.of.iter().map(|of| (name.clone(), of.clone()))));
            let written = rule.clone().simplified();
            let rule = rule.prepare(&lists).unwrap_or_else(|what| panic!("{}: {what}", path.display()));
            let of_rule = if rule.code { Vec::new() } else { rule.regexes() };
            let of_rule: Vec<[usize; 2]> = of_rule.into_iter().map(|regex| programs.place(regex)).collect();
            let start = filters.len();
            let filter = filter(&rule).unwrap_or(Filter { bytes: Vec::new(), is_dense: false, is_exact: false });
            filters.extend(&filter.bytes);
            let Filter { is_dense, is_exact, .. } = filter;
            let place = start..filters.len();
            let filter = format!("FilterHead {{ place: {place:?}, is_dense: {is_dense}, is_exact: {is_exact} }}");
            let first = contexts.len();
            if let Some(context) = rule.finder.as_ref().and_then(|finder| finder.context(&rule.pattern)) {
                contexts.extend(context.bytes());
            }
            let json = lean_json(written, &rule);
            writeln!(heads, "{}", head(pass, &rule, &json, &of_rule, &filter, first..contexts.len()))
                .expect("a string takes all");
            match rule.finder {
                Some(Finder::Literals { literals, .. }) => {
                    in_lines.extend(literals.into_iter().map(|literal| (literal, index, false)));
                }
                Some(Finder::TokenLiterals { literals, whole }) => {
                    in_tokens.extend(literals.into_iter().map(|literal| (literal, index, whole)));
                }
                _ => {}
            }
            index += 1;
            names.push(name);
        }
    }
    let [in_lines, in_tokens] = [in_lines, in_tokens].map(|all: Vec<(String, u16, bool)>| {
        let wanted = all.iter().map(|&(ref literal, rule, is_whole)| Wanted { literal, rule, is_whole });
        Literals::of(wanted).to_rust()
    });
    let literals = format!("InRules {{ in_lines: {in_lines}, in_tokens: {in_tokens} }}");
    let typed_program = programs.place((typed.clone(), true));
    let machine_program = programs.place((machine.clone(), false));
    fs::write(out.join("filters.bin"), filters).expect("cargo's own folder is writable");
    fs::write(out.join("programs.bin"), programs.bytes).expect("cargo's own folder is writable");
    fs::write(out.join("contexts.bin"), contexts).expect("cargo's own folder is writable");
    for (rule, of) in &again {
        assert!(names.contains(of), "{rule}: [again] names the rule {of:?}, which there is not");
    }
    let priors = priors(&root.join("style.tsv"), &names);
    let (measured, of_all) = measured(&root.join("measured.tsv"), &names);
    let mut prepared = String::new();
    for name in named {
        let [document, window] = lists.prepared(&name).expect("it is one of the lists");
        writeln!(prepared, "    ({name:?}, [{document:?}, {window:?}]),").expect("a string takes all");
    }
    let generated = format!(
        "pub(crate) static SOURCES: &[Source] = &[\n{sources}];\n\npub(crate) static HEADS: &[Head] = &[\n{heads}];\n\n\
         pub(crate) static LITERALS: InRules = {literals};\n\n\
         pub(crate) static TABLES: &[(&str, &str)] = &[\n{tables}];\n\n\
         /// What shows that a text was typed, prepared as in the conditions of a rule.\n\
         pub(crate) static TYPED: (&str, [usize; 2]) = ({typed:?}, {typed_program:?});\n\n\
         /// What shows that a word was written for a machine.\n\
         pub(crate) static MACHINE: (&str, [usize; 2]) = ({machine:?}, {machine_program:?});\n\n\
         pub(crate) static PREPARED: &[(&str, [&str; 2])] = &[\n{prepared}];\n\n\
         static FORMER_NAMES: &[(&str, &str)] = &[\n{former_names}];\n\n\
         pub(crate) static PRIORS: &[(&str, Prior)] = &[\n{priors}];\n\n\
         /// How often edits were right, by the names of the rules.\n\
         pub(crate) static MEASURED: &[(&str, [Count; 3])] = &[\n{measured}];\n\n\
         /// The same of all rules together.\n\
         pub(crate) static MEASURED_OF_ALL: [Count; 3] = {of_all};\n\n\
         /// The built-in rules.\nimpl RuleId {{\n{constants}}}\n"
    );
    fs::write(out.join("rules.rs"), generated).expect("cargo's own folder is writable");
}

/// What a run needs of a rule from its start, as Rust; the pattern itself is
/// read only when a text holds what it looks for.
fn head(
    pass: &str,
    rule: &RuleFile,
    json: &str,
    programs: &[[usize; 2]],
    filter: &str,
    context: Range<usize>,
) -> String {
    let set = |set: &CharSet| format!("CharSet::from_words({:?})", set.to_words());
    let sets = |sets: &[CharSet]| sets.iter().map(set).collect::<Vec<_>>().join(", ");
    let search = match &rule.finder {
        None => "None".to_owned(),
        Some(Finder::Literals { reach, before, after, whole, holds, .. }) => {
            let holds = sets(holds);
            format!(
                "Some(Search::Literals(Around {{ reach: {reach}, before: {before}, after: {after}, whole: {whole}, holds: &[{holds}] }}))"
            )
        }
        Some(Finder::TokenLiterals { .. }) => "Some(Search::TokenLiterals)".to_owned(),
        Some(Finder::LineStart { reach, first, last, next, holds }) => {
            let (first, next, holds) = (set(first), set(next), sets(holds));
            let last = last.as_ref().map_or("None".to_owned(), |last| format!("Some({})", set(last)));
            format!(
                "Some(Search::LineStart(AtStart {{ reach: {reach}, first: {first}, last: {last}, next: {next}, holds: &[{holds}] }}))"
            )
        }
        Some(Finder::Tokens { holds }) => format!("Some(Search::Tokens(&[{}]))", sets(holds)),
    };
    let RuleFile { name, summary, level, formerly, aliases, .. } = rule;
    let again = match &rule.again {
        Some(again) => format!("Some((&{:?}, {}))", again.of, again.places),
        None => "None".to_owned(),
    };
    let style = rule.style.as_ref().map(|style| (&style.right, &style.family));
    format!(
        "    Head {{ pass: {pass:?}, name: {name:?}, summary: {summary:?}, level: {level:?}, formerly: &{formerly:?}, \
         aliases: &{aliases:?}, search: {search}, programs: &{programs:?}, filter: {filter}, context: {context:?}, style: {style:?}, again: {again}, json: {json:?} }},"
    )
}

/// What is read of a rule when a text first has what it looks for: the rule with lists by their names, and how it is
/// found.
fn lean_json(written: RuleFile, prepared: &RuleFile) -> String {
    let mut lean = RuleFile { finder: prepared.finder.clone(), ..written };
    // The literals lie with those of the other rules of the pass.
    lean.triggers.clear();
    if let Some(Finder::Literals { literals, .. } | Finder::TokenLiterals { literals, .. }) = &mut lean.finder {
        literals.clear();
    }
    serde_json::to_string(&lean).expect("rules are plain data")
}

/// The programs of all regexes, each once.
#[derive(Default)]
struct Programs {
    bytes: Vec<u8>,
    /// Where each begins and ends, by its regex.
    known: BTreeMap<(String, bool), [usize; 2]>,
}

impl Programs {
    /// Where the program of a regex begins and ends; nothing lies there where only the library can be asked.
    fn place(&mut self, regex: (String, bool)) -> [usize; 2] {
        if let Some(place) = self.known.get(&regex) {
            return *place;
        }
        let start = self.bytes.len();
        if let Some(program) = Program::of(&regex.0, regex.1) {
            self.bytes.extend(program.to_bytes());
        }
        let place = [start, self.bytes.len()];
        self.known.insert(regex, place);
        place
    }
}

/// So many bytes a dense automaton may have: it is several times as quick as a sparse one, and larger.
const MOST_OF_DENSE: usize = 12 << 10;
/// So many bytes a sparse one may have; patterns with larger ones have none.
const MOST_OF_SPARSE: usize = 24 << 10;
/// The same where it tells apart only marks, and nothing else is left.
const MOST_OF_MARKS: usize = 40 << 10;

type Automaton = dense::DFA<Vec<u32>>;

/// The automaton that tells of a text whether a pattern matches in it.
struct Filter {
    bytes: Vec<u8>,
    is_dense: bool,
    /// Whether it finds nothing else than the pattern does.
    is_exact: bool,
}

impl Filter {
    fn of(mut bytes: Vec<u8>, is_dense: bool, how: Loosely) -> Filter {
        // The next one begins where numbers of four bytes may lie.
        bytes.resize(bytes.len().next_multiple_of(4), 0);
        Filter { bytes, is_dense, is_exact: how == Loosely::Exact }
    }
}

/// The automaton of a rule's pattern. It knows no groups. `None` where it would be too large.
fn filter(rule: &RuleFile) -> Option<Filter> {
    let finder = rule.finder.as_ref()?;
    let (start, multi_line) = match finder {
        Finder::LineStart { .. } => (StartKind::Anchored, true),
        Finder::Literals { .. } => (StartKind::Unanchored, true),
        Finder::TokenLiterals { .. } | Finder::Tokens { .. } => (StartKind::Unanchored, false),
    };
    let most = Some(MOST_OF_MARKS * 16);
    let config = dense::Config::new().start_kind(start).determinize_size_limit(most).dfa_size_limit(most);
    let automaton = |how: Loosely| {
        let hir = loosened(&rule.pattern, multi_line, how)?;
        // A loose one may match bytes that are no characters.
        let of_bytes = thompson::Config::new().utf8(how == Loosely::Exact);
        let nfa = thompson::Compiler::new().configure(of_bytes).build_from_hir(&hir).ok()?;
        dense::Builder::new().configure(config.clone()).build_from_nfa(&nfa).ok()
    };
    // A sparse automaton that is strict is worth more than a dense one that lets nearly all through.
    for levels in [&Loosely::ALL[..3], &Loosely::ALL[3..4], &Loosely::ALL[4..]] {
        let automata: Vec<(Loosely, Automaton)> =
            levels.iter().filter_map(|&how| Some((how, automaton(how)?))).collect();
        for (how, automaton) in &automata {
            let (bytes, padding) = automaton.to_bytes_little_endian();
            if bytes.len() - padding <= MOST_OF_DENSE {
                return Some(Filter::of(bytes[padding..].to_vec(), true, *how));
            }
        }
        for (how, automaton) in &automata {
            let bytes = automaton.to_sparse().map(|sparse| sparse.to_bytes_little_endian()).unwrap_or_default();
            let most = if *how == Loosely::Marks { MOST_OF_MARKS } else { MOST_OF_SPARSE };
            if (1..=most).contains(&bytes.len()) {
                return Some(Filter::of(bytes, false, *how));
            }
        }
    }
    None
}

/// Gives `add` the path, name and text of each file of a folder, and returns the
/// files as Rust: pairs of name and text.
fn named_texts(folder: &Path, extension: &str, mut add: impl FnMut(&Path, &str, &str)) -> String {
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut pairs = String::new();
    for path in files(folder, extension) {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        add(&path, &name, &text);
        writeln!(pairs, "    ({name:?}, include_str!({path:?})),").expect("a string takes all");
    }
    pairs
}

/// What was learned of rules and passes: a line each, the name and twelve numbers,
/// in the order of the fields of `Prior`.
fn priors(path: &Path, rules: &[String]) -> String {
    println!("cargo:rerun-if-changed={}", path.display());
    let source = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut lines = String::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t');
        let name = fields.next().unwrap_or_default();
        let known = PassName::parse(name).is_some() || rules.iter().any(|rule| rule == name);
        let numbers: Vec<f64> = fields.map_while(|field| field.trim().parse().ok()).collect();
        let [style, damaged, right, tilt @ ..] = &numbers[..] else { panic!("{}: {line:?}", path.display()) };
        assert!(known && tilt.len() == 9, "{}: {line:?}", path.display());
        writeln!(
            lines,
            "    ({name:?}, Prior {{ style: {style:?}, damaged: {damaged:?}, right: {right:?}, tilt: {tilt:?} }}),"
        )
        .expect("a string takes all");
    }
    lines
}

/// How often edits of rules were right, in the order of their names, and those of all rules
/// together. The file has a line for each rule: the name, and right and wrong at each level.
fn measured(path: &Path, rules: &[String]) -> (String, String) {
    println!("cargo:rerun-if-changed={}", path.display());
    let source = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let counts = |numbers: &[u32]| {
        let count = |pair: &[u32]| format!("Count {{ right: {}, wrong: {} }}", pair[0], pair[1]);
        format!("[{}]", numbers.chunks(2).map(count).collect::<Vec<_>>().join(", "))
    };
    let mut lines = Vec::new();
    let mut of_all = [0; 6];
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t');
        let name = fields.next().unwrap_or_default();
        let numbers: Vec<u32> = fields.map_while(|field| field.trim().parse().ok()).collect();
        assert!(numbers.len() == 6, "{}: {line:?}", path.display());
        for (sum, number) in of_all.iter_mut().zip(&numbers) {
            *sum += number;
        }
        // A rule that is gone may still have a line, until all are measured anew.
        if rules.iter().any(|rule| rule == name) {
            lines.push(format!("    ({name:?}, {}),\n", counts(&numbers)));
        }
    }
    lines.sort();
    (lines.concat(), counts(&of_all))
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap_or_else(|e| panic!("{}: {e}", folder.display())).path())
        .filter(|path| path.extension().is_some_and(|e| e == extension))
        .collect();
    paths.sort();
    paths
}
