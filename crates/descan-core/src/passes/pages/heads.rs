//! Running heads: lines recognised by their similarity to lines on other pages.

use rustc_hash::FxHashMap;

/// From which similarity two heads are of one kind.
pub(super) const ALIKE: f32 = 0.75;

/// A head's letters, without case and whatever the scan put between them, and
/// the number at its start or end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// The letters and digits in small letters, look-alikes as one.
    pub letters: Vec<char>,
    /// The token that may be a page number.
    pub number: Option<String>,
    /// Whether most of its letters are capitals.
    pub capitals: bool,
    /// Whether it begins like a chapter's or part's number.
    title: bool,
}

impl Head {
    /// Reads a line as a head.
    pub(super) fn read(line: &str) -> Head {
        let line = line.trim();
        let (rest, number) = match split_number(line) {
            // The number of a chapter is part of its title.
            (rest, Some(_)) if is_title_word(rest) => (line, None),
            split => split,
        };
        let mut head = Head { number: number.map(str::to_owned), ..Head::default() };
        let (mut small, mut large) = (0, 0);
        for c in rest.chars() {
            small += usize::from(c.is_lowercase());
            large += usize::from(c.is_uppercase());
            if c.is_alphanumeric() {
                head.letters.push(plain(c));
            }
        }
        head.capitals = large > small;
        let tokens: Vec<&str> = line.split_whitespace().take(16).collect();
        head.title = tokens.windows(2).any(|w| is_title_word(w[0]) && super::number::exact(w[1]).is_some());
        head
    }

    /// How alike two heads are, from 0 to 1: one less the share of letters that
    /// must change.
    pub(super) fn similarity(&self, other: &Head) -> f32 {
        let (a, b) = (&self.letters, &other.letters);
        if a == b {
            return if a.len() < 3 { 0.0 } else { 1.0 };
        }
        let longest = a.len().max(b.len());
        if longest < 3 {
            return 0.0;
        }
        let least = a.len().abs_diff(b.len()) as f32 / longest as f32;
        if 1.0 - least < ALIKE / 2.0 {
            return 0.0;
        }
        1.0 - strsim::generic_levenshtein(a, b) as f32 / longest as f32
    }

    /// Whether the head names a chapter or part by number: two of them look
    /// alike and are two different titles.
    pub(super) fn is_numbered_title(&self) -> bool {
        self.title
    }
}

/// Whether a text is only a word that a number follows in a title.
fn is_title_word(text: &str) -> bool {
    const TITLES: [&str; 11] =
        ["chapter", "chap", "part", "book", "canto", "section", "letter", "act", "scene", "volume", "lecture"];
    let word = text.trim_matches(|c: char| !c.is_alphabetic());
    TITLES.iter().any(|t| t.eq_ignore_ascii_case(word))
}

/// Heads sorted into kinds.
#[derive(Debug, Default)]
pub(super) struct Kinds {
    kinds: Vec<Kind>,
    /// Kinds by their exact letters.
    exact: FxHashMap<Vec<char>, usize>,
    /// Kinds met on three pages or more, in the order in which they were.
    met_often: Vec<usize>,
    /// All pages of all kinds, in the order of the pages.
    by_page: Vec<(usize, usize)>,
}

/// Heads that are alike.
#[derive(Debug)]
pub(super) struct Kind {
    sample: Head,
    /// The pages that have one, in order.
    pub pages: Vec<usize>,
    /// How many lines like it stand inside of pages.
    inside: usize,
}

impl Kinds {
    /// Takes in a head of page `page`; says which kind it is.
    ///
    /// A head is compared with the kinds met last and with those met most, so
    /// that a book whose every page begins otherwise costs no more than any.
    pub(super) fn add(&mut self, head: &Head, page: usize) -> Option<usize> {
        if head.letters.len() < 3 {
            return None;
        }
        if let Some(&kind) = self.exact.get(&head.letters) {
            self.note(kind, page);
            return Some(kind);
        }
        let recent = self.kinds.len().saturating_sub(24)..self.kinds.len();
        let first_recent = recent.start;
        let known = self.met_often.iter().rev().take(24).copied().filter(|&k| k < first_recent);
        let strict = head.is_numbered_title();
        let best = recent
            .chain(known)
            .filter(|&k| !strict || self.kinds[k].sample.letters == head.letters)
            .map(|k| (k, self.kinds[k].sample.similarity(head)))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        let kind = match best {
            Some((kind, similarity)) if similarity >= ALIKE => kind,
            _ => {
                self.kinds.push(Kind { sample: head.clone(), pages: Vec::new(), inside: 0 });
                self.exact.insert(head.letters.clone(), self.kinds.len() - 1);
                self.kinds.len() - 1
            }
        };
        self.note(kind, page);
        Some(kind)
    }

