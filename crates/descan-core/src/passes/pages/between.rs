//! Lines of one shape that cut sentences: the heads, feet and notices of pages, whatever they say.
//!
//! A line between the halves of a sentence may be a picture's name or a title. Where two lines that are alike but for
//! their numbers cut a sentence each, a page's length apart or so, they are what every page has at its edge.

use std::collections::hash_map::Entry;

use descan_lang::words::WordList;
use descan_rules::Reason;
use descan_text::layout::Line;
use descan_text::level::Level;
use rustc_hash::{FxHashMap, FxHashSet};

use super::furniture::{Furniture, Kind, name_pages};
use super::heads::{Head, Kinds};
use super::inset::is_note;
use super::unpaged::is_cut;
use crate::pass::View;

/// The longest line at a page's edge, in bytes.
const LONGEST: usize = 110;
/// So many bytes of text at least stand between two page edges.
const PAGE: usize = 150;
/// So much of the line before has a head that no blank line sets apart.
const SHORT: f32 = 0.8;
/// A line before one that no blank line sets apart has so many bytes at least.
const FULL: usize = 40;
/// A label in brackets is no longer.
const LABEL: usize = 16;

/// A line that parts the halves of a sentence.
struct Cut {
    /// The line's index.
    line: usize,
    /// Whether blank lines set it apart.
    is_apart: bool,
    /// Its [`shape`].
    shape: String,
}

/// Finds the lines; those of `known` are furniture already.
pub(super) fn furniture(view: &View<'_>, text: &str, lines: &[Line], known: &[Furniture]) -> Vec<Furniture> {
    let known: FxHashSet<usize> = known.iter().map(|f| f.line).collect();
    let cuts = cuts(view, text, lines, &known);
    if cuts.len() < 2 {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut counts: Option<FxHashMap<&str, usize>> = None;
    for group in groups(&cuts) {
        let apart = group.windows(2).all(|pair| {
            let between = lines[pair[0].line].end..lines[pair[1].line].start;
            between.len() >= PAGE
        });
        if group.len() < 2 || !apart {
            continue;
        }
        let counts = counts.get_or_insert_with(|| shapes(text, lines, &cuts));
        if is_in_the_text(&group, counts) {
            continue;
        }
        let indices: Vec<usize> = group.iter().map(|cut| cut.line).collect();
        for cut in &group {
            let like = name_pages(&indices, cut.line).replacen("page", "line", 1);
            let reasons = vec![
                Reason::new(format!("parts a sentence, as {like} of its kind does")),
                Reason::with("lines of this kind that part sentences", group.len() as f64),
            ];
            let level = if cut.is_apart || group.len() > 2 { Level::Certain } else { Level::Probable };
            found.push(Furniture { line: cut.line, kind: Kind::Head, level, reasons });
        }
    }
    found
}

/// The lines that stand between the halves of a sentence and may be furniture.
fn cuts(view: &View<'_>, text: &str, lines: &[Line], known: &FxHashSet<usize>) -> Vec<Cut> {
    let full: Vec<usize> = (0..lines.len()).filter(|&i| !lines[i].is_blank()).collect();
    let body = |index: usize| text[lines[index].text_start..lines[index].end].trim_end();
    let mut found = Vec::new();
    for three in full.windows(3) {
        let (before, this, after) = (three[0], three[1], three[2]);
        let line = body(this);
        if line.len() > LONGEST
            || !lines[before].region.is_running()
            || !lines[after].region.is_running()
            || !is_cut(body(before), body(after))
            || known.contains(&this)
        {
            continue;
        }
        let is_apart = before + 1 < this && this + 1 < after;
        let begins_small = line.starts_with(char::is_lowercase);
        let has_digit = line.bytes().any(|byte| byte.is_ascii_digit());
        let above = body(before).len();
        let is_head = above >= FULL && line.len() as f32 <= SHORT * above as f32 && !is_field(body(after));
        if !is_apart && (begins_small && !has_digit || !is_head) || is_of_the_text(view, line, body(before)) {
            continue;
        }
        found.push(Cut { line: this, is_apart, shape: shape(line) });
    }
    found
}

/// Whether a line has the name of a field before a colon, as records of data have.
fn is_field(line: &str) -> bool {
    line.split(' ').next().is_some_and(|name| name.ends_with(':'))
}

/// How many lines of the text have each of the shapes of some lines.
fn shapes<'c>(text: &str, lines: &[Line], cuts: &'c [Cut]) -> FxHashMap<&'c str, usize> {
    let mut counts: FxHashMap<&str, usize> = cuts.iter().map(|cut| (&*cut.shape, 0)).collect();
    for line in lines.iter().filter(|line| line.end - line.text_start <= LONGEST) {
        if let Some(count) = counts.get_mut(&*shape(text[line.text_start..line.end].trim_end())) {
            *count += 1;
        }
    }
    counts
}

