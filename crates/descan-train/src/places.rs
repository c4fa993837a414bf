//! The places of a text that the decision judges, each with whether the ground truth
//! confirms its reading.

use std::ops::Range;
use std::sync::Arc;

use descan_core::evidence::Evidence;
use descan_core::evidence::decide::{Judge, Judgement, Kind, is_open, is_word_to_doubt, lone_characters};
use descan_core::pass::{Options, Selection, View};
use descan_core::passes::judged::{is_within, may_judge};
use descan_core::pipeline::clean;
use descan_lang::candidates::CandidateCache;
use descan_lang::decision::{Class, Features};
use descan_lang::searcher::Searcher;
use descan_rules::RuleSet;
use descan_source::Document;
use descan_text::analysis::Analysis;
use descan_text::layout::Region;
use descan_text::token::{is_apostrophe, words};

use super::align::{Block, align};

/// A place and the reading that the decision would put there.
#[derive(Clone, Debug)]
pub struct Place {
    /// The class of the decision.
    pub class: Class,
    /// The terms.
    pub features: Features,
    /// Whether the reading is what was printed.
    pub right: bool,
    /// What the scan has.
    pub seen: String,
    /// The reading.
    pub reading: String,
    /// The text around.
    pub around: String,
}

/// A known word is looked at only if its reading is not far behind, in nats:
/// all others are the same story, told by every word of a text.
const LEAST_LEAD: f32 = -1.0;

/// The places of a scan that the passes for words judge, as the passes before
/// leave them, with what is right by the truth.
///
/// Without `truth` the text is right as it stands, and every reading wrong.
/// Places of which the truth does not say what stood there are left out.
pub fn places(bytes: &[u8], truth: Option<&str>, rules: &RuleSet) -> Vec<Place> {
    let (text, evidence) = prepared(bytes, rules);
    let labels = truth.map(|truth| Truth::new(&text, truth));
    let options = Options::default();
    let analysis = Analysis::new(&*text, evidence.language().part_names());
    let judgements = judge(&View::new(analysis, evidence, rules, &options));
    let place = |judgement: Judgement| {
        let right = labels.as_ref().map_or(Some(false), |truth| {
            truth.is_right(&text, judgement.kind, judgement.span.clone(), &judgement.text)
        })?;
        Some(Place {
            class: judgement.class,
            features: judgement.features,
            right,
            seen: text[judgement.span.clone()].to_owned(),
            around: around(&text, &judgement),
            reading: judgement.text,
        })
    };
    judgements.into_iter().filter_map(place).collect()
}

/// The text that the passes for words are given, and the document's evidence.
fn prepared(bytes: &[u8], rules: &RuleSet) -> (String, Arc<Evidence>) {
    let first = Options { selection: passes(&["encoding", "characters"], rules), ..Options::default() };
    let rest = Options { selection: passes(&["pages", "lines", "quotes"], rules), ..Options::default() };
    let readable = cleaned(bytes, rules, &first);
    let candidates = Arc::new(CandidateCache::new(Searcher::english()));
    let analysis = Analysis::new(&*readable, candidates.searcher().language().part_names());
    let evidence = Arc::new(Evidence::gather(&analysis, &candidates, None));
    (cleaned(readable.as_bytes(), rules, &rest), evidence)
}

/// A damaged word of a scan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damaged {
    /// What the scan has.
    pub seen: String,
    /// What was printed there.
    pub printed: String,
    /// Where among its readings the right one stands, from 0; nothing if it is none of them.
    pub rank: Option<usize>,
}

