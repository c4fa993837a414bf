//! Style or damage: a writer is consistent, damage is scattered.
//!
//! Every edit that a pass proposes, by whatever rule, is held against two stories.
//! In one a scan damaged right forms here and there; in the other the writer does
//! so: he ends speeches with `said.`, spells as his people speak, or quotes as a
//! typesetting program does. The posterior probability of the first is multiplied
//! into the edit's confidence, and its level falls with it.
//!
//! What is counted is the family of the edit: places that the rule would change,
//! and places that have the right form already, in the document and in the
//! passage. What the unknown words of the text say is weighed besides. How many
//! documents have a style, and what share of the right forms damage hits, is
//! learned for each rule from scans and from right texts
//! (`cargo xtask fit-style`).

mod family;
mod posterior;

use descan_rules::{PassName, Prior, Reason, RuleId, TILTS};
use descan_text::level::Level;
use descan_text::token::{without_blanks, words};

use crate::difference::difference;
use crate::evidence::hand::Leaning;
use crate::evidence::style::Wanted;
use crate::evidence::vocabulary::fold;
use crate::pass::{Proposal, View};
use crate::weighed::{Counts, Weighed};
use family::{Key, Members, count};
pub use posterior::{odds_before, odds_of_counts, probability};

/// The least probability of damage at which an edit of a word may be certain, and
/// probable.
const LEAST: [(Level, f64); 2] = [(Level::Certain, 0.88), (Level::Probable, 0.7)];

/// The same where what stands there is no word: then an edit is worth an offer sooner.
const LEAST_OF_NO_WORD: [(Level, f64); 2] = [(Level::Certain, 0.88), (Level::Probable, 0.6)];

/// The same in a bad scan of many words: of 184 that only a style lowered none was wrong.
const LEAST_IN_SCAN: [(Level, f64); 2] = [(Level::Certain, 0.8), (Level::Probable, 0.5)];

/// The same of an edit of marks, which hurts a reader less where it is wrong.
const LEAST_OF_MARKS: [(Level, f64); 2] = [(Level::Certain, 0.7), (Level::Probable, 0.5)];

/// A passage has a style of its own so many times less often than a document.
const RARER_IN_PASSAGES: f64 = 10.0;

/// How much likelier digits and marks among letters are a scan's than a writer's,
/// in nats: as the likeliest confusions of letters.
const NO_WRITERS: f64 = 3.0;

/// So many places in one passage can be a style of it.
const CROWD: u32 = 4;

/// Weighs all proposals of a pass.
pub fn weigh(proposals: &mut [Proposal], view: &View<'_>) {
    if proposals.is_empty() {
        return;
    }
    let families = count(proposals, view);
    let asked = view.options().style != Wanted::default();
    for proposal in proposals {
        if changes_no_word(proposal, view.text()) {
            continue;
        }
        let style = &view.rules().get(proposal.rule).style;
        let Some(prior) = style.prior else { continue };
        if asked && RESTYLE.contains(&proposal.rule) {
            continue;
        }
        if !is_of_marks(proposal) && is_silent(proposal, view) {
            continue;
        }
        let tilt = tilt_of(proposal, view);
        let members = Key::of(proposal, style, view.text()).and_then(|key| families.get(&key));
        let by_counts = members.map_or(0.0, |m| odds_of_family(m, &prior, proposal.span.start));
        let is_no_style = by_counts < 0.0 && members.is_some_and(|m| is_nobodys(proposal, m.document(), view));
        let odds = odds_before(&prior, tilt) + if is_no_style { 0.0 } else { by_counts };
        let damage = probability(odds);
        let counts = members.map(Members::document);
        lower(proposal, Weighed { counts, tilt, damage }, view);
    }
}

/// Leanings of unknown words above this, on the scale of
/// [`Leaning::strength`](crate::evidence::hand::Leaning::strength), say nothing of a
/// writer. No right text of the *fit* half of the broad texts with an edit to weigh
/// is above it.
const SILENT: f64 = -0.3;

