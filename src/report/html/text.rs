//! A text with its findings marked in place.

use super::markup::{letter, push};
use crate::report::Told;

/// Bytes of text in one part of the page. A browser lays out only the parts in
/// sight; smaller ones would cost more elements, larger ones more layout.
const PART: usize = 6000;

/// For each finding the one that shows at its place: itself, or an earlier one
/// that stands there already. What is made goes before what is only offered.
pub fn hosts(told: &[Told<'_>]) -> Vec<usize> {
    let mut hosts: Vec<usize> = (0..told.len()).collect();
    let applied: Vec<usize> = (0..told.len()).filter(|&i| told[i].finding.applied).collect();
    let span = |i: usize| &told[i].finding.span;
    // The last offer that shows.
    let mut shown: Option<usize> = None;
    for index in (0..told.len()).filter(|&i| !told[i].finding.applied) {
        // Of those made, only the first that ends behind this one's start can
        // touch it: they do not overlap each other.
        let at = applied.partition_point(|&a| span(a).end < span(index).start);
        let near = applied[at..].iter().take(2).copied().chain(shown);
        match near.clone().find(|&other| touch(span(other), span(index))) {
            Some(host) => hosts[index] = host,
            None => shown = Some(index),
        }
    }
    hosts
}

/// Whether two places cannot both be marked.
fn touch(a: &std::ops::Range<usize>, b: &std::ops::Range<usize>) -> bool {
    (a.start < b.end && b.start < a.end) || (a.start == b.start && (a.is_empty() || b.is_empty()))
}

/// Writes the text in parts that begin at a line. A finding's id is `f`, its
/// file is that of the section around.
pub fn marked(text: &str, told: &[Told<'_>], hosts: &[usize], out: &mut String) {
    out.push_str("<div class=text>\n");
    let mut done = 0;
    let mut part = Part { start: 0, line: 1 };
    part.open(out);
    for (index, told) in told.iter().enumerate().filter(|(index, _)| hosts[*index] == *index) {
        let span = told.finding.span.clone();
        if span.start < done {
            continue; // It would stand inside another; `hosts` sees to it that none does.
        }
        part.plain(text, done..span.start, out);
        mark(index, told, out);
        part.line += told.finding.before.matches('\n').count();
        done = span.end;
    }
    part.plain(text, done..text.len(), out);
    out.push_str("</div>\n</div>\n");
}

/// The part at hand.
struct Part {
    /// Where it starts, in bytes of the text.
    start: usize,
    /// The line at hand, from 1.
    line: usize,
}

impl Part {
    fn open(&self, out: &mut String) {
        // A line break right behind the tag would be dropped, and one in the
        // text must not be: hence no `pre`.
        out.push_str(&format!("<div class=part data-l={}>", self.line));
    }

    /// Writes unmarked text; closes the part at a line's end once it is long.
    fn plain(&mut self, text: &str, span: std::ops::Range<usize>, out: &mut String) {
        for (offset, c) in text[span.clone()].char_indices() {
            push(c, out);
            if c == '\n' {
                self.line += 1;
                let at = span.start + offset + 1;
                if at - self.start >= PART && at < text.len() {
                    self.start = at;
                    out.push_str("</div>");
                    self.open(out);
                }
            }
        }
    }
}

fn mark(index: usize, told: &Told<'_>, out: &mut String) {
    let made = if told.finding.applied { " m" } else { "" };
    let level = letter(told.finding.level);
    out.push_str(&format!("<span class=\"f {level}{made}\" data-f={index} role=button tabindex=0><del>"));
    inner(&told.finding.before, out);
    out.push_str("</del><ins>");
    inner(&told.finding.after, out);
    out.push_str("</ins></span>");
}

/// Text inside a mark: line breaks get a sign, and so does a text of nothing but
/// blanks.
fn inner(text: &str, out: &mut String) {
    let blank = !text.is_empty() && text.chars().all(|c| c == ' ' || c == '\n');
    for c in text.chars() {
        match c {
            '\n' => out.push_str("<i>⏎</i>\n"),
            ' ' if blank => out.push_str("<i>·</i> "),
            c => push(c, out),
        }
    }
}
