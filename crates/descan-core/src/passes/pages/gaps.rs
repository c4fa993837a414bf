//! The gaps that page ends leave between two lines of text: what they contain, and
//! what they should contain.

use std::ops::Range;

use descan_rules::{Reason, RuleId};
use descan_text::flow::{End, Start};
use descan_text::layout::Line;
use descan_text::level::Level;
use descan_text::measure::Measure;
use descan_text::token::words;
use rustc_hash::FxHashSet;

use super::furniture::Furniture;
use super::habit::{Habit, Seam, indent};
use super::inset::{self, Inset};
use super::number;
use crate::apart::is_of_signs;
use crate::pass::{Proposals, View};
use crate::passes::grammar::is_never_last;

/// A line with fewer bytes is no full line of prose.
const SHORT_LINE: usize = 30;
/// The same of lines that are set out one by one.
const SET_OUT: usize = 45;
/// A line of a text whose paragraphs are lines has so many bytes at least.
const PARAGRAPH: usize = 60;
/// A part of a list that is set as a paragraph has so many lines at most.
const PART: usize = 3;

/// Goes through the gaps between lines of text and mends those that a page's
/// end, or only its blank lines, made.
pub(super) struct Gaps<'v> {
    /// The text.
    pub text: &'v str,
    /// Its lines.
    pub lines: &'v [Line],
    /// Its measure.
    pub measure: &'v Measure,
    /// What its paragraphs do.
    pub habit: Habit,
    /// Where its form feeds stand, in bytes.
    pub feeds: Vec<usize>,
}

