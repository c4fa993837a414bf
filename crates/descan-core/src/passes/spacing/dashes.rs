//! A hyphen read for a dash, and a dash for the hyphen of a compound.

use descan_lang::terms::{Gap, context};
use descan_lang::words::{WordList, WordLists};
use descan_rules::{Reason, RuleId};
use descan_text::layout::Region;
use descan_text::level::Level;
use descan_text::token::{Token, paragraph_around};
use memchr::memmem;
use rustc_hash::FxHashMap;

use crate::evidence::style::HouseStyle;
use crate::pass::{Proposals, View};
use crate::passes::grammar;

/// So many nats better the dash must read than the hyphen to be sure, and to be
/// likely. Among 13,300 hyphens of right texts one
/// compound that the lexicon does not know reaches the first, ten the second;
/// of 5,200 dashes six in ten reach the first, eight the second.
const DASH_OVER_HYPHEN: f32 = 4.5;
const DASH_LIKELY: f32 = 2.5;
/// How many times either lead is asked where a dash touches the compound: the
/// text tells the two apart there, and any word before a dash reads well after
/// another one. `Hey-oh—there they are` stays.
const BESIDE_A_DASH: f32 = 2.0;
/// Above this many nats a space reads better than the dash: the hyphen is a speck.
const BLANK_OVER_DASH: f32 = 6.0;
/// The least frequency of both words.
const COMMON: u8 = 5;
/// So many nats better the hyphen must read than the dash to be sure, and to be likely where the
/// document writes its dashes between spaces. Of 20,000 dashes of right texts three reach six nats, none seven.
const HYPHEN_OVER_DASH: f32 = 8.0;
const HYPHEN_BY_STYLE: f32 = 4.0;
/// How far before and behind a dash another may stand that it goes with, in bytes.
const PAIR: usize = 80;
/// So many dashes between spaces are the style of a document.
const SPACED: usize = 2;

/// A hyphen that may be a dash.
struct Place<'t> {
    at: usize,
    compound: (&'t str, &'t str),
    /// By how many nats the dash reads better.
    margin: f32,
    /// Whether the word after it begins a clause.
    clause: bool,
    /// How many times the usual lead is asked here.
    asked: f32,
}

/// Proposes the dashes that the words around a hyphen ask for, as the document
/// writes them.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let dash = dash_of(view.evidence().style());
    if view.evidence().style().double_hyphens > 0 && dash.is_none() {
        return;
    }
    let places: Vec<Place<'_>> =
        view.marked_pairs().filter_map(|(_, left, right)| Place::at(view, left, right)).collect();
    let (dash, count) = dash.unwrap_or(("—", 0));
    let mut compounds: FxHashMap<(&str, &str), u32> = FxHashMap::default();
    for place in &places {
        *compounds.entry(place.compound).or_default() += 1;
    }
    // What the document writes again is a compound of its own.
    let once = |place: &&Place<'_>| compounds.get(&place.compound) == Some(&1);
    for place in places.iter().filter(once) {
        let level = match place.is_sure() {
            // Without any dash a writer may type hyphens for them.
            _ if count == 0 => Level::Suspect,
            true => Level::Certain,
            // Right text makes up compounds as it goes along: `cloak-wearing`.
            false if place.is_participle() => Level::Suspect,
            false => Level::Probable,
        };
        let what =
            if place.clause { "the second word begins a clause" } else { "no known compound, and a dash reads better" };
        let reasons = vec![
            Reason::new(what),
            Reason::with("log-odds of the dash against the hyphen", f64::from(place.margin)),
            Reason::with("dashes in the document", f64::from(count)),
        ];
        out.propose(RuleId::HYPHEN_FOR_DASH, level, place.at..place.at + 1, dash, reasons);
    }
    dashes_in_compounds(view, out);
}

/// Proposes the hyphens that the words around a dash ask for.
fn dashes_in_compounds(view: &View<'_>, out: &mut Proposals<'_>) {
    if !out.wants(RuleId::DASH_IN_NEW_COMPOUND) || view.evidence().style().em_dashes == 0 {
        return;
    }
    let text = view.text();
    let is_spaced = memmem::find_iter(text.as_bytes(), " — ").take(SPACED).count() == SPACED;
    let level = if is_spaced || view.evidence().is_damaged() { Level::Certain } else { Level::Probable };
    for (_, left, right) in view.marked_pairs() {
        let (left, right) = (left.span(), right.span());
        let is_small = |word: &str| word.len() > 2 && word.chars().all(char::is_lowercase);
        if &text[left.end..right.start] != "—" || !is_small(&text[left.clone()]) || !is_small(&text[right.clone()]) {
            continue;
        }
        // Two dashes enclose what they stand around: `the sea—green as glass—lay still`. Where dashes stand between
        // spaces, only those of one chain of words go together.
        let reach = if is_spaced { "—".len() } else { PAIR };
        let near = paragraph_around(text, &(left.start..right.end), reach);
        if has_closed_dash(&text[near.start..left.end]) || has_closed_dash(&text[right.start..near.end]) {
            continue;
        }
        let around = context(text, left.end..right.start);
        let place = view.evidence().ngrams().slot(&around);
        let score = |gap: Gap| place.score(gap.term().as_slice());
        let margin = score(Gap::Hyphen) - score(Gap::Dash);
        if margin > HYPHEN_OVER_DASH || is_spaced && margin > HYPHEN_BY_STYLE {
            let mut reasons = vec![Reason::with("log-odds of the hyphen against the dash", f64::from(margin))];
            if is_spaced {
                reasons.push(Reason::new("the document writes its dashes between spaces"));
            }
            out.propose(RuleId::DASH_IN_NEW_COMPOUND, level, left.end..right.start, "-", reasons);
        }
    }
}

