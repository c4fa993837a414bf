//! Hashes of outputs, kept in a file: a line for each text, with tabs between
//! its path and the hash of each command's output.

use std::collections::BTreeMap;

use super::outputs::{COMMANDS, Hashes};

/// Hashes by the path of the text.
pub(super) struct Kept(BTreeMap<String, Hashes>);

impl Kept {
    /// Reads what [`to_table`] wrote; nothing if `bytes` are another kind of file.
    ///
    /// The inner result is a sentence if a line is not as it should be.
    pub(super) fn read(bytes: &[u8]) -> Option<Result<Kept, String>> {
        let table = std::str::from_utf8(bytes).ok()?;
        let lines = table.strip_prefix(&*head())?;
        Some(read_lines(lines))
    }

    /// The hashes of a text.
    pub(super) fn get(&self, text: &str) -> Option<&Hashes> {
        self.0.get(text)
    }

    /// The number of texts.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

fn read_lines(lines: &str) -> Result<Kept, String> {
    let mut kept = BTreeMap::new();
    for (index, line) in lines.lines().enumerate() {
        let mut cells = line.split('\t').map(str::to_owned);
        let text = cells.next().unwrap_or_default();
        let hashes: Vec<String> = cells.collect();
        let hashes: Hashes =
            hashes.try_into().map_err(|_| format!("line {} does not have {} hashes", index + 2, COMMANDS.len()))?;
        kept.insert(text, hashes);
    }
    Ok(Kept(kept))
}

/// The names of the columns.
fn head() -> String {
    let mut head = "text".to_owned();
    for (command, _) in COMMANDS {
        head.push('\t');
        head.push_str(command);
    }
    head.push('\n');
    head
}

/// The file that keeps the hashes of these texts.
pub(super) fn to_table<'r>(texts: impl Iterator<Item = (&'r str, &'r Hashes)>) -> String {
    let mut table = head();
    for (text, hashes) in texts {
        table.push_str(&format!("{text}\t{}\n", hashes.join("\t")));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::{Kept, to_table};

    #[test]
    fn what_is_written_is_read() {
        let hashes = ["a", "b", "c"].map(str::to_owned);
        let table = to_table([("fixtures/one.txt", &hashes)].into_iter());
        let kept = Kept::read(table.as_bytes()).expect("a file of hashes").expect("whole lines");
        assert_eq!((kept.len(), kept.get("fixtures/one.txt")), (1, Some(&hashes)));
        assert!(Kept::read(b"\x7fELF").is_none());
        let cut = table.trim_end().trim_end_matches("\tc");
        assert!(Kept::read(cut.as_bytes()).is_some_and(|kept| kept.is_err()));
    }
}
