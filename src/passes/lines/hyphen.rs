//! Words broken at the end of a line.

use rustc_hash::FxHashMap;

use crate::evidence::lexicon::{Lexicon, Trust};
use crate::evidence::vocabulary::fold;
use crate::finding::Reason;
use crate::level::Level;
use crate::pipeline::{Proposals, View};
use crate::text::flow::is_hyphen;
use crate::text::layout::{Line, Region};
use crate::text::token::{is_apostrophe, is_word_char};

/// A word in two parts.
struct Break<'t> {
    /// What stands before the hyphen, as far as letters, hyphens and apostrophes go.
    first: &'t str,
    /// What stands after, likewise.
    second: &'t str,
    /// From the hyphen to the end of what belongs to the word.
    span: std::ops::Range<usize>,
    /// The second part with the marks that follow it.
    tail: &'t str,
    /// The mark itself is one that no compound is written with.
    soft: bool,
    /// The word that follows the second part on its line.
    next: &'t str,
}

/// What to do with a broken word.
enum Verdict {
    Join,
    Keep,
}

/// Proposes to make broken words whole.
pub fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let lines = view.layout().lines();
    let breaks: Vec<Break<'_>> = lines.windows(2).filter_map(|w| Break::find(view.text(), &w[0], &w[1])).collect();
    if breaks.is_empty() {
        return;
    }
    let compounds = compounds(view.text());
    let known =
        Known { view, compounds: &compounds, lexicon: view.evidence().lexicon(), settled: FxHashMap::default() };
    let mut decided: Vec<_> = breaks.iter().map(|b| known.decide(b)).collect();
    // What is settled here is evidence for the same word broken elsewhere, as
    // it will be for a reader of the cleaned text.
    let mut settled: FxHashMap<String, u32> = FxHashMap::default();
    for (b, d) in breaks.iter().zip(&decided) {
        if let Some((verdict, Level::Certain, ..)) = d {
            *settled.entry(fold(&b.word(verdict))).or_default() += 1;
        }
    }
    let known = Known { settled, ..known };
    for (b, d) in breaks.iter().zip(&mut decided) {
        if !matches!(d, Some((_, Level::Certain, ..))) {
            *d = known.decide(b);
        }
        if let Some((verdict, level, confidence, reasons)) = d.take() {
            let (rule, mark) = match verdict {
                Verdict::Join => ("broken-hyphenation", ""),
                Verdict::Keep => ("broken-compound", "-"),
            };
            out.propose(rule, level, confidence, b.span.clone(), [mark, b.tail, b.line_break(view)].concat(), reasons);
        }
    }
}