/// Whether a text has a dash with no space on either side, or begins or ends beside one.
fn has_closed_dash(text: &str) -> bool {
    let is_space = |c: Option<char>| c.is_some_and(char::is_whitespace);
    memmem::find_iter(text.as_bytes(), "—").any(|at| {
        let (ahead, behind) = (&text[..at], &text[at + "—".len()..]);
        !is_space(ahead.chars().next_back()) && !is_space(behind.chars().next())
    })
}

/// The dash that the document writes without spaces, and how often.
fn dash_of(style: &HouseStyle) -> Option<(&'static str, u32)> {
    match (style.em_dashes, style.double_hyphens) {
        (em, double) if em >= 2 && em >= double => Some(("—", em)),
        (0, double) if double >= 2 => Some(("--", double)),
        _ => None,
    }
}

impl<'t> Place<'t> {
    /// The place between two words, if a hyphen there may be a dash.
    fn at(view: &'t View<'_>, left: Token, right: Token) -> Option<Place<'t>> {
        let text = view.text();
        let (left, right) = (left.span(), right.span());
        if &text[left.end..right.start] != "-" || view.layout().region_at(left.start) != Region::Prose {
            return None;
        }
        let (before, after) = (&text[left.clone()], &text[right.clone()]);
        // A capital inside a sentence is a name's, and names make compounds.
        let ahead = text[..left.start].trim_end();
        if before.starts_with(char::is_uppercase) && ahead.ends_with(|c: char| c.is_alphanumeric() || c == ',') {
            return None;
        }
        let lower = before.to_lowercase();
        let lexicon = view.evidence().lexicon();
        let frequency = |word: &str| lexicon.lookup(word).map_or(0, |entry| entry.log2_frequency());
        let start = |word: &str| word.chars().take(2).collect::<String>();
        // `th-the`, `it-its`: somebody stammers.
        let stutter = start(&lower) == start(&after.to_lowercase()) || lower.chars().count() < 2;
        if stutter
            || !after.chars().all(|c| c.is_lowercase() || matches!(c, '’' | '\''))
            || frequency(&lower) < COMMON
            || frequency(after) < COMMON
            || lexicon.is_word(&format!("{lower}-{after}"))
            || lexicon.is_word(&format!("{lower}{after}"))
        {
            return None;
        }
        let around = context(text, left.end..right.start);
        let place = view.evidence().ngrams().slot(&around);
        let score = |gap: Gap| place.score(gap.term().as_slice());
        let (blank, hyphen, dash) = (score(Gap::Space), score(Gap::Hyphen), score(Gap::Dash));
        let margin = dash - hyphen;
        let chained = text[..left.start].ends_with('-') || text[right.end..].starts_with('-');
        let clause = begins_clause(view.lists(), after)
            && !chained
            && !grammar::is_never_last(view.lists(), before)
            && lower != "it";
        let (ahead, behind) = (&text[..left.start], &text[right.end..]);
        let beside_a_dash = ["—", "--"].iter().any(|dash| ahead.ends_with(dash) || behind.starts_with(dash));
        let asked = if beside_a_dash { BESIDE_A_DASH } else { 1.0 };
        let reads = margin > asked * DASH_LIKELY && blank - dash < BLANK_OVER_DASH;
        (clause || reads).then_some(Place { at: left.end, compound: (before, after), margin, clause, asked })
    }

    /// Whether the second word may be a participle, of which compounds are made
    /// as one goes along: `coarsely-pounded`.
    fn is_participle(&self) -> bool {
        self.compound.1.ends_with("ed") || self.compound.1.ends_with("en") || self.compound.1.ends_with("ing")
    }

    fn is_sure(&self) -> bool {
        self.clause || self.margin > self.asked * DASH_OVER_HYPHEN
    }
}

/// Whether a word begins a clause: no compound of English has it after a hyphen.
fn begins_clause(lists: &WordLists, word: &str) -> bool {
    lists.has(WordList::ClauseStarters, &word.replace('’', "'"))
}
