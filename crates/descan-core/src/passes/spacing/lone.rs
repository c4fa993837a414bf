//! Marks that stand alone in running text.

use rustc_hash::FxHashMap;

use crate::pass::View;

/// So many blank lines at most part the pages of one text.
const BLANK_LINES: usize = 4;

/// A mark that stands between spaces, with its neighbours on the line.
pub(super) struct Lone<'t> {
    /// The mark's place in bytes.
    pub at: usize,
    /// The mark.
    pub mark: char,
    /// The word before, with its marks: on this line, else the last before it.
    pub before: &'t str,
    /// The word after, likewise.
    pub after: &'t str,
    /// Where on the line it stands.
    pub edge: Edge,
}

/// Where on its line a mark stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// Between two words of the line.
    None,
    /// First, in the line that begins a block.
    BlockStart,
    /// First, in another line.
    Start,
    /// Last.
    End,
}

/// The marks that stand alone in running text.
pub(super) struct Tokens<'t> {
    pub lone: Vec<Lone<'t>>,
    /// Words of the document.
    pub words: usize,
}

impl<'t> Tokens<'t> {
    /// Finds the marks between spaces in prose, one a line: two on a line are
    /// something the author or printer made.
    pub(super) fn of(view: &'t View<'_>) -> Tokens<'t> {
        let text = view.text();
        let lines = view.layout().lines();
        let mut tokens = Tokens { lone: Vec::new(), words: view.words().len() };
        for (index, line) in lines.iter().enumerate() {
            if !line.region.is_running() || line.is_blank() {
                continue;
            }
            let body = &text[line.span()];
            if !has_lone_mark(body) {
                continue;
            }
            let words: Vec<&str> = body.split_whitespace().collect();
            let mut found = words.iter().enumerate().filter_map(|(i, w)| Some((i, single_mark(w)?)));
            let (Some((i, mark)), None) = (found.next(), found.next()) else {
                continue;
            };
            let neighbour = |at: Option<usize>| at.and_then(|at| lines.get(at)).map(|l| &text[l.span()]);
            let before = match i.checked_sub(1) {
                Some(i) => words[i],
                None => {
                    let above = lines[index.saturating_sub(BLANK_LINES + 1)..index].iter().rposition(|l| !l.is_blank());
                    let above = above.map(|i| index.saturating_sub(BLANK_LINES + 1) + i);
                    neighbour(above).and_then(|l| l.split_whitespace().next_back()).unwrap_or_default()
                }
            };
            let after = match words.get(i + 1) {
                Some(word) => word,
                None => neighbour(Some(index + 1)).and_then(|l| l.split_whitespace().next()).unwrap_or_default(),
            };
            let edge = match i {
                _ if words.len() == 1 => continue,
                0 if index == 0 || lines[index - 1].is_blank() => Edge::BlockStart,
                0 => Edge::Start,
                _ if i + 1 == words.len() => Edge::End,
                _ => Edge::None,
            };
            let at = words[i].as_ptr() as usize - text.as_ptr() as usize;
            tokens.lone.push(Lone { at, mark, before, after, edge });
        }
        tokens
    }
}

/// How often each mark is among `marks`.
pub(super) fn counts(marks: impl Iterator<Item = char>) -> FxHashMap<char, usize> {
    let mut counts = FxHashMap::default();
    for mark in marks {
        *counts.entry(mark).or_default() += 1;
    }
    counts
}

fn single_mark(word: &str) -> Option<char> {
    let mut chars = word.chars();
    let mark = chars.next()?;
    (chars.next().is_none() && !mark.is_alphanumeric()).then_some(mark)
}

/// A quick look for a character between spaces.
fn has_lone_mark(line: &str) -> bool {
    let mut start = 0;
    memchr::memchr_iter(b' ', line.as_bytes()).chain(std::iter::once(line.len())).any(|end| {
        let word = &line[start..end];
        start = end + 1;
        let is_short = word.len() <= 3 && !word.starts_with(|c: char| c.is_ascii_alphanumeric());
        is_short && single_mark(word.trim_matches(['\t', '\u{c}'])).is_some()
    })
}

/// How often at most a mark stands alone in so many words: one that does so more
/// often is there on purpose.
pub(super) fn few(words: usize) -> usize {
    3.max(words / 300)
}
