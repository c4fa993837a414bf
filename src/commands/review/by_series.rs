//! A series, and its keys.

use descan_core::decisions::{Decision, Never, Right};
use descan_report::keys::Action;
use descan_report::series::Common;
use descan_text::escape::visible;

use crate::commands::review::item::Item;
use crate::commands::review::session::View;
use crate::commands::review::show::{self, Number};
use crate::commands::review::walk::{BOLD, Next, Walk, guesses};
use crate::error::Result;
use crate::terminal::output::counted;

/// Places shown of a series, and after the key that shows more.
const SAMPLES: usize = 3;
const MORE_SAMPLES: usize = 20;

impl Walk<'_, '_, '_> {
    pub(super) fn show_series(&mut self, at: usize) -> Result<()> {
        let columns = self.terminal.size().0;
        let open = self.shown_of(at);
        let items: Vec<&Item> = open.iter().map(|&index| &self.items[index]).collect();
        let number = Number { at: at + 1, of: self.series.len() };
        let head = show::series(&self.series[at].common, &items, number, &self.session.rules, columns);
        self.terminal.put(&head)?;
        self.samples(&open, SAMPLES)?;
        self.terminal.put(&show::legend(true, columns))?;
        self.prompt_series(at)
    }

    pub(super) fn prompt_series(&mut self, at: usize) -> Result<()> {
        let (sure, doubtful) = self.sure_and_guesses(self.open_in(at));
        let question = match (self.places(&sure), self.places(&doubtful)) {
            (0, 0) => "All decided; change it? ".to_owned(),
            (1, 0) | (0, 1) => "Apply this? ".to_owned(),
            (count, 0) | (0, count) => format!("Apply these {count}? "),
            (count, doubtful) => format!("Apply {count}, but not the {}? ", guesses(doubtful)),
        };
        self.terminal.put(&format!("{BOLD}{question}{BOLD:#}"))
    }

    /// Findings parted into those that are no guesses and those that are.
    fn sure_and_guesses(&self, which: Vec<usize>) -> (Vec<usize>, Vec<usize>) {
        which.into_iter().partition(|&index| !self.items[index].is_guess())
    }

    pub(super) fn series_key(&mut self, action: Action, at: usize) -> Result<Next> {
        let next = View::Series(at + 1);
        match action {
            Action::Accept | Action::AcceptAlike => self.accept_series(at, action == Action::AcceptAlike),
            Action::Reject => {
                let which = self.shown_of(at);
                self.decide(&which, "left as it is", View::Series(at), next, |_, place| Decision::Refuse(place))
            }
            Action::Open => {
                self.terminal.put("one by one\n")?;
                let is_open = |&number: &usize| self.is_open(self.index(Some(at), number));
                let first = (0..self.len(Some(at))).find(is_open).unwrap_or(0);
                Ok(Next::Back(View::Item { series: Some(at), at: first }))
            }
            Action::Type => match self.series[at].common {
                Common::Reading(_) => {
                    let which = self.shown_of(at);
                    self.type_in(&which, View::Series(at), next)
                }
                _ => self.say("its places have different readings; press o to go through them one by one"),
            },
            Action::Right => match self.same(at, Item::word) {
                Some(word) => self.mark_right(word, View::Series(at), next),
                None => self.say("its places have different words; press o to go through them one by one"),
            },
            Action::Never => match self.same(at, Item::new_word) {
                Some(word) => self.never_use(word, View::Series(at), next),
                None => self.say("its repairs do not add the same single word; press o to go through them"),
            },
            Action::Next => self.go_on("later", next),
            Action::Previous => match at.checked_sub(1) {
                Some(at) => {
                    self.terminal.put("back\n")?;
                    Ok(Next::Back(View::Series(at)))
                }
                None => self.say("this is the first series"),
            },
            Action::AcceptRest => self.accept_rest(at),
            Action::RejectRest => {
                let which = self.open_from(at);
                let question = format!("Leave {} in {} as they are?", places(self.places(&which)), self.rest(at));
                if !self.terminal.ask(&question)? {
                    return Ok(Next::Ask);
                }
                self.decide(&which, "left as they are", View::Series(at), next, |_, place| Decision::Refuse(place))
            }
            Action::Page => {
                let open = self.shown_of(at);
                self.terminal.put("\n")?;
                self.samples(&open, MORE_SAMPLES)?;
                Ok(Next::Ask)
            }
            _ => self.say("this key is for single findings; press o to go through the series one by one"),
        }
    }

    /// Applies a series. Its guesses are applied if they are asked for, or if there is nothing
    /// else, and that is confirmed.
    fn accept_series(&mut self, at: usize, with_guesses: bool) -> Result<Next> {
        let (mut which, doubtful) = self.sure_and_guesses(self.shown_of(at));
        if !doubtful.is_empty() && (with_guesses || which.is_empty()) {
            let sure = self.places(&which);
            let question = match (sure, self.places(&doubtful)) {
                (0, 1) => "This is a guess (suspect). Apply it?".to_owned(),
                (0, count) => format!("All {count} are guesses (suspect). Apply them?"),
                (sure, count) => format!("Apply all {}, among them {}?", sure + count, guesses(count)),
            };
            if !self.terminal.ask(&question)? {
                return Ok(Next::Ask);
            }
            which.extend(doubtful);
        }
        self.decide(&which, "applied", View::Series(at), View::Series(at + 1), |_, place| Decision::Accept(place))
    }

    /// Applies this series and all that follow, without their guesses.
    fn accept_rest(&mut self, at: usize) -> Result<Next> {
        let (which, doubtful) = self.sure_and_guesses(self.open_from(at));
        if which.is_empty() {
            return self.say("only guesses (suspect) are left; press y to apply those of one series");
        }
        let left = match self.places(&doubtful) {
            0 => String::new(),
            count => format!(" Not among them: {}.", guesses(count)),
        };
        let question = format!("Apply {} in {}?{left}", places(self.places(&which)), self.rest(at));
        if !self.terminal.ask(&question)? {
            return Ok(Next::Ask);
        }
        self.decide(&which, "applied", View::Series(at), View::Series(at), |_, place| Decision::Accept(place))
    }

    /// The undecided findings of a series and all behind it.
    fn open_from(&self, at: usize) -> Vec<usize> {
        (at..self.series.len()).flat_map(|at| self.open_in(at)).collect()
    }

    /// How many series have something undecided, from this one on.
    fn rest(&self, at: usize) -> String {
        let series = (at..self.series.len()).filter(|&at| !self.open_in(at).is_empty()).count();
        if series == 1 { "this series".to_owned() } else { format!("{series} series") }
    }

    /// The undecided findings of a series, or all of them if all are decided.
    fn shown_of(&self, at: usize) -> Vec<usize> {
        let open = self.open_in(at);
        if open.is_empty() { self.series[at].members.clone() } else { open }
    }

    /// What all places of a series have in common, if they do.
    fn same(&self, at: usize, of: impl Fn(&Item) -> Option<String>) -> Option<String> {
        let mut all = self.shown_of(at).into_iter().map(|index| of(&self.items[index]));
        let first = all.next()??;
        all.all(|other| other.as_ref() == Some(&first)).then_some(first)
    }

    /// Some places of a series, spread evenly over it.
    fn samples(&mut self, which: &[usize], most: usize) -> Result<()> {
        let columns = self.terminal.size().0;
        let count = which.len().min(most);
        for number in 0..count {
            let item = &self.items[which[number * which.len() / count]];
            let sample = show::sample(item, &self.files.list[item.file].path, columns);
            self.terminal.put(&sample)?;
        }
        Ok(())
    }

    /// Marks a word as right, with an optional reason.
    pub(super) fn mark_right(&mut self, word: String, view: View, next: View) -> Result<Next> {
        self.terminal.put(&format!("{} is right; why? (Enter for no reason)\n", visible(&word)))?;
        let Some(reason) = self.terminal.line("because ", "")? else { return Ok(Next::Ask) };
        let reason = Some(reason.trim().to_owned()).filter(|r| !r.is_empty());
        let message = format!("{} is right in this archive", visible(&word));
        let right = Decision::Right(Right { word: Some(word), pattern: None, reason });
        self.decide_alike(right, &message, view, next)
    }

    /// Says that no repair may use a word.
    pub(super) fn never_use(&mut self, word: String, view: View, next: View) -> Result<Next> {
        let message = format!("never {}", visible(&word));
        self.decide_alike(Decision::Never(Never { word, reason: None }), &message, view, next)
    }
}

/// `1 place`, `2 places`
fn places(count: usize) -> String {
    counted(count, "place")
}
