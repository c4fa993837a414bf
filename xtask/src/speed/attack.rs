//! Texts made to be slow. Time must be linear in size, whatever the text.

use std::ffi::OsStr;

use super::processes::{descan, peak_memory, time};
use super::texts;

/// A text that repeats one unit.
struct Attack {
    name: &'static str,
    unit: &'static str,
}

const ATTACKS: [Attack; 12] = [
    Attack { name: "one letter", unit: "a" },
    Attack { name: "one word", unit: "tbe " },
    Attack { name: "look-alikes without a blank", unit: "il1|" },
    Attack { name: "quotes", unit: "\"" },
    Attack { name: "curly quotes, nested", unit: "“‘" },
    Attack { name: "apostrophes in words", unit: "a’" },
    Attack { name: "hyphens and line breaks", unit: "a-\n" },
    Attack { name: "line breaks", unit: "\n" },
    Attack { name: "bars", unit: "|" },
    Attack { name: "combining marks", unit: "\u{301}" },
    Attack { name: "full stops and blanks", unit: ". " },
    Attack { name: "no text", unit: "\0\u{1}" },
];

/// Checks each text at 1, 10, 100 and `most` megabytes.
///
/// Ten times the size may take at most fifteen times as long.
pub(super) fn table(most: usize) -> Result<String, String> {
    let sizes: Vec<usize> = [1, 10, 100].into_iter().filter(|&size| size < most).chain([most]).collect();
    let heads: Vec<String> = sizes.iter().map(|size| format!("{size} MB")).collect();
    let mut table = format!("| | {} | memory |\n|---|{}--:|\n", heads.join(" | "), "--:|".repeat(sizes.len()));
    let mut steep = Vec::new();
    for attack in &ATTACKS {
        let mut cells = Vec::new();
        let mut last: Option<(usize, f64)> = None;
        let mut memory = None;
        for &size in &sizes {
            let file = texts::file(attack.unit.repeat(size * 1_000_000 / attack.unit.len()).as_bytes());
            let check = || {
                let options = ["check", "--text", "--threads", "1"].map(OsStr::new);
                descan(options.into_iter().chain([file.path().as_os_str()]))
            };
            let seconds = time(&mut check()).as_secs_f64();
            // Very short times say nothing about growth.
            if let Some((before, took)) = last.filter(|&(_, took)| took > 0.05)
                && seconds / took > 1.5 * size as f64 / before as f64
            {
                steep.push(format!("{} from {before} to {size} MB", attack.name));
            }
            last = Some((size, seconds));
            cells.push(format!("{seconds:.2} s"));
            if size == most {
                memory = peak_memory(&check());
            }
        }
        let memory = memory.map_or("not measured".to_owned(), |mb| format!("{mb:.0} MB"));
        let row = format!("| {} | {} | {memory} |\n", attack.name, cells.join(" | "));
        eprint!("{row}");
        table += &row;
    }
    if steep.is_empty() { Ok(table) } else { Err(format!("{table}\nnot linear: {}", steep.join(", "))) }
}
