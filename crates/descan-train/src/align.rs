//! Aligns two sequences: which part of a scan corresponds to which part of its ground truth.

use std::hash::Hash;
use std::ops::Range;

use rustc_hash::FxHashMap;

/// Parts of two sequences that stand for each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Whether the parts are equal, item for item.
    pub equal: bool,
    /// In the first sequence; empty where items were lost from it.
    pub source: Range<usize>,
    /// In the second sequence; empty where the first has items too many.
    pub target: Range<usize>,
}

/// The most cells of a table of distances; larger parts are cut at items that
/// stand once in either.
const MOST_CELLS: usize = 1 << 24;

/// Aligns two sequences so that as few items as possible are replaced, lost or
/// added (Levenshtein, 1966). In blocks that are not equal either both parts
/// are of one length, or one part is empty.
///
/// Very long sequences are cut first at items that are unique in both, as in
/// the patience method of comparing files (Cohen, 2003).
pub fn align<T: Eq + Hash>(source: &[T], target: &[T]) -> Vec<Block> {
    let mut ids: FxHashMap<&T, u32> = FxHashMap::default();
    let (mut a, mut b) = (Vec::with_capacity(source.len()), Vec::with_capacity(target.len()));
    for (items, out) in [(source, &mut a), (target, &mut b)] {
        for item in items {
            let next = ids.len() as u32;
            out.push(*ids.entry(item).or_insert(next));
        }
    }
    let mut blocks = Blocks::default();
    part(&a, &b, &mut blocks);
    blocks.list
}

/// The number of items to replace, take away or add.
pub fn distance<T: Eq + Hash>(source: &[T], target: &[T]) -> usize {
    align(source, target).iter().filter(|b| !b.equal).map(|b| b.source.len().max(b.target.len())).sum()
}

/// What an item comes to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Keep,
    Replace,
    TooMany,
    Lost,
}

/// Steps gathered to blocks.
#[derive(Default)]
struct Blocks {
    list: Vec<Block>,
    last: Option<Step>,
    at: (usize, usize),
}

impl Blocks {
    fn push(&mut self, step: Step) {
        let (a, b) = self.at;
        self.at = match step {
            Step::Keep | Step::Replace => (a + 1, b + 1),
            Step::TooMany => (a + 1, b),
            Step::Lost => (a, b + 1),
        };
        match self.list.last_mut() {
            Some(block) if self.last == Some(step) => {
                block.source.end = self.at.0;
                block.target.end = self.at.1;
            }
            _ => self.list.push(Block { equal: step == Step::Keep, source: a..self.at.0, target: b..self.at.1 }),
        }
        self.last = Some(step);
    }

    fn push_all(&mut self, step: Step, count: usize) {
        for _ in 0..count {
            self.push(step);
        }
    }
}

fn part(a: &[u32], b: &[u32], out: &mut Blocks) {
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    out.push_all(Step::Keep, head);
    let (a, b) = (&a[head..], &b[head..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - tail], &b[..b.len() - tail]);
    if a.is_empty() || b.is_empty() {
        out.push_all(Step::TooMany, a.len());
        out.push_all(Step::Lost, b.len());
    } else if a.len().saturating_mul(b.len()) <= MOST_CELLS {
        table(a, b, out);
    } else {
        let (mut from, anchors) = ((0, 0), anchors(a, b));
        if anchors.is_empty() {
            // Nothing holds the two together: halves are as good as anything.
            let middle = (a.len() / 2, b.len() / 2);
            part(&a[..middle.0], &b[..middle.1], out);
            from = middle;
        }
        for (i, j) in anchors {
            part(&a[from.0..i], &b[from.1..j], out);
            out.push(Step::Keep);
            from = (i + 1, j + 1);
        }
        part(&a[from.0..], &b[from.1..], out);
    }
    out.push_all(Step::Keep, tail);
}