    /// Takes note of a line inside of a page.
    pub(super) fn see_inside(&mut self, line: &Head) {
        if let Some(&kind) = self.exact.get(&line.letters) {
            self.kinds[kind].inside += 1;
        }
    }

    fn note(&mut self, kind: usize, page: usize) {
        let pages = &mut self.kinds[kind].pages;
        if pages.last() != Some(&page) {
            pages.push(page);
            if pages.len() == 3 {
                self.met_often.push(kind);
            }
            self.by_page.push((page, kind));
        }
    }

    /// All kinds.
    pub(super) fn get_all(&self) -> impl Iterator<Item = &Kind> {
        self.kinds.iter()
    }

    /// The kind met on at least two pages that is most like a damaged head of
    /// page `page`, and how like. Only kinds with a page near are compared. The
    /// number of a chapter admits no likeness.
    pub(super) fn nearest(&self, head: &Head, page: usize) -> Option<(&Kind, f32)> {
        let from = self.by_page.partition_point(|&(p, _)| p + 2 * REACH < page);
        let mut near: Vec<usize> =
            self.by_page[from..].iter().take_while(|&&(p, _)| p <= page + 2 * REACH).map(|&(_, kind)| kind).collect();
        near.sort_unstable();
        near.dedup();
        near.into_iter()
            .map(|kind| &self.kinds[kind])
            .filter(|k| k.pages.len() >= 2)
            .filter(|k| !head.is_numbered_title() && !k.sample.is_numbered_title() || k.sample.letters == head.letters)
            .map(|k| (k, k.sample.similarity(head)))
            .max_by(|a, b| a.1.total_cmp(&b.1))
    }
}

/// How many pages away heads still speak for one another.
const REACH: usize = 12;

impl Kind {
    /// Whether such lines stand inside of pages more often than at their edges: a line of a
    /// program, a speaker's name, a refrain.
    pub(super) fn is_of_the_text(&self) -> bool {
        self.inside > self.pages.len()
    }

    /// How many other pages near `page` have a head of this kind. Those of
    /// numbered chapters must be very near: every part of a book has a first
    /// chapter.
    pub(super) fn others(&self, page: usize) -> usize {
        self.near(page, if self.sample.is_numbered_title() { 4 } else { REACH })
    }

    fn near(&self, page: usize, reach: usize) -> usize {
        let from = self.pages.partition_point(|&p| p + reach < page);
        self.pages[from..].iter().take_while(|&&p| p <= page + reach).filter(|&&p| p != page).count()
    }
}

/// The line without a number at its end or start, and that number.
fn split_number(line: &str) -> (&str, Option<&str>) {
    let numeric = |t: &str| {
        let scrap = t.len() <= 4 && t.bytes().any(|b| b.is_ascii_digit());
        scrap || super::number::exact(t).is_some() || super::number::looks_numeric(t)
    };
    if let Some((rest, last)) = line.trim_end_matches([' ', '.']).rsplit_once(char::is_whitespace)
        && numeric(last)
    {
        return (rest, Some(last));
    }
    if let Some((first, rest)) = line.split_once(char::is_whitespace)
        && numeric(first)
    {
        return (rest, Some(first));
    }
    (line, None)
}

/// A letter as it counts for similarity: what scans confuse is one.
fn plain(c: char) -> char {
    match c.to_lowercase().next().unwrap_or(c) {
        'i' | 'l' | '1' | 'j' => 'l',
        'o' | '0' | 'q' => 'o',
        '5' => 's',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_heads_are_of_one_kind() {
        let a = Head::read("T. H. E. L. O N G. H A R B O U R. 49");
        let b = Head::read("THE LONG HARB0UR 51");
        assert_eq!((a.number.as_deref(), b.number.as_deref()), (Some("49"), Some("51")));
        assert!(a.similarity(&b) > 0.9);
        assert!(a.similarity(&Head::read("MARY ASHDOWN 52")) < 0.5);
    }

    #[test]
    fn chapters_with_other_numbers_are_other_kinds() {
        let mut kinds = Kinds::default();
        let one = kinds.add(&Head::read("CHAPTER VII."), 3);
        assert_ne!(one, kinds.add(&Head::read("CHAPTER VIII."), 9));
    }
}