/// So few unknown words of a document say nothing of its writer.
const FEW: u32 = 12;

/// Whether nothing speaks for a style: the unknown words of the document and of
/// the passage are few, and lean to nobody or all to a scan. Then an edit has its own evidence alone.
fn is_silent(proposal: &Proposal, view: &View<'_>) -> bool {
    let hand = view.evidence().hand();
    // Where each of them is a scan's, so many of them speak for no writer.
    let is_of_scan = |leaning: Leaning| leaning.of_scan == leaning.explained && leaning.odds > 0.0;
    let leans_nowhere = |leaning: Leaning| {
        let is_thin = leaning.density() <= 0.0 || is_of_scan(leaning);
        leaning.strength() > SILENT && is_thin && leaning.strangeness() <= 0.0
    };
    hand.document().explained <= FEW && leans_nowhere(hand.document()) && leans_nowhere(hand.at(proposal.span.start))
}

/// The confidence from which a word that is written right so many times as often is a slip, in a bad scan of so many
/// words at least.
const SURE: f64 = 0.95;
const MIXED: u32 = 2;
const LEAST_WORDS: usize = 150;
/// So many letters begin a word, and words that begin so are no commoner than this where nobody writes the letters.
const BEGINNING: usize = 3;
const HARDLY: u8 = 4;

/// Whether what stands in a bad scan is nobody's spelling, however often it comes: no usual word begins with its first
/// letters (`tliat`), or the document has the word itself far more often, and the sentence asks for it.
fn is_nobodys(proposal: &Proposal, counts: Counts, view: &View<'_>) -> bool {
    if proposal.pass != PassName::Letters || !view.evidence().is_damaged() {
        return false;
    }
    let old = fold(&view.text()[proposal.span.clone()]);
    let begins_no_word = || {
        let beginning = old.get(..BEGINNING).filter(|start| start.bytes().all(|byte| byte.is_ascii_lowercase()));
        beginning
            .is_some_and(|start| view.evidence().lexicon().commonest_longer(start).is_none_or(|most| most <= HARDLY))
    };
    let is_mixed = counts.right >= MIXED * counts.changed && view.words().len() >= LEAST_WORDS;
    is_mixed && proposal.confidence >= SURE || begins_no_word()
}

/// Rules that write what was asked for, whatever the document does.
pub(crate) const RESTYLE: [RuleId; 6] = [
    RuleId::CURLY_AMONG_STRAIGHT,
    RuleId::STRAIGHT_APOSTROPHE,
    RuleId::STRAIGHT_DOUBLE,
    RuleId::STRAIGHT_SINGLE,
    RuleId::DASH_STYLE,
    RuleId::ELLIPSIS_STYLE,
];

/// Whether an edit only makes white space of white space.
fn changes_no_word(proposal: &Proposal, text: &str) -> bool {
    let (before, after) = (&text[..proposal.span.start], &text[proposal.span.end..]);
    let at_edge = before.is_empty()
        || after.is_empty()
        || before.ends_with(char::is_whitespace)
        || after.starts_with(char::is_whitespace);
    let old = &text[proposal.span.clone()];
    old.trim().is_empty()
        && proposal.text.trim().is_empty()
        && (at_edge || !old.is_empty() && !proposal.text.is_empty())
}

/// What the unknown words of the document and of the passage say, and the letters
/// of the edit itself.
fn tilt_of(proposal: &Proposal, view: &View<'_>) -> [f64; TILTS] {
    let hand = view.evidence().hand();
    let (document, passage) = (hand.document(), hand.at(proposal.span.start));
    [
        document.strength(),
        document.strength().min(0.0),
        passage.strength(),
        passage.strength().min(0.0),
        document.density(),
        passage.density(),
        document.strangeness(),
        hand.broken(),
        letters_of_scan(proposal, view),
    ]
}