/// The damaged words of a scan, as the passes before those for words leave them, each with the rank of
/// its right reading. What stands inside of marks, or is one of several words in a heap, counts too.
pub fn reach(bytes: &[u8], truth: &str, rules: &RuleSet) -> Vec<Damaged> {
    let (text, evidence) = prepared(bytes, rules);
    let labels = Truth::new(&text, truth);
    let analysis = Analysis::new(&*text, evidence.language().part_names());
    let judge = Judge::new(&analysis, &evidence);
    let mut found = Vec::new();
    for (index, token) in analysis.words().iter().enumerate() {
        let Some(printed) = labels.printed_for(token.span()) else { continue };
        let is_right = |(kind, span, reading): &(Kind, Range<usize>, String)| {
            labels.is_right(&text, *kind, span.clone(), reading) == Some(true)
        };
        let rank = judge.ranked(index).iter().position(is_right);
        found.push(Damaged { seen: token.text(&text).to_owned(), printed, rank });
    }
    found
}

fn passes(names: &[&str], rules: &RuleSet) -> Selection {
    let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
    Selection::new(&names, &[], rules).unwrap_or_default()
}

fn cleaned(bytes: &[u8], rules: &RuleSet, options: &Options) -> String {
    let document = Document::decode(bytes);
    clean(&document, rules, options).edits.apply(document.text())
}

/// What the three passes judge, whatever the level.
fn judge(view: &View<'_>) -> Vec<Judgement> {
    let (text, vocabulary) = (view.text(), view.evidence().vocabulary());
    let judge = Judge::new(view.analysis(), view.evidence()).telling_all();
    let mut found = Vec::new();
    let runs = view.runs();
    found.extend(runs.iter().filter(|run| may_judge(view, run.span())).filter_map(|&run| judge.run(run)));
    for (index, token) in view.words().iter().enumerate() {
        let word = token.text(text);
        if !may_judge(view, token.span()) || is_within(runs, *token) {
            continue;
        }
        if is_open(vocabulary, word) {
            found.extend(judge.unknown(index));
        } else if is_word_to_doubt(word) {
            found.extend(judge.real_word(*token).filter(|j| j.features.lead_on_leaving > LEAST_LEAD));
            found.extend(judge.apart(index).filter(|j| j.features.lead_on_leaving > LEAST_LEAD));
        }
    }
    for (span, behind) in lone_characters(text, view.lists()) {
        if !matches!(view.layout().region_at(span.start), Region::Table | Region::Code) {
            found.extend(judge.pronoun(span, behind));
        }
    }
    found
}

