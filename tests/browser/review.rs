//! Reviewing in the page: marks, series, typed text, words that are right, search.

use std::fs;
use std::thread::sleep;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::driver::Browser;
use super::{Shown, descan, letters, shown, shown_with, text_of};

const PAGE: &str = "She gave tbe basket to the old man, and tbe old man gave it back at once.\n\
    Nobody in the village had seen tbe ship, or tbe men who had come with it.\n\
    They sat upon the wall of the quay and waited for the tide to turn again.\n\
    The ship had an Al program that told jokes to all who would listen to it.\n";

/// The same in other words: places with the same words around them are decided together.
const OTHER: &str = "He brought tbe lantern down to the cellar, where tbe two brothers were asleep.\n\
    There was no sign of tbe letter, and nobody asked about tbe money that night.\n";

/// The decisions that the page offers for download.
fn downloaded(folder: &TempDir, browser: &Browser) -> Vec<Value> {
    let file = folder.path().join("descan.decisions.jsonl");
    let _ = fs::remove_file(&file);
    browser.click("#save");
    // A browser makes the file first and fills it then.
    for _ in 0..100 {
        let lines = fs::read_to_string(&file).unwrap_or_default();
        if lines.ends_with('\n') {
            return lines.lines().skip(1).map(|line| serde_json::from_str(line).expect("JSON")).collect();
        }
        sleep(Duration::from_millis(100));
    }
    panic!("nothing was downloaded");
}

fn count(browser: &Browser, selector: &str) -> u64 {
    let found = browser.js(&format!("return document.querySelectorAll({}).length", json!(selector)));
    found.as_u64().expect("a number")
}

#[test]
fn whole_words_are_marked_and_decided_ones_look_decided() {
    let text = "“I’m sure,” said George. and went out of the room without another word to her.\n";
    let text = format!("{text}{PAGE}");
    let Some(Shown { folder: _kept, browser, .. }) = shown_with(&[("a.txt", &text)], &["--level", "suspect"]) else {
        return;
    };
    let words =
        browser.js("return [...document.querySelectorAll('.f')].map(f => [...f.children].map(c => c.textContent))");
    for pair in words.as_array().expect("a list") {
        let [old, new] = [&pair[0], &pair[1]].map(|word| word.as_str().expect("text"));
        assert!(old.len() > 1 && new.len() > 1, "a mark of less than a word: {pair}");
    }
    let style = "const s = getComputedStyle(document.querySelector('.f')); return s.boxShadow + \
        getComputedStyle(document.querySelector('.f'), '::after').content";
    let undecided = browser.js(style);
    browser.click(".f");
    browser.keys("yk");
    let applied = browser.js(style);
    browser.keys("nk");
    let left = browser.js(style);
    assert!(undecided != applied && applied != left && left != undecided, "{undecided} {applied} {left}");
}

#[test]
fn a_series_is_decided_with_a_question_and_undone() {
    let Some(Shown { folder, browser, .. }) = shown(&[("a.txt", PAGE), ("b.txt", OTHER)]) else { return };
    browser.keys("o");
    let tbe = "[...document.querySelectorAll('#series li > button')].find(b => b.textContent.includes('tbe'))";
    let row = browser.js(&format!("return {tbe}.textContent"));
    let row = row.as_str().expect("text");
    assert!(row.contains("tbe → the") && row.contains("8 places in 2 files"), "{row}");
    browser.js(&format!("{tbe}.click()"));
    assert_eq!(count(&browser, "#series .sample"), 3);
    // Nothing is decided before the question is answered.
    browser.keys("n");
    assert!(browser.text("#question").contains("8 places"), "{}", browser.text("#question"));
    browser.keys("n");
    assert_eq!(count(&browser, ".f.no"), 0);
    // One is an exception, and stays so.
    browser.keys("o");
    assert!(browser.text("#what").contains("1 of 8 in the series"), "{}", browser.text("#what"));
    browser.keys("y");
    browser.keys("on");
    assert!(browser.text("#question").contains("7 places"), "{}", browser.text("#question"));
    browser.keys("y");
    assert_eq!((count(&browser, ".f.no"), count(&browser, ".f.yes")), (7, 1));
    let lines = downloaded(&folder, &browser);
    assert_eq!(lines.iter().filter(|line| line["type"] == "refuse").count(), 7, "{lines:?}");
    let cleaned = descan(&folder, &["clean", "a.txt"]);
    assert_eq!(cleaned.matches("tbe").count(), 3, "{cleaned}");
    browser.keys("u");
    assert_eq!((count(&browser, ".f.no"), count(&browser, ".f.yes")), (0, 1));
}

/// Guesses are never taken with what is surer, unless a person says so.
#[test]
fn guesses_are_not_taken_unasked() {
    let story = include_str!("../../fixtures/heavy-page.scan.txt");
    let guesses = include_str!("../../fixtures/undamaged.scan.txt");
    let texts = [("a.txt", story), ("b.txt", PAGE), ("c.txt", guesses)];
    let Some(Shown { folder, browser, .. }) = shown(&texts) else { return };
    browser.keys("o");
    browser.click("#spacing");
    let suspects = count(&browser, ".f.s");
    let series = count(&browser, "#series li");
    assert!(suspects > 0, "the page has no guess, and shows nothing");
    let mut asked = 0;
    for at in 0..series {
        browser.js(&format!("document.querySelector('[data-series=\"{at}\"]').click()"));
        browser.keys("y");
        let question = browser.text("#question");
        asked += usize::from(question.contains("suspect"));
        let first = browser.js("return document.querySelector('#answers button').textContent");
        // Where all are guesses the question says so; else the first answer leaves them.
        if question.contains("All of them are suspect") {
            browser.keys("n")
        } else {
            browser.keys("y")
        }
        assert!(
            !question.contains("suspect")
                || first.as_str().expect("text").contains("guesses")
                || first.as_str().expect("text").contains("not the suspect"),
            "{question}: {first}"
        );
    }
    assert!(asked > 0, "no question names the guesses");
    assert_eq!(count(&browser, ".f.s.yes"), 0);
    assert!(!downloaded(&folder, &browser).is_empty());
}

