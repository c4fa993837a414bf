//! A terminal that reads single keys. However the review ends, dropping it
//! restores the terminal.

use std::io::{self, Write as _};
use std::time::Duration;

use anstyle::Style;
use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers, poll, read};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode, size};
use descan_text::escape::visible;

use crate::display::{plain, wrapped_at_words};
use crate::error::{CliError, Result};
use crate::setup::session::Session;
use crate::terminal::layout::{cut_start, width_of, wrapped};

const BOLD: Style = Style::new().bold();
/// How often to check for Ctrl-C while waiting for a key.
const TICK: Duration = Duration::from_millis(200);

/// The keys that a review understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Char(char),
    Enter,
    Escape,
    Left,
    Right,
    Home,
    End,
    Backspace,
    Delete,
    /// Delete everything before the cursor: Ctrl-U.
    Clear,
}

/// The terminal, in raw mode.
pub(super) struct Terminal<'s> {
    session: &'s Session,
}

impl<'s> Terminal<'s> {
    /// Switches the terminal to raw mode.
    pub(super) fn open(session: &'s Session) -> Result<Terminal<'s>> {
        enable_raw_mode().map_err(|e| broken(&e))?;
        Ok(Terminal { session })
    }

    /// Columns and rows.
    pub(super) fn size(&self) -> (usize, usize) {
        match size() {
            Ok((columns, rows)) if columns > 0 && rows > 0 => (columns.into(), rows.into()),
            _ => (80, 24),
        }
    }

    /// Writes text that is safe to print, with the line breaks that a raw
    /// terminal needs.
    pub(super) fn put(&mut self, text: &str) -> Result<()> {
        let mut out = anstream::stdout().lock();
        let written = out.write_all(text.replace('\n', "\r\n").as_bytes()).and_then(|()| out.flush());
        written.map_err(|e| broken(&e))
    }

    /// Writes a message, wrapped to the terminal.
    pub(super) fn say(&mut self, text: &str) -> Result<()> {
        let text = wrapped_at_words(&format!("{text}\n"), self.size().0, "  ");
        self.put(&text)
    }

    /// Waits for a key.
    ///
    /// # Errors
    /// Ctrl-C, a signal, or a closed terminal.
    pub(super) fn key(&mut self) -> Result<Key> {
        loop {
            if self.session.is_stopped() {
                return Err(CliError::Interrupted);
            }
            wait(TICK).map_err(|e| broken(&e))?;
            if !poll(Duration::ZERO).map_err(|e| broken(&e))? {
                continue;
            }
            let Event::Key(event) = read().map_err(|e| broken(&e))? else { continue };
            if event.kind == KeyEventKind::Release {
                continue;
            }
            let control = event.modifiers.contains(KeyModifiers::CONTROL);
            return Ok(match event.code {
                KeyCode::Char('c') if control => return Err(CliError::Interrupted),
                KeyCode::Char('d') if control => Key::Char('q'),
                KeyCode::Char('u') if control => Key::Clear,
                KeyCode::Char(c) if !control => Key::Char(c),
                KeyCode::Enter => Key::Enter,
                KeyCode::Esc => Key::Escape,
                KeyCode::Left => Key::Left,
                KeyCode::Right => Key::Right,
                KeyCode::Home => Key::Home,
                KeyCode::End => Key::End,
                KeyCode::Backspace => Key::Backspace,
                KeyCode::Delete => Key::Delete,
                _ => continue,
            });
        }
    }

    /// Asks until one of the keys is pressed; Escape is the last of them.
    ///
    /// # Errors
    /// As [`Terminal::key`].
    pub(super) fn choose(&mut self, question: &str, keys: &[char]) -> Result<char> {
        let question = wrapped(&[(BOLD, question.to_owned())], self.size().0, "", "");
        self.put(question.trim_end_matches('\n'))?;
        let last = keys.last().copied().unwrap_or('n');
        loop {
            let answer = match self.key()? {
                Key::Char(key) if keys.contains(&key) => key,
                Key::Escape => last,
                _ => continue,
            };
            self.put(&format!("{answer}\n"))?;
            return Ok(answer);
        }
    }

    /// Asks a yes/no question until it is answered.
    ///
    /// # Errors
    /// As [`Terminal::key`].
    pub(super) fn ask(&mut self, question: &str) -> Result<bool> {
        Ok(self.choose(&format!("{question} [y,n] "), &['y', 'n'])? == 'y')
    }

    /// Lets the user edit a line that starts as `text`, all of it selected: the first key
    /// that is no arrow replaces it. `None` if Escape was pressed.
    ///
    /// # Errors
    /// As [`Terminal::key`].
    pub(super) fn line(&mut self, prompt: &str, text: &str) -> Result<Option<String>> {
        let mut typed: Vec<char> = text.chars().collect();
        let mut at = typed.len();
        let mut selected = !typed.is_empty();
        loop {
            self.show_line(prompt, &typed, at, selected)?;
            let key = self.key()?;
            if selected && matches!(key, Key::Char(_) | Key::Backspace | Key::Delete) {
                typed.clear();
                at = 0;
            }
            let replaced = selected && at == 0;
            selected = false;
            match key {
                Key::Backspace | Key::Delete if replaced => {}
                Key::Enter => {
                    self.put("\n")?;
                    return Ok(Some(typed.into_iter().collect()));
                }
                Key::Escape => {
                    self.put("\n")?;
                    return Ok(None);
                }
                Key::Char(c) => {
                    typed.insert(at, c);
                    at += 1;
                }
                Key::Backspace if at > 0 => {
                    at -= 1;
                    typed.remove(at);
                }
                Key::Delete if at < typed.len() => {
                    typed.remove(at);
                }
                Key::Clear => {
                    typed.drain(..at);
                    at = 0;
                }
                Key::Left => at = at.saturating_sub(1),
                Key::Right => at = (at + 1).min(typed.len()),
                Key::Home => at = 0,
                Key::End => at = typed.len(),
                Key::Backspace | Key::Delete => {}
            }
        }
    }

    /// Redraws as much of the line as fits, with the cursor in its place.
    fn show_line(&mut self, prompt: &str, typed: &[char], at: usize, selected: bool) -> Result<()> {
        let room = self.size().0.saturating_sub(width_of(prompt) + 1).max(8);
        let before = cut_start(&visible(&typed[..at].iter().collect::<String>()), room);
        let mut behind = String::new();
        for c in visible(&typed[at..].iter().collect::<String>()).chars() {
            if width_of(&before) + width_of(&behind) + width_of(c.encode_utf8(&mut [0; 4])) > room {
                break;
            }
            behind.push(c);
        }
        let back = width_of(&behind);
        let back = if back > 0 { format!("\x1b[{back}D") } else { String::new() };
        let style = if selected { Style::new().invert() } else { Style::new() };
        self.put(&format!("\r\x1b[K{prompt}{style}{before}{behind}{style:#}{back}"))
    }
}

impl Drop for Terminal<'_> {
    fn drop(&mut self) {
        let _ = disable_raw_mode(); // There is no terminal left to report it on.
    }
}

/// Waits until there is something to read, for this long at most.
///
/// # Errors
/// The terminal was closed: `crossterm` would read its end again and again.
#[cfg(unix)]
fn wait(longest: Duration) -> io::Result<()> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll as wait_for};

    let input = io::stdin();
    let mut input = [PollFd::new(&input, PollFlags::IN)];
    let longest = Timespec { tv_sec: longest.as_secs().cast_signed(), tv_nsec: longest.subsec_nanos().into() };
    match wait_for(&mut input, Some(&longest)) {
        Err(error) if error != rustix::io::Errno::INTR => Err(error.into()),
        _ if input[0].revents().intersects(PollFlags::HUP | PollFlags::ERR) => {
            Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it was closed"))
        }
        _ => Ok(()),
    }
}

/// Waits until there is something to read, for this long at most.
#[cfg(not(unix))]
fn wait(longest: Duration) -> io::Result<()> {
    poll(longest).map(|_| ())
}

fn broken(error: &io::Error) -> CliError {
    CliError::Io(format!("lost the terminal: {}; your decisions are saved", plain(error)))
}
