//! Speeches without a closing quote: it was lost, or read together with the full stop
//! before it as one mark (`.”` as `?` or `’`).

use descan_lang::words::{WordList, WordLists};
use descan_rules::{Reason, RuleId};
use descan_text::layout::Region;
use descan_text::level::Level;

use super::marks::{Group, Place, is_double, is_single};
use super::nested;
use super::reading::{Reading, Role};
use super::speech_punctuation::{is_english, is_question};
use crate::pass::{Proposals, View};
use crate::passes::grammar;

/// So many speeches must close for one that does not, before it is repaired
/// unasked: other documents leave them open.
const CLOSED_TO_UNCLOSED: usize = 4;

/// A sentence of more words than this is a question if it has the mark of one.
const LONG: usize = 10;

/// So many places show that the scan reads a stop and a quote as one mark.
const FUSED: usize = 2;

/// A longer speech may be a song, or a letter that is quoted.
const LONGEST: usize = 40;

/// A word this common and this long is whole: no letters are left out after it.
const WHOLE: u8 = 8;
const WHOLE_LETTERS: usize = 4;

/// A speech that is open at its paragraph's end.
struct Open<'t> {
    lists: &'t WordLists,
    /// What was said, up to the paragraph's last mark.
    quoted: &'t str,
    /// The paragraph's end in bytes, without spaces.
    end: usize,
    /// The mark that would close it.
    close: char,
    /// What the next paragraph does.
    next: Next,
    /// Whether the last word is a whole one.
    whole: bool,
    /// Whether the paragraph before ends open too: a song, a letter, a tale.
    after_open: bool,
}

/// How a speech goes on in the next paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// It does not: something else begins there.
    Other,
    /// A quote opens: another speech, or this one again.
    Opens,
    /// It may: what follows closes a speech, or is the rest of a sentence.
    GoesOn,
}

/// Proposes the closing quotes of speeches that are open at a paragraph's end;
/// those that `closed_by` marks are closed before their speaker.
pub(super) fn run(
    view: &View<'_>,
    groups: &[Group],
    readings: &[Reading],
    closed_by: &[bool],
    out: &mut Proposals<'_>,
) {
    let mut closed = 0;
    let mut open: Vec<Open<'_>> = Vec::new();
    let told = nested::runs(view.text(), groups);
    let mut last_open = None;
    let mut start = 0;
    while start < groups.len() {
        let number = groups[start].paragraph;
        let end = start + groups[start..].iter().take_while(|g| g.paragraph == number).count();
        match opener(groups, &readings[..end], closed_by, start) {
            // The paragraphs of a tale end open, as it goes on.
            Some(Ok(_)) if told[start] => {}
            Some(Ok(opener)) => {
                let after_open =
                    last_open == Some(number.saturating_sub(1)) || last_open == Some(number.saturating_sub(2));
                last_open = Some(number);
                open.extend(unclosed(view, groups, readings, opener, end).map(|o| Open { after_open, ..o }));
            }
            Some(Err(())) => closed += 1,
            None => {}
        }
        start = end;
    }
    let usual = closed >= CLOSED_TO_UNCLOSED * open.len();
    let fused = open.iter().filter(|o| o.is_fused(false)).count();
    for speech in &open {
        speech.judge(usual, fused, out);
    }
}

