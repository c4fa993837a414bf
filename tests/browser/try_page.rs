//! The page of `docs/try`, where `bash docs/try/build` has made it.

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::driver::Browser;

/// It cleans as the command line does, from a file and under a policy that allows no network.
#[test]
fn pasted_text_is_cleaned() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/try/index.html");
    if !page.is_file() {
        eprintln!("no target/try/index.html: the page is not tried; `bash docs/try/build` makes it");
        return;
    }
    let folder = TempDir::new().expect("a folder");
    let Some(browser) = Browser::start(folder.path(), (1280, 900)) else {
        eprintln!("no chromium and chromedriver here: the page is not tried in a browser");
        return;
    };
    browser.open(&page);
    let began = Instant::now();
    while browser.js("return document.getElementById('run').disabled") == Value::Bool(true) {
        assert!(began.elapsed() < Duration::from_secs(60), "the page does not get ready");
        sleep(Duration::from_millis(100));
    }
    for level in ["certain", "suspect"] {
        browser.js(&format!(
            "document.getElementById('scan').value = {}; document.getElementById('level').value = {};
             document.getElementById('run').click();",
            json!(super::STORY),
            json!(level)
        ));
        let shown = browser.js("return document.getElementById('cleaned').textContent");
        std::fs::write(folder.path().join("story.txt"), super::STORY).expect("written");
        let cleaned = Command::new(env!("CARGO_BIN_EXE_descan"))
            .args(["clean", "--level", level, "story.txt"])
            .current_dir(folder.path())
            .stderr(Stdio::null())
            .output()
            .expect("it runs");
        assert_eq!(shown, json!(String::from_utf8_lossy(&cleaned.stdout)), "{level}; is the page older than descan?");
        let rows = browser.js("return document.querySelectorAll('#findings tr').length");
        assert!(rows.as_u64() > Some(5), "{rows}");
    }
}
