//! Instructions for fixed inputs, counted by `valgrind --tool=callgrind`. Other
//! load on the machine does not change this figure. The program is that of the
//! tests, so that CI need not build another; as released, it takes fewer.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::process::Command;

use super::texts;
use crate::measure::project::{Profile, program, root};

/// The size of the texts in bytes: large enough that starting up is a small part,
/// and small enough for valgrind.
const SIZE: usize = 100_000;
/// The factor by which a count may exceed its limit: other compilers and C
/// libraries need somewhat more instructions.
const SLACK: f64 = 1.03;

const HEAD: &str = "\
# Instructions that inputs made of the fixtures take, in millions. `cargo xtask speed --instructions`
# fails where one takes more; `--raise` takes over smaller ones, and never a larger one.
";

/// Counts the instructions for each input and compares them with their limits.
pub(super) fn check(raise: bool) -> Result<String, String> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        return Ok("no valgrind: instructions are not counted\n".to_owned());
    }
    let path = root().join("docs/instructions.toml");
    let written = fs::read_to_string(&path).unwrap_or_default();
    let mut most: BTreeMap<String, f64> = toml::from_str(&written).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut report = String::from("| instructions, in millions | now | at most |\n|---|--:|--:|\n");
    let mut missed = Vec::new();
    for (name, size) in [("right text", SIZE), ("scans", SIZE), ("start", 1024)] {
        let texts = texts::fixtures();
        let of = texts.iter().find(|t| t.name == name).unwrap_or(&texts[0]);
        let now = count(&of.bytes(size))? / 1e6;
        let key = name.replace(' ', "-");
        let limit = most.get(&key).copied();
        report +=
            &format!("| {name}, {size} bytes | {now:.1} | {} |\n", limit.map_or(String::new(), |l| l.to_string()));
        if limit.is_some_and(|limit| now > limit * SLACK) {
            missed.push(format!("{name} takes {now:.1} million instructions"));
        }
        if raise && limit.is_none_or(|limit| now < limit) {
            most.insert(key, (now * 10.0).ceil() / 10.0);
        }
    }
    if raise {
        let body = toml::to_string(&most).map_err(|e| e.to_string())?;
        fs::write(&path, format!("{HEAD}\n{body}")).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    if missed.is_empty() { Ok(report) } else { Err(format!("{report}\n{}", missed.join("\n"))) }
}

/// The number of instructions of `descan check` for a file with these bytes.
fn count(bytes: &[u8]) -> Result<f64, String> {
    let file = texts::file(bytes);
    let check = [OsStr::new("check"), "--threads".as_ref(), "1".as_ref(), file.path().as_os_str()];
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(program(Profile::Dev));
    let out = valgrind.args(check).output().map_err(|e| format!("valgrind: {e}"))?;
    let told = String::from_utf8_lossy(&out.stderr).into_owned();
    let collected = told.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    collected.ok_or_else(|| format!("valgrind counted nothing:\n{told}"))
}