/// Whether a paragraph ends in an open speech, and which mark opened it: `Err`
/// if all are closed, nothing if there is none or it cannot be told.
fn opener(groups: &[Group], readings: &[Reading], closed_by: &[bool], start: usize) -> Option<Result<usize, ()>> {
    let mut open: Option<Result<usize, ()>> = None;
    let mut within = false;
    for index in start..readings.len() {
        match readings[index].role {
            Role::OpenDouble if matches!(open, Some(Ok(before)) if !closed_by[before]) => return None,
            Role::OpenDouble => open = Some(Ok(index)),
            Role::CloseDouble if matches!(open, Some(Ok(_))) => {
                open = Some(Err(()));
                within = false;
            }
            // What is left of the closing quote at the paragraph's end.
            Role::Other if groups[index].after.is_none() => {}
            Role::CloseDouble | Role::Other => return None,
            Role::OpenSingle | Role::CloseSingle if groups[index].place != Place::Inside => {
                within |= matches!(open, Some(Ok(_)));
            }
            Role::Apostrophe | Role::OpenSingle | Role::CloseSingle => {}
        }
    }
    // What a quotation within closes cannot be told.
    let open = match open {
        Some(Ok(last)) if closed_by[last] => Some(Err(())),
        open => open,
    };
    open.filter(|_| !within)
}

/// The open speech that `opener` began; `end` is the first group of the next
/// paragraph.
fn unclosed<'v>(
    view: &'v View<'_>,
    groups: &[Group],
    readings: &[Reading],
    opener: usize,
    end: usize,
) -> Option<Open<'v>> {
    let text = view.text();
    let group = &groups[opener];
    let mark = Some(group.text(text)).filter(|mark| mark.chars().count() == 1)?;
    let from = group.span.end;
    let quoted = text[from..group.paragraph_end.max(from)].trim_end();
    let to = from + quoted.len();
    let rest = text[group.paragraph_end.max(from)..].trim_start();
    let closes = |index: usize| readings[index].role == Role::CloseDouble && readings[index].opened_by.is_none();
    let same = |index: usize| groups[index].paragraph == groups[end].paragraph;
    let next = if rest.starts_with(char::is_lowercase)
        || (end..groups.len())
            .take_while(|&i| same(i))
            .find(|&i| groups[i].text(text).contains(is_double))
            .is_some_and(closes)
    {
        Next::GoesOn
    } else if rest.is_empty() || rest.starts_with(|c| is_double(c) || is_single(c)) {
        Next::Opens
    } else {
        Next::Other
    };
    let curly = view.evidence().style().is_curly() || mark == "“" && !view.evidence().style().is_straight();
    let prose = view.layout().region_at(from) == Region::Prose && is_english(quoted, view);
    let body = quoted.trim_end_matches(|c: char| !c.is_alphabetic());
    let word = &body[body.trim_end_matches(char::is_alphabetic).len()..];
    let whole = word.len() >= WHOLE_LETTERS
        && view.evidence().lexicon().lookup(word).is_some_and(|e| e.log2_frequency() >= WHOLE && !e.usually_misread());
    prose.then_some(Open {
        lists: view.lists(),
        quoted,
        end: to,
        close: if curly { '”' } else { '"' },
        next,
        whole,
        after_open: false,
    })
}

