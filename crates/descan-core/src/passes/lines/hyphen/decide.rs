//! Decides whether a broken word is joined, keeps its hyphen, or is left alone.

use descan_lang::entry::Trust;
use descan_lang::ngrams::term;
use descan_lang::words::WordList;
use descan_rules::Reason;
use descan_text::level::Level;

use super::known::{Habit, Known, LINES_A_WORD, LINES_WITHOUT_WORD};
use super::place::Break;
use super::words::{is_function_word, is_number, is_prefix, is_prefix_of_names};
use crate::evidence::vocabulary::fold;

/// What to do with a broken word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The hyphen goes.
    Join,
    /// The hyphen is the word's own.
    Keep,
    /// The next line has the whole word, and the piece before the hyphen goes.
    Drop,
}

/// A verdict with what speaks for it.
pub(super) struct Decision {
    pub verdict: Verdict,
    pub level: Level,
    pub reasons: Vec<Reason>,
    /// Whether the document or the lexicon has the word itself, so that the
    /// verdict tells what this document does at line ends.
    pub clear: bool,
}

/// Leads of the joined word in nats, of two words whose union is a word: from
/// the first on it is joined, and in a document of the old style from the
/// second on; below the third such a document has its hyphen. In proofed books
/// 97 in 100 are joined above the first; above the second nine in ten even in
/// books that hyphenate what they can.
const JOINED: f32 = -1.5;
const JOINED_IN_OLD_STYLE: f32 = 5.5;
const KEPT_IN_OLD_STYLE: f32 = 3.0;

/// The lead below which a compound is beyond doubt though its union is a word.
const NO_UNION: f32 = -7.0;

/// So long at least, in bytes, is a part that tells by the document's compounds what it begins: `self`, and not `in`.
const LEAD: usize = 4;

/// The lead from which on two words that make none may be pieces of a name.
const PIECES: f32 = 8.0;

