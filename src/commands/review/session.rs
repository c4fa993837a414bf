//! The review of one file after another: turns keys into decisions.

use std::collections::HashSet;
use std::sync::Arc;

use anstyle::Style;
use descan_core::decisions::{Alike, Decision, Decisions, Never, Place, Right};
use descan_core::pipeline::clean;
use descan_source::Document;
use descan_text::escape::visible;

use crate::commands::review::item::{Item, items};
use crate::commands::review::log::DecisionLog;
use crate::commands::review::terminal::{Key, Terminal};
use crate::display::shown;
use crate::error::Result;
use crate::setup::session::Session;
use crate::terminal::layout::wrapped;
use crate::terminal::output::counted;

const BOLD: Style = Style::new().bold();
const PROMPT: &str = "[y,n,e,Y,N,E,w,x,a,d,j,k,u,p,q,?] ";
const KEYS: &str = "
y  apply this repair
n  leave the text as it is
e  type the correct text
Y  apply to every finding like it
N  leave every finding like it
E  type the correct text for every finding like it
w  the word is right in this archive
x  never use this word in this archive
a  apply this and all that follow in this file
d  leave this and all that follow in this file
j  skip and decide later
k  go back
u  undo the last decision
p  show the page around it
q  quit; your decisions are saved
?  show these keys
";

/// How the review of a file ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// All its findings were gone through.
    Finished,
    /// The user quit the review.
    Quit,
}

/// What to do after a key.
enum Next {
    /// Ask about the same finding again.
    Ask,
    /// Go to the finding with this index.
    Item(usize),
    Quit,
}

/// A review in progress.
pub(super) struct ReviewSession {
    log: DecisionLog,
    offered_only: bool,
    /// Decisions made and not undone.
    made: usize,
    /// What can be undone: the lines, and the index of their finding if it is in the current file.
    undo: Vec<(Option<usize>, Vec<String>)>,
}

impl ReviewSession {
    /// A review that writes to `log`; with `offered_only`, only of repairs not applied by default.
    pub(super) fn new(log: DecisionLog, offered_only: bool) -> ReviewSession {
        ReviewSession { log, offered_only, made: 0, undo: Vec::new() }
    }

    /// All decisions, including those made before this review.
    pub(super) fn decisions(&self) -> &Arc<Decisions> {
        self.log.decisions()
    }

    /// The result of the review, as a sentence.
    pub(super) fn summary(&self) -> String {
        match self.made {
            0 => "nothing was decided".to_owned(),
            made => format!("{} saved in {}", counted(made, "decision"), shown(self.log.path())),
        }
    }

    /// Goes through the undecided findings of a file. Decisions can bring up new
    /// findings; these are shown afterwards.
    pub(super) fn file(
        &mut self,
        session: &Session,
        terminal: &mut Terminal<'_>,
        path: &str,
        document: &Document<'_>,
    ) -> Result<Exit> {
        let mut seen: HashSet<Place> = HashSet::new();
        let mut options = session.options.clone();
        for round in 0.. {
            options.decisions = Arc::clone(self.log.decisions());
            let outcome = clean(document, &session.rules, &options);
            // The log is written to while the findings are shown.
            options.decisions = Arc::default();
            let mut open = items(document, &outcome, &session.rules, self.offered_only);
            open.retain(|item| seen.insert(item.place.clone()));
            for (index, _) in &mut self.undo {
                *index = None;
            }
            if open.is_empty() {
                if round == 0 {
                    let before =
                        outcome.decided.refused + outcome.findings.iter().filter(|f| f.decided.is_some()).count();
                    terminal.put(&format!("{path}: nothing to decide, {before} already decided\n"))?;
                }
                break;
            }
            let mut view = FileView { path, text: document.text(), items: open };
            if self.review(&mut view, terminal)? == Exit::Quit {
                return Ok(Exit::Quit);
            }
        }
        Ok(Exit::Finished)
    }

    fn review(&mut self, view: &mut FileView<'_>, terminal: &mut Terminal<'_>) -> Result<Exit> {
        let mut at = 0;
        // A finding the user goes back to is shown even though it is decided.
        let mut back = false;
        while at < view.items.len() {
            let is_settled = self.log.decisions().decide(view.text, &view.items[at].finding, &view.items[at].place);
            if is_settled && !back {
                at += 1;
                continue;
            }
            back = false;
            terminal.put(&view.shown(at, terminal.size().0, is_settled))?;
            let next = loop {
                terminal.put(&format!("{BOLD}{PROMPT}{BOLD:#}"))?;
                match self.key(view, at, terminal)? {
                    Next::Ask => {}
                    next => break next,
                }
            };
            match next {
                Next::Item(index) => {
                    back = index < at;
                    at = index;
                }
                Next::Quit => return Ok(Exit::Quit),
                Next::Ask => {}
            }
        }
        Ok(Exit::Finished)
    }

