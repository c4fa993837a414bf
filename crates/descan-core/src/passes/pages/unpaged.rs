//! Page furniture of a text without form feeds.
//!
//! If nothing marks the pages, three things together reveal them: numbers that rise
//! one by one, a distance between them of about a page, and sentences that they cut
//! in two. Numbered chapters rise as well, but cut no sentence.

use descan_rules::Reason;
use descan_text::flow::{End, Start};
use descan_text::layout::Line;
use descan_text::level::Level;

use super::furniture::{Furniture, Kind, name_pages};
use super::heads::{ALIKE, Head, Kinds};
use super::number::{self, Number};

/// The fewest and most lines of a page.
const PAGE: std::ops::RangeInclusive<usize> = 7..=90;

/// How many numbers back a chain may reach for the number before.
const REACH: usize = 24;

/// A line that may be furniture.
struct Candidate {
    /// The line's index.
    line: usize,
    /// How many lines with text stand before it.
    depth: usize,
    head: Head,
    /// The line without marks around, where it is one short token.
    alone: Option<String>,
    number: Option<Number>,
    /// Whether it stands inside a sentence.
    cuts: bool,
    /// Whether no text follows it.
    last: bool,
}

/// Finds the furniture.
pub(super) fn furniture(text: &str, lines: &[Line]) -> Vec<Furniture> {
    let candidates = candidates(text, lines);
    let mut found = Vec::new();
    let mut used = vec![false; candidates.len()];
    for chain in chains(&candidates) {
        take_chain(&candidates, &chain, &mut used, &mut found);
    }
    take_heads(text, lines, &candidates, &mut used, &mut found);
    found.sort_by_key(|f| f.line);
    if covers(lines, &found) { found } else { Vec::new() }
}

/// Whether the furniture is that of the whole text: a page's length apart, it
/// must reach over half of it. A few odd lines in a long text are no pages,
/// though they look like heads.
fn covers(lines: &[Line], found: &[Furniture]) -> bool {
    let mut depth = vec![0_usize; found.len()];
    let (mut full, mut next) = (0, 0);
    for (index, line) in lines.iter().enumerate() {
        if found.get(next).is_some_and(|f| f.line == index) {
            depth[next] = full;
            next += 1;
        }
        full += usize::from(!line.is_blank());
    }
    let mut gaps: Vec<usize> = depth.windows(2).map(|w| w[1] - w[0]).filter(|&g| g > 2).collect();
    gaps.sort_unstable();
    let middle = gaps.get(gaps.len() / 2).copied().unwrap_or_default();
    PAGE.contains(&middle) && middle * (gaps.len() + 1) * 2 >= full
}

fn candidates(text: &str, lines: &[Line]) -> Vec<Candidate> {
    let full: Vec<usize> = (0..lines.len()).filter(|&i| !lines[i].is_blank()).collect();
    let line = |at: usize| full.get(at).map_or("", |&i| text[lines[i].text_start..lines[i].end].trim_end());
    let shaped: Vec<bool> = (0..full.len()).map(|at| may_be_furniture(line(at))).collect();
    let mut list = Vec::new();
    for at in (0..full.len()).filter(|&at| shaped[at]) {
        let body = line(at);
        let head = Head::read(body);
        let bare = number::bare(body);
        let alone = (bare.chars().count() <= 5 && !bare.contains(char::is_whitespace)).then(|| bare.to_owned());
        let number = number::exact(head.number.as_deref().unwrap_or(body)).filter(|n| !n.roman || alone.is_some());
        // What it stands between: the nearest text that is no candidate.
        let before = (at.saturating_sub(2)..at).rev().find(|&i| !shaped[i]).map_or("", line);
        let after = (at + 1..=at + 2).find(|&i| i < full.len() && !shaped[i]).map_or("", line);
        list.push(Candidate {
            line: full[at],
            depth: at,
            head,
            alone,
            number,
            cuts: is_cut(before, after),
            last: at + 1 == full.len(),
        });
    }
    list
}

/// Whether a sentence goes on from one line to another that something parts.
pub(super) fn is_cut(before: &str, after: &str) -> bool {
    let open = matches!(End::of(before), End::Word | End::Comma | End::Hyphen | End::Title);
    open && Start::of(after) == Start::Small && before.len() >= 20
}

/// Short, and either a number or, but for a number, in capitals.
fn may_be_furniture(line: &str) -> bool {
    if line.len() > 70 {
        return false;
    }
    let bare = number::bare(line);
    if !bare.is_empty() && bare.len() <= 5 && (number::exact(line).is_some() || number::looks_numeric(line)) {
        return true;
    }
    if line.ends_with(['?', '!', '”', '"', '’', '-']) || line.starts_with(['“', '"', '‘']) {
        return false;
    }
    let (small, large) =
        line.chars().fold((0, 0), |(s, l), c| (s + usize::from(c.is_lowercase()), l + usize::from(c.is_uppercase())));
    large >= 3 && large > small
}

