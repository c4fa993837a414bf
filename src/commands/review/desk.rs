//! The review of one file after the other: keys to decisions.

use std::collections::HashSet;
use std::sync::Arc;

use anstyle::Style;
use descan_core::decisions::{Alike, Decision, Decisions, Never, Place, Right};
use descan_core::pipeline::clean;
use descan_source::Document;
use descan_text::escape::visible;

use crate::commands::review::book::Book;
use crate::commands::review::item::{Item, items};
use crate::commands::review::terminal::{Key, Terminal};
use crate::display::shown;
use crate::error::Result;
use crate::setup::session::Session;
use crate::terminal::layout::wrapped;
use crate::terminal::output::counted;

const BOLD: Style = Style::new().bold();
const PROMPT: &str = "[y,n,e,Y,N,E,w,x,a,d,j,k,u,p,q,?] ";
const KEYS: &str = "
y  make this repair
n  leave the text as it is
e  type what it reads as
Y  make all like it
N  leave all like it
E  type what all like it read as
w  the word is right in this archive
x  never put this word in this archive
a  make this and all that follow here
d  leave this and all that follow here
j  go on and decide later
k  go back
u  take back what was decided last
p  show the page around
q  end; what was decided is saved
?  these keys
";

/// How a file was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Went {
    /// To its end.
    On,
    /// The review was ended.
    Away,
}

/// What comes after a key.
enum Next {
    /// The same finding: it is asked about again.
    Ask,
    /// The finding of that index.
    Item(usize),
    Quit,
}

/// A review under way.
pub(super) struct Desk {
    book: Book,
    offered_only: bool,
    /// Decisions made and not taken back.
    made: usize,
    /// What can be taken back: the lines, and whose they are in the file at hand.
    undo: Vec<(Option<usize>, Vec<String>)>,
}

impl Desk {
    /// A review that writes into `book`; of offers only, if so wanted.
    pub(super) fn new(book: Book, offered_only: bool) -> Desk {
        Desk { book, offered_only, made: 0, undo: Vec::new() }
    }

    /// All decisions, those made before included.
    pub(super) fn decisions(&self) -> &Arc<Decisions> {
        self.book.decisions()
    }

    /// What the review came to, as a sentence.
    pub(super) fn told(&self) -> String {
        match self.made {
            0 => "nothing was decided".to_owned(),
            made => format!("{} saved in {}", counted(made, "decision"), shown(self.book.path())),
        }
    }

    /// Goes through the findings of a file that are not yet decided. What the
    /// decisions bring up anew comes behind.
    pub(super) fn file(
        &mut self,
        session: &Session,
        terminal: &mut Terminal<'_>,
        path: &str,
        bytes: &[u8],
    ) -> Result<Went> {
        let document = Document::decode(bytes);
        let mut seen: HashSet<Place> = HashSet::new();
        let mut options = session.options.clone();
        for round in 0.. {
            options.decisions = Arc::clone(self.book.decisions());
            let outcome = clean(&document, &session.rules, &options);
            // The book is written to while the findings are shown.
            options.decisions = Arc::default();
            let mut open = items(&document, &outcome, &session.rules, self.offered_only);
            open.retain(|item| seen.insert(item.place.clone()));
            for (index, _) in &mut self.undo {
                *index = None;
            }
            if open.is_empty() {
                if round == 0 {
                    let before =
                        outcome.decided.refused + outcome.findings.iter().filter(|f| f.decided.is_some()).count();
                    terminal.put(&format!("{path}: nothing to decide, {before} decided before\n"))?;
                }
                break;
            }
            let mut sheet = Sheet { path, text: document.text(), items: open };
            if self.sheet(&mut sheet, terminal)? == Went::Away {
                return Ok(Went::Away);
            }
        }
        Ok(Went::On)
    }

    fn sheet(&mut self, sheet: &mut Sheet<'_>, terminal: &mut Terminal<'_>) -> Result<Went> {
        let mut at = 0;
        // What is gone back to is shown although it is decided.
        let mut back = false;
        while at < sheet.items.len() {
            let is_settled = self.book.decisions().decide(sheet.text, &sheet.items[at].finding, &sheet.items[at].place);
            if is_settled && !back {
                at += 1;
                continue;
            }
            back = false;
            terminal.put(&sheet.shown(at, terminal.size().0, is_settled))?;
            let next = loop {
                terminal.put(&format!("{BOLD}{PROMPT}{BOLD:#}"))?;
                match self.key(sheet, at, terminal)? {
                    Next::Ask => {}
                    next => break next,
                }
            };
            match next {
                Next::Item(index) => {
                    back = index < at;
                    at = index;
                }
                Next::Quit => return Ok(Went::Away),
                Next::Ask => {}
            }
        }
        Ok(Went::On)
    }