    /// Handles one key for the current finding.
    fn key(&mut self, view: &mut FileView<'_>, at: usize, terminal: &mut Terminal<'_>) -> Result<Next> {
        let key = terminal.key()?;
        let Key::Char(letter) = key else {
            return match key {
                Key::Left if at > 0 => self.step(terminal, "back", at - 1),
                Key::Right => self.step(terminal, "later", at + 1),
                _ => self.say(terminal, ""),
            };
        };
        let place = view.items[at].place.clone();
        let alike = place.alike();
        match letter {
            'y' => self.decide(view, at, at + 1, "applied", terminal, |p| Decision::Accept(p.clone())),
            'n' => self.decide(view, at, at + 1, "left as it is", terminal, |p| Decision::Refuse(p.clone())),
            'a' => self.decide(view, at, view.items.len(), "all applied", terminal, |p| Decision::Accept(p.clone())),
            'd' => self.decide(view, at, view.items.len(), "all left", terminal, |p| Decision::Refuse(p.clone())),
            'Y' => {
                self.decide_one(view, at, "applied, and every finding like it", terminal, Decision::AcceptAlike(alike))
            }
            'N' => self.decide_one(view, at, "left, and every finding like it", terminal, Decision::RefuseAlike(alike)),
            'e' | 'E' => self.type_in(view, at, letter == 'E', terminal),
            'w' => self.mark_right(view, at, terminal),
            'x' => match view.items[at].new_word(view.text) {
                Some(word) => {
                    let message = format!("never {}", visible(&word));
                    self.decide_one(view, at, &message, terminal, Decision::Never(Never { word, reason: None }))
                }
                None => self.say(terminal, "this repair does not add exactly one new word"),
            },
            'u' => self.undo(view, terminal),
            'j' => self.step(terminal, "later", at + 1),
            'k' if at > 0 => self.step(terminal, "back", at - 1),
            'k' => self.say(terminal, "this is the first finding"),
            'p' => {
                let (columns, rows) = terminal.size();
                terminal.put(&view.items[at].page(view.text, columns, rows))?;
                Ok(Next::Ask)
            }
            'q' => {
                terminal.put("quit\n")?;
                Ok(Next::Quit)
            }
            '?' => {
                let columns = terminal.size().0;
                let keys = KEYS.lines().map(|line| wrapped(&[(Style::new(), line.to_owned())], columns, "", "   "));
                terminal.put(&keys.collect::<String>())?;
                Ok(Next::Ask)
            }
            _ => self.say(terminal, "press ? for the keys"),
        }
    }

    /// Decides the findings from `at` to `end` that are still undecided.
    fn decide(
        &mut self,
        view: &mut FileView<'_>,
        at: usize,
        end: usize,
        message: &str,
        terminal: &mut Terminal<'_>,
        decision: impl Fn(&Place) -> Decision,
    ) -> Result<Next> {
        self.withdraw_earlier(&mut view.items[at])?;
        let open = |index: &usize| {
            let item = &view.items[*index];
            *index == at || !self.log.decisions().decide(view.text, &item.finding, &item.place)
        };
        let indices: Vec<usize> = (at..end).filter(open).collect();
        let place = |index: &usize| Place { path: Some(view.path.to_owned()), ..view.items[*index].place.clone() };
        let decisions: Vec<Decision> = indices.iter().map(|index| decision(&place(index))).collect();
        let of_place = |d: &Decision| matches!(d, Decision::Accept(_) | Decision::Refuse(_) | Decision::Replace(_));
        let kinds: Vec<bool> = decisions.iter().map(of_place).collect();
        match self.log.decide(decisions)? {
            Err(why) => self.say(terminal, &why),
            Ok(lines) => {
                for ((index, line), decision) in indices.into_iter().zip(&lines).zip(kinds) {
                    if decision {
                        view.items[index].made = vec![line.clone()];
                    }
                }
                self.made += lines.len();
                self.undo.push((Some(at), lines));
                self.step(terminal, message, end)
            }
        }
    }