/// Runs of numbers that rise as those of pages do, as indices of candidates.
fn chains(candidates: &[Candidate]) -> Vec<Vec<usize>> {
    let numbered: Vec<usize> = (0..candidates.len()).filter(|&i| candidates[i].number.is_some()).collect();
    let mut score = vec![1_u32; numbered.len()];
    let mut back: Vec<Option<usize>> = vec![None; numbered.len()];
    for at in 0..numbered.len() {
        let this = &candidates[numbered[at]];
        for before in (at.saturating_sub(REACH)..at).rev() {
            if follows(&candidates[numbered[before]], this) && score[before] + 1 > score[at] {
                score[at] = score[before] + 1;
                back[at] = Some(before);
            }
        }
    }
    let mut order: Vec<usize> = (0..numbered.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(score[at]));
    let mut taken = vec![false; numbered.len()];
    let mut chains = Vec::new();
    for end in order {
        let mut chain = Vec::new();
        let mut at = Some(end);
        while let Some(i) = at.filter(|&i| !taken[i]) {
            taken[i] = true;
            chain.push(numbered[i]);
            at = back[i];
        }
        chain.reverse();
        if believed(candidates, &chain) {
            chains.push(chain);
        }
    }
    chains
}

fn follows(a: &Candidate, b: &Candidate) -> bool {
    let (Some(x), Some(y)) = (a.number, b.number) else {
        return false;
    };
    let (Some(step), lines) = (y.value.checked_sub(x.value), b.depth - a.depth) else {
        return false;
    };
    // The last page may have a single line.
    let page = PAGE.contains(&(lines / step.max(1) as usize)) || b.last && step == 1 && lines <= *PAGE.end();
    x.roman == y.roman && (1..=4).contains(&step) && page
}

/// Whether a chain is that of the pages: long enough, even enough, and cutting
/// sentences as only pages do.
fn believed(candidates: &[Candidate], chain: &[usize]) -> bool {
    if chain.len() < 3 {
        return false;
    }
    let cuts = chain.iter().filter(|&&i| candidates[i].cuts).count();
    cuts * 5 >= chain.len() && cuts >= 2 || cuts * 3 >= chain.len() && cuts >= 1 && evenness(candidates, chain) >= 0.6
}

/// The share of distances within three tenths of the middle one.
fn evenness(candidates: &[Candidate], chain: &[usize]) -> f64 {
    let mut gaps: Vec<f64> = chain
        .windows(2)
        .map(|w| {
            let step = match (candidates[w[0]].number, candidates[w[1]].number) {
                (Some(a), Some(b)) => f64::from(b.value.abs_diff(a.value).max(1)),
                _ => 1.0,
            };
            (candidates[w[1]].depth - candidates[w[0]].depth) as f64 / step
        })
        .collect();
    gaps.sort_by(f64::total_cmp);
    let Some(&middle) = gaps.get(gaps.len() / 2) else {
        return 0.0;
    };
    gaps.iter().filter(|g| (*g - middle).abs() <= 0.3 * middle).count() as f64 / gaps.len() as f64
}

fn take_chain(candidates: &[Candidate], chain: &[usize], used: &mut [bool], found: &mut Vec<Furniture>) {
    let cuts = chain.iter().filter(|&&i| candidates[i].cuts).count();
    let value = |i: usize| candidates[i].number.map_or(0, |n| n.value);
    let evidence = |place: String| {
        vec![
            Reason::new(place),
            Reason::new(format!("one of {} numbers that rise as pages do", chain.len())),
            Reason::with("sentences cut by them", cuts as f64),
        ]
    };
    for (at, &i) in chain.iter().enumerate() {
        used[i] = true;
        let before = at.checked_sub(1).map(|b| value(chain[b]));
        let after = chain.get(at + 1).map(|&a| value(a));
        let place = match (before, after) {
            (Some(b), Some(a)) => format!("number {} between {b} and {a}", value(i)),
            (Some(b), None) => format!("number {} after {b}", value(i)),
            (None, Some(a)) => format!("number {} before {a}", value(i)),
            (None, None) => continue,
        };
        found.push(as_furniture(&candidates[i], Level::Certain, evidence(place)));
    }
    fill(candidates, chain, used, found, &evidence);
}

