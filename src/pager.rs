//! Shows long output in the pager that git would use.

use std::io::{self, IsTerminal as _, Write};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use anstream::{AutoStream, ColorChoice};

/// Whether a pager is on the screen. It handles Ctrl-C itself.
static RUNNING: AtomicBool = AtomicBool::new(false);

/// Whether a pager is on the screen.
pub(crate) fn is_running() -> bool {
    RUNNING.load(Ordering::SeqCst)
}

/// Standard output for people, through a pager if there is one.
pub(crate) struct Paged {
    pager: Option<Child>,
}

impl Paged {
    /// Starts the pager, if standard output is a terminal: that of GIT_PAGER, git's
    /// settings or PAGER, or else `less`. An empty one and `cat` mean none.
    pub(crate) fn start() -> Paged {
        let pager = if io::stdout().is_terminal() { spawn() } else { None };
        RUNNING.store(pager.is_some(), Ordering::SeqCst);
        Paged { pager }
    }

    /// Writes text that may have colours.
    pub(crate) fn write_all(&mut self, text: &[u8]) -> io::Result<()> {
        let Some(input) = self.pager.as_mut().and_then(|pager| pager.stdin.as_mut()) else {
            return anstream::stdout().write_all(text);
        };
        if AutoStream::choice(&io::stdout()) == ColorChoice::Never {
            let plain: Vec<u8> = anstream::adapter::strip_bytes(text).flatten().copied().collect();
            input.write_all(&plain)
        } else {
            input.write_all(text)
        }
    }
}

impl Drop for Paged {
    /// Waits until the reader has quit the pager.
    fn drop(&mut self) {
        if let Some(mut pager) = self.pager.take() {
            drop(pager.stdin.take());
            let _ = pager.wait(); // There is nobody left to tell.
            RUNNING.store(false, Ordering::SeqCst);
        }
    }
}

fn spawn() -> Option<Child> {
    let pager = name()?;
    let mut command = Command::new("sh");
    command.args(["-c", &pager]).stdin(Stdio::piped());
    // As git does: quit if it fits on one screen, keep colours, do not clear the screen.
    for (name, value) in [("LESS", "FRX"), ("LV", "-c")] {
        if std::env::var_os(name).is_none() {
            command.env(name, value);
        }
    }
    command.spawn().ok()
}

/// The command line of the pager.
fn name() -> Option<String> {
    let from_env = |name| std::env::var(name).ok();
    let from_git = || {
        let output = Command::new("git").args(["var", "GIT_PAGER"]).stderr(Stdio::null()).output().ok()?;
        let name = String::from_utf8(output.stdout).ok()?;
        output.status.success().then(|| name.trim().to_owned())
    };
    let pager = from_env("GIT_PAGER").or_else(from_git).or_else(|| from_env("PAGER"));
    let pager = pager.unwrap_or_else(|| "less".to_owned());
    (!pager.is_empty() && pager != "cat").then_some(pager)
}