    /// Makes one decision that applies to more than this place.
    fn decide_one(
        &mut self,
        view: &mut FileView<'_>,
        at: usize,
        message: &str,
        terminal: &mut Terminal<'_>,
        decision: Decision,
    ) -> Result<Next> {
        self.decide(view, at, at + 1, message, terminal, |_| decision.clone())
    }

    /// Lets the user type the correct text.
    fn type_in(&mut self, view: &mut FileView<'_>, at: usize, all: bool, terminal: &mut Terminal<'_>) -> Result<Next> {
        terminal.put("type the correct text; \\n is a line break, Escape cancels\n")?;
        let place = view.items[at].place.clone();
        let Some(typed) = terminal.line(&format!("{} = ", visible(&place.before)), &escaped(&place.after))? else {
            return Ok(Next::Ask);
        };
        let Some(with) = unescaped(&typed) else {
            return self.say(terminal, "\\ must be followed by n, t or \\");
        };
        let with = Some(with);
        if all {
            let alike = Alike { with, ..place.alike() };
            return self.decide_one(
                view,
                at,
                "typed, for every finding like it",
                terminal,
                Decision::ReplaceAlike(alike),
            );
        }
        self.decide(view, at, at + 1, "typed", terminal, |p| {
            Decision::Replace(Place { with: with.clone(), ..p.clone() })
        })
    }

    /// Marks the word at the finding as right, with an optional reason.
    fn mark_right(&mut self, view: &mut FileView<'_>, at: usize, terminal: &mut Terminal<'_>) -> Result<Next> {
        let Some(word) = view.items[at].word(view.text) else {
            return self.say(terminal, "there is no word here to mark");
        };
        terminal.put(&format!("{} is right; why? (Enter for no reason)\n", visible(&word)))?;
        let Some(reason) = terminal.line("because ", "")? else {
            return Ok(Next::Ask);
        };
        let reason = Some(reason.trim().to_owned()).filter(|r| !r.is_empty());
        let right = Right { word: Some(word), pattern: None, reason };
        self.decide_one(view, at, "right in this archive", terminal, Decision::Right(right))
    }

    /// Undoes the last decision.
    fn undo(&mut self, view: &mut FileView<'_>, terminal: &mut Terminal<'_>) -> Result<Next> {
        let Some((index, lines)) = self.undo.pop() else {
            return self.say(terminal, "nothing to undo");
        };
        self.log.withdraw(&lines)?;
        self.made -= lines.len();
        match index {
            Some(index) => {
                for item in &mut view.items[index..] {
                    item.made.retain(|line| !lines.contains(line));
                }
                terminal.put("undone\n")?;
                Ok(Next::Item(index))
            }
            None => self.say(terminal, "undone; the finding will come up in the next review"),
        }
    }

    /// Withdraws earlier decisions about a finding that is decided again.
    fn withdraw_earlier(&mut self, item: &mut Item) -> Result<()> {
        let lines = std::mem::take(&mut item.made);
        if lines.is_empty() {
            return Ok(());
        }
        self.log.withdraw(&lines)?;
        self.made -= lines.len();
        for (_, made) in &mut self.undo {
            made.retain(|line| !lines.contains(line));
        }
        self.undo.retain(|(_, made)| !made.is_empty());
        Ok(())
    }

    fn step(&self, terminal: &mut Terminal<'_>, message: &str, index: usize) -> Result<Next> {
        terminal.put(&format!("{message}\n"))?;
        Ok(Next::Item(index))
    }

    fn say(&self, terminal: &mut Terminal<'_>, what: &str) -> Result<Next> {
        terminal.put(&format!("{what}\n"))?;
        Ok(Next::Ask)
    }
}

/// The findings of a file under review.
struct FileView<'t> {
    path: &'t str,
    text: &'t str,
    items: Vec<Item>,
}

impl FileView<'_> {
    fn shown(&self, at: usize, columns: usize, is_settled: bool) -> String {
        let mut out = self.items[at].shown(at + 1, self.items.len(), self.path, self.text, columns);
        if is_settled {
            out.push_str("decided; choose again to change it\n");
        }
        out
    }
}

/// A text as the user types it: line breaks and tabs as backslash escapes.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n").replace('\t', "\\t")
}

/// The typed text without escapes; `None` if an escape is invalid.
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
    fn escapes_round_trip() {
        for text in ["", "a\\n\n\tb\\", "\\\\"] {
            assert_eq!(unescaped(&escaped(text)).as_deref(), Some(text));
        }
        assert_eq!(unescaped("a\\"), None);
        assert_eq!(unescaped("\\x"), None);
    }
}
