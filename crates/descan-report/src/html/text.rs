//! A text with its findings marked in place.

use std::ops::Range;

use descan_core::finding::Finding;

use super::markup::{letter, push};
use crate::ReportedFinding;
use crate::series::whole_words;

/// Bytes of text in one part of the page. Browsers lay out only visible parts:
/// smaller parts mean more elements, larger ones more layout work.
const PART: usize = 6000;

/// For each finding the one shown at its place: itself, or an earlier one that
/// overlaps it. Applied findings take precedence over suggestions.
pub(super) fn hosts(reported: &[ReportedFinding<'_>]) -> Vec<usize> {
    let mut hosts: Vec<usize> = (0..reported.len()).collect();
    let applied: Vec<usize> = (0..reported.len()).filter(|&i| reported[i].finding.applied).collect();
    let span = |i: usize| &reported[i].finding.span;
    // The last suggestion shown.
    let mut shown: Option<usize> = None;
    for index in (0..reported.len()).filter(|&i| !reported[i].finding.applied) {
        // Of the applied ones, only the first that ends after this one's start
        // can touch it: they do not overlap each other.
        let at = applied.partition_point(|&a| span(a).end < span(index).start);
        let near = applied[at..].iter().take(2).copied().chain(shown);
        match near.clone().find(|&other| touch(span(other), span(index))) {
            Some(host) => hosts[index] = host,
            None => shown = Some(index),
        }
    }
    hosts
}

/// Whether two places overlap, so that only one can be marked.
fn touch(a: &Range<usize>, b: &Range<usize>) -> bool {
    (a.start < b.end && b.start < a.end) || (a.start == b.start && (a.is_empty() || b.is_empty()))
}

/// Writes the text in parts that begin at a line. A mark covers the whole word at a
/// finding; its id is `f`, and the enclosing section gives its file.
pub(super) fn marked(text: &str, reported: &[ReportedFinding<'_>], hosts: &[usize], out: &mut String) {
    out.push_str("<div class=text>\n");
    let mut done = 0;
    let mut part = Part { start: 0, line: 1 };
    part.open(out);
    let shown: Vec<usize> = (0..reported.len()).filter(|&index| hosts[index] == index).collect();
    for (place, &index) in shown.iter().enumerate() {
        let finding = reported[index].finding;
        let span = finding.span.clone();
        if span.start < done {
            continue; // It would be nested in another; `hosts` ensures that this never happens.
        }
        // Of a word with several findings, each mark begins where the last one ends.
        let next = shown.get(place + 1).map_or(text.len(), |&next| reported[next].finding.span.start);
        let whole = marked_span(text, finding);
        let whole = whole.start.max(done)..whole.end.min(next.max(span.end));
        part.plain(text, done..whole.start, out);
        mark(index, finding, [&text[whole.start..span.start], &text[span.end..whole.end]], out);
        part.line += finding.before.matches('\n').count();
        done = whole.end;
    }
    part.plain(text, done..text.len(), out);
    out.push_str("</div>\n</div>\n");
}

/// What a mark at a finding covers: the whole words that change.
pub(super) fn marked_span(text: &str, finding: &Finding) -> Range<usize> {
    let Finding { span, before, after, .. } = finding;
    if !is_in_word(text, finding) {
        return span.clone();
    }
    let whole = whole_words(text, span);
    let is_space = char::is_whitespace;
    // The words beside a space that stays do not change.
    let start = if before.starts_with(is_space) && after.starts_with(is_space) { span.start } else { whole.start };
    let end = if before.ends_with(is_space) && after.ends_with(is_space) { span.end } else { whole.end };
    start..end
}

/// Whether a finding changes the words beside it: not where lines, spaces at their ends or
/// long passages are all that changes.
fn is_in_word(text: &str, finding: &Finding) -> bool {
    const LONG: usize = 100;
    let Finding { span, before, after, .. } = finding;
    let is_blank = |text: &str| text.chars().all(char::is_whitespace);
    if before.len() > LONG || after.len() > LONG {
        return false;
    }
    if !is_blank(before) || !is_blank(after) {
        return true;
    }
    let outside = |c: Option<char>| c.is_none_or(char::is_whitespace);
    !before.contains('\n')
        && !after.contains('\n')
        && !outside(text[..span.start].chars().next_back())
        && !outside(text[span.end..].chars().next())
}

/// The current part.
struct Part {
    /// Where it starts, in bytes of the text.
    start: usize,
    /// The current line, from 1.
    line: usize,
}

impl Part {
    fn open(&self, out: &mut String) {
        // HTML drops a line break right after a `pre` tag; the text's own must stay,
        // so this is not a `pre`.
        out.push_str(&format!("<div class=part data-l={}>", self.line));
    }

    /// Writes unmarked text; once the part is long, closes it at a line end.
    fn plain(&mut self, text: &str, span: Range<usize>, out: &mut String) {
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

fn mark(index: usize, finding: &Finding, [left, right]: [&str; 2], out: &mut String) {
    let made = if finding.applied { " m" } else { "" };
    let decided = if finding.decided.is_some() { " yes" } else { "" };
    let level = letter(finding.level);
    out.push_str(&format!("<span class=\"f {level}{made}{decided}\" data-f={index} role=button tabindex=0>"));
    for (name, changed) in [("del", &finding.before), ("ins", &finding.after)] {
        let words = [left, changed, right].concat();
        out.push_str(&format!("<{name}>"));
        inner(&words, changed, out);
        out.push_str(&format!("</{name}>"));
    }
    out.push_str("</span>");
}

/// Text inside a mark: line breaks are made visible, and so are spaces if they are all that
/// is `changed`.
fn inner(text: &str, changed: &str, out: &mut String) {
    let blank = !changed.is_empty() && changed.chars().all(|c| c == ' ' || c == '\n');
    for c in text.chars() {
        match c {
            '\n' => out.push_str("<i>⏎</i><s>\n</s>"),
            ' ' if blank => out.push_str("<i>·</i> "),
            c => push(c, out),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{BaselineStatus, Checked, records};
    use descan_core::pass::Options;
    use descan_core::pipeline::clean;
    use descan_rules::RuleSet;
    use descan_source::Document;

    /// The page's text for a scan, with `<del>` but without `<ins>` and symbols, and
    /// its number of marks.
    fn before(text: &str) -> (String, usize) {
        let (document, rules) = (Document::decode(text.as_bytes()), RuleSet::built_in());
        let options = Options::default();
        let findings = clean(&document, &rules, &options).findings;
        let mut outcome = descan_core::pipeline::Outcome::default();
        outcome.findings = findings;
        let records = records(1, &document, &outcome, &rules);
        let file = Checked {
            path: "a".as_ref(),
            document: &document,
            findings: &outcome.findings,
            records: &records,
            statuses: &vec![BaselineStatus::New; records.len()],
            has_baseline: false,
            rules: &rules,
            fail_on: options.level,
        };
        let reported: Vec<ReportedFinding<'_>> = file.reported().collect();
        let mut html = String::new();
        marked(document.text(), &reported, &hosts(&reported), &mut html);
        let marks = html.matches("<del>").count();
        for (open, close) in [("<ins>", "</ins>"), ("<i>", "</i>")] {
            while let Some(start) = html.find(open) {
                let end = start + html[start..].find(close).expect("closed") + close.len();
                html.replace_range(start..end, "");
            }
        }
        let plain = regex::Regex::new("<[^>]*>").expect("a regex").replace_all(&html, "").into_owned();
        let plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
        (plain.trim_start_matches('\n').replace("&amp;", "&"), marks)
    }

    #[test]
    fn a_long_text_is_in_parts_and_whole() {
        let line = "The \u{fb01}rst man & the <last> \"one\" smiled.\n";
        let text = line.repeat(2 * PART / line.len() + 2);
        let (shown, marks) = before(&text);
        assert_eq!(shown.trim_end(), text.trim_end());
        assert_eq!(marks, text.matches('\u{fb01}').count());
    }

    proptest! {
        /// However findings overlap, the text appears exactly once.
        #[test]
        fn the_text_is_all_there(
            words in prop::collection::vec("tbe|of\u{fb01}ce|ofthe|<b>|&amp;|fright-\n|ened|\u{201c}Tt|’s|,,|\n\n| |!|said|1ike", 0..40)
        ) {
            let text = words.join(" ");
            let (shown, _) = before(&text);
            prop_assert_eq!(shown.trim_end(), text.trim_start_matches('\n').trim_end());
        }
    }
}