impl Gaps<'_> {
    /// Proposes the removal of furniture and the joining of what it parted.
    ///
    /// Furniture that the run does not take away stays, and is text to the gaps
    /// around it: no form feed is left for a second run to judge by.
    pub(super) fn mend(&self, view: &View<'_>, furniture: &[Furniture], out: &mut Proposals<'_>) {
        let (sure, doubtful): (Vec<&Furniture>, Vec<&Furniture>) =
            furniture.iter().partition(|f| view.makes(f.kind.rule(), f.level));
        for f in &doubtful {
            let line = &self.lines[f.line];
            let span = feed_end(self.text, line)..(line.end + 1).min(self.text.len());
            out.propose(f.kind.rule(), f.level, span, "", f.reasons.clone());
        }
        let doubtful: FxHashSet<usize> = doubtful.iter().map(|f| f.line).collect();
        let gone: FxHashSet<usize> = sure.iter().map(|f| f.line).collect();
        let mut insets = inset::find(self.text, self.lines, &gone).into_iter().peekable();
        let mut next = sure.into_iter().peekable();
        let mut last: Option<usize> = None;
        let mut inside: Vec<&Furniture> = Vec::new();
        let mut skipped = 0;
        for index in 0..=self.lines.len() {
            if insets.peek().is_some_and(|i| last == Some(i.before))
                && let Some(inset) = insets.next()
            {
                self.move_notes(&inset, &gone, out);
                skipped = inset.rest.last().map_or(0, |&l| l + 1);
                last = inset.rest.last().copied();
            }
            if index < skipped {
                next.next_if(|f| f.line == index);
            } else if let Some(f) = next.next_if(|f| f.line == index) {
                inside.push(f);
            } else if self.lines.get(index).is_none_or(|l| !l.is_blank()) {
                let fed = self.lines.get(index).is_some_and(|l| self.text[l.start..l.text_start].contains('\u{c}'));
                if fed || !inside.is_empty() || last.map_or(0, |l| l + 1) < index {
                    let joinable = last.filter(|l| !doubtful.contains(l) && !doubtful.contains(&index));
                    self.gap(view, last, joinable, &inside, index, out);
                }
                inside.clear();
                last = Some(index);
            }
        }
    }

    /// Proposes to put notes after the paragraph that they interrupt; furniture
    /// between the halves goes with the same edit.
    fn move_notes(&self, inset: &Inset, gone: &FxHashSet<usize>, out: &mut Proposals<'_>) {
        let start = self.lines[inset.before].end + 1;
        let end = inset.rest.last().map_or(start, |&l| self.lines[l].end);
        let body = |&i: &usize| &self.text[feed_end(self.text, &self.lines[i])..self.lines[i].end];
        let mut with = inset.rest.iter().map(body).collect::<Vec<_>>().join("\n");
        let mut before = None;
        for note in &inset.notes {
            with += if before == Some(note - 1) { "\n" } else { "\n\n" };
            with += body(note);
            before = Some(*note);
        }
        let furniture = (inset.before..=inset.rest[0]).filter(|i| gone.contains(i)).count();
        let reasons = vec![
            Reason::new("a sentence is cut before the note or picture and goes on after it, on the next page"),
            Reason::with("heads and page numbers between, which go", furniture as f64),
        ];
        out.propose(RuleId::INTERRUPTED_PARAGRAPH, Level::Certain, start..end, with, reasons);
    }

    fn line(&self, index: usize) -> &str {
        self.lines.get(index).map_or("", |l| self.text[l.text_start..l.end].trim_end())
    }

    /// The gap from the line of text `last` to the line of text `next`, which may
    /// go on from the line `joinable`.
    fn gap(
        &self,
        view: &View<'_>,
        last: Option<usize>,
        joinable: Option<usize>,
        inside: &[&Furniture],
        next: usize,
        out: &mut Proposals<'_>,
    ) {
        let start = last.map_or(0, |l| (self.lines[l].end + 1).min(self.text.len()));
        let until = self.lines.get(next).map_or(self.text.len(), |l| feed_end(self.text, l));
        let at_edge = last.is_none() || next >= self.lines.len();
        let feed = self.text[start..until].contains('\u{c}');
        let page = feed || !inside.is_empty();
        // Where a page's end is taken away anyway nothing is left to offer later:
        // the halves are joined with it or stay apart.
        let rule = inside.last().map_or(RuleId::PAGE_BREAK, |f| f.kind.rule());
        let seam = joinable
            .filter(|_| !at_edge)
            .and_then(|last| self.seam(view, last, next, page))
            .filter(|seam| !page || view.makes(rule, seam.level));
        let mut from = start;
        for (at, f) in inside.iter().enumerate() {
            let mut reasons = f.reasons.clone();
            let (mut to, mut with) = ((self.lines[f.line].end + 1).min(self.text.len()), "");
            if at + 1 == inside.len() {
                to = until;
                reasons.extend(seam.as_ref().map(|seam| Reason::new(seam.reason)));
                with = if at_edge || seam.is_some() { "" } else { "\n" };
            }
            out.propose(f.kind.rule(), f.level, from..to, with, reasons);
            from = to;
        }
        if inside.is_empty() {
            self.bare_gap(seam, start..until, feed, at_edge, out);
        }
    }

    /// A gap with nothing in it but blank lines and perhaps a form feed.
    fn bare_gap(&self, seam: Option<Seam>, span: Range<usize>, feed: bool, at_edge: bool, out: &mut Proposals<'_>) {
        match seam {
            Some(seam) => {
                let mut reasons = vec![Reason::new(seam.reason)];
                if feed {
                    reasons.push(self.page_before(&span));
                }
                let spaced = !feed && self.habit.is_mere_spacing(1);
                let rule = if spaced { RuleId::DOUBLE_SPACING } else { RuleId::PAGE_BREAK };
                out.propose(rule, seam.level, span, "", reasons);
            }
            _ if feed => {
                let what = "a form feed marks the end of a page, not of anything in the text";
                let reasons = vec![Reason::new(what), self.page_before(&span)];
                out.propose(RuleId::FORM_FEED, Level::Certain, span, if at_edge { "" } else { "\n" }, reasons);
            }
            // Where single blank lines are mere spacing, a wider gap is the blank line between two paragraphs.
            None if !at_edge && self.is_paragraph_gap(&self.text[span.clone()]) => {
                let what = "every line of the document is followed by a blank line, and this gap is a paragraph's";
                out.propose(RuleId::DOUBLE_SPACING, Level::Certain, span, "\n", vec![Reason::new(what)]);
            }
            None => {}
        }
    }

    /// Whether blank lines part two paragraphs of a text that has one between its lines.
    fn is_paragraph_gap(&self, gap: &str) -> bool {
        let blanks = gap.matches('\n').count();
        matches!(blanks, 2 | 3) && self.habit.is_mere_spacing(1) && !self.habit.is_mere_spacing(blanks)
    }

    /// The page that a form feed in the gap ends.
    fn page_before(&self, gap: &Range<usize>) -> Reason {
        let page = self.feeds.partition_point(|&feed| feed < gap.start) + 1;
        Reason::new(format!("the form feed behind page {page} of {}", self.feeds.len() + 1))
    }

    /// Whether a line begins a short paragraph for itself that ends with a semicolon or a comma, in which no sentence ends,
    /// and another in small letters follows: a will or a resolution is set so.
    fn is_part_of_list(&self, line: usize) -> bool {
        let is_blank = |index: usize| self.lines.get(index).is_none_or(|line| line.is_blank());
        let Some(end) = (line..line + PART).find(|&index| is_blank(index + 1)) else { return false };
        let follows = (end + 1..self.lines.len()).find(|&index| !is_blank(index));
        let ends_sentence = |index: usize| [". ", "! ", "? "].iter().any(|end| self.line(index).contains(end));
        self.line(end).ends_with([';', ','])
            && !(line..=end).any(ends_sentence)
            && follows.is_some_and(|index| self.line(index).starts_with(char::is_lowercase))
    }

    /// How the text goes on from one line to another that a gap parts. `page`:
    /// something besides blank lines shows that a page ends here.
    fn seam(&self, view: &View<'_>, last: usize, next: usize, page: bool) -> Option<Seam> {
        let (a, b) = (self.line(last), self.line(next));
        let scrap = |line: &str| line.len() <= 8 && (number::exact(line).is_some() || number::looks_numeric(line));
        if scrap(a) || scrap(b) {
            return None;
        }
        let (end, start) = (End::of(a), Start::of(b));
        let are_words = || is_of_words(view, b) && !is_of_signs(a, view) && !is_of_signs(b, view);
        if start == Start::Small && end != End::Hyphen && !are_words() {
            return None;
        }
        if !page && (is_labelled(b) || start == Start::Small && end != End::Hyphen && self.is_part_of_list(next)) {
            return None;
        }
        let prose = |i: usize| view.layout().lines()[i].region.is_running();
        if !(page || prose(last) && prose(next)) {
            return None;
        }
        let full = || !self.measure.ends_early(a, b) && self.measure.share(a) >= 0.7;
        // Without a page's end to see, the line is held against those around it
        // only, and only where a margin made them: mended words elsewhere must
        // not change the verdict of a second run.
        let wrapped = !page && self.measure.is_wrapped();
        let reaches = |share: f32| wrapped && self.reach(last, next) >= share;
        let seam = |level, reason| Some(Seam { level, reason });
        if !page && self.habit.is_mere_spacing(next - last - 1) {
            let begins = indent(self.text, &self.lines[next]) >= indent(self.text, &self.lines[last]) + 2;
            let speech = end == End::Sentence && start == Start::Quote && closes_speech(a);
            let ends = self.measure.ends_early(a, b) && !matches!(start, Start::Small);
            return if begins || speech || ends {
                None
            } else {
                seam(Level::Certain, "every line of the document is followed by blank lines, and this one is full")
            };
        }
        match (end, start) {
            (End::Hyphen, Start::Small) if page || reaches(0.75) => {
                seam(Level::Certain, "the last word before goes on after")
            }
            (End::Word | End::Comma, Start::Small) if page || reaches(0.75) => {
                // `dear sir, / yours faithfully, / …`: the lines by which a letter closes. `being / the Wardens of
                // this Parish / and / …`: each is set out by itself.
                let closes = end == End::Comma && b.ends_with(',');
                let is_set_out = !page && (closes && b.len() < SHORT_LINE || self.is_set_out(view, next));
                let level = if is_set_out { Level::Suspect } else { Level::Certain };
                seam(level, "the sentence goes on with a small letter")
            }
            (End::Title, _) if page || reaches(0.75) => seam(Level::Certain, "a title waits for its name"),
            (End::Word | End::Comma, Start::Small) if reaches(0.6) => {
                seam(Level::Probable, "the sentence goes on with a small letter")
            }
            // Where each line is a paragraph, none ends so but one that a blank line cut.
            (End::Word | End::Comma, Start::Small)
                if !page && next == last + 2 && !self.measure.is_wrapped() && a.len().max(b.len()) >= PARAGRAPH =>
            {
                let word = a.rsplit(' ').next().unwrap_or_default();
                let is_open = end == End::Word && is_never_last(view.lists(), word);
                let level = match (is_open, a.len().min(b.len()) >= SHORT_LINE) {
                    (true, true) => Level::Certain,
                    (_, true) => Level::Probable,
                    _ => Level::Suspect,
                };
                seam(level, "the sentence goes on with a small letter")
            }
            (End::Word | End::Comma, Start::Capital | Start::Quote | Start::Digit) if page && full() => {
                seam(Level::Certain, "the line before is full and its sentence has no end")
            }
            (End::Open | End::Other, Start::Small) if page => {
                seam(Level::Certain, "the sentence goes on with a small letter")
            }
            (End::Sentence, Start::Small) if page && full() => {
                seam(Level::Certain, "the text goes on with a small letter")
            }
            (End::Sentence | End::Open, Start::Capital)
                if page && full() && self.measure.is_sure() && self.measure.room(a, b) < 0.0 =>
            {
                self.habit.seam(indent(self.text, &self.lines[next]))
            }
            _ => None,
        }
    }

    /// Whether a short line stands between blank lines without a mark at its end, and one like it goes on behind it.
    /// A garbled scan has blank lines anywhere.
    fn is_set_out(&self, view: &View<'_>, index: usize) -> bool {
        let line = self.line(index);
        let is_short = |line: &str| line.len() < SET_OUT && End::of(line) == End::Word;
        let (Some(blank), behind) = (self.lines.get(index + 1), self.line(index + 2)) else { return false };
        blank.is_blank()
            && !view.evidence().is_garbled()
            && is_short(line)
            && is_short(behind)
            && Start::of(behind) == Start::Small
            && is_of_words(view, behind)
            && !is_of_signs(behind, view)
    }

    /// How far a line of text reaches, as a share of the longest of the eight
    /// lines of text before it and the eight from `next` on.
    fn reach(&self, last: usize, next: usize) -> f32 {
        let longest = |lines: &mut dyn Iterator<Item = usize>| {
            lines
                .filter(|&i| !self.lines[i].is_blank())
                .take(8)
                .map(|i| self.line(i).chars().count())
                .max()
                .unwrap_or(0)
        };
        let before = longest(&mut (last.saturating_sub(24)..=last).rev());
        // A line that is only the rest of a broken word will stand on the line
        // before it: that one is measured.
        let rest = self.line(last).split_whitespace().count() == 1;
        let broken = (last.saturating_sub(4)..last).rev().find(|&i| !self.lines[i].is_blank());
        let last = broken.filter(|&i| rest && End::of(self.line(i)) == End::Hyphen).unwrap_or(last);
        let after = longest(&mut (next..self.lines.len().min(next + 24)));
        self.line(last).chars().count() as f32 / before.max(after).max(1) as f32
    }
}