impl Known<'_> {
    /// Learns from the clear cases whether the document hyphenates: in a text
    /// typed without, every hyphen at a line's end is a compound's own.
    pub(super) fn learn_habit(&mut self, breaks: &[Break<'_>]) {
        let clear: Vec<Verdict> =
            breaks.iter().filter_map(|b| self.decide(b)).filter(|d| d.clear).map(|d| d.verdict).collect();
        let joined = clear.iter().filter(|&&v| v == Verdict::Join).count();
        let lines = self.view.layout().lines().iter().filter(|l| !l.is_blank() && l.region.is_running()).count();
        // Lines that were filled anew show no breaks, whatever the page did.
        let typed = lines >= LINES_A_WORD * (joined + 1) && !self.view.options().reflow.is_asked();
        self.breaks_none = joined == 0 && lines >= LINES_WITHOUT_WORD;
        self.habit = if clear.len() >= 4 && joined * 5 <= clear.len() {
            Habit::BreaksCompounds
        } else if typed {
            Habit::BreaksNothing
        } else if joined >= 2 && joined * 2 >= clear.len() {
            Habit::BreaksWords
        } else {
            Habit::Unknown
        };
    }

    /// Notes a word as it stands whole once this break is mended.
    pub(super) fn settle_break(&mut self, b: &Break<'_>, verdict: Verdict) {
        let (first, second) = parts(b);
        if verdict == Verdict::Drop {
            self.settle(second);
            return;
        }
        let mark = if verdict == Verdict::Join { "" } else { "-" };
        self.settle(&[first, mark, second].concat());
    }

    /// Decides about a break; `None` leaves it as it is.
    ///
    /// Where a document breaks nothing but compounds, its lines end as they were
    /// typed and no scan broke them: mending them is offered, no more, unless the
    /// lines are made anew anyway.
    pub(super) fn decide(&self, b: &Break<'_>) -> Option<Decision> {
        let mut decision = self.judge(b)?;
        let is_name = parts(b).1.starts_with(char::is_uppercase);
        if decision.verdict == Verdict::Keep
            && (matches!(self.habit, Habit::BreaksCompounds | Habit::BreaksNothing) || self.breaks_none && !is_name)
            && !self.view.options().reflow.is_asked()
        {
            decision.level = decision.level.max(Level::Probable);
            decision.reasons.push(Reason::new("the document breaks compounds only, as a typist does"));
        }
        Some(decision)
    }

    fn judge(&self, b: &Break<'_>) -> Option<Decision> {
        let (first, second) = parts(b);
        let joined = [first, second].concat();
        let hyphenated = [first, "-", second].concat();
        let (with, without) = (self.compound(&hyphenated), self.whole(&joined));
        if b.damaged {
            return self.beside_damage(b, first, second, &joined);
        }
        if b.soft {
            return join(Level::Certain, vec![Reason::new("a soft hyphen, which only breaks words")], true);
        }
        let all_capitals = joined.chars().all(|c| !c.is_lowercase()) && joined.chars().count() > 3;
        if second.starts_with(char::is_uppercase) && !all_capitals {
            return self.before_capital(first, &hyphenated, with);
        }
        if self.is_suspended(b, &joined) {
            return None;
        }
        if self.is_said_again(first, second, &joined) {
            let reasons = vec![Reason::new(format!("‘{first}’ is what ‘{second}’ begins with"))];
            return Some(Decision { verdict: Verdict::Drop, level: Level::Certain, reasons, clear: false });
        }
        if with > without {
            let mut reasons = vec![elsewhere(&hyphenated), count(&hyphenated, with)];
            reasons.extend((without > 0).then(|| count(&joined, without)));
            return keep(Level::Certain, reasons, true);
        }
        if is_number(self.view.lists(), first, second) {
            let reason = Reason::new("a number of tens and units is written with a hyphen");
            return keep(Level::Certain, vec![reason], true);
        }
        let entry = self.lexicon.lookup(&joined);
        let union = entry.is_some_and(|e| e.trust() == Trust::Trusted);
        let lead = self.lead(b, first, second, &joined);
        let compound = self.is_compound(lead, first, second);
        // A union that no dictionary has and the document once may have lost its
        // hyphen there.
        if without > 1 || without > 0 && (union || !compound) {
            let both = self.is_word(first) && self.is_word(second);
            return join(Level::Certain, vec![elsewhere(&joined), count(&joined, without)], !both);
        }
        if first.chars().count() == 1 || second.chars().count() == 1 && entry.is_none() {
            return None;
        }
        if compound {
            let sure = !union || self.old_style || lead <= NO_UNION;
            let reasons = vec![Reason::new(format!("‘{hyphenated}’ is a compound of English")), by_lead(lead)];
            return keep(if sure { Level::Certain } else { Level::Probable }, reasons, !union);
        }
        match (entry, self.is_word(first) && self.is_word(second)) {
            (Some(_), false) => join(Level::Certain, vec![Reason::new(format!("‘{joined}’ is a word"))], true),
            _ if self.habit == Habit::BreaksCompounds => {
                keep(Level::Certain, vec![Reason::new("the document breaks no words")], false)
            }
            (Some(_), true) if union || lead >= PIECES => self.union(first, second, &joined, union, lead),
            (_, true) => self.two_words(b, first, second, &joined, lead),
            // No ending of a word: the rest of it was lost, or the hyphen is a dash.
            _ if is_function_word(self.view.lists(), second) => None,
            _ => {
                let (a, c) = (self.is_word(first), self.is_word(second));
                let sure =
                    self.habit == Habit::BreaksWords && !(a && first.len() >= LEAD && self.leads(first)) || !a && !c;
                let level = if sure { Level::Certain } else { Level::Probable };
                let part = if a { second } else { first };
                join(level, vec![Reason::new(format!("‘{part}’ is no word by itself"))], false)
            }
        }
    }

    /// Whether a line ends with the first letters of a word with which the next begins: `com-⏎company`.
    fn is_said_again(&self, first: &str, second: &str, joined: &str) -> bool {
        let (piece, word) = (fold(first), fold(second));
        word.len() > piece.len() + 1
            && piece.len() > 1
            && word.starts_with(&*piece)
            && !self.is_word(first)
            && !is_prefix(self.view.lists(), first)
            && self.is_word(second)
            && self.lexicon.lookup(joined).is_none()
    }

    /// Beside a speck, or with a mark only read for a hyphen, the word itself must
    /// be beyond doubt: known, and with a part that is none by itself.
    fn beside_damage(&self, b: &Break<'_>, first: &str, second: &str, joined: &str) -> Option<Decision> {
        let entry = self.lexicon.lookup(joined).filter(|e| e.trust() == Trust::Trusted && e.lower());
        let small = second.starts_with(char::is_lowercase) && b.second == second;
        let parts = u32::from(self.is_word(first)) + u32::from(self.is_word(second));
        if !small || parts == 2 || joined.chars().count() < 5 || entry.is_none() && self.whole(joined) < 2 {
            return None;
        }
        let level =
            if parts == 0 || entry.is_some_and(|e| e.log2_frequency() >= 6) { Level::Certain } else { Level::Probable };
        let part = if self.is_word(second) { first } else { second };
        let reasons = vec![
            Reason::new(format!("‘{joined}’ is a word and ‘{part}’ is none")),
            Reason::new("a speck beside the hyphen, or a mark read for it"),
        ];
        join(level, reasons, false)
    }

    /// With a capital after the hyphen, the hyphen is a compound's or a dash.
    fn before_capital(&self, first: &str, hyphenated: &str, with: u32) -> Option<Decision> {
        if with > 0 {
            keep(Level::Certain, vec![elsewhere(hyphenated), count(hyphenated, with)], true)
        } else if first.starts_with(char::is_uppercase) || is_prefix_of_names(self.view.lists(), first) {
            keep(Level::Probable, vec![Reason::new("a capital goes on after the hyphen")], false)
        } else {
            None
        }
    }

    /// Two words whose union is one: the document's style decides, and which of
    /// the two forms goes better there.
    fn union(&self, first: &str, second: &str, joined: &str, trusted: bool, lead: f32) -> Option<Decision> {
        let words = Reason::new(format!("‘{joined}’ is a word, and so are ‘{first}’ and ‘{second}’"));
        let mut reasons = vec![words, by_lead(lead)];
        if self.old_style && !is_prefix(self.view.lists(), first) && lead < JOINED_IN_OLD_STYLE {
            reasons.push(Reason::new("the document hyphenates what is now one word"));
            let level = if lead < KEPT_IN_OLD_STYLE { Level::Certain } else { Level::Probable };
            return keep(level, reasons, false);
        }
        if self.suspends(first) {
            reasons.push(Reason::new(format!("‘{first}-’ stands for such a compound elsewhere")));
            return keep(Level::Probable, reasons, false);
        }
        let sure = trusted && (lead >= JOINED || is_prefix(self.view.lists(), first));
        join(if sure { Level::Certain } else { Level::Probable }, reasons, false)
    }

    /// Two words whose union is none: a compound, unless the scan damaged the
    /// union, or the hyphen is a dash or a speck between two words.
    fn two_words(&self, b: &Break<'_>, first: &str, second: &str, joined: &str, lead: f32) -> Option<Decision> {
        if is_function_word(self.view.lists(), first)
            || is_function_word(self.view.lists(), second) && !b.second.contains('-')
        {
            return None;
        }
        if let Some(word) = self.near_word(joined) {
            return join(Level::Probable, vec![Reason::new(format!("‘{joined}’ is one letter from ‘{word}’"))], false);
        }
        let short = first.chars().count().min(second.chars().count());
        if first.chars().count() < 3 || second.chars().count() < 3 && !b.second.contains('-') {
            return None;
        }
        // `where-ever`: the word has the letter once.
        let once = second.chars().next().is_some_and(|c| first.ends_with(c));
        let meet = second.chars().next().map_or("", |c| &second[c.len_utf8()..]);
        if once && self.lexicon.lookup(&[first, meet].concat()).is_some_and(|e| e.trust() == Trust::Trusted) {
            return None;
        }
        let name = lead >= PIECES && (short < 4 || short < 5 && first.starts_with(char::is_uppercase));
        let reason = format!("‘{first}’ and ‘{second}’ are words and ‘{joined}’ is none");
        let level = if self.is_inside_name(b, first) || !self.are_parts_of_compounds(first, second) {
            Level::Suspect
        } else if name || is_prefix(self.view.lists(), first) {
            Level::Probable
        } else {
            Level::Certain
        };
        keep(level, vec![Reason::new(reason), by_lead(lead)], false)
    }

    /// Whether a name goes on in small letters behind another, as one word does: `David Hid-⏎dick`.
    fn is_inside_name(&self, b: &Break<'_>, first: &str) -> bool {
        let before = &self.view.text()[..b.span.start - b.first.len()];
        let word = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
        first.starts_with(char::is_uppercase)
            && b.first == first
            && word.starts_with(char::is_uppercase)
            && word.ends_with(char::is_lowercase)
    }

    /// Whether the model has a compound that begins with the one word, or one that ends with the other.
    fn are_parts_of_compounds(&self, first: &str, second: &str) -> bool {
        let ngrams = self.view.evidence().ngrams();
        let hyphen = term("-");
        let second = second.strip_suffix("’s").or_else(|| second.strip_suffix("'s")).unwrap_or(second);
        self.leads(first)
            || ngrams.log2_pair_count(term(first), hyphen) > 0.0
            || ngrams.log2_pair_count(hyphen, term(second)) > 0.0
    }

    /// `two- or three-`: the hyphen stands for the rest of a compound to come. `ten- or twelve-year-old` is no tenor.
    fn is_suspended(&self, b: &Break<'_>, joined: &str) -> bool {
        let link = self.view.lists().has(WordList::SuspendingLinks, &fold(b.second));
        let leads_to_compound = || self.is_word(b.first) && b.next.contains('-');
        link && !b.next.is_empty() && (self.lexicon.lookup(joined).is_none() || leads_to_compound())
    }
}

/// The parts beside the hyphen: `four-point-⏎seven` is judged by `point-seven`.
fn parts<'t>(b: &Break<'t>) -> (&'t str, &'t str) {
    (b.first.rsplit('-').next().unwrap_or(b.first), b.second.split('-').next().unwrap_or(b.second))
}

fn join(level: Level, reasons: Vec<Reason>, clear: bool) -> Option<Decision> {
    Some(Decision { verdict: Verdict::Join, level, reasons, clear })
}

fn keep(level: Level, reasons: Vec<Reason>, clear: bool) -> Option<Decision> {
    Some(Decision { verdict: Verdict::Keep, level, reasons, clear })
}

fn by_lead(lead: f32) -> Reason {
    Reason::with("log-odds of the word without a hyphen", f64::from(lead))
}

fn elsewhere(word: &str) -> Reason {
    Reason::new(format!("‘{word}’ also stands elsewhere in the document"))
}

fn count(word: &str, times: u32) -> Reason {
    Reason::with(format!("places in the document that have ‘{word}’"), f64::from(times))
}