/// Finds the misread numbers of a chain: where one is missing, a line that has
/// the look of it.
fn fill(
    candidates: &[Candidate],
    chain: &[usize],
    used: &mut [bool],
    found: &mut Vec<Furniture>,
    evidence: &dyn Fn(String) -> Vec<Reason>,
) {
    let (Some(&first), Some(&last)) = (chain.first(), chain.last()) else {
        return;
    };
    let number = |i: usize| candidates[i].number.unwrap_or(Number { value: 0, roman: false });
    let span = (candidates[last].depth - candidates[first].depth) as f64;
    let page = span / f64::from((number(last).value - number(first).value).max(1));
    let sample: Vec<&Head> =
        chain.iter().map(|&i| &candidates[i]).filter(|c| c.alone.is_none()).map(|c| &c.head).take(4).collect();
    for i in first.saturating_sub(40)..candidates.len().min(last + 41) {
        if used[i] {
            continue;
        }
        let candidate = &candidates[i];
        let at = chain.partition_point(|&c| c < i);
        let anchor = if at == 0 { first } else { chain[at - 1] };
        let pages = (candidate.depth as f64 - candidates[anchor].depth as f64) / page;
        let step = pages.round();
        let gap =
            if at == 0 || at == chain.len() { 3.0 } else { f64::from(number(chain[at]).value - number(anchor).value) };
        if step == 0.0
            || step.abs() >= gap && at > 0 && at < chain.len()
            || step.abs() > 3.0
            || (pages - step).abs() > 0.35
        {
            continue;
        }
        let value = f64::from(number(anchor).value) + step;
        if value < 1.0 {
            continue;
        }
        let expected = Number { value: value as u32, roman: number(anchor).roman };
        let token = candidate.alone.as_deref().or(candidate.head.number.as_deref()).unwrap_or_default();
        let fit = number::fit(token, expected);
        let alike = sample.iter().map(|h| h.similarity(&candidate.head)).fold(0.0_f32, f32::max);
        if fit >= 0.5 && candidate.alone.is_none() != sample.is_empty() || alike >= ALIKE {
            used[i] = true;
            let place = format!("read for {}: the number missing here", expected.value);
            found.push(as_furniture(candidate, Level::Certain, evidence(place)));
        }
    }
}

fn as_furniture(candidate: &Candidate, level: Level, reasons: Vec<Reason>) -> Furniture {
    let kind = if candidate.alone.is_some() { Kind::Number } else { Kind::Head };
    Furniture { line: candidate.line, kind, level, reasons }
}

/// Takes the heads without a number: capitals that return and cut sentences.
fn take_heads(text: &str, lines: &[Line], candidates: &[Candidate], used: &mut [bool], found: &mut Vec<Furniture>) {
    let mut kinds = Kinds::default();
    let mut of: Vec<Option<usize>> = vec![None; candidates.len()];
    for (i, candidate) in candidates.iter().enumerate() {
        if candidate.head.capitals && candidate.head.letters.len() >= 4 {
            of[i] = kinds.add(&candidate.head, i);
        }
    }
    let mut groups: Vec<Group> = Vec::new();
    for (kind, k) in kinds.get_all().enumerate() {
        let members: Vec<usize> = k.pages.iter().copied().filter(|&i| of[i] == Some(kind)).collect();
        let cuts = members.iter().filter(|&&i| candidates[i].cuts).count();
        let numbered = members.iter().filter(|&&i| used[i]).count();
        if members.len() >= 2 && cuts > 0 && (cuts + numbered) * 3 >= members.len() {
            groups.push(Group { members, cuts, numbered });
        }
    }
    // Heads of left and right pages take turns; then each kind speaks for the other.
    let turns = take_turns(&groups);
    let all: usize = groups.iter().map(|g| g.members.len() + g.cuts).sum();
    for group in &groups {
        let own = group.members.len() + group.cuts;
        let level = if own >= 4 || group.numbered >= 2 || turns && all >= 6 { Level::Certain } else { Level::Probable };
        for &i in group.members.iter().filter(|&&i| !used[i]) {
            let first = group.members.first() == Some(&i) && !candidates[i].cuts;
            let title = first && !(turns && opens_page(text, lines, candidates[i].line));
            let reasons = vec![
                Reason::new(format!("head like those on {}", name_lines(candidates, &group.members, i))),
                Reason::with("heads of this kind", group.members.len() as f64),
                Reason::with("sentences cut by heads of this kind", group.cuts as f64),
            ];
            let level = if title { Level::Probable } else { level };
            found.push(as_furniture(&candidates[i], level, reasons));
        }
    }
    for group in &groups {
        group.members.iter().for_each(|&i| used[i] = true);
    }
}

/// Heads of one kind.
struct Group {
    members: Vec<usize>,
    cuts: usize,
    numbered: usize,
}

/// Whether two kinds of heads stand in turn, but for one in eight.
fn take_turns(groups: &[Group]) -> bool {
    let mut order: Vec<(usize, usize)> = Vec::new();
    for (kind, group) in groups.iter().enumerate() {
        order.extend(group.members.iter().map(|&i| (i, kind)));
    }
    order.sort_unstable();
    let turns = order.windows(2).filter(|w| w[0].1 != w[1].1).count();
    groups.len() >= 2 && order.len() >= 4 && turns * 8 >= (order.len() - 1) * 7
}

/// Whether text follows the line as on a page that goes on: prose, at once or
/// after one blank line.
fn opens_page(text: &str, lines: &[Line], index: usize) -> bool {
    let next = lines.get(index + 1..).unwrap_or_default().iter().take(2).find(|l| !l.is_blank());
    next.is_some_and(|l| {
        let line = &text[l.text_start..l.end];
        let ends = matches!(End::of(line), End::Sentence | End::Comma | End::Hyphen);
        !Head::read(line).capitals && (ends || line.trim_end().len() >= 40)
    })
}

fn name_lines(candidates: &[Candidate], members: &[usize], this: usize) -> String {
    let lines: Vec<usize> = members.iter().map(|&i| candidates[i].line).collect();
    name_pages(&lines, candidates[this].line).replacen("page", "line", 1)
}