/// Whether a line ends with the mark that closes speech.
fn closes_speech(line: &str) -> bool {
    line.ends_with(['”', '"', '’', '\''])
}

/// Whether a line begins with the label of a clause: `b)`, `(iv)`, `c.`.
fn is_labelled(line: &str) -> bool {
    let label = line.split(' ').next().unwrap_or_default();
    let bare = label.trim_start_matches('(').trim_end_matches(['.', ')']);
    let is_numeral = bare.len() <= 4 && bare.bytes().all(|b| b"ivxl".contains(&b));
    label.ends_with(['.', ')'])
        && !bare.is_empty()
        && (is_numeral || bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_lowercase()))
}

/// The end of a form feed at the start of a line of text, or the line's start.
fn feed_end(text: &str, line: &Line) -> usize {
    text[line.start..line.text_start].rfind('\u{c}').map_or(line.start, |at| line.start + at + 1)
}

/// Whether a line is of words: neither a formula nor what is left of a table or picture.
fn is_of_words(view: &View<'_>, line: &str) -> bool {
    let vocabulary = view.evidence().vocabulary();
    let (mut known, mut all) = (0, 0);
    for word in words(line) {
        all += 1;
        known += usize::from(vocabulary.entry(word.text(line)).is_some_and(|entry| !entry.usually_misread()));
    }
    !line.contains('=') && known * 2 >= all
}
