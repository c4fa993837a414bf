//! A finding, and its keys.

use descan_core::decisions::{Alike, Decision, Place};
use descan_report::keys::Action;
use descan_text::escape::visible;

use crate::commands::review::item::Item;
use crate::commands::review::session::View;
use crate::commands::review::show::{self, Number};
use crate::commands::review::walk::{BOLD, Next, Walk, guesses};
use crate::error::Result;
use crate::terminal::output::counted;

impl Walk<'_, '_, '_> {
    pub(super) fn show_item(&mut self, series: Option<usize>, at: usize) -> Result<()> {
        let columns = self.terminal.size().0;
        let index = self.index(series, at);
        let number = Number { at: at + 1, of: self.len(series) };
        let item = &self.items[index];
        let path = self.files.list[item.file].path.clone();
        let shown = match self.files.text(item.file) {
            Ok(text) => show::item(item, number, &path, text, columns, self.figures),
            Err(why) => format!("\n{why}\n{}", show::sample(item, &path, columns)),
        };
        let decided = if self.is_open(index) { "" } else { "decided; choose again to change it\n" };
        let legend = show::legend(false, columns);
        self.terminal.put(&format!("{shown}{decided}{legend}{BOLD}Apply this? {BOLD:#}"))
    }

    pub(super) fn item_key(&mut self, action: Action, series: Option<usize>, at: usize) -> Result<Next> {
        let index = self.index(series, at);
        let (view, next) = (View::Item { series, at }, View::Item { series, at: at + 1 });
        match action {
            Action::Accept => self.decide(&[index], "applied", view, next, |_, place| Decision::Accept(place)),
            Action::Reject => self.decide(&[index], "left as it is", view, next, |_, place| Decision::Refuse(place)),
            Action::AcceptAlike | Action::RejectAlike => self.decide_all_like(index, action, view, next),
            Action::Type => self.type_in(&[index], view, next),
            Action::TypeAlike => self.type_alike(index, view, next),
            Action::Right => match self.items[index].word() {
                Some(word) => self.mark_right(word, view, next),
                None => self.say("there is no word here to mark"),
            },
            Action::Never => match self.items[index].new_word() {
                Some(word) => self.never_use(word, view, next),
                None => self.say("this repair does not add exactly one new word"),
            },
            Action::AcceptRest | Action::RejectRest => self.decide_rest(action, series, at),
            Action::Next => self.go_on("later", next),
            Action::Previous => match at.checked_sub(1) {
                Some(at) => {
                    self.terminal.put("back\n")?;
                    Ok(Next::Back(View::Item { series, at }))
                }
                None => self.say("this is the first finding"),
            },
            Action::NextFile => {
                let file = |at: usize| self.items[self.index(series, at)].file;
                let here = file(at);
                match (at + 1..self.len(series)).find(|&at| file(at) != here) {
                    Some(at) => self.go_on("next file", View::Item { series, at }),
                    None => self.say("this is the last file"),
                }
            }
            Action::PreviousFile => {
                let file = |at: usize| self.items[self.index(series, at)].file;
                let here = file(at);
                let Some(last) = (0..at).rev().find(|&at| file(at) != here) else {
                    return self.say("this is the first file");
                };
                let first = (0..=last).rev().take_while(|&at| file(at) == file(last)).last().unwrap_or(last);
                self.terminal.put("file before\n")?;
                Ok(Next::Back(View::Item { series, at: first }))
            }
            Action::Open => {
                self.terminal.put("by series\n")?;
                let of = || self.series.iter().position(|series| series.members.contains(&index));
                Ok(Next::Back(View::Series(series.or_else(of).unwrap_or(0))))
            }
            Action::Details => {
                self.figures = !self.figures;
                Ok(Next::Back(view))
            }
            Action::Page => {
                let (columns, rows) = self.terminal.size();
                let item = &self.items[index];
                let page = match self.files.text(item.file) {
                    Ok(text) => show::page(item, text, columns, rows),
                    Err(why) => format!("{why}\n"),
                };
                self.terminal.put(&page)?;
                Ok(Next::Ask)
            }
            // They do not depend on what is shown.
            Action::Keys | Action::Quit | Action::Undo | Action::Find => Ok(Next::Ask),
        }
    }

    /// Decides every finding with the same reading, also those still to come.
    fn decide_all_like(&mut self, index: usize, action: Action, view: View, next: View) -> Result<Next> {
        let alike = self.items[index].place().alike();
        let verb = if action == Action::AcceptAlike { "Apply" } else { "Leave" };
        if !self.confirm_alike(verb, &alike)? {
            return Ok(Next::Ask);
        }
        match action {
            Action::AcceptAlike => {
                self.decide_alike(Decision::AcceptAlike(alike), "applied, and every finding like it", view, next)
            }
            _ => self.decide_alike(Decision::RefuseAlike(alike), "left, and every finding like it", view, next),
        }
    }

    /// Asks about a decision on all findings with a reading, with their number.
    fn confirm_alike(&mut self, verb: &str, alike: &Alike) -> Result<bool> {
        let like: Vec<usize> = (0..self.items.len())
            .filter(|&index| self.items[index].place().alike() == *alike && self.is_open(index))
            .collect();
        let count = self.places(&like);
        if count < 2 {
            return Ok(true);
        }
        let guessed: Vec<usize> = like.iter().copied().filter(|&index| self.items[index].is_guess()).collect();
        let guessed = match self.places(&guessed) {
            0 => String::new(),
            count => format!(", among them {}", guesses(count)),
        };
        let (before, after) = (visible(&alike.before), visible(&alike.after));
        self.terminal.ask(&format!("{verb} `{before}` → `{after}` at all {count} places{guessed}?"))
    }

    /// Decides this finding and all that follow in its file. Guesses are never applied so.
    fn decide_rest(&mut self, action: Action, series: Option<usize>, at: usize) -> Result<Next> {
        let file = self.items[self.index(series, at)].file;
        let here = (at..self.len(series)).map(|at| self.index(series, at));
        let open: Vec<usize> = here.filter(|&index| self.items[index].file == file && self.is_open(index)).collect();
        let accepts = action == Action::AcceptRest;
        let which: Vec<usize> =
            open.iter().copied().filter(|&index| !(accepts && self.items[index].is_guess())).collect();
        if which.is_empty() {
            return self.say("only guesses (suspect) are left in this file");
        }
        let path = self.files.list[file].path.clone();
        let left = match self.places(&open) - self.places(&which) {
            0 => String::new(),
            count => format!(" Not among them: {}.", guesses(count)),
        };
        let verb = if accepts { "Apply" } else { "Leave" };
        let places = counted(self.places(&which), "place");
        if !self.terminal.ask(&format!("{verb} this and all that follow in {path}, {places}?{left}"))? {
            return Ok(Next::Ask);
        }
        let view = View::Item { series, at };
        match accepts {
            true => self.decide(&which, "all applied", view, view, |_, place| Decision::Accept(place)),
            false => self.decide(&which, "all left", view, view, |_, place| Decision::Refuse(place)),
        }
    }

    /// Lets the user type the correct text for findings with the same reading.
    pub(super) fn type_in(&mut self, which: &[usize], view: View, next: View) -> Result<Next> {
        let Some(typed) = self.typed(which[0], self.places(which))? else { return Ok(Next::Ask) };
        self.decide(which, "typed", view, next, |item: &Item, place| {
            if place.before == item.place().before && place.rule == item.place().rule {
                Decision::Replace(Place { with: Some(typed.clone()), ..place })
            } else {
                Decision::Accept(place)
            }
        })
    }

    /// Lets the user type the correct text for every finding like this one.
    fn type_alike(&mut self, index: usize, view: View, next: View) -> Result<Next> {
        let alike = self.items[index].place().alike();
        let like = (0..self.items.len()).filter(|&index| self.items[index].place().alike() == alike);
        let like: Vec<usize> = like.collect();
        let Some(typed) = self.typed(index, self.places(&like))? else { return Ok(Next::Ask) };
        let alike = Alike { with: Some(typed), ..alike };
        self.decide_alike(Decision::ReplaceAlike(alike), "typed, for every finding like it", view, next)
    }

    /// The text that the user types for a finding, once it was shown in its line and
    /// confirmed.
    fn typed(&mut self, index: usize, places: usize) -> Result<Option<String>> {
        self.terminal.put("type the correct text; \\n is a line break, Escape cancels\n")?;
        let place = self.items[index].place().clone();
        let mut prefill = escaped(&place.after);
        loop {
            let prompt = format!("{} = ", visible(&place.before));
            let Some(typed) = self.terminal.line(&prompt, &prefill)? else { return Ok(None) };
            let Some(with) = unescaped(&typed) else {
                self.terminal.put("\\ must be followed by n, t or \\\n")?;
                prefill = typed;
                continue;
            };
            let columns = self.terminal.size().0;
            let item = &self.items[index];
            let path = self.files.list[item.file].path.clone();
            let mut shown = String::new();
            match self.files.text(item.file) {
                Ok(text) => {
                    let finding = &item.finding;
                    show::change(text, &finding.span, &finding.before, &item.with(&with), columns, &mut shown);
                }
                Err(why) => shown = format!("{why}\n{}", show::sample(item, &path, columns)),
            }
            self.terminal.put(&shown)?;
            let question = if places == 1 { "Take it?".to_owned() } else { format!("Take it at {places} places?") };
            if self.terminal.ask(&question)? {
                return Ok(Some(with));
            }
            prefill = typed;
        }
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
