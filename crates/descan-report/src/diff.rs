//! Unified diffs, built from the edits to a file's bytes.
//!
//! No texts are compared: the edits already say what changed. Lines end at LF
//! only, as `git apply` and `patch` see them, whatever line ends the file uses.

use std::ops::Range;

use descan_source::{Cut, Document, Splice};
use descan_text::edit::EditList;

/// Lines of context around a change.
const CONTEXT: usize = 3;

/// The unified diff of a file, empty if nothing changes.
///
/// `old_name` and `new_name` are written as they are; [`quote_name`] makes them.
pub fn unified(bytes: &[u8], splice: &Splice, old_name: &[u8], new_name: &[u8]) -> Vec<u8> {
    let hunks = hunks(bytes, &splice.cuts);
    let mut out = Vec::new();
    if hunks.is_empty() {
        return out;
    }
    for (mark, name) in [(&b"--- "[..], old_name), (b"+++ ", new_name)] {
        out.extend_from_slice(mark);
        out.extend_from_slice(name);
        out.push(b'\n');
    }
    for hunk in &hunks {
        hunk.write(bytes, &mut out);
    }
    out
}

/// The unified diff of a document with edits; of an archive, of each part that changes,
/// whose name is then the archive's with the part's behind a slash.
pub fn of_document(document: &Document<'_>, edits: &EditList, name: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for (part, bytes, splice) in document.splices(edits) {
        let name = match part {
            Some(part) => [name, b"/", part.as_bytes()].concat(),
            None => name.to_vec(),
        };
        out.extend(unified(bytes, &splice, &quote_name("a/", &name), &quote_name("b/", &name)));
    }
    out
}

