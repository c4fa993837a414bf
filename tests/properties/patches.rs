//! `git apply` and `patch` take every diff, both ways.

use std::fs;
use std::path::Path;
use std::process::Command;

use descan_report::diff::{quote_name, unified};
use descan_source::Document;
use proptest::prelude::*;

use crate::files::{any_file, any_places, outcome};

fn runs(dir: &Path, program: &str, args: &[&str]) -> Result<(), TestCaseError> {
    let out = Command::new(program)
        .args(args)
        .current_dir(dir)
        .env("GIT_CEILING_DIRECTORIES", dir)
        .output()
        .map_err(|e| TestCaseError::fail(format!("{program}: {e}")))?;
    prop_assert!(
        out.status.success(),
        "{} {:?}: {}{}",
        program,
        args,
        String::from_utf8_lossy(&out.stdout),
        String::from_utf8_lossy(&out.stderr)
    );
    Ok(())
}

pub(crate) fn takes(old: &[u8], new: &[u8], diff: &[u8], name: &str) -> Result<(), TestCaseError> {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join(name);
    fs::write(dir.path().join("the.diff"), diff).expect("written");
    let at = |bytes: &[u8]| fs::read(&file).is_ok_and(|b| b == bytes);
    let tools = [
        ("git", ["apply", "--whitespace=nowarn", "the.diff"], ["apply", "-R", "the.diff"]),
        ("patch", ["-p1", "-s", "-ithe.diff"], ["-p1", "-Rs", "-ithe.diff"]),
    ];
    for (program, forth, back) in tools {
        fs::write(&file, old).expect("written");
        runs(dir.path(), program, &forth)?;
        prop_assert!(at(new), "{} makes something else", program);
        runs(dir.path(), program, &back)?;
        prop_assert!(at(old), "{} does not lead back", program);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_diff_applies_and_reverts(
        bytes in any_file(),
        places in any_places(),
        name in prop_oneof![Just("story.txt"), Just("a story.txt"), Just("q\"uo\\te\tand\nline é.txt")],
    ) {
        let document = Document::decode(&bytes[..]);
        let outcome = outcome(&document, &places);
        let splice = document.splice(&outcome.edits);
        let new = splice.apply(&bytes);
        let diff = unified(&bytes, &splice, &quote_name("a/", name.as_bytes()), &quote_name("b/", name.as_bytes()));
        prop_assert_eq!(diff.is_empty(), new == bytes);
        // An empty file on either side is one that is made or removed: not what a cleaning does.
        if !diff.is_empty() && !bytes.is_empty() && !new.is_empty() {
            takes(&bytes, &new, &diff, name)?;
        }
    }
}
