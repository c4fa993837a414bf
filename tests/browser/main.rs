//! The page of `descan report --html`, used in a real Chromium as a person
//! uses it. Where there is none the tests say so and pass.
#![cfg(unix)]

mod driver;
mod images;
mod review;
mod served;
mod try_page;
mod width;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use driver::Browser;

const STORY: &str = include_str!("../../fixtures/harbour-story.scan.txt");

/// One rule is enough to mark a whole book, and is soon done.
const BOOK_RULE: [&str; 2] = ["--select", "ligature"];

/// A folder with texts, the page made from them, and a browser that shows it.
struct Shown {
    folder: TempDir,
    browser: Browser,
    page: PathBuf,
}

fn shown(files: &[(&str, &str)]) -> Option<Shown> {
    shown_with(files, &[])
}

fn shown_with(files: &[(&str, &str)], more: &[&str]) -> Option<Shown> {
    let mut names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    let write = |folder: &Path| {
        for (name, text) in files {
            fs::write(folder.join(name), text).expect("written");
        }
    };
    shown_of(write, &[more, &names].concat())
}

/// The page that `descan report` makes with these arguments in a folder that `write` fills.
fn shown_of(write: impl Fn(&Path), args: &[&str]) -> Option<Shown> {
    let folder = TempDir::new().expect("a folder");
    write(folder.path());
    let run = Command::new(env!("CARGO_BIN_EXE_descan"))
        .args(["report", "--html", "page.html"])
        .args(args)
        .current_dir(folder.path())
        .output()
        .expect("it runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let page = folder.path().join("page.html");
    let Some(browser) = Browser::start(folder.path(), (1280, 900)) else {
        eprintln!("no chromium and chromedriver here: the page is not tried in a browser");
        return None;
    };
    browser.open(&page);
    Some(Shown { folder, browser, page })
}

/// What `descan` prints there.
fn descan(folder: &TempDir, args: &[&str]) -> String {
    let run =
        Command::new(env!("CARGO_BIN_EXE_descan")).args(args).current_dir(folder.path()).output().expect("it runs");
    String::from_utf8_lossy(&run.stdout).into_owned()
}

/// The text of the page as it is there to be read, without signs and marks.
fn text_of(browser: &Browser) -> String {
    let body = "return [...document.querySelectorAll('.part')].map(p => p.innerText).join('')";
    browser.js("document.querySelectorAll('.part').forEach(p => p.style.contentVisibility = 'visible')");
    browser.js(body).as_str().expect("text").to_owned()
}

/// Letters alone: how a browser folds blank lines is not what is tested.
fn letters(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn before_and_after_are_the_scan_and_what_clean_writes() {
    let Some(Shown { folder, browser, .. }) = shown(&[("story.txt", STORY)]) else { return };
    browser.click("[value=before] + span");
    assert_eq!(letters(&text_of(&browser)), letters(STORY));
    browser.click("[value=after] + span");
    assert_eq!(letters(&text_of(&browser)), letters(&descan(&folder, &["clean", "story.txt"])));
    assert_eq!(browser.console(), Vec::<String>::new());
}

#[test]
fn a_click_shows_the_reasons_and_keys_go_on() {
    let Some(Shown { folder: _kept, browser, .. }) = shown(&[("story.txt", STORY)]) else { return };
    assert_eq!(browser.js("return document.getElementById('panel').hidden"), true);
    browser.click(".f.m");
    let first = browser.text("#panel");
    assert!(first.contains("story.txt, line ") && first.contains(" → ") && !first.contains(" %"), "{first}");
    // The figures come on request.
    browser.keys("v");
    assert!(browser.text("#why").contains("probability that it is right ("), "{}", browser.text("#why"));
    browser.keys("j");
    let second = browser.text("#what");
    assert!(!first.contains(&second), "{second}");
    browser.keys("k");
    assert!(first.contains(&browser.text("#what")));
    // A mark is reached by Tab and opened by Enter.
    browser.keys("\u{e00c}");
    assert_eq!(browser.js("return document.getElementById('panel').hidden"), true);
    browser.keys("\u{e004}\u{e007}");
    assert_eq!(browser.js("return document.getElementById('panel').hidden"), false);
}

#[test]
fn filters_hide_levels_and_rules() {
    let Some(Shown { folder: _kept, browser, .. }) = shown(&[("story.txt", STORY)]) else { return };
    let live = "return [...document.querySelectorAll('.f')].filter(f => f.tabIndex === 0).length";
    let all = browser.js(live).as_u64().expect("a number");
    browser.click("[data-level=c]");
    let without = browser.js(live).as_u64().expect("a number");
    assert!(without < all, "{without} of {all}");
    browser.click("[data-level=c]");
    browser.click("#rules summary");
    browser.click("#rules [data-all='0']");
    assert_eq!(browser.js(live), 0);
    browser.click("#rules label input");
    let one = browser.js(live).as_u64().expect("a number");
    let count = browser.js("return Number(document.querySelector('#rules label .n').textContent)");
    assert_eq!(one, count.as_u64().expect("a number"));
}

#[test]
fn what_is_decided_is_downloaded_and_obeyed() {
    // What is repaired, and at the end what is only suggested.
    let story = include_str!("../../fixtures/british-quotes.scan.txt");
    let offers = format!("{story}\nThe ship had an Al program that told jokes.\n");
    let Some(Shown { folder, browser, page }) = shown(&[("story.txt", &offers)]) else { return };
    let clean = descan(&folder, &["clean", "story.txt"]);
    browser.click(".f.m");
    browser.click(".verdict [data-do=reject]");
    // An offer is accepted.
    browser.js("document.querySelector('.f:not(.m)').scrollIntoView({block: 'center'})");
    browser.click(".f:not(.m)");
    browser.keys("y");
    let tally = browser.text("#tally");
    assert!(!tally.starts_with("0 of"), "{tally}");
    browser.click("[value=after] + span");
    let decided = letters(&text_of(&browser));
    browser.click("#save");
    let file = folder.path().join("descan.decisions.jsonl");
    // A browser makes the file first and fills it then.
    let mut lines = String::new();
    for _ in 0..100 {
        lines = fs::read_to_string(&file).unwrap_or_default();
        if lines.ends_with('\n') {
            break;
        }
        sleep(Duration::from_millis(100));
    }
    let mut lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    assert_eq!(lines.next(), Some(json!({ "type": "decisions", "schema": 1 })));
    let kinds: Vec<Value> = lines.map(|line| line["type"].clone()).collect();
    assert!(kinds.contains(&json!("refuse")) && kinds.contains(&json!("accept")), "{kinds:?}");
    // `clean` writes what the page showed.
    let obeyed = descan(&folder, &["clean", "--decisions", "descan.decisions.jsonl", "story.txt"]);
    assert_ne!(obeyed, clean);
    assert_eq!(letters(&obeyed), decided);
    // The page keeps them.
    browser.open(&page);
    assert_eq!(browser.text("#tally"), tally);
    browser.click(".f.no, .f.yes");
    browser.keys("u");
    assert_ne!(browser.text("#tally"), tally);
}

#[test]
fn nothing_in_a_text_runs_or_turns_the_page() {
    let attack = "She said <script>window.hit = 1</script> and <img src=x onerror='window.hit = 2'>\n\
        the \u{fb01}rst </script><script>window.hit = 3</script> o\u{fb03}cer \u{202e}live\u{202c} & \"\u{fb02}at\"'\n\
        --><svg onload=window.hit=4> ]]> {{7*7}} \u{fb01}n\u{fb01}<b>\u{fb01}</b>\u{0}\u{1b}[31m javascript:window.hit=5\n";
    let name = "<img src=x onerror=window.hit=6>\u{202e}'\".txt";
    let Some(Shown { folder: _kept, browser, .. }) = shown(&[(name, attack), ("b.txt", STORY)]) else { return };
    for mark in 0..3 {
        browser.js(&format!("document.querySelector('[data-f=\"{mark}\"]').click()"));
    }
    browser.click("#rules summary");
    assert_eq!(browser.js("return window.hit ?? null"), Value::Null);
    assert_eq!(browser.js("return document.querySelectorAll('main img, main script, aside img').length"), 0);
    let shown = browser.js("return document.body.innerText");
    let shown = shown.as_str().expect("text");
    assert!(shown.contains("<script>window.hit = 1</script>") && shown.contains("202E"));
    let bidi = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!shown.contains(bidi), "a direction is turned");
    // A script or a style that comes in some other way is refused by the policy.
    browser.js("const s = document.createElement('script'); s.textContent = 'window.hit = 7'; document.body.append(s)");
    browser.js("const i = document.createElement('img'); i.src = 'http://127.0.0.1:9/x.png'; document.body.append(i)");
    assert_eq!(browser.js("return window.hit ?? null"), Value::Null);
    let console = browser.console().join("\n");
    assert!(console.contains("Content Security Policy"), "{console}");
}

#[test]
fn several_texts_have_an_index_and_a_chart_each() {
    let Some(Shown { folder: _kept, browser, .. }) = shown(&[("a.txt", STORY), ("b & c.txt", STORY)]) else { return };
    assert_eq!(browser.js("return document.querySelectorAll('#index tbody tr').length"), 2);
    assert_eq!(browser.js("return document.querySelectorAll('.doc svg rect').length > 2"), true);
    browser.click("#index a[href='#d1']");
    assert_eq!(browser.js("return location.hash"), "#d1");
    assert!(browser.text("#d1 h2").contains("b & c.txt"));
    // The chart leads to the place.
    browser.js("window.scrollTo(0, 0)");
    browser.click("#d1 svg");
    assert_eq!(browser.js("return window.scrollY > 100"), true);
}

/// A book of 5 MB. The time is printed, not asserted: it is the machine's.
#[test]
fn a_book_opens() {
    let story =
        include_str!("../../fixtures/harbour-story.clean.txt").replace("fi", "\u{fb01}").replace("ff", "\u{fb00}");
    let book = story.repeat(5_000_000 / story.len() + 1);
    let Some(Shown { folder: _kept, browser, page }) = shown_with(&[("book.txt", &book)], &BOOK_RULE) else { return };
    let start = Instant::now();
    browser.open(&page);
    let loaded = start.elapsed();
    let painted = browser
        .js("const p = performance.getEntriesByType('paint').find(e => e.name === 'first-contentful-paint'); \
         return p ? p.startTime : null");
    browser.click(".f.m");
    let clicked = start.elapsed();
    let marks = browser.js("return document.querySelectorAll('.f').length");
    println!(
        "a book of {} bytes with {marks} marks, a page of {} bytes: loaded in {loaded:.1?}, first painted at {painted} ms, \
         reasons shown at {clicked:.1?}",
        book.len(),
        fs::metadata(&page).expect("there").len(),
    );
    assert!(marks.as_u64().expect("a number") > 1000);
    browser.keys("jj");
    assert!(browser.text("#what").contains("book.txt, line "));
}
