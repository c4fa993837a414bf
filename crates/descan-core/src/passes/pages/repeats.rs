//! Lines that stand twice: a page that was scanned twice, or the last line of one
//! scan that the next one begins with.

use descan_rules::{Reason, RuleId};
use descan_text::flow::{End, Start};
use descan_text::layout::Line;
use descan_text::level::Level;
use rustc_hash::FxHashMap;

use crate::pass::{Proposals, View};

/// How many lines with text are repeated at most: two pages.
const MOST: usize = 120;
/// A repeated line that stands by itself is a full one, from this share of the usual width.
const FULL: f32 = 0.8;
/// The same in bytes: verse has shorter lines.
const LEAST_FULL: usize = 40;
/// A refrain has fewer lines than this.
const PAGE: usize = 8;

/// Proposes to remove lines that repeat those right before them, word for word.
///
/// A refrain and a form of words end their sentences; what a scan repeats is cut
/// where the page is, in the middle of one.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    if !out.wants(RuleId::REPEATED_LINES) {
        return;
    }
    let text = view.text();
    let lines: Vec<&Line> = view.layout().lines().iter().filter(|line| !line.is_blank()).collect();
    let body = |index: usize| text[lines[index].text_start..lines[index].end].trim_end();
    let mut last_at: FxHashMap<&str, usize> = FxHashMap::default();
    // The line from which on each line repeats the one `distance` before it.
    let (mut start, mut distance) = (0, 0);
    for index in 0..lines.len() {
        let before = last_at.insert(body(index), index).map(|before| index - before);
        let here = before.filter(|&lines_back| lines_back <= MOST);
        if here != Some(distance) || distance == 0 {
            (start, distance) = (index, here.unwrap_or(0));
        }
        if distance == 0 || index + 1 - start < distance {
            continue;
        }
        let next = lines.get(index + 1).map_or("", |_| body(index + 1));
        let above = (start - distance).checked_sub(1).map_or("", body);
        if is_repeated_by_scan(view, &lines[start - distance..start], above, next) {
            // The copy goes with its line breaks; what follows stands where it began.
            let end = lines.get(index + 1).map_or(text.len(), |next| next.start);
            let reasons = vec![
                Reason::new("the lines stand word for word right before, and end in the middle of a sentence"),
                Reason::with("lines that stand there twice", distance as f64),
            ];
            out.propose(RuleId::REPEATED_LINES, Level::Certain, lines[start].start..end, "", reasons);
        }
        (start, distance) = (index + 1, 0);
    }
}

/// Whether lines that stand twice between `above` and `next` are such that only a scan repeats them.
fn is_repeated_by_scan(view: &View<'_>, lines: &[&Line], above: &str, next: &str) -> bool {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return false };
    let body = view.text()[last.text_start..last.end].trim_end();
    let running = lines.iter().filter(|line| line.region.is_running()).count();
    // A single line may be a refrain, whose comma ends no page.
    let is_cut = match End::of(body) {
        End::Word | End::Hyphen => true,
        End::Comma => lines.len() > 1,
        _ => false,
    };
    let is_full = body.len() >= LEAST_FULL && body.len() as f32 >= FULL * view.layout().width() as f32;
    // What goes on with a sentence and ends it cannot go on with it again.
    let goes_on = Start::of(&view.text()[first.text_start..first.end]) == Start::Small && End::of(above) == End::Word;
    let is_end = goes_on && End::of(body) == End::Sentence && Start::of(next) != Start::Small;
    if running == lines.len() && is_end && body.len() >= LEAST_FULL && above.len() >= LEAST_FULL {
        return true;
    }
    running * 2 >= lines.len() && is_cut && (is_full && Start::of(next) == Start::Small || lines.len() >= PAGE)
}
