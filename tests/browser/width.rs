//! Nothing is wider than the screen, on a phone or at a desk.

use super::driver::Browser;
use super::{STORY, Shown, shown};

/// The elements that end right of the screen, but for what is placed there to be hidden.
const TOO_WIDE: &str = "return [...document.querySelectorAll('body *')].filter(e => !e.closest('.skip') && \
    e.getBoundingClientRect().right > innerWidth + 0.5).map(e => e.outerHTML.slice(0, 80))";

/// Fails if anything sticks out: by the measures of the page and of its elements, and by a
/// picture of what is right of the screen, which is the same as that of an empty page.
fn nothing_sticks_out(browser: &Browser, width: u32, state: &str) {
    let wide = browser.js("return document.documentElement.scrollWidth > innerWidth");
    assert_eq!(wide, false, "{state} at {width}");
    assert_eq!(browser.js(TOO_WIDE), serde_json::json!([]), "{state} at {width}");
    assert!(is_empty_beside(browser, width), "{state} at {width}: something is right of the screen");
}

fn is_empty_beside(browser: &Browser, width: u32) -> bool {
    // From where the page is scrolled to: what is fixed to the screen is there.
    let top = browser.js("return Math.floor(scrollY)").as_u64().expect("a number");
    let beside = [width, u32::try_from(top).expect("a short page"), 300, 1000];
    let shown = browser.picture(beside);
    browser.js("document.body.style.visibility = 'hidden'");
    let empty = browser.picture(beside);
    browser.js("document.body.style.visibility = ''");
    shown == empty
}

#[test]
fn nothing_is_wider_than_the_screen() {
    let word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(2);
    let hard = format!("{STORY}\n{word} tbe {word}tbe\n");
    let name = format!("{}.txt", "a-very-long-name-of-a-file-".repeat(4));
    let files = [("story.txt", STORY), (name.as_str(), hard.as_str())];
    let Some(Shown { folder: _kept, browser, page }) = shown(&files) else { return };
    for (width, height) in [(390, 844), (1280, 900)] {
        browser.resize(width, height);
        browser.open(&page);
        nothing_sticks_out(&browser, width, "the page");
        browser.keys("jjjv");
        nothing_sticks_out(&browser, width, "a finding with its figures");
        browser.keys("n");
        nothing_sticks_out(&browser, width, "a decided finding");
        browser.keys("e");
        nothing_sticks_out(&browser, width, "a line to type");
        browser.keys("\u{e00c}o");
        nothing_sticks_out(&browser, width, "the series");
        browser.keys("y");
        nothing_sticks_out(&browser, width, "a question");
        browser.keys("\u{e00c}?");
        nothing_sticks_out(&browser, width, "the keys");
        browser.keys("?");
        browser.click("#rules summary");
        nothing_sticks_out(&browser, width, "the rules");
    }
}

/// The checks above can fail.
#[test]
fn what_sticks_out_is_seen() {
    let Some(Shown { folder: _kept, browser, .. }) = shown(&[("story.txt", STORY)]) else { return };
    browser.resize(390, 844);
    assert!(is_empty_beside(&browser, 390));
    browser.js("document.querySelector('header h1').textContent = 'x'.repeat(200)");
    assert!(!is_empty_beside(&browser, 390));
    assert_ne!(browser.js(TOO_WIDE), serde_json::json!([]));
}

/// The panel does not hide the mark that it is about.
#[test]
fn a_phone_shows_mark_and_panel() {
    let Some(Shown { folder: _kept, browser, page }) = shown(&[("story.txt", STORY)]) else { return };
    browser.resize(390, 844);
    browser.open(&page);
    browser.keys("jjj");
    let fits = "const m = document.querySelector('.f.on').getBoundingClientRect(), \
        p = document.getElementById('panel').getBoundingClientRect(), \
        c = document.getElementById('close').getBoundingClientRect(); \
        return m.top >= 0 && m.bottom <= p.top && c.right <= innerWidth && c.top >= p.top";
    assert_eq!(browser.js(fits), true);
}