impl<'t> Break<'t> {
    fn find(text: &'t str, a: &Line, b: &Line) -> Option<Break<'t>> {
        if b.is_blank()
            || a.region == Region::Table
            || a.region == Region::Code
            || text[b.start..b.text_start].contains('\u{c}')
        {
            return None;
        }
        let line = text[a.start..a.end].trim_end();
        let mark = line.chars().next_back().filter(|&c| is_hyphen(c))?;
        let body = &line[..line.len() - mark.len_utf8()];
        let from = body
            .rfind(|c: char| !(is_word_char(c) || is_apostrophe(c) || c == '-'))
            .map_or(0, |i| i + body[i..].chars().next().map_or(1, char::len_utf8));
        let first = body[from..].trim_start_matches(|c: char| !is_word_char(c));
        let after = &text[b.text_start..b.end];
        let letters = after.find(|c: char| !(is_word_char(c) || is_apostrophe(c) || c == '-')).unwrap_or(after.len());
        let second = after[..letters].trim_end_matches(|c: char| !is_word_char(c));
        if first.chars().next_back().is_none_or(|c| !c.is_alphabetic()) || !second.starts_with(char::is_alphabetic) {
            return None;
        }
        let word = after.find(char::is_whitespace).unwrap_or(after.len());
        // A dash ends what belongs to the word: `man—the` moves no further word.
        let tail = match after[second.len()..word].find(['—', '–']) {
            Some(dash) => &after[..second.len() + dash],
            None => &after[..word],
        };
        let tail = if tail[second.len()..].chars().any(is_word_char) { second } else { tail };
        let start = a.start + body.len();
        let end = b.text_start + tail.len();
        let blank = text[end..b.end].len() - text[end..b.end].trim_start().len();
        Some(Break {
            first,
            second,
            span: start..end + blank,
            tail,
            soft: mark == '\u{ad}' || mark == '¬',
            next: text[end..b.end].split_whitespace().next().unwrap_or_default(),
        })
    }

    fn word(&self, verdict: &Verdict) -> String {
        match verdict {
            Verdict::Join => [self.first, self.second].concat(),
            Verdict::Keep => [self.first, "-", self.second].concat(),
        }
    }

    /// The line break that follows the whole word: none where the line ends with it.
    fn line_break(&self, view: &View<'_>) -> &'static str {
        let text = view.text();
        match text[self.span.end..].chars().next() {
            None | Some('\n') => "",
            Some(_) if view.options().unwrap => " ",
            Some(_) => "\n",
        }
    }
}

/// The hyphenated words inside the lines of a text, folded, with their counts.
fn compounds(text: &str) -> FxHashMap<String, u32> {
    let mut counts: FxHashMap<String, u32> = FxHashMap::default();
    for at in memchr::memchr_iter(b'-', text.as_bytes()) {
        let inside = |c: char| is_word_char(c) || is_apostrophe(c);
        let before = text[..at].chars().rev().take(40).take_while(|&c| inside(c)).map(char::len_utf8).sum::<usize>();
        let after = text[at + 1..].chars().take(40).take_while(|&c| inside(c)).map(char::len_utf8).sum::<usize>();
        if before > 0 && after > 0 {
            let pair = text[at - before..at + 1 + after].trim_matches(is_apostrophe);
            *counts.entry(fold(pair)).or_default() += 1;
        }
    }
    counts
}

/// What is known of words.
struct Known<'k, 'v> {
    view: &'k View<'v>,
    compounds: &'k FxHashMap<String, u32>,
    lexicon: &'static Lexicon,
    settled: FxHashMap<String, u32>,
}

type Decision = Option<(Verdict, Level, f64, Vec<Reason>)>;

impl Known<'_, '_> {
    fn decide(&self, b: &Break<'_>) -> Decision {
        // Only the parts beside the hyphen count: `four-point-⏎seven` is judged by `point-seven`.
        let first = b.first.rsplit('-').next().unwrap_or(b.first);
        let second = b.second.split('-').next().unwrap_or(b.second);
        let joined = [first, second].concat();
        let hyphenated = [first, "-", second].concat();
        let (with, without) = (self.compound(&hyphenated), self.whole(&joined));
        let capital = second.starts_with(char::is_uppercase);
        let all_capitals = joined.chars().all(|c| !c.is_lowercase()) && joined.chars().count() > 3;
        if b.soft {
            return join(0.999, vec![Reason::new("a soft hyphen, which only breaks words")]);
        }
        if capital && !all_capitals {
            return if with > 0 {
                keep(Level::Certain, 0.99, vec![count(&hyphenated, with)])
            } else if self.capital_compound(first) {
                keep(Level::Probable, 0.9, vec![Reason::new("a capital goes on after the hyphen")])
            } else {
                None
            };
        }
        if self.suspended(first, second, &joined, b.next) {
            return None;
        }
        if with > without && with > 0 {
            let mut reasons = vec![count(&hyphenated, with)];
            reasons.extend((without > 0).then(|| count(&joined, without)));
            return keep(Level::Certain, 0.99, reasons);
        }
        if is_number(first, second) {
            return keep(
                Level::Certain,
                0.995,
                vec![Reason::new("a number of tens and units is written with a hyphen")],
            );
        }
        if without > 0 {
            return join(0.995, vec![count(&joined, without)]);
        }
        let (a, c) = (self.is_word(first), self.is_word(second));
        match self.lexicon.lookup(&joined) {
            Some(entry) if entry.trust() == Trust::Trusted || !(a && c) => {
                join(0.99, vec![Reason::new(format!("{joined} is a word"))])
            }
            Some(_) => {
                join_probably(vec![Reason::new(format!("{joined} is a rare word, {first} and {second} are words too"))])
            }
            None if a && c && first.chars().count() >= 2 && second.chars().count() >= 3 => {
                let reasons = vec![Reason::new(format!("{first} and {second} are words and {joined} is none"))];
                keep(Level::Certain, 0.95, reasons)
            }
            None => {
                let part = if a { second } else { first };
                join(0.95, vec![Reason::new(format!("{part} is no word by itself"))])
            }
        }
    }

    /// How often the word stands whole in the document, without this break.
    fn whole(&self, joined: &str) -> u32 {
        let vocabulary = self.view.evidence().vocabulary();
        let possessive = joined.strip_suffix("’s").or_else(|| joined.strip_suffix("'s"));
        vocabulary.count(joined)
            + possessive.map_or(0, |j| vocabulary.count(j))
            + self.settled.get(&fold(joined)).copied().unwrap_or(0)
    }

    fn compound(&self, hyphenated: &str) -> u32 {
        let key = fold(hyphenated);
        let key = key.strip_suffix("'s").unwrap_or(&key);
        let count = |k: &str| self.compounds.get(k).copied().unwrap_or(0);
        count(key) + count(&format!("{key}'s")) + self.settled.get(key).copied().unwrap_or(0)
    }

    fn is_word(&self, part: &str) -> bool {
        self.lexicon.lookup(part).is_some_and(|e| e.trust() == Trust::Trusted)
            && (part.chars().count() > 2
                || matches!(
                    fold(part).as_str(),
                    "of" | "to"
                        | "in"
                        | "on"
                        | "by"
                        | "up"
                        | "at"
                        | "go"
                        | "no"
                        | "so"
                        | "do"
                        | "it"
                        | "me"
                        | "he"
                        | "we"
                        | "us"
                        | "ex"
                        | "or"
                        | "an"
                        | "as"
                        | "my"
                ))
    }

    /// `two- or three-`: the hyphen stands for the rest of a compound to come.
    fn suspended(&self, _first: &str, second: &str, joined: &str, next: &str) -> bool {
        let link = matches!(fold(second).as_str(), "and" | "or" | "to" | "nor" | "but");
        link && !next.is_empty() && self.lexicon.lookup(joined).is_none()
    }

    /// Whether a part with a capital after it makes a compound: a name or a
    /// nation (`Anglo-`), or a prefix that takes a hyphen before names.
    fn capital_compound(&self, first: &str) -> bool {
        first.starts_with(char::is_uppercase)
            || matches!(
                fold(first).as_str(),
                "non" | "un" | "anti" | "pre" | "post" | "pro" | "mid" | "trans" | "semi" | "pseudo" | "neo"
            )
    }
}

fn join(confidence: f64, reasons: Vec<Reason>) -> Decision {
    Some((Verdict::Join, Level::Certain, confidence, reasons))
}

fn join_probably(reasons: Vec<Reason>) -> Decision {
    Some((Verdict::Join, Level::Probable, 0.8, reasons))
}

fn keep(level: Level, confidence: f64, reasons: Vec<Reason>) -> Decision {
    Some((Verdict::Keep, level, confidence, reasons))
}

fn count(word: &str, times: u32) -> Reason {
    Reason::with(format!("{word} elsewhere in the document"), f64::from(times))
}

/// `twenty-⏎five`.
fn is_number(first: &str, second: &str) -> bool {
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    const UNITS: [&str; 18] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "first", "second", "third", "fourth",
        "fifth", "sixth", "seventh", "eighth", "ninth",
    ];
    TENS.contains(&fold(first).as_str()) && UNITS.contains(&fold(second).as_str())
}
