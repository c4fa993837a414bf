//! Runs whole processes and measures them.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::measure::project::{Profile, program};

/// The release program with arguments.
pub(super) fn descan<I: AsRef<OsStr>>(arguments: impl IntoIterator<Item = I>) -> Command {
    let mut command = Command::new(program(Profile::Release));
    command.args(arguments);
    command
}

/// `wc -w` of a file, in a UTF-8 locale.
pub(super) fn wc(file: &Path) -> Command {
    let mut command = Command::new("wc");
    command.arg("-w").arg(file).env("LC_ALL", "C.UTF-8");
    command
}

/// `typos` on a file, if it is installed.
pub(super) fn typos(file: &Path) -> Option<Command> {
    let program = std::env::var_os("TYPOS").unwrap_or_else(|| "typos".into());
    Command::new(&program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().ok()?;
    let mut command = Command::new(program);
    command.arg("--isolated").arg("--threads").arg("1").arg(file);
    Some(command)
}

/// How long each command takes: the median of `rounds` rounds. All commands run in
/// each round, so that other load on the machine affects them alike.
pub(super) fn in_turns(commands: &mut [Command], rounds: usize) -> Vec<Duration> {
    let mut times = vec![Vec::with_capacity(rounds); commands.len()];
    for _ in 0..rounds {
        for (command, times) in commands.iter_mut().zip(&mut times) {
            times.push(time(command));
        }
    }
    let median = |mut times: Vec<Duration>| {
        times.sort_unstable();
        times[times.len() / 2]
    };
    times.into_iter().map(median).collect()
}

/// How long one run of a command takes.
pub(super) fn time(command: &mut Command) -> Duration {
    let start = Instant::now();
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let status = status.unwrap_or_else(|e| panic!("{command:?}: {e}"));
    // descan exits with 1 if it has findings, and typos with 2.
    assert!(status.code().is_some_and(|code| code <= 2), "{command:?}: {status}");
    start.elapsed()
}

/// The peak memory of a command, in megabytes; none without `/usr/bin/time`.
pub(super) fn peak_memory(command: &Command) -> Option<f64> {
    let mut timed = Command::new("/usr/bin/time");
    timed.args(["-f", "%M"]).arg(command.get_program()).args(command.get_args());
    let out = timed.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).output().ok()?;
    let told = String::from_utf8_lossy(&out.stderr).into_owned();
    told.lines().last()?.trim().parse::<f64>().ok().map(|kilobytes| kilobytes * 1024.0 / 1e6)
}
