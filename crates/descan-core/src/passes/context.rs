//! Pass `context`: words that exist but do not fit their context.

use descan_rules::RuleId;
use descan_text::level::Level;
use descan_text::token::Token;
use rustc_hash::FxHashMap;

use crate::evidence::decide::{Judge, Judgement, is_word_to_doubt};
use crate::evidence::vocabulary::fold;
use crate::pass::{LARGE, Proposals, View};
use crate::passes::judged::{self, judge_all};
use crate::shares::map_chunks;

/// Runs the pass.
pub(super) fn run(view: &View<'_>, out: &mut Proposals<'_>) {
    let text = view.text();
    if !out.wants(RuleId::MISREAD_REAL_WORD) {
        return;
    }
    let doubted = doubted_types(view);
    let is_doubted = |index: usize| doubted[view.types().of_words()[index] as usize];
    let judged = judge_all(view, is_doubted, |judge, index| judge.real_word(view.words()[index]));
    let stands = Stands::of(&judged, view);
    for (index, mut judgement) in judged {
        if judgement.level == Some(Level::Suspect) && stands.is_no_offer(&judgement, view) {
            continue;
        }
        if judgement.level == Some(Level::Suspect) && stands.is_with_others(&judgement, view) {
            judgement.level = Some(Level::Probable);
        }
        if judgement.level == Some(Level::Probable) && stands.is_again(&judgement, view) {
            judgement.level = Some(Level::Certain);
        }
        judged::propose(view, RuleId::MISREAD_REAL_WORD, view.words()[index].text(text), judgement, out);
    }
}

/// At how many places the words of a document are read as others: all, and those at which nothing else goes.
struct Stands(FxHashMap<(String, String), (u32, u32)>);

impl Stands {
    fn of(judged: &[(usize, Judgement)], view: &View<'_>) -> Stands {
        let mut stands: FxHashMap<(String, String), (u32, u32)> = FxHashMap::default();
        for (_, judgement) in
            judged.iter().filter(|(_, judgement)| judgement.level.is_some() && !judgement.needs_others)
        {
            let (all, sure) = stands.entry(pair(judgement, view)).or_default();
            *all += 1;
            *sure += u32::from(judgement.level < Some(Level::Suspect));
        }
        Stands(stands)
    }

    fn at(&self, judgement: &Judgement, view: &View<'_>) -> (u32, u32) {
        self.0.get(&pair(judgement, view)).copied().unwrap_or_default()
    }

    /// Whether a place is not worth an offer, as nothing else in the document says that the word is misread; or as it
    /// has the word, none of the smallest, at more places where it goes well.
    fn is_no_offer(&self, judgement: &Judgement, view: &View<'_>) -> bool {
        let (all, sure) = self.at(judgement, view);
        let facts = view.evidence().vocabulary().facts(&view.text()[judgement.span.clone()]);
        let is_small = facts.entry.is_some_and(|entry| entry.log2_frequency() >= SMALL_WORD);
        sure == 0 && (judgement.needs_others || !is_small && facts.count() > 2 * all)
    }

    /// Whether a place that its words speak for is one of several at which nothing else than the reading goes.
    fn is_with_others(&self, judgement: &Judgement, view: &View<'_>) -> bool {
        judgement.lead_on_leaving() >= OF_ITS_OWN && self.at(judgement, view).1 >= OTHERS
    }

    /// Whether a word stands so again and again, and hardly ever where it goes well.
    fn is_again(&self, judgement: &Judgement, view: &View<'_>) -> bool {
        let (all, sure) = self.at(judgement, view);
        let count = view.evidence().vocabulary().count(&view.text()[judgement.span.clone()]);
        sure >= AGAIN && count <= all + 1
    }
}

/// The lead, in nats, with which a place speaks for its reading, and at how many others nothing else goes.
const OF_ITS_OWN: f32 = 1.0;
const OTHERS: u32 = 2;
/// So many places where nothing else goes show a word to be misread throughout.
const AGAIN: u32 = 3;
/// The log2 frequency from which a word is one of the smallest of the language.
const SMALL_WORD: u8 = 15;

/// What stands at a place and what it is read as, both folded.
fn pair(judgement: &Judgement, view: &View<'_>) -> (String, String) {
    (fold(&view.text()[judgement.span.clone()]), fold(&judgement.text))
}

/// Which of the different words may stand for another in this document.
fn doubted_types(view: &View<'_>) -> Vec<bool> {
    let text = view.text();
    let share = |types: &[(Token, bool)]| -> Vec<bool> {
        let judge = Judge::new(view.analysis(), view.evidence());
        let is_doubted = |word: &str| is_word_to_doubt(word) && judge.has_rivals(word);
        types.iter().map(|&(first, open)| !open && is_doubted(first.text(text))).collect()
    };
    let open = view.open_types().iter().copied();
    let types: Vec<(Token, bool)> = view.types().iter().map(|(first, _)| first).zip(open).collect();
    if text.len() < LARGE {
        return share(&types);
    }
    map_chunks(&types, SHARE, share).concat()
}

/// So many different words are one thread's work at a time.
const SHARE: usize = 1024;