/// A file's name as `git` writes it in a diff: quoted and escaped if it contains
/// a quote, a backslash, a control character or invalid UTF-8; followed by a tab
/// if it contains a space, to mark where it ends.
pub fn quote_name(prefix: &str, name: &[u8]) -> Vec<u8> {
    let utf8 = std::str::from_utf8(name).is_ok();
    let special = |b: u8| b < 0x20 || b == 0x7f || b == b'"' || b == b'\\' || (b >= 0x80 && !utf8);
    let mut out = Vec::with_capacity(prefix.len() + name.len() + 2);
    if !name.iter().any(|&b| special(b)) {
        out.extend_from_slice(prefix.as_bytes());
        out.extend_from_slice(name);
        if name.contains(&b' ') {
            out.push(b'\t');
        }
        return out;
    }
    out.push(b'"');
    out.extend_from_slice(prefix.as_bytes());
    for &b in name {
        match b {
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', b]),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\t' => out.extend_from_slice(b"\\t"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b if special(b) => out.extend_from_slice(format!("\\{b:03o}").as_bytes()),
            b => out.push(b),
        }
    }
    out.push(b'"');
    out
}

/// Whole lines of the old file and their replacement.
#[derive(Debug)]
struct Block {
    /// A byte range in the old file; both ends are line starts or the end of the file.
    old: Range<usize>,
    new: Vec<u8>,
}

/// Blocks so close together that their contexts touch.
#[derive(Debug)]
struct Hunk {
    blocks: Vec<Block>,
    /// The byte range in the old file, including context.
    old: Range<usize>,
    /// Lines before the hunk, in both files.
    old_line: usize,
    new_line: usize,
}

impl Hunk {
    fn write(&self, bytes: &[u8], out: &mut Vec<u8>) {
        let old_count = count_lines(&bytes[self.old.clone()]);
        let removed: usize = self.blocks.iter().map(|b| count_lines(&bytes[b.old.clone()])).sum();
        let added: usize = self.blocks.iter().map(|b| count_lines(&b.new)).sum();
        let new_count = old_count - removed + added;
        // An empty side is named by the line before it.
        let first = |before: usize, count: usize| before + usize::from(count > 0);
        let head = format!(
            "@@ -{},{old_count} +{},{new_count} @@\n",
            first(self.old_line, old_count),
            first(self.new_line, new_count),
        );
        out.extend_from_slice(head.as_bytes());
        let mut done = self.old.start;
        for block in &self.blocks {
            write_lines(b' ', &bytes[done..block.old.start], out);
            write_lines(b'-', &bytes[block.old.clone()], out);
            write_lines(b'+', &block.new, out);
            done = block.old.end;
        }
        write_lines(b' ', &bytes[done..self.old.end], out);
    }
}

fn hunks(bytes: &[u8], cuts: &[Cut]) -> Vec<Hunk> {
    let mut hunks: Vec<Hunk> = Vec::new();
    let mut counted = 0;
    let (mut old_line, mut new_line) = (0, 0);
    for block in blocks(bytes, cuts) {
        let start = lines_back(bytes, block.old.start, CONTEXT);
        let end = lines_on(bytes, block.old.end, CONTEXT);
        let between = count_lines(&bytes[counted..block.old.start]);
        let (removed, added) = (count_lines(&bytes[block.old.clone()]), count_lines(&block.new));
        let before = count_lines(&bytes[start..block.old.start]);
        old_line += between;
        new_line += between;
        counted = block.old.end;
        match hunks.last_mut() {
            Some(last) if start <= last.old.end => {
                last.old.end = end;
                last.blocks.push(block);
            }
            _ => hunks.push(Hunk {
                blocks: vec![block],
                old: start..end,
                old_line: old_line - before,
                new_line: new_line - before,
            }),
        }
        old_line += removed;
        new_line += added;
    }
    hunks
}

/// Widens the cuts to whole lines and joins those that share a line.
fn blocks(bytes: &[u8], cuts: &[Cut]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut cuts = cuts.iter().peekable();
    while let Some(cut) = cuts.next() {
        let start = line_start(bytes, cut.span.start);
        let mut new = bytes[start..cut.span.start].to_vec();
        new.extend_from_slice(&cut.new);
        let mut at = cut.span.end;
        let mut line = at; // The end of the line that holds `at`, looked up once a line.
        loop {
            let at_start = at == 0 || bytes[at - 1] == b'\n';
            if at_start || at >= line {
                line = line_end(bytes, at);
            }
            let whole = at_start && new.last().is_none_or(|&b| b == b'\n');
            let end = if whole { at } else { line };
            match cuts.peek() {
                Some(next) if next.span.start < end || next.span.start == at => {
                    new.extend_from_slice(&bytes[at..next.span.start]);
                    new.extend_from_slice(&next.new);
                    at = next.span.end;
                    cuts.next();
                }
                // The very end of a last line without LF still belongs to that line.
                Some(next) if next.span.start == end && !bytes[..end].ends_with(b"\n") => {
                    new.extend_from_slice(&bytes[at..end]);
                    new.extend_from_slice(&next.new);
                    at = next.span.end;
                    cuts.next();
                }
                _ => {
                    new.extend_from_slice(&bytes[at..end]);
                    blocks.extend(trim(bytes, Block { old: start..end, new }));
                    break;
                }
            }
        }
    }
    blocks
}

/// The block without unchanged lines at its ends; `None` if no line changed.
fn trim(bytes: &[u8], mut block: Block) -> Option<Block> {
    let old = &bytes[block.old.clone()];
    let head: usize = old
        .split_inclusive(|&b| b == b'\n')
        .zip(block.new.split_inclusive(|&b| b == b'\n'))
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len())
        .sum();
    let (old, new) = (&old[head..], &block.new[head..]);
    let lines = |part: &[u8]| part.split_inclusive(|&b| b == b'\n').map(<[u8]>::len).rev().collect::<Vec<_>>();
    let mut tail = 0;
    for (a, b) in lines(old).into_iter().zip(lines(new)) {
        if a != b || old[old.len() - tail - a..old.len() - tail] != new[new.len() - tail - b..new.len() - tail] {
            break;
        }
        tail += a;
    }
    block.old = block.old.start + head..block.old.end - tail;
    block.new.truncate(block.new.len() - tail);
    block.new.drain(..head);
    (!block.old.is_empty() || !block.new.is_empty()).then_some(block)
}

