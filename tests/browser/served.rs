//! The page of `descan serve`.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use super::STORY;
use super::driver::Browser;
use super::images::png;

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn serve(folder: &TempDir, args: &[&str]) -> (Server, String) {
    let mut server = Command::new(env!("CARGO_BIN_EXE_descan"))
        .arg("serve")
        .args(args)
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    let mut line = String::new();
    BufReader::new(server.stdout.take().expect("piped")).read_line(&mut line).expect("an address");
    (Server(server), line.trim().to_owned())
}

/// Waits until so many decisions are saved; their number.
fn saved(folder: &TempDir, is_it: impl Fn(usize) -> bool) -> usize {
    let mut lines = 0;
    for _ in 0..200 {
        let text = fs::read_to_string(folder.path().join("descan.decisions.jsonl")).unwrap_or_default();
        lines = text.lines().skip(1).filter(|line| serde_json::from_str::<Value>(line).is_ok()).count();
        if is_it(lines) {
            return lines;
        }
        sleep(Duration::from_millis(100));
    }
    panic!("{lines} decisions are saved");
}

#[test]
fn files_are_loaded_as_needed_and_decisions_are_saved_at_once() {
    let folder = TempDir::new().expect("a folder");
    for name in ["a.txt", "b.txt"] {
        fs::write(folder.path().join(name), STORY).expect("written");
    }
    let Some(browser) = Browser::start(folder.path(), (1280, 900)) else { return };
    let (_server, address) = serve(&folder, &["."]);
    browser.visit(&address);
    assert_eq!(browser.js("return document.querySelectorAll('.f').length"), 0);
    browser.click("[data-file='0']");
    browser.until("return document.querySelectorAll('.f').length > 10");
    browser.click(".f.m");
    browser.keys("n");
    browser.until("return document.querySelectorAll('.f.no').length === 1");
    let refused = saved(&folder, |lines| lines == 1);
    // A series goes over files that are not loaded.
    browser.until("return document.querySelector('#docs .f') !== null");
    browser.keys("o");
    browser.until("return document.querySelectorAll('#series li > button').length > 0");
    // One of which nothing is decided yet, and whose places all have marks.
    let both = "[...document.querySelectorAll('#series li > button')]\
                .find(b => b.textContent.includes('two words run together') && b.textContent.includes('in 2 files'))";
    browser.until(&format!("return {both} !== undefined"));
    browser.js(&format!("{both}.click()"));
    browser.keys("y");
    browser.until("return !document.getElementById('ask').hidden");
    browser.keys("y");
    browser.until("return document.getElementById('ask').hidden && document.querySelectorAll('.f.yes').length > 0");
    saved(&folder, |lines| lines > refused);
    browser.keys("u");
    browser.until("return document.querySelectorAll('.f.yes').length === 0");
    saved(&folder, |lines| lines == refused);
    // What was decided is there when the page is loaded again.
    browser.visit(&address);
    browser.click("[data-file='0']");
    browser.until("return document.querySelectorAll('.f.no').length === 1");
    assert_eq!(browser.console(), Vec::<String>::new());
}

#[test]
fn page_images_are_shown() {
    let folder = TempDir::new().expect("a folder");
    fs::create_dir(folder.path().join("scans")).expect("created");
    fs::write(folder.path().join("scans/a.png"), png([40, 56])).expect("written");
    fs::write(folder.path().join("a.txt"), STORY).expect("written");
    let Some(browser) = Browser::start(folder.path(), (1280, 900)) else { return };
    let (_server, address) = serve(&folder, &["--images", "scans", "a.txt"]);
    browser.visit(&address);
    browser.until("return document.querySelectorAll('.f').length > 10");
    browser.click(".f.m");
    browser.until("return document.querySelector('#scan img').naturalWidth === 40");
    assert_eq!(browser.console(), Vec::<String>::new());
}
