//! The walk through series and findings: shows one after another, and turns keys into
//! decisions. The keys of a series are in `by_series`, those of a finding in `one_by_one`.

use anstyle::Style;
use descan_core::decisions::{Decision, Place};
use descan_report::keys::Action;
use descan_report::series::{Series, series};
use descan_text::escape::visible;

use crate::commands::review::gather::Files;
use crate::commands::review::item::Item;
use crate::commands::review::session::{Review, View};
use crate::commands::review::show;
use crate::commands::review::terminal::{Key, Terminal};
use crate::commands::review::undo::{Undone, undo};
use crate::error::Result;
use crate::setup::session::Session;

pub(super) const BOLD: Style = Style::new().bold();

/// How a walk ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// All findings were gone through.
    Finished,
    /// The user quit the review.
    Quit,
}

/// What to do after a key.
pub(super) enum Next {
    /// Ask about the same again.
    Ask,
    /// Show this, or the next after it that is not decided.
    On(View),
    /// Show this, even if it is decided.
    Back(View),
    Quit,
}

/// A walk through the undecided findings.
pub(super) struct Walk<'w, 's, 'f> {
    pub session: &'s Session,
    pub terminal: &'w mut Terminal<'s>,
    pub review: &'w mut Review,
    pub files: &'w mut Files<'f>,
    pub items: Vec<Item>,
    pub series: Vec<Series>,
    /// Whether the figures behind the reasons are shown.
    pub figures: bool,
    /// The text searched for last.
    search: String,
}