    /// Takes one key for the finding at hand.
    fn key(&mut self, sheet: &mut Sheet<'_>, at: usize, terminal: &mut Terminal<'_>) -> Result<Next> {
        let key = terminal.key()?;
        let Key::Char(letter) = key else {
            return match key {
                Key::Left if at > 0 => self.step(terminal, "back", at - 1),
                Key::Right => self.step(terminal, "later", at + 1),
                _ => self.say(terminal, ""),
            };
        };
        let place = sheet.items[at].place.clone();
        let alike = place.alike();
        match letter {
            'y' => self.decide(sheet, at, at + 1, "made", terminal, |p| Decision::Accept(p.clone())),
            'n' => self.decide(sheet, at, at + 1, "left as it is", terminal, |p| Decision::Refuse(p.clone())),
            'a' => self.decide(sheet, at, sheet.items.len(), "all made", terminal, |p| Decision::Accept(p.clone())),
            'd' => self.decide(sheet, at, sheet.items.len(), "all left", terminal, |p| Decision::Refuse(p.clone())),
            'Y' => self.decide_one(sheet, at, "made, and all like it", terminal, Decision::AcceptAlike(alike)),
            'N' => self.decide_one(sheet, at, "left, and all like it", terminal, Decision::RefuseAlike(alike)),
            'e' | 'E' => self.type_in(sheet, at, letter == 'E', terminal),
            'w' => self.call_right(sheet, at, terminal),
            'x' => match sheet.items[at].new_word(sheet.text) {
                Some(word) => {
                    let told = format!("never {}", visible(&word));
                    self.decide_one(sheet, at, &told, terminal, Decision::Never(Never { word, reason: None }))
                }
                None => self.say(terminal, "the repair puts no single new word"),
            },
            'u' => self.undo(sheet, terminal),
            'j' => self.step(terminal, "later", at + 1),
            'k' if at > 0 => self.step(terminal, "back", at - 1),
            'k' => self.say(terminal, "this is the first"),
            'p' => {
                let (columns, rows) = terminal.size();
                terminal.put(&sheet.items[at].page(sheet.text, columns, rows))?;
                Ok(Next::Ask)
            }
            'q' => {
                terminal.put("end\n")?;
                Ok(Next::Quit)
            }
            '?' => {
                let columns = terminal.size().0;
                let keys = KEYS.lines().map(|line| wrapped(&[(Style::new(), line.to_owned())], columns, "", "   "));
                terminal.put(&keys.collect::<String>())?;
                Ok(Next::Ask)
            }
            _ => self.say(terminal, "? tells the keys"),
        }
    }

    /// Decides about the findings from `at` to `end` that are still open.
    fn decide(
        &mut self,
        sheet: &mut Sheet<'_>,
        at: usize,
        end: usize,
        told: &str,
        terminal: &mut Terminal<'_>,
        decision: impl Fn(&Place) -> Decision,
    ) -> Result<Next> {
        self.take_back_own(&mut sheet.items[at])?;
        let open = |index: &usize| {
            let item = &sheet.items[*index];
            *index == at || !self.book.decisions().decide(sheet.text, &item.finding, &item.place)
        };
        let indices: Vec<usize> = (at..end).filter(open).collect();
        let place = |index: &usize| Place { path: Some(sheet.path.to_owned()), ..sheet.items[*index].place.clone() };
        let decisions: Vec<Decision> = indices.iter().map(|index| decision(&place(index))).collect();
        let of_place = |d: &Decision| matches!(d, Decision::Accept(_) | Decision::Refuse(_) | Decision::Replace(_));
        let kinds: Vec<bool> = decisions.iter().map(of_place).collect();
        match self.book.decide(decisions)? {
            Err(why) => self.say(terminal, &why),
            Ok(lines) => {
                for ((index, line), decision) in indices.into_iter().zip(&lines).zip(kinds) {
                    if decision {
                        sheet.items[index].made = vec![line.clone()];
                    }
                }
                self.made += lines.len();
                self.undo.push((Some(at), lines));
                self.step(terminal, told, end)
            }
        }
    }

    /// Decides by one line that is not about the place alone.
    fn decide_one(
        &mut self,
        sheet: &mut Sheet<'_>,
        at: usize,
        told: &str,
        terminal: &mut Terminal<'_>,
        decision: Decision,
    ) -> Result<Next> {
        self.decide(sheet, at, at + 1, told, terminal, |_| decision.clone())
    }

