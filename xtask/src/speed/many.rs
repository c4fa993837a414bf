//! A large number of small files.

use std::ffi::OsStr;

use super::processes::{descan, peak_memory, time};
use super::texts;

/// The size of each file, in bytes.
const FILE: usize = 4_000;

/// Checks this many files with all threads.
pub(super) fn table(files: usize) -> Result<String, String> {
    let mut table = format!("| {files} files of {} kB | time | memory |\n|---|--:|--:|\n", FILE / 1000);
    for texts in texts::all() {
        let folder = texts.folder(files, FILE);
        let check = || descan([OsStr::new("check"), folder.path().as_os_str()]);
        let seconds = time(&mut check()).as_secs_f64();
        let memory = peak_memory(&check()).map_or("not measured".to_owned(), |mb| format!("{mb:.0} MB"));
        table += &format!("| {} | {seconds:.1} s | {memory} |\n", texts.name);
    }
    Ok(table)
}
