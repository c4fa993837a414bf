//! Rules that have a new name, applied to an earlier program's report.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use regex::bytes::{Captures, Regex};

/// The rule of a finding. Quotes within a field are escaped, so that no text
/// that is quoted in a report looks like this.
static RULE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#""rule":"([^"\\]*)""#).expect("a pattern"));

/// New names of rules by their old ones.
#[derive(Default)]
pub(super) struct Renames(BTreeMap<Vec<u8>, String>);

impl Renames {
    /// Reads `OLD=NEW` pairs, and those in a file, one a line.
    ///
    /// # Errors
    /// A sentence, if the file cannot be read or a pair has no `=`.
    pub(super) fn read(pairs: &[String], file: Option<&Path>) -> Result<Renames, String> {
        let mut pairs = pairs.to_vec();
        if let Some(file) = file {
            let text = fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
            pairs.extend(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned));
        }
        let mut renames = Renames::default();
        for pair in pairs {
            let (old, new) = pair.split_once('=').ok_or_else(|| format!("{pair:?} is not OLD=NEW"))?;
            renames.0.insert(old.trim().as_bytes().to_vec(), new.trim().to_owned());
        }
        Ok(renames)
    }

    /// Whether no rule has a new name.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A report in JSON lines, with the new names in the fields `rule`.
    pub(super) fn apply(&self, report: Vec<u8>) -> Vec<u8> {
        if self.is_empty() {
            return report;
        }
        let renamed = |found: &Captures<'_>| match self.0.get(&found[1]) {
            Some(new) => format!("\"rule\":\"{new}\"").into_bytes(),
            None => found[0].to_vec(),
        };
        RULE.replace_all(&report, renamed).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::Renames;

    #[test]
    fn only_the_field_of_the_rule_is_renamed() {
        let renames = Renames::read(&["dots=stops".to_owned()], None).expect("a pair");
        let before = br#"{"rule":"dots","before":"dots \"rule\":\"dots\"","pass":"dots"}"#;
        let after = br#"{"rule":"stops","before":"dots \"rule\":\"dots\"","pass":"dots"}"#;
        assert_eq!(renames.apply(before.to_vec()), after.to_vec());
        assert!(Renames::read(&["dots".to_owned()], None).is_err());
    }
}
