//! Help, completions and manual pages.

use std::process::Command;

use crate::support::Folder;

#[test]
fn short_help_is_short_and_long_help_has_examples() {
    let folder = Folder::new();
    for command in ["clean", "diff", "check", "undo", "rules", "explain", "test", "config", "schema", "man"] {
        let short = folder.run([command, "-h"]).exits(0).out();
        let long = folder.run([command, "--help"]).exits(0).out();
        assert!(!short.contains("How do I"), "{short}");
        assert!(long.contains("How do I …\n"), "{long}");
        assert_eq!(folder.run(["help", command]).exits(0).out(), long);
    }
    assert!(folder.run(["-h"]).exits(0).out().contains("130  interrupted"));
}

/// The installed shells accept their scripts.
#[test]
fn completions_are_scripts_that_name_the_commands() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = folder.run(["completions", shell]).exits(0).out();
        for part in ["clean", "--out-dir".trim_start_matches('-'), "completions"] {
            assert!(script.contains(part), "{shell} has no {part}");
        }
        folder.write(format!("descan.{shell}"), &script);
        if ["bash", "zsh", "fish"].contains(&shell)
            && let Ok(status) = Command::new(shell).arg("-n").arg(folder.path(format!("descan.{shell}"))).status()
        {
            assert!(status.success(), "{shell} does not accept its script");
        }
    }
    folder.run(["completions", "tcsh"]).refuses(&["tcsh", "bash"]);
}

/// What bash completes after `descan`.
#[test]
fn bash_completes_commands_and_values() {
    let folder = Folder::new();
    folder.write("descan.bash", folder.run(["completions", "bash"]).exits(0).out());
    let completes = |words: &str, last: &str| {
        let script = format!(
            "source ./descan.bash; COMP_WORDS=({words} '{last}'); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); \
             _descan descan '{last}' \"${{COMP_WORDS[COMP_CWORD-1]}}\"; echo \"${{COMPREPLY[@]}}\""
        );
        let output = Command::new("bash").args(["-c", &script]).current_dir(folder.path(".")).output();
        String::from_utf8_lossy(&output.expect("bash runs").stdout).into_owned()
    };
    assert!(completes("descan", "cl").contains("clean"));
    assert!(completes("descan clean --level", "").contains("probable"));
}

#[test]
fn manual_pages_one_or_all() {
    let folder = Folder::new();
    let page = folder.run(["man", "clean"]).exits(0).out();
    for part in [".TH descan-clean 1", "out\\-dir", "How do I"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(folder.run(["man"]).exits(0).out().contains(".TH descan 1"));
    assert!(folder.run(["man", "model", "build"]).exits(0).out().contains("descan-model-build"));
    folder.run(["man", "claen"]).refuses(&["no command \"claen\""]);
    folder.run(["man", "--dir", "pages"]).exits(0);
    for page in ["descan.1", "descan-clean.1", "descan-config.1", "descan-model-build.1"] {
        assert!(folder.files().contains(&format!("pages/{page}")), "{page}");
    }
    folder.write("file", "");
    folder.run(["man", "--dir", "file"]).refuses(&["cannot write file/"]);
}
