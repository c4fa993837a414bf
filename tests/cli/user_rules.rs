//! `descan test DIR`: user rules, and what the loader refuses.

use crate::inkblot::inkblot;
use crate::support::Folder;

const RULE: &str = inkblot!("certain");

fn own(rule: &str) -> Folder {
    Folder::with(&[("mine/letters/inkblot.toml", rule)])
}

#[test]
fn built_in_and_user_rules_pass() {
    let folder = own(RULE);
    let run = folder.run(["test", "mine"]).exits(0);
    assert!(run.err().contains(" 0 failed"), "{}", run.err());
    folder.run(["test"]).exits(0);
}

/// Every error is one sentence with the file and how to fix it.
#[test]
fn refusals() {
    let without_changes =
        RULE.replace("[[change]]\nfrom = \"The gar#den was green.\"\nto = \"The garden was green.\"\n", "");
    let without_keeps = RULE.split("[[keep]]").next().expect("a part").to_owned();
    let cases: [(&str, String, &[&str]); 19] = [
        ("no change", without_changes, &["inkblot.toml", "no [[change]] example"]),
        ("no keep", without_keeps, &["no [[keep]] example"]),
        ("unknown field", RULE.replace("with =", "whit ="), &["inkblot.toml:6", "unknown field `whit`"]),
        ("no TOML", RULE.replacen("=", "", 1), &["inkblot.toml:1"]),
        ("invisible character", RULE.replace("was green", "was\u{a0}green"), &["inkblot.toml:10", "U+00A0"]),
        ("duplicate name", RULE.replace("inkblot", "ligature"), &["\"ligature\" already"]),
        ("bad pattern", RULE.replace("(?P<bad>#)", "(?P<bad>#"), &["bad pattern", "unclosed group"]),
        ("huge pattern", RULE.replace("[a-z](?P", "[a-z]{1000}{1000}(?P"), &["bad pattern"]),
        (
            "unknown region",
            RULE.replace("[[change]]", "[when]\nregion = [\"porse\"]\n[[change]]"),
            &["inkblot.toml:10", "unknown region \"porse\"", "prose"],
        ),
        ("unknown level", RULE.replace("\"certain\"", "\"sure\""), &["unknown level \"sure\"", "certain"]),
        ("empty trigger", RULE.replace("[\"#\"]", "[\"\"]"), &["trigger"]),
        (
            "a pattern for any place",
            RULE.replace("(?P<bad>#)", "(?P<bad>[^b])").replace("triggers = [\"#\"]", ""),
            &["inkblot.toml:5", "tried everywhere", "triggers"],
        ),
        (
            "a pattern for any token",
            RULE.replace("(?P<bad>#)", "(?P<bad>.)").replace("triggers = [\"#\"]", "scope = \"token\""),
            &["inkblot.toml:5", "plain words"],
        ),
        ("no such list", RULE.replace("[a-z](?P", "{fish}(?P"), &["inkblot.toml:5", "word list {fish}"]),
        ("no such group", RULE.replace("with = \"\"", "with = \"${good}\""), &["inkblot.toml:6", "(?P<good>"]),
        (
            "no such filter",
            RULE.replace("with = \"\"", "with = \"${bad|loud}\""),
            &["inkblot.toml:6", "filter \"loud\""],
        ),
        (
            "a condition on no group",
            RULE.replace("[[change]]", "[when]\nknown = [\"good\"]\n[[change]]"),
            &["inkblot.toml:", "[when] known", "(?P<good>"],
        ),
        (
            "a bad condition",
            RULE.replace("[[change]]", "[when]\nafter = '('\n[[change]]"),
            &["inkblot.toml:", "bad pattern"],
        ),
        ("odd name", RULE.replace("\"inkblot\"", "\"Ink Blot\""), &["kebab-case"]),
    ];
    for (what, rule, parts) in cases {
        assert_ne!(rule, RULE, "{what}");
        own(&rule).run(["test", "mine"]).refuses(parts);
    }
}

#[test]
fn failing_examples_are_reported_with_their_place() {
    let wrong = RULE.replace("to = \"The garden", "to = \"The gar-den");
    let not_alone = RULE.replace("The number was #12.", "The gar#den again.");
    let not_fixed = RULE
        .replace("with = \"\"", "with = \"#${bad}\"")
        .replace("(?P<bad>#)", "(?P<bad>#+)")
        .replace("to = \"The garden", "to = \"The gar##den");
    for (rule, parts) in [
        (wrong, ["inkblot.toml:9: ", "instead of"]),
        (not_alone, ["inkblot.toml:13: ", "must stay"]),
        (not_fixed, ["inkblot.toml:9: ", "no fixed point"]),
    ] {
        assert_ne!(rule, RULE);
        let run = own(&rule).run(["test", "mine"]).exits(1);
        assert!(parts.iter().all(|part| run.err().contains(part)), "{}", run.err());
        assert!(run.err().contains(" failed"), "{}", run.err());
    }
}

#[test]
fn a_gain_accepts_only_what_fits() {
    let rule = "name = \"inkblot\"\nsummary = \"be for he\"\nlevel = \"certain\"\nwhy = \"The h is read as b.\"\n\
        pattern = '(?P<bad>be)\\b'\nwith = \"he\"\ntriggers = [\"be\"]\n[when]\ngain = 3.0\n\
        [[change]]\nfrom = \"In the morning be was gone.\"\nto = \"In the morning he was gone.\"\n\
        [[keep]]\ntext = \"It ought to be done by the morning.\"\n";
    // Built-in rules may repair the first text before this one does; the second
    // must not change.
    let run = own(rule).run(["test", "mine"]);
    assert!(!run.err().contains("ought to"), "{}", run.err());
    assert!(!run.err().contains("instead of"), "{}", run.err());
}

#[test]
fn a_condition_names_any_shared_regex() {
    for name in ["typed-text", "foreign-text", "machine-word"] {
        let rule = RULE.replacen("[[change]]", &format!("[when]\ndocument-lacks = ['{{{name}}}']\n[[change]]"), 1);
        assert_ne!(rule, RULE);
        own(&rule).run(["test", "mine"]).exits(0);
    }
}

#[test]
fn folders_without_rules() {
    let folder = Folder::with(&[("mine/letter/inkblot.toml", RULE), ("empty/x.txt", "")]);
    folder.run(["test", "mine"]).refuses(&["no pass \"letter\"", "letters"]);
    folder.run(["test", "empty"]).refuses(&["there are no rules in empty"]);
    folder.run(["test", "gone"]).refuses(&["cannot read gone"]);
}