#[test]
fn a_text_is_typed_and_shown_before_it_is_taken() {
    let Some(Shown { folder, browser, .. }) = shown(&[("a.txt", PAGE)]) else { return };
    browser.click(".f.m");
    browser.keys("e");
    browser.keys("that");
    let preview = browser.text("#preview");
    assert!(preview.contains("She gave that basket to the old man"), "{preview}");
    assert_eq!(count(&browser, ".f.typed"), 0);
    browser.keys("\u{e007}");
    assert_eq!(count(&browser, ".f.typed"), 1);
    browser.click("[value=after] + span");
    let shown = letters(&text_of(&browser));
    assert!(shown.starts_with("She gave that basket"), "{shown}");
    downloaded(&folder, &browser);
    assert_eq!(letters(&descan(&folder, &["clean", "a.txt"])), shown);
}

#[test]
fn a_word_is_right_and_another_is_never_used() {
    let Some(Shown { folder, browser, .. }) = shown(&[("a.txt", PAGE)]) else { return };
    browser.click(".f.m");
    browser.keys("w");
    browser.keys("as printed");
    browser.keys("\u{e007}");
    assert_eq!(count(&browser, ".f.no"), 4);
    let lines = downloaded(&folder, &browser);
    assert_eq!(lines, [json!({ "type": "right", "word": "tbe", "reason": "as printed" })]);
    assert_eq!(descan(&folder, &["clean", "a.txt"]).matches("tbe").count(), 4);
    browser.keys("u");
    assert_eq!(count(&browser, ".f.no"), 0);
    browser.click(".f.m");
    browser.keys("xy");
    assert_eq!(downloaded(&folder, &browser), [json!({ "type": "never", "word": "the" })]);
    assert_eq!(descan(&folder, &["clean", "a.txt"]).matches("tbe").count(), 4);
}

#[test]
fn all_alike_are_decided_by_one_line() {
    let Some(Shown { folder, browser, .. }) = shown(&[("a.txt", PAGE)]) else { return };
    browser.click(".f.m");
    browser.keys("N");
    assert!(browser.text("#question").contains("4 places"), "{}", browser.text("#question"));
    browser.keys("y");
    assert_eq!(count(&browser, ".f.no"), 4);
    let lines = downloaded(&folder, &browser);
    assert_eq!(lines.iter().map(|line| &line["type"]).collect::<Vec<_>>(), ["refuse-alike"]);
    assert_eq!(descan(&folder, &["clean", "a.txt"]).matches("tbe").count(), 4);
}

#[test]
fn search_finds_words_and_says_when_there_are_none() {
    let Some(Shown { folder: _kept, browser, .. }) = shown(&[("a.txt", PAGE), ("b.txt", PAGE)]) else { return };
    browser.keys("/");
    browser.keys("Al program\u{e007}");
    assert!(browser.text("#what").contains("a.txt, line 4"), "{}", browser.text("#what"));
    browser.keys("/\u{e007}");
    assert!(browser.text("#what").contains("b.txt, line 4"), "{}", browser.text("#what"));
    browser.js("document.getElementById('query').value = 'zebra'");
    browser.click("[data-do=find]");
    assert!(browser.text("#question").contains("not in any finding"), "{}", browser.text("#question"));
}

/// A download holds what was decided before the page was made, or it would be lost.
#[test]
fn earlier_decisions_are_kept() {
    let Some(Shown { folder, browser, page }) = shown(&[("a.txt", PAGE)]) else { return };
    let earlier = "{\"type\":\"decisions\",\"schema\":1}\n{\"type\":\"right\",\"word\":\"Ervan\"}\n";
    fs::write(folder.path().join("descan.decisions.jsonl"), earlier).expect("written");
    descan(&folder, &["report", "--html", "page.html", "a.txt"]);
    browser.open(&page);
    browser.click(".f.m");
    browser.keys("n");
    let lines = downloaded(&folder, &browser);
    assert_eq!(lines.iter().map(|line| &line["type"]).collect::<Vec<_>>(), ["right", "refuse"]);
}

/// The page has the keys of the table that the terminal has.
#[test]
fn the_keys_are_those_of_the_table() {
    let Some(Shown { folder: _kept, browser, .. }) = shown(&[("a.txt", PAGE)]) else { return };
    browser.keys("?");
    let listed =
        browser.js("return [...document.querySelectorAll('#keys kbd')].map(k => k.textContent + k.dataset.name)");
    let keys: Vec<String> = descan_report::keys::KEYS
        .iter()
        .filter(|key| key.in_page)
        .map(|key| format!("{}{}", key.key, key.name))
        .collect();
    assert_eq!(listed, json!(keys));
    // Each button's action is one of them.
    let buttons = browser.js("return [...document.querySelectorAll('[data-do]')].map(b => b.dataset.do)");
    for name in buttons.as_array().expect("a list") {
        assert!(keys.iter().any(|key| key[1..] == *name.as_str().expect("text")), "{name}");
    }
}
