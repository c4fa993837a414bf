//! Errors in settings files and user rules: each is reported in one sentence that
//! says where and how to fix it, with exit code 2 and nothing written.

use std::time::{Duration, Instant};

use crate::support::{Folder, SCAN};

/// A settings file next to a scan, and a run that would write files.
#[track_caller]
fn refused(config: &str, parts: &[&str]) {
    let folder = Folder::with(&[("descan.toml", config), ("a.txt", SCAN)]);
    refused_in(&folder, parts);
}

#[track_caller]
fn refused_in(folder: &Folder, parts: &[&str]) {
    let before = folder.files();
    let start = Instant::now();
    folder.run(["clean", "--write", "a.txt"]).refuses(parts);
    assert!(start.elapsed() < Duration::from_secs(20), "{parts:?} took {:?}", start.elapsed());
    assert_eq!(folder.files(), before, "nothing is written");
    assert_eq!(folder.text("a.txt"), SCAN, "nothing is changed");
}

#[test]
fn unknown_keys_get_a_suggestion() {
    refused(
        "# settings\nlevle = \"certain\"\n",
        &["descan.toml:2:1: unknown key \"levle\"", "did you mean \"level\"?"],
    );
    refused("fail_on = \"certain\"\n", &["descan.toml:1:1", "did you mean \"fail-on\"?"]);
    refused("extends = \"x\"\n", &["did you mean \"extend\"?"]);
    refused("colour = 1\n", &["unknown key \"colour\"; the keys are level, fail-on,"]);
    refused("[protect]\nwords = []\n", &["descan.toml:1:", "is not a list"]);
    refused("[[protect]]\nword = []\n", &["descan.toml:2:1: unknown key \"word\" in [[protect]]", "\"words\""]);
    refused("[[protect]]\nwhy = \"\"\n", &["use words, pattern and reason"]);
}

#[test]
fn wrong_types_and_values_are_reported_with_their_place() {
    for (config, parts) in [
        ("level = 3\n", ["descan.toml:1:9: 3 is not", "\"probable\""]),
        ("level = \"certian\"\n", ["unknown level \"certian\"", "did you mean \"certain\"?"]),
        ("level = \"off\"\n", ["unknown level \"off\"", "use certain, probable, suspect"]),
        ("fail-on = [\"certain\"]\n", ["descan.toml:1:11: a list is not", "certain"]),
        ("unwrap = \"yes\"\n", ["descan.toml:1:10: \"yes\" is not", "true or false"]),
        ("threads = 0\n", ["0 is not a whole number", "from 1 to 1024"]),
        ("threads = -1\n", ["-1 is not a whole number", "from 1 to 1024"]),
        ("threads = 99999999999999999999\n", ["is not a whole number", "from 1 to 1024"]),
        ("threads = 1.5\n", ["a fraction is not", "from 1 to 1024"]),
        ("ignore = \"pages\"\n", ["\"pages\" is not a list", "[ ]"]),
        ("ignore = [1]\n", ["descan.toml:1:11: 1 is not", "a string in quotes"]),
        ("ignore = [\"pages\", \"\"]\n", ["descan.toml:1:20", "the text is empty"]),
        ("select = [\"ligatures\"]\n", ["descan.toml:1:11", "did you mean \"ligature\"?"]),
        ("ignore = [\n  \"nothing-like-it\",\n]\n", ["descan.toml:2:3", "unknown rule or pass"]),
        ("style = [\"curled\"]\n", ["descan.toml:1:10: unknown style \"curled\"", "did you mean \"curly\"?"]),
        ("levels = [\"ligature\"]\n", ["a list is not a table", "[levels]"]),
        ("[levels]\nligature = true\n", ["descan.toml:2:12: true is not", "certain"]),
        ("[levels]\nligature = \"of\"\n", ["unknown level \"of\"", "did you mean \"off\"?"]),
        ("[levels]\nligatur = \"off\"\n", ["descan.toml:2:1", "did you mean \"ligature\"?"]),
        ("[levels]\npages = \"off\"\n", ["descan.toml:2:1", "\"pages\" is a pass"]),
        ("rules = [\"gone\"]\n", ["descan.toml:1:10: cannot read gone", "no such file"]),
        ("extend = 7\n", ["descan.toml:1:10", "7 is not a string"]),
        ("extend = \"a\\u0000b\"\n", ["descan.toml:1:10", "NUL"]),
        ("[[protect]]\nreason = \"x\"\n", ["descan.toml:1:1", "neither words nor a pattern"]),
        ("[[protect]]\nwords = [\"x\"]\n", ["descan.toml:1:1", "has no reason"]),
        ("[[protect]]\nwords = [\"x\"]\nreason = \" \"\n", ["descan.toml:3:10", "the text is empty"]),
        ("[[protect]]\nwords = []\nreason = \"x\"\n", ["descan.toml:2:9", "the list of words is empty"]),
        ("[[protect]]\npattern = \"(\"\nreason = \"x\"\n", ["descan.toml:2:11: bad pattern", "unclosed group"]),
        ("level = \"certain\"\nlevel = \"suspect\"\n", ["descan.toml:2:1: not valid TOML", "duplicate key"]),
        ("level certain\n", ["descan.toml:1:", "not valid TOML"]),
        ("\u{feff}é = 1\nlevle = 2\n", ["descan.toml:1:1: not valid TOML", "unquoted key"]),
        ("\"é\" = [ ] # one\n", ["descan.toml:1:1: unknown key \"é\"", "the keys are"]),
    ] {
        refused(config, &parts);
    }
}

