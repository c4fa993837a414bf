//! Classifies blocks by their context: lists that span several blocks, indented
//! quotations, and front and back matter.

use std::ops::Range;

use super::block;
use super::line::Line;
use super::list::Mark;
use super::names::PartNames;
use super::region::Region;

/// Front matter is looked for among the first blocks only.
const FRONT: usize = 80;

/// Puts right the regions of blocks in view of the others.
pub(super) fn mark(text: &str, lines: &mut [Line], blocks: &[Range<usize>], names: &PartNames) {
    mark_quotations(text, lines, blocks);
    mark_lists(text, lines, blocks);
    // Only what stands near the ends tells: few blocks of a book need be read for this.
    let part = |at: usize| Part::of(text, &lines[blocks[at].clone()], names);
    let front = front_matter(blocks.len(), part);
    let back = back_matter(blocks.len(), part);
    for (range, region) in [(0..front, Region::FrontMatter), (back..blocks.len(), Region::BackMatter)] {
        for b in &blocks[range] {
            for line in lines[b.clone()].iter_mut().filter(|l| l.region.is_running()) {
                line.region = region;
            }
        }
    }
}

/// What a block opens or holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// An imprint: who printed it, when, and by what right.
    Imprint,
    /// The head of a part before the text: `PREFACE`.
    FrontHead,
    /// The head of a chapter or another part of the text.
    Head,
    /// The head of a part after the text: `INDEX`.
    BackHead,
    /// The words that close a text.
    Close,
    /// Anything else: long or short.
    Long,
    Short,
}

impl Part {
    fn of(text: &str, lines: &[Line], names: &PartNames) -> Part {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return Part::Short };
        let body = &text[first.text_start..last.end];
        if body.len() > 600 || lines.len() > 12 {
            return Part::Long;
        }
        if first.region != Region::Heading && body.len() > NAME && !names.may_state_rights(body) {
            return if letters_in(body) > 200 { Part::Long } else { Part::Short };
        }
        let letters: String = body
            .chars()
            .filter(|c| c.is_alphanumeric() || c.is_whitespace())
            .flat_map(char::to_lowercase)
            .collect::<String>()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let first_word = letters.split(' ').next().unwrap_or_default();
        if names.close(&letters) {
            return Part::Close;
        }
        let is_head = first.region == Region::Heading;
        let may_go_on = is_head && lines.len() <= 2;
        if names.open_front(&letters, may_go_on) {
            return Part::FrontHead;
        }
        if names.open_back(&letters, may_go_on) {
            return Part::BackHead;
        }
        if is_head {
            let named = names.number_chapters(first_word);
            let number = !letters.is_empty() && letters.bytes().all(|b| b"ivxlc".contains(&b) || b.is_ascii_digit());
            return if named || number { Part::Head } else { Part::Short };
        }
        if letters.len() <= 400 && names.state_rights(&letters) {
            return Part::Imprint;
        }
        if letters.len() > 200 { Part::Long } else { Part::Short }
    }
}

/// A block that is longer, in bytes, is no name of a part.
const NAME: usize = 60;

/// How long a block is without its marks, in bytes, each gap counted as one.
fn letters_in(body: &str) -> usize {
    let letters = |word: &str| word.chars().filter(|c| c.is_alphanumeric()).map(char::len_utf8).sum::<usize>();
    let lengths = body.split_whitespace().map(letters).filter(|&length| length > 0);
    lengths.map(|length| length + 1).sum::<usize>().saturating_sub(1)
}

/// How many blocks stand before the text: up to the last imprint before the
/// first long block, and the parts with a head of their own that a chapter's
/// head ends.
fn front_matter(blocks: usize, part: impl Fn(usize) -> Part) -> usize {
    let mut front = 0;
    let mut inside = false;
    // What follows the heads that stand one below the other here.
    let mut behind_heads = None;
    for at in 0..blocks.min(FRONT) {
        let this = part(at);
        if this != Part::Head {
            behind_heads = None;
        }
        match this {
            Part::Imprint => front = at + 1,
            Part::FrontHead => {
                inside = true;
                front = at + 1;
            }
            Part::Head if inside => {
                // In a list of contents heads stand one below the other.
                let find = || (at + 1..blocks).map(&part).find(|&p| p != Part::Head).unwrap_or(Part::Head);
                if *behind_heads.get_or_insert_with(find) == Part::Long {
                    return at;
                }
            }
            Part::Long if !inside => return front,
            _ => {}
        }
    }
    front
}

/// The first block after the text: what follows its closing words, or the head
/// of an index and the like that no chapter follows.
fn back_matter(blocks: usize, part: impl Fn(usize) -> Part) -> usize {
    let late = blocks - blocks * 2 / 5;
    let after = (late..blocks).rev().find(|&at| part(at) == Part::Head).map_or(late, |at| at + 1);
    (after..blocks)
        .find_map(|at| match part(at) {
            Part::Close => Some(at + 1),
            Part::BackHead => Some(at),
            _ => None,
        })
        .unwrap_or(blocks)
}

/// A block set in is a quotation where the text around stands at the margin.
fn mark_quotations(text: &str, lines: &mut [Line], blocks: &[Range<usize>]) {
    let full = lines.iter().filter(|l| !l.is_blank()).count();
    let margin = lines.iter().filter(|l| !l.is_blank() && l.text_start - l.start <= 1).count();
    if margin * 4 < full * 3 {
        return;
    }
    for b in blocks {
        let block = &mut lines[b.clone()];
        if block.iter().all(|l| l.region == Region::Prose) && block::stands_in(text, block) {
            block.iter_mut().for_each(|l| l.region = Region::Quotation);
        }
    }
}

/// Items parted by blank lines: each follows one not more than three blocks before.
fn mark_lists(text: &str, lines: &mut [Line], blocks: &[Range<usize>]) {
    let mut last: Option<(usize, Mark)> = None;
    for (at, b) in blocks.iter().enumerate() {
        let block = &lines[b.clone()];
        let Some(mark) = Mark::of(&text[block[0].span()]) else { continue };
        if !matches!(block[0].region, Region::Prose | Region::List) {
            continue;
        }
        if let Some((before, _)) = last.filter(|&(i, m)| at - i <= 3 && mark.follows(m)) {
            for b in [&blocks[before], b] {
                lines[b.clone()].iter_mut().filter(|l| l.region == Region::Prose).for_each(|l| l.region = Region::List);
            }
        }
        last = Some((at, mark));
    }
}
