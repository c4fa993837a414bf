//! Runs the program in a real pseudo-terminal.

use std::process::Command;
use std::time::Duration;

use expectrl::session::OsSession;
use expectrl::{Eof, Expect as _, Session};

use crate::support::Folder;

/// A terminal in which the program runs; afterwards it prints the exit code and the
/// state of the terminal.
pub(crate) struct Terminal {
    session: OsSession,
    /// Everything shown so far.
    pub shown: String,
}

impl Terminal {
    /// Starts the program in a folder, in a terminal with this many columns.
    pub(crate) fn start(folder: &Folder, columns: u16, args: &[&str]) -> Terminal {
        // A pager draws on the screen.
        Terminal::start_with(folder, columns, &[("GIT_PAGER", "cat")], args)
    }

    /// Starts the program so, with these variables.
    pub(crate) fn start_with(folder: &Folder, columns: u16, set: &[(&str, &str)], args: &[&str]) -> Terminal {
        // `script` sets a size of its own, perhaps after the program has started, so
        // the shell waits until that is done.
        let script = format!(
            "read -r go; stty echo cols {columns} rows 30; \"$0\" \"$@\"; echo \"left with $?\"; stty -a | tr ';' '\\n' | tr ' ' '\\n' \
             | grep -x -e '-*icanon' -e '-*echo' -e '-*isig'; echo over"
        );
        let mut command = Command::new("sh");
        command.args(["-c", &script]).arg(assert_cmd::cargo::cargo_bin!("descan")).args(args);
        command.current_dir(folder.path("")).env("TERM", "xterm").env_remove("NO_COLOR");
        command.envs(set.iter().copied());
        let mut session = Session::spawn(command).expect("a pseudo-terminal");
        session.set_expect_timeout(Some(Duration::from_secs(60)));
        session.send_line("go").expect("sent");
        Terminal { session, shown: String::new() }
    }

    /// Waits until something is shown.
    #[track_caller]
    pub(crate) fn sees(&mut self, text: &str) -> &mut Terminal {
        match self.session.expect(text) {
            Ok(found) => {
                self.shown.push_str(&String::from_utf8_lossy(found.before()));
                self.shown.push_str(text);
            }
            Err(e) => panic!("{text:?} is not shown ({e}) behind {}", self.shown),
        }
        self
    }

    /// Presses keys.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Terminal {
        self.session.send(keys).expect("sent");
        self
    }

    /// Waits for the end, and checks the exit code and that the terminal is restored.
    #[track_caller]
    pub(crate) fn ends_with(&mut self, code: i32) {
        self.sees(&format!("left with {code}\r\n"));
        self.sees("over");
        let found = self.session.expect(Eof).map(|rest| String::from_utf8_lossy(rest.before()).into_owned());
        self.shown.push_str(&found.unwrap_or_default());
        let state: Vec<&str> = self.shown.rsplit("left with").next().unwrap_or_default().lines().skip(1).collect();
        for mode in ["isig", "icanon", "echo"] {
            assert!(state.contains(&mode), "the terminal is left without {mode}: {state:?}");
        }
    }

    /// The process at the terminal's other end: the shell.
    pub(crate) fn shell(&self) -> i32 {
        self.session.get_process().pid().as_raw()
    }

    /// What was shown, without colours.
    pub(crate) fn plain(&self) -> String {
        anstream::adapter::strip_str(&self.shown).to_string()
    }
}