/// The steps of the shortest way, by the whole table of distances.
fn table(a: &[u32], b: &[u32], out: &mut Blocks) {
    let width = b.len() + 1;
    let mut steps = vec![Step::Lost; (a.len() + 1) * width];
    let mut above: Vec<u32> = (0..width as u32).collect();
    let mut row = vec![0; width];
    for (i, x) in a.iter().enumerate() {
        row[0] = i as u32 + 1;
        steps[(i + 1) * width] = Step::TooMany;
        for (j, y) in b.iter().enumerate() {
            let (diagonal, step) = if x == y { (above[j], Step::Keep) } else { (above[j] + 1, Step::Replace) };
            let (too_many, lost) = (above[j + 1] + 1, row[j] + 1);
            let (cost, step) = if too_many < diagonal || too_many == diagonal && step == Step::Replace {
                (too_many, Step::TooMany)
            } else {
                (diagonal, step)
            };
            let (cost, step) = if lost < cost { (lost, Step::Lost) } else { (cost, step) };
            row[j + 1] = cost;
            steps[(i + 1) * width + j + 1] = step;
        }
        std::mem::swap(&mut above, &mut row);
    }
    let (mut i, mut j) = (a.len(), b.len());
    let mut way = Vec::with_capacity(a.len().max(b.len()));
    while i > 0 || j > 0 {
        let step = steps[i * width + j];
        way.push(step);
        i -= usize::from(step != Step::Lost);
        j -= usize::from(step != Step::TooMany);
    }
    for step in way.into_iter().rev() {
        out.push(step);
    }
}

/// The longest run of items that stand once in either part, in the order of both.
fn anchors(a: &[u32], b: &[u32]) -> Vec<(usize, usize)> {
    let once = |items: &[u32]| -> FxHashMap<u32, Option<usize>> {
        let mut places = FxHashMap::default();
        for (at, &item) in items.iter().enumerate() {
            places.entry(item).and_modify(|place| *place = None).or_insert(Some(at));
        }
        places
    };
    let (in_a, in_b) = (once(a), once(b));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (at, item) in a.iter().enumerate() {
        if in_a.get(item) == Some(&Some(at))
            && let Some(&Some(there)) = in_b.get(item)
        {
            pairs.push((at, there));
        }
    }
    // The longest increasing subsequence of the places in `b`: `ends[n]` is the
    // pair with the least place that ends one of n + 1 pairs.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for (index, &(_, there)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|&end| pairs[end].1 < there);
        before[index] = length.checked_sub(1).map(|n| ends[n]);
        if length == ends.len() { ends.push(index) } else { ends[length] = index }
    }
    let mut run: Vec<(usize, usize)> =
        std::iter::successors(ends.last().copied(), |&index| before[index]).map(|index| pairs[index]).collect();
    run.reverse();
    run
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(a: &str, b: &str) -> Vec<(bool, String, String)> {
        let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
        align(&a, &b).into_iter().map(|x| (x.equal, a[x.source].join(" "), b[x.target].join(" "))).collect()
    }

    #[test]
    fn words_replaced_lost_and_too_many() {
        let found = blocks("it was tbe best of times and", "it was the best of all times");
        let block = |equal, a: &str, b: &str| (equal, a.to_owned(), b.to_owned());
        let expected = [
            block(true, "it was", "it was"),
            block(false, "tbe", "the"),
            block(true, "best of", "best of"),
            block(false, "", "all"),
            block(true, "times", "times"),
            block(false, "and", ""),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn distances() {
        let letters = |word: &str| word.chars().collect::<Vec<_>>();
        let far = |a: &str, b: &str| distance(&letters(a), &letters(b));
        assert_eq!((far("kitten", "sitting"), far("", "ab"), far("same", "same")), (3, 2, 0));
    }

    #[test]
    fn long_sequences_are_cut_at_what_is_unique() {
        let printed: Vec<u32> = (0..9000).map(|i| if i % 3 == 0 { i } else { 1_000_000 + i % 7 }).collect();
        let mut read = printed.clone();
        read[4000] = 2_000_000;
        read.remove(6000);
        read.insert(100, 2_000_001);
        read[0] = 2_000_002;
        read[8999] = 2_000_003;
        let wrong: Vec<Block> = align(&read, &printed).into_iter().filter(|b| !b.equal).collect();
        assert_eq!(wrong.len(), 5, "{wrong:?}");
        let (a, b): (Vec<u32>, Vec<u32>) = ((0..5000).collect(), (5000..10_000).collect());
        let source: usize = align(&a, &b).iter().map(|block| block.source.len()).sum();
        assert_eq!(source, 5000);
    }
}