#[test]
fn unreadable_files() {
    let folder = Folder::with(&[("a.txt", SCAN), ("latin.toml", "")]);
    folder.run(["check", "--config", "gone.toml", "a.txt"]).refuses(&["cannot read gone.toml: no such file"]);
    folder.run(["check", "--config", ".", "a.txt"]).refuses(&["cannot read .: it is not a regular file"]);
    folder.run(["check", "--config", "x", "--no-config", "a.txt"]).refuses(&["cannot be used with"]);
    folder.write("latin.toml", b"level = \"certain\"\n# caf\xe9\n");
    folder.run(["check", "--config", "latin.toml", "a.txt"]).refuses(&["latin.toml:2: not valid UTF-8", "save"]);
    folder.write("big.toml", "#".repeat((1 << 20) + 1));
    folder.run(["check", "--config", "big.toml", "a.txt"]).refuses(&["big.toml: it is larger than 1 MiB"]);
    folder.run(["check", "--config", "/dev/zero", "a.txt"]).refuses(&["/dev/zero: it is not a regular file"]);
    // A folder of that name is not a settings file.
    std::fs::create_dir(folder.path("descan.toml")).expect("created");
    folder.run(["check", "a.txt"]).exits(1);
}

#[cfg(unix)]
#[test]
fn a_broken_link_is_reported() {
    let folder = Folder::with(&[("a.txt", SCAN)]);
    std::os::unix::fs::symlink("gone", folder.path("descan.toml")).expect("linked");
    refused_in(&folder, &["cannot read descan.toml: no such file"]);
}

#[test]
fn files_that_extend_missing_files_or_each_other() {
    refused("extend = \"base.toml\"\n", &["descan.toml:1:10: cannot read base.toml: no such file"]);
    let circle = Folder::with(&[
        ("descan.toml", "extend = \"in/b.toml\"\n"),
        ("in/b.toml", "extend = \"../descan.toml\"\n"),
        ("a.txt", SCAN),
    ]);
    refused_in(&circle, &["in/b.toml:1:10: these settings files extend each other in a circle", "remove one `extend`"]);
    refused("extend = \"descan.toml\"\n", &["descan.toml:1:10", "in a circle"]);
    let inner = Folder::with(&[
        ("descan.toml", "extend = \"base.toml\"\n"),
        ("base.toml", "\nlevle = \"certain\"\n"),
        ("a.txt", SCAN),
    ]);
    refused_in(&inner, &["base.toml:2:1: unknown key \"levle\""]);
}