fn around(text: &str, judgement: &Judgement) -> String {
    const REACH: usize = 30;
    let before = text[..judgement.span.start].char_indices().rev().nth(REACH).map_or(0, |(at, _)| at);
    let after = &text[judgement.span.end..];
    let after = after.char_indices().nth(REACH).map_or(text.len(), |(at, _)| judgement.span.end + at);
    text[before..after].split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A word, or a mark that may stand for the pronoun I.
struct Item {
    start: usize,
    end: usize,
    word: String,
}

/// What was printed where.
struct Truth {
    read: Vec<Item>,
    printed: Vec<String>,
    /// The block of each item read.
    blocks: Vec<Block>,
}

impl Truth {
    fn new(text: &str, truth: &str) -> Truth {
        let read = items(text);
        let printed: Vec<String> = items(truth).into_iter().map(|item| item.word).collect();
        let read_words: Vec<&str> = read.iter().map(|item| item.word.as_str()).collect();
        let printed_words: Vec<&str> = printed.iter().map(String::as_str).collect();
        let mut blocks = Vec::with_capacity(read.len());
        for block in align(&read_words, &printed_words) {
            blocks.extend(std::iter::repeat_n(block.clone(), block.source.len()));
        }
        Truth { read, printed, blocks }
    }

    /// The item that holds a byte, or the last before it.
    fn holding(&self, at: usize) -> Option<usize> {
        self.read.partition_point(|item| item.start <= at).checked_sub(1)
    }

    /// What was printed where a damaged word stands; nothing for a right word, and where the truth has nothing.
    fn printed_for(&self, span: Range<usize>) -> Option<String> {
        let block = &self.blocks[self.holding(span.start)?];
        let there = &self.printed[block.target.clone()];
        (!block.equal && !there.is_empty()).then(|| there.join(" "))
    }

    /// Whether a reading is what was printed; `None` where that cannot be told.
    fn is_right(&self, text: &str, kind: Kind, span: Range<usize>, reading: &str) -> Option<bool> {
        let (first, last) = (self.holding(span.start)?, self.holding(span.end.saturating_sub(1))?);
        if self.read[first].end <= span.start || last < first {
            return None;
        }
        let (head, tail) = (self.read[first].start, self.read[last].end.max(span.end));
        let new = [&text[head..span.start], reading, &text[span.end..tail]].concat();
        let new: Vec<String> = items(&new).into_iter().map(|item| item.word).collect();
        let (a, b) = (&self.blocks[first], &self.blocks[last]);
        if a.equal && b.equal {
            return Some(false);
        }
        let (mut from, mut to) = (a.target.start.min(b.target.start), a.target.end.max(b.target.end));
        if matches!(kind, Kind::RunOn | Kind::Split | Kind::Apart) {
            // Of what was run together one half may be aligned beside the place.
            from = from.saturating_sub(1);
            to = (to + 1).min(self.printed.len());
        }
        let there = &self.printed[from..to];
        if new.is_empty() || there.windows(new.len()).any(|window| window == new) {
            return Some(true);
        }
        if there.is_empty() {
            return None;
        }
        // The alignment may be off by a word or two where much is damaged.
        let wider = self.printed[from.saturating_sub(2)..(to + 2).min(self.printed.len())].concat();
        let (new, old) = (new.concat(), self.read[first..=last].iter().map(|i| i.word.as_str()).collect::<String>());
        if new.chars().count() >= 3 && wider.contains(&new) && !wider.contains(&old) {
            return Some(true);
        }
        (!wider.to_lowercase().contains(&new.to_lowercase())).then_some(false)
    }
}

/// The words of a text, and between them the marks that scans have for I.
fn items(text: &str) -> Vec<Item> {
    let mut found = Vec::new();
    let mut done = 0;
    for token in words(text) {
        let span = token.span();
        marks(text, done..span.start, &mut found);
        let fold = |c: char| if is_apostrophe(c) { '\'' } else { c };
        found.push(Item { start: span.start, end: span.end, word: text[span.clone()].chars().map(fold).collect() });
        done = span.end;
    }
    marks(text, done..text.len(), &mut found);
    found
}

fn marks(text: &str, span: Range<usize>, found: &mut Vec<Item>) {
    for (at, mark) in text[span.clone()].char_indices() {
        let start = span.start + at;
        let next = text[start + mark.len_utf8()..].chars().next();
        if "|[]!/{}\\".contains(mark) && next.is_some_and(|c| c.is_whitespace() || is_apostrophe(c)) {
            found.push(Item { start, end: start + mark.len_utf8(), word: mark.to_string() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(read: &str, printed: Option<&str>) -> Vec<(String, String, bool)> {
        let places = places(read.as_bytes(), printed, &RuleSet::built_in());
        places.into_iter().map(|p| (p.seen, p.reading, p.right)).collect()
    }

    #[test]
    fn readings_are_right_by_the_truth() {
        let read = "The old wonderfnl miller went ofthe mill, and | saw him go.";
        let printed = "The old wonderful miller went off the mill, and I saw him go.";
        let found = of(read, Some(printed));
        let place = |a: &str, b: &str, right| (a.to_owned(), b.to_owned(), right);
        assert!(found.contains(&place("wonderfnl", "wonderful", true)), "{found:?}");
        assert!(found.contains(&place("ofthe", "of the", false)), "{found:?}");
        assert!(found.contains(&place("|", "I", true)), "{found:?}");
    }

    #[test]
    fn in_right_text_every_reading_is_wrong() {
        let found = of("The old wonderfnl miller went to the mill.", None);
        assert!(!found.is_empty() && found.iter().all(|place| !place.2), "{found:?}");
    }

    #[test]
    fn what_the_truth_lacks_is_left_out() {
        let found = of("The old miller wonderfnl", Some("The old miller"));
        assert!(found.iter().all(|place| place.0 != "wonderfnl"), "{found:?}");
    }
}