    /// Lets a person type what the text reads as.
    fn type_in(&mut self, sheet: &mut Sheet<'_>, at: usize, all: bool, terminal: &mut Terminal<'_>) -> Result<Next> {
        terminal.put("type what it reads as; \\n is a line break, Escape leaves it\n")?;
        let place = sheet.items[at].place.clone();
        let Some(typed) = terminal.line(&format!("{} = ", visible(&place.before)), &escaped(&place.after))? else {
            return Ok(Next::Ask);
        };
        let Some(with) = unescaped(&typed) else {
            return self.say(terminal, "\\ stands only before n, t or \\");
        };
        let with = Some(with);
        if all {
            let alike = Alike { with, ..place.alike() };
            return self.decide_one(sheet, at, "typed, for all like it", terminal, Decision::ReplaceAlike(alike));
        }
        self.decide(sheet, at, at + 1, "typed", terminal, |p| {
            Decision::Replace(Place { with: with.clone(), ..p.clone() })
        })
    }

    /// Calls the word at the finding right, with a reason if there is one.
    fn call_right(&mut self, sheet: &mut Sheet<'_>, at: usize, terminal: &mut Terminal<'_>) -> Result<Next> {
        let Some(word) = sheet.items[at].word(sheet.text) else {
            return self.say(terminal, "no word stands here");
        };
        terminal.put(&format!("{} is right; why? (Enter for no reason)\n", visible(&word)))?;
        let Some(reason) = terminal.line("because ", "")? else {
            return Ok(Next::Ask);
        };
        let reason = Some(reason.trim().to_owned()).filter(|r| !r.is_empty());
        let right = Right { word: Some(word), pattern: None, reason };
        self.decide_one(sheet, at, "right in this archive", terminal, Decision::Right(right))
    }

    /// Takes back what was decided last.
    fn undo(&mut self, sheet: &mut Sheet<'_>, terminal: &mut Terminal<'_>) -> Result<Next> {
        let Some((index, lines)) = self.undo.pop() else {
            return self.say(terminal, "nothing to take back");
        };
        self.book.withdraw(&lines)?;
        self.made -= lines.len();
        match index {
            Some(index) => {
                for item in &mut sheet.items[index..] {
                    item.made.retain(|line| !lines.contains(line));
                }
                terminal.put("taken back\n")?;
                Ok(Next::Item(index))
            }
            None => self.say(terminal, "taken back; it comes up in the next review"),
        }
    }

    /// A finding that is decided anew loses what was decided about it before.
    fn take_back_own(&mut self, item: &mut Item) -> Result<()> {
        let lines = std::mem::take(&mut item.made);
        if lines.is_empty() {
            return Ok(());
        }
        self.book.withdraw(&lines)?;
        self.made -= lines.len();
        for (_, made) in &mut self.undo {
            made.retain(|line| !lines.contains(line));
        }
        self.undo.retain(|(_, made)| !made.is_empty());
        Ok(())
    }

    fn step(&self, terminal: &mut Terminal<'_>, told: &str, index: usize) -> Result<Next> {
        terminal.put(&format!("{told}\n"))?;
        Ok(Next::Item(index))
    }

    fn say(&self, terminal: &mut Terminal<'_>, what: &str) -> Result<Next> {
        terminal.put(&format!("{what}\n"))?;
        Ok(Next::Ask)
    }
}

/// The findings of a file that are gone through.
struct Sheet<'t> {
    path: &'t str,
    text: &'t str,
    items: Vec<Item>,
}

impl Sheet<'_> {
    fn shown(&self, at: usize, columns: usize, is_settled: bool) -> String {
        let mut out = self.items[at].shown(at + 1, self.items.len(), self.path, self.text, columns);
        if is_settled {
            out.push_str("decided; a key decides it anew\n");
        }
        out
    }
}

/// A text as it is typed: line breaks and tabs behind backslashes.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n").replace('\t', "\\t")
}

/// The text that was typed; `None` if a backslash stands before anything else.
fn unescaped(typed: &str) -> Option<String> {
    let mut out = String::with_capacity(typed.len());
    let mut chars = typed.chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\\' => match chars.next()? {
                'n' => '\n',
                't' => '\t',
                '\\' => '\\',
                _ => return None,
            },
            c => c,
        });
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_comes_back() {
        for text in ["", "a\\n\n\tb\\", "\\\\"] {
            assert_eq!(unescaped(&escaped(text)).as_deref(), Some(text));
        }
        assert_eq!(unescaped("a\\"), None);
        assert_eq!(unescaped("\\x"), None);
    }
}