/// How much likelier the letters that an edit changes are misread so than written
/// so, in nats; nothing of an edit of marks.
fn letters_of_scan(proposal: &Proposal, view: &View<'_>) -> f64 {
    if is_of_marks(proposal) {
        return 0.0;
    }
    let (old, new) = (fold(&view.text()[proposal.span.clone()]), fold(&proposal.text));
    let (seen, meant) = difference(&old, &new);
    if seen.is_empty() && meant.is_empty() {
        return 0.0;
    }
    if !seen.chars().all(char::is_alphabetic) {
        return NO_WRITERS;
    }
    f64::from(view.evidence().language().hands().of_confusion(seen, meant))
}

fn is_of_marks(proposal: &Proposal) -> bool {
    matches!(proposal.pass, PassName::Quotes | PassName::Spacing)
}

/// The odds by the counts of the document, or by those of the passage where these
/// speak more for style. What the rest of the document has is then what is known
/// of its damage.
fn odds_of_family(members: &Members, prior: &Prior, place: usize) -> f64 {
    let document = odds_of_counts(members.document(), prior);
    let Some((here, elsewhere)) = members.passage(place) else { return document };
    if here.changed < CROWD || elsewhere.changed + elsewhere.right == 0 {
        return document;
    }
    let known = Prior {
        damaged: prior.damaged + f64::from(elsewhere.changed),
        right: prior.right + f64::from(elsewhere.right),
        ..*prior
    };
    document.min(odds_of_counts(here, &known) + RARER_IN_PASSAGES.ln())
}

/// Whether the document is a bad scan, with words enough to tell, and no dialect: all its unknown words say so, or the
/// letters of the edit itself.
fn is_scan_of_words(proposal: &Proposal, view: &View<'_>) -> bool {
    view.evidence().is_damaged()
        && view.words().len() >= LEAST_WORDS
        && (view.evidence().hand().document().strength() >= STRONGLY || letters_of_scan(proposal, view) >= SCANS)
}

/// The leaning of unknown words, on the scale of [`Leaning::strength`](crate::evidence::hand::Leaning::strength), and how
/// much likelier letters are misread so than written, in nats, from which they are no dialect's.
const STRONGLY: f64 = 1.5;
const SCANS: f64 = 1.0;

/// Whether what stands where an edit is has a word that the lexicon has not.
fn is_no_word(proposal: &Proposal, view: &View<'_>) -> bool {
    let lexicon = view.evidence().lexicon();
    let around = &view.text()[without_blanks(view.text(), &proposal.span)];
    words(around).any(|word| !lexicon.is_word(&fold(word.text(around))))
}

/// Lowers an edit's confidence and level to what its probability allows.
fn lower(proposal: &mut Proposal, weighed: Weighed, view: &View<'_>) {
    proposal.confidence *= weighed.damage;
    proposal.weighed = Some(weighed);
    let least = if is_of_marks(proposal) {
        LEAST_OF_MARKS
    } else if is_no_word(proposal, view) {
        if is_scan_of_words(proposal, view) { LEAST_IN_SCAN } else { LEAST_OF_NO_WORD }
    } else {
        LEAST
    };
    let allowed = least.iter().find(|(_, least)| weighed.damage >= *least).map_or(Level::Suspect, |&(level, _)| level);
    if allowed <= proposal.level {
        return;
    }
    proposal.level = allowed;
    if let Some(Counts { changed, right }) = weighed.counts {
        let what = match right {
            0 => format!("{changed} such places in the document, and none that is right"),
            _ => format!("{changed} such places in the document, and {right} that are right"),
        };
        proposal.reasons.push(Reason::new(what));
    }
    let what = "probability that a scan did it, and not the writer";
    proposal.reasons.push(Reason::with(what, (100.0 * weighed.damage).round() / 100.0));
}