/// Whether lines of the shapes of a group stand outside of sentences more often: those of a list or of data. `counts` is
/// how many lines have each shape.
fn is_in_the_text(group: &[&Cut], counts: &FxHashMap<&str, usize>) -> bool {
    let shapes: FxHashSet<&str> = group.iter().map(|cut| &*cut.shape).collect();
    let all: usize = shapes.iter().filter_map(|shape| counts.get(shape)).sum();
    all > 2 * group.len()
}

/// Whether a line between the halves of a sentence is a formula, a note, a picture's name or what the sentence names.
fn is_of_the_text(view: &View<'_>, line: &str, before: &str) -> bool {
    let is_label = line.len() <= LABEL && line.ends_with([']', ')', '}']) && line.bytes().any(|b| b.is_ascii_digit());
    let is_numbers = line.bytes().all(|byte| !byte.is_ascii_alphabetic()) && line.starts_with('(');
    let first = line.trim_start_matches('[').split([' ', '.', ':', ']']).next().unwrap_or_default();
    let lists = view.lists();
    let last = before.rsplit(' ').next().unwrap_or_default().trim_end_matches(',');
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let has_digit = line.bytes().any(|byte| byte.is_ascii_digit());
    !has_digit && letters < 3
        || line.len() > LABEL && letters < 4
        || [" = ", " + ", "::"].iter().any(|sign| line.contains(sign))
        || is_numbers
        || is_note(line) && !is_label
        || lists.has_in_any_case(WordList::CaptionWords, first)
        || lists.has_in_any_case(WordList::NamingLinks, last)
        || lists.has_in_any_case(WordList::SpeechVerbs, last)
}

/// The lines sorted into groups of like ones, each in the order of the text.
fn groups(cuts: &[Cut]) -> Vec<Vec<&Cut>> {
    let mut kinds = Kinds::default();
    let mut of_shape: FxHashMap<&str, usize> = FxHashMap::default();
    let mut of_kind: FxHashMap<usize, usize> = FxHashMap::default();
    let mut groups: Vec<Vec<&Cut>> = Vec::new();
    for cut in cuts {
        let shape = &*cut.shape;
        let kind = if cut.is_apart { kinds.add(&Head::read(shape), cut.line) } else { None };
        let group = of_shape.get(shape).copied().or_else(|| kind.and_then(|kind| of_kind.get(&kind).copied()));
        let group = group.unwrap_or_else(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[group].push(cut);
        of_shape.insert(shape, group);
        if let Some(Entry::Vacant(vacant)) = kind.map(|kind| of_kind.entry(kind)) {
            vacant.insert(group);
        }
    }
    groups
}

/// A line with one figure for each number and one blank for several.
fn shape(line: &str) -> String {
    let mut shape = String::with_capacity(line.len());
    for c in line.chars() {
        let c = if c.is_ascii_digit() { '0' } else { c };
        if !(matches!(c, '0' | ' ') && shape.ends_with(c)) {
            shape.push(c);
        }
    }
    shape
}