/// Files made to exhaust time or memory are refused like any mistake.
#[test]
fn hostile_files() {
    let deep = format!("x = {}{}\n", "[".repeat(100_000), "]".repeat(100_000));
    refused(&deep, &["descan.toml:1:", "not valid TOML"]);
    let dotted = format!("{} = 1\n", ["a"; 100_000].join("."));
    refused(&dotted, &["descan.toml:1:"]);
    let pattern = |p: &str| format!("[[protect]]\npattern = '''{p}'''\nreason = \"x\"\n");
    for huge in ["a{1000}{1000}{1000}", "(?:x{0,100000}){0,100000}", r"\w{999}{999}", r"(\pL{64}|\pN{64}){512}"] {
        refused(&pattern(huge), &["descan.toml:2:11: bad pattern", "make its repetitions smaller"]);
    }
    refused(&pattern("a{9999999999999}"), &["descan.toml:2:11: bad pattern"]);
    refused(&pattern(&"(".repeat(200_000)), &["descan.toml:2:11: bad pattern"]);
    refused(&pattern(&format!("{}a{}", "(".repeat(100_000), ")".repeat(100_000))), &["bad pattern"]);
    let many_keys: String = (0..50_000).map(|i| format!("k{i} = 1\n")).collect();
    refused(&many_keys, &["descan.toml:1:1: unknown key \"k0\""]);
    let long_key = format!("{} = 1\n", "level".repeat(100_000));
    refused(&long_key, &["descan.toml:1:1: unknown key"]);
    refused("\"\\u001b[31m\\u202e\" = 1\n", &["unknown key \"\\u{1b}[31m\\u{202e}\""]);
}

/// Many protected words and patterns take little time.
#[test]
fn many_protected_words() {
    let words: Vec<String> = (0..40_000).map(|i| format!("\"word{i}\"")).collect();
    let config = format!("[[protect]]\nwords = [{}]\npattern = '(?m)^.*(a|b)*c?$'\nreason = \"x\"\n", words.join(","));
    let folder = Folder::with(&[("descan.toml", &config), ("a.txt", &SCAN.repeat(200))]);
    let start = Instant::now();
    folder.run(["check", "a.txt"]).exits(0);
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}

/// An invalid user rule stops every command that would use it.
#[test]
fn user_rules_are_refused_before_anything_is_written() {
    const RULE: &str = "name = \"inkblot\"\nsummary = \"a blot\"\nlevel = \"certain\"\nwhy = \"Blots.\"\n\
        pattern = '''[a-z](?P<bad>#)[a-z]'''\nwith = \"\"\ntriggers = [\"#\"]\n\
        [[change]]\nfrom = \"gar#den\"\nto = \"garden\"\n[[keep]]\ntext = \"#12\"\n";
    let cases: [(&str, String, &[&str]); 6] = [
        ("a built-in name", RULE.replace("\"inkblot\"", "\"ligature\""), &["inkblot.toml", "\"ligature\" already"]),
        ("huge", RULE.replace("[a-z](?P", "[a-z]{1000}{1000}(?P"), &["inkblot.toml", "make its repetitions smaller"]),
        ("deep", RULE.replace("[a-z](?P", &format!("{}(?P", "(".repeat(90_000))), &["inkblot.toml", "bad pattern"]),
        ("big", format!("{RULE}#{}", "x".repeat(1 << 20)), &["inkblot.toml: it is larger than 1 MiB"]),
        ("unknown field", RULE.replace("with =", "wiht ="), &["inkblot.toml:6", "wiht"]),
        ("a name that drives terminals", RULE.replace("inkblot", "ink\\u001bblot"), &["kebab-case"]),
    ];
    for (what, rule, parts) in cases {
        assert_ne!(rule, RULE, "{what}");
        let folder = Folder::with(&[
            ("descan.toml", "rules = [\"mine\"]\n"),
            ("mine/letters/inkblot.toml", &rule),
            ("a.txt", SCAN),
        ]);
        refused_in(&folder, parts);
        for command in [&["rules"][..], &["explain", "ligature"], &["test"], &["diff", "a.txt"], &["check", "a.txt"]] {
            folder.run(command).refuses(parts);
        }
    }
}