fn line_start(bytes: &[u8], at: usize) -> usize {
    memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |i| i + 1)
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |i| at + i + 1)
}

fn lines_back(bytes: &[u8], at: usize, count: usize) -> usize {
    (0..count).fold(at, |at, _| if at == 0 { 0 } else { line_start(bytes, at - 1) })
}

fn lines_on(bytes: &[u8], at: usize, count: usize) -> usize {
    (0..count).fold(at, |at, _| line_end(bytes, at))
}

/// The number of lines; a last line without LF counts.
fn count_lines(bytes: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', bytes).count() + usize::from(!bytes.is_empty() && !bytes.ends_with(b"\n"))
}

fn write_lines(mark: u8, bytes: &[u8], out: &mut Vec<u8>) {
    for line in bytes.split_inclusive(|&b| b == b'\n') {
        out.push(mark);
        out.extend_from_slice(line);
        if !line.ends_with(b"\n") {
            out.extend_from_slice(b"\n\\ No newline at end of file\n");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diff(old: &str, cuts: &[(usize, usize, &str)]) -> String {
        let cuts = cuts.iter().map(|&(a, b, new)| Cut { span: a..b, new: new.into() }).collect();
        let diff = unified(old.as_bytes(), &Splice { cuts, reencoded_for: None }, b"a/x", b"b/x");
        String::from_utf8_lossy(&diff).into_owned()
    }

    #[test]
    fn a_word_in_the_middle() {
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        let expected = "--- a/x\n+++ b/x\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n";
        assert_eq!(diff(old, &[(8, 9, "five")]), expected);
    }

    #[test]
    fn near_changes_share_a_hunk_and_far_ones_do_not() {
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        assert_eq!(diff(old, &[(0, 1, "a"), (14, 15, "b")]).matches("@@ -").count(), 1);
        assert_eq!(diff(old, &[(0, 1, "a"), (16, 17, "b")]).matches("@@ -").count(), 2);
    }

    #[test]
    fn lines_joined_added_and_removed() {
        assert_eq!(diff("a b\nc\nd\n", &[(1, 4, " ")]), "--- a/x\n+++ b/x\n@@ -1,3 +1,2 @@\n-a b\n-c\n+a c\n d\n");
        assert_eq!(diff("a\nb\n", &[(2, 2, "x\n")]), "--- a/x\n+++ b/x\n@@ -1,2 +1,3 @@\n a\n+x\n b\n");
        assert_eq!(diff("a\nb\n", &[(2, 4, "")]), "--- a/x\n+++ b/x\n@@ -1,2 +1,1 @@\n a\n-b\n");
        assert_eq!(diff("a\n", &[(0, 2, "")]), "--- a/x\n+++ b/x\n@@ -1,1 +0,0 @@\n-a\n");
    }

    #[test]
    fn the_end_of_a_file_without_a_newline() {
        let no = "\n\\ No newline at end of file\n";
        assert_eq!(diff("a\nb", &[(3, 3, "\n")]), format!("--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n-b{no}+b\n"));
        assert_eq!(diff("b", &[(0, 1, "c"), (1, 1, "\n")]), format!("--- a/x\n+++ b/x\n@@ -1,1 +1,1 @@\n-b{no}+c\n"));
    }

    #[test]
    fn nothing_changed_is_no_diff() {
        assert_eq!(diff("a\n", &[(0, 1, "a")]), "");
    }

    #[test]
    fn names_are_quoted_as_git_does() {
        assert_eq!(quote_name("a/", b"x.txt"), b"a/x.txt");
        assert_eq!(quote_name("a/", "é x".as_bytes()), "a/é x\t".as_bytes());
        assert_eq!(quote_name("a/", b"q\"\\\n\xe9"), b"\"a/q\\\"\\\\\\n\\351\"");
    }
}