impl Open<'_> {
    /// Whether the last mark may be a full stop and a quote in one; in a document
    /// that has such places, also the mark of a long question.
    fn is_fused(&self, habit: bool) -> bool {
        let Some((last, before)) = self.last() else {
            return false;
        };
        let asks = if habit { self.asks_outright() } else { self.asks() };
        before.is_alphabetic() && (last == '?' && !asks || is_single(last) && !self.elides())
    }

    /// Whether the last sentence is a question: by its words, or by its length,
    /// as one that is spoken like a statement.
    fn asks(&self) -> bool {
        self.asks_outright() || self.last_sentence().split_whitespace().count() > LONG
    }

    /// Whether the last sentence has a word that asks, at its start or later.
    fn asks_outright(&self) -> bool {
        let last = self.last_sentence();
        is_question(self.lists, last)
            || last.split([',', '—', ' ', '\n']).any(|word| is_question_word(self.lists, word))
    }

    /// The last sentence without its mark, and without an exclamation before it.
    fn last_sentence(&self) -> &str {
        let body = self.quoted.trim_end_matches('?');
        let last = body.trim_end_matches(['.', '!']).rsplit(['.', '!', '?', ';']).next().unwrap_or(body).trim_start();
        last.strip_prefix("Why, ").unwrap_or(last)
    }

    /// The last character and the one before it.
    fn last(&self) -> Option<(char, char)> {
        let mut chars = self.quoted.chars().rev();
        Some((chars.next()?, chars.next()?))
    }

    /// Whether a mark at the end may be an apostrophe: `goin’`, `an’`, `boys’`.
    fn elides(&self) -> bool {
        let body = self.quoted.trim_end_matches(is_single);
        body.ends_with(['s', 'z']) || !self.whole && body.ends_with(['n', 'o', 'h', 'l', 'd'])
    }

    /// Whether the last sentence is spoken: it addresses somebody, or has a verb
    /// of the present that no tale of the past has.
    fn is_spoken(&self) -> bool {
        self.last_sentence()
            .split(|c: char| c.is_whitespace() || matches!(c, ',' | '—' | ';' | ':'))
            .any(|word| is_spoken_word(self.lists, word))
    }

    fn judge(&self, usual: bool, fused: usize, out: &mut Proposals<'_>) {
        let Some((last, before)) = self.last() else {
            return;
        };
        if self.next == Next::GoesOn {
            return;
        }
        let sure = |clear: bool| if clear { Level::Certain } else { Level::Probable };
        if self.is_fused(fused >= FUSED) {
            let next = self.next == Next::Other || fused >= FUSED;
            let level = sure(usual && next || is_single(last) && self.whole);
            let reasons = vec![
                Reason::new("one mark where a full stop and the closing quote belong"),
                Reason::with("such places in the document", fused as f64),
            ];
            let at = self.end - last.len_utf8();
            let text = format!(".{}", self.close);
            out.propose(RuleId::FUSED_CLOSE, level, at..self.end, text, reasons);
            return;
        }
        let ends = before.is_alphabetic() && matches!(last, '.' | '!' | '—') || last == '?' && self.asks();
        if !ends {
            return;
        }
        // The mark may be missing further in, where the speaker is named.
        let body = &self.quoted[..self.quoted.len() - last.len_utf8()];
        let simple = !body.contains(['.', '!', '?', '—', '…']) && !names_speaker(self.lists, body);
        let words = body.split_whitespace().count();
        let level = match self.next {
            Next::Other if simple && usual && words <= 2 * LONG => Level::Certain,
            Next::Other
                if usual
                    && !self.after_open
                    && words <= LONGEST
                    && last != '?'
                    && self.is_spoken()
                    && !tells(self.lists, body) =>
            {
                Level::Certain
            }
            // Who is cut short seldom goes on in a paragraph of his own.
            Next::Opens if usual && last == '—' && !names_speaker(self.lists, body) => Level::Suspect,
            Next::Opens if last == '.' => return,
            _ => Level::Suspect,
        };
        let reasons = vec![Reason::new("a speech that nothing closes, and the next paragraph does not go on with it")];
        out.propose(RuleId::LOST_CLOSE, level, self.end..self.end, self.close.to_string(), reasons);
    }
}

fn is_question_word(lists: &WordLists, word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    lists.has_in_any_case(WordList::QuestionWords, word)
}

/// A word that addresses somebody, or a verb of the present in the first or
/// second person.
fn is_spoken_word(lists: &WordLists, word: &str) -> bool {
    let folded = word.replace('’', "'").to_lowercase();
    lists.has(WordList::SpokenWords, &folded) || ["'re", "'ll", "'ve"].iter().any(|end| folded.ends_with(end))
}

/// Whether somebody is said to speak.
fn tells(lists: &WordLists, quoted: &str) -> bool {
    quoted
        .split_whitespace()
        .any(|word| grammar::is_verb_of_speech(lists, word.trim_matches(|c: char| !c.is_alphanumeric())))
}

fn names_speaker(lists: &WordLists, quoted: &str) -> bool {
    quoted
        .split_whitespace()
        .any(|word| grammar::leads_to_speech(lists, word.trim_matches(|c: char| !c.is_alphanumeric())))
}