impl<'w, 's, 'f> Walk<'w, 's, 'f> {
    pub(super) fn new(
        session: &'s Session,
        terminal: &'w mut Terminal<'s>,
        review: &'w mut Review,
        files: &'w mut Files<'f>,
        items: Vec<Item>,
    ) -> Walk<'w, 's, 'f> {
        let members: Vec<_> = items.iter().map(|item| item.member.clone()).collect();
        let series = series(&members);
        Walk { session, terminal, review, files, items, series, figures: false, search: String::new() }
    }

    /// Goes through everything, beginning at `view`.
    pub(super) fn run(&mut self, view: View) -> Result<Exit> {
        let mut next = Next::On(view);
        loop {
            let view = match next {
                Next::On(view) => match self.undecided(view) {
                    Some(view) => view,
                    None => return Ok(Exit::Finished),
                },
                Next::Back(view) => view,
                Next::Quit => return Ok(Exit::Quit),
                Next::Ask => view,
            };
            match view {
                View::Series(at) => self.show_series(at)?,
                View::Item { series, at } => self.show_item(series, at)?,
            }
            next = loop {
                match self.key(view)? {
                    Next::Ask => self.prompt(view)?,
                    next => break next,
                }
            };
        }
    }

    /// The first view from `view` on that has something undecided.
    fn undecided(&self, view: View) -> Option<View> {
        match view {
            View::Series(from) => (from..self.series.len()).find(|&at| !self.open_in(at).is_empty()).map(View::Series),
            View::Item { series, at } => {
                let is_open = |&at: &usize| self.is_open(self.index(series, at));
                match ((at..self.len(series)).find(is_open), series) {
                    (Some(at), _) => Some(View::Item { series, at }),
                    (None, Some(series)) => self.undecided(View::Series(series + 1)),
                    (None, None) => None,
                }
            }
        }
    }

    /// How many findings a view's list has.
    pub(super) fn len(&self, series: Option<usize>) -> usize {
        series.map_or(self.items.len(), |series| self.series[series].members.len())
    }

    /// The index of the finding with this number in the list.
    pub(super) fn index(&self, series: Option<usize>, at: usize) -> usize {
        series.map_or(at, |series| self.series[series].members[at])
    }

    pub(super) fn is_open(&self, index: usize) -> bool {
        !self.items[index].is_settled(self.review.decisions())
    }

    /// The indices of the undecided findings of a series.
    pub(super) fn open_in(&self, series: usize) -> Vec<usize> {
        self.series[series].members.iter().copied().filter(|&index| self.is_open(index)).collect()
    }

    /// How many places these findings have.
    pub(super) fn places(&self, which: &[usize]) -> usize {
        which.iter().map(|&index| self.items[index].count).sum()
    }

    /// Waits for a key and handles it.
    fn key(&mut self, view: View) -> Result<Next> {
        let action = match self.terminal.key()? {
            Key::Char(letter) => Action::of(letter),
            Key::Left => Some(Action::Previous),
            Key::Right => Some(Action::Next),
            _ => None,
        };
        let for_series = matches!(view, View::Series(_));
        match action {
            Some(Action::Quit) => {
                self.terminal.put("quit\n")?;
                Ok(Next::Quit)
            }
            Some(Action::Keys) => {
                let columns = self.terminal.size().0;
                self.terminal.put(&show::keys(for_series, columns))?;
                Ok(Next::Ask)
            }
            Some(Action::Undo) => self.undo(),
            Some(Action::Find) => self.find(view),
            Some(action) => match view {
                View::Series(at) => self.series_key(action, at),
                View::Item { series, at } => self.item_key(action, series, at),
            },
            None => self.say("press ? for the keys"),
        }
    }

    /// Decides findings, and goes on to `next`.
    pub(super) fn decide(
        &mut self,
        which: &[usize],
        what: &str,
        view: View,
        next: View,
        make: impl Fn(&Item, Place) -> Decision,
    ) -> Result<Next> {
        let files = &self.files.list;
        let path = |file: usize| files[file].path.clone();
        match self.review.decide(&mut self.items, which, path, view, make)? {
            Err(why) => self.say(&why),
            Ok(1) => self.go_on(what, next),
            Ok(places) => self.go_on(&format!("{what}, {places} places"), next),
        }
    }

    /// Makes a decision that applies to more than this place.
    pub(super) fn decide_alike(&mut self, decision: Decision, what: &str, view: View, next: View) -> Result<Next> {
        match self.review.decide_alike(decision, view)? {
            Err(why) => self.say(&why),
            Ok(()) => self.go_on(what, next),
        }
    }

    fn undo(&mut self) -> Result<Next> {
        match undo(self.terminal, self.review, &mut self.items)? {
            Undone::Here(view) => Ok(Next::Back(view)),
            Undone::Elsewhere => self.say("it is asked about again at the end"),
            Undone::Nothing => Ok(Next::Ask),
        }
    }

    /// Searches onwards, and from the start, for a text.
    fn find(&mut self, view: View) -> Result<Next> {
        let Some(typed) = self.terminal.line("search: ", &self.search)? else { return Ok(Next::Ask) };
        if typed.is_empty() {
            return Ok(Next::Ask);
        }
        self.search = typed;
        let item = |index: usize| &self.items[index];
        let path = |index: usize| self.files.list[item(index).file].path.as_str();
        let view = match view {
            View::Series(at) => {
                let count = self.series.len();
                let found = |&index: &usize| item(index).is_about(&self.search, path(index));
                let hit = |at: &usize| self.series[*at].members.iter().any(found);
                (at + 1..count).chain(0..=at).find(hit).map(View::Series)
            }
            View::Item { series, at } => {
                let found = |index: usize| item(index).is_beside(&self.search, path(index));
                let hit = |at: &usize| found(self.index(series, *at));
                let at = (at + 1..self.len(series)).chain(0..=at).find(hit);
                at.map(|at| View::Item { series, at })
            }
        };
        match view {
            Some(view) => Ok(Next::Back(view)),
            None => self.say(&format!("{} is not found", visible(&self.search))),
        }
    }

    /// Shows the prompt of a view again.
    fn prompt(&mut self, view: View) -> Result<()> {
        match view {
            View::Series(at) => self.prompt_series(at),
            View::Item { .. } => self.terminal.put(&format!("{BOLD}Apply this? {BOLD:#}")),
        }
    }

    pub(super) fn go_on(&mut self, message: &str, view: View) -> Result<Next> {
        self.terminal.put(&format!("{message}\n"))?;
        Ok(Next::On(view))
    }

    pub(super) fn say(&mut self, what: &str) -> Result<Next> {
        self.terminal.say(what)?;
        Ok(Next::Ask)
    }
}

/// `1 guess`, `2 guesses`
pub(super) fn guesses(count: usize) -> String {
    format!("{count} {} (suspect)", if count == 1 { "guess" } else { "guesses" })
}
