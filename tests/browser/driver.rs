//! Drives a real Chromium by [WebDriver](https://www.w3.org/TR/webdriver2/),
//! which is JSON over HTTP.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use serde_json::{Value, json};

/// A browser with one page open. It ends with the test.
pub(crate) struct Browser {
    driver: Child,
    port: u16,
    session: String,
}

impl Browser {
    /// Starts a browser that saves downloads in `downloads`; `None` where there
    /// is no Chromium on this machine.
    pub(crate) fn start(downloads: &Path, size: (u32, u32)) -> Option<Browser> {
        let runs = |name: &str| {
            let asked = Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
            asked.is_ok_and(|status| status.success())
        };
        if !runs("chromedriver") || !runs("chromium") {
            return None;
        }
        let port = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port").port();
        let driver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        let mut browser = Browser { driver, port, session: String::new() };
        for _ in 0..300 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                break;
            }
            sleep(Duration::from_millis(100));
        }
        // A sandbox of its own needs rights that a container may not give.
        let arguments = [
            "--headless=new".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            format!("--window-size={},{}", size.0, size.1),
            format!("--user-data-dir={}", downloads.join("profile").display()),
        ];
        let answer = browser.ask(
            "POST",
            "/session",
            &json!({ "capabilities": { "alwaysMatch": {
                "goog:loggingPrefs": { "browser": "ALL" },
                "goog:chromeOptions": {
                    "binary": "/usr/bin/chromium",
                    "args": arguments,
                    "prefs": { "download.default_directory": downloads, "download.prompt_for_download": false },
                },
            } } }),
        );
        browser.session = answer["sessionId"].as_str().unwrap_or_else(|| panic!("no session: {answer}")).to_owned();
        Some(browser)
    }

    /// Opens a file; returns when it has loaded.
    pub(crate) fn open(&self, file: &Path) {
        self.visit(&format!("file://{}", file.display()));
    }

    /// Opens an address; returns when it has loaded.
    pub(crate) fn visit(&self, url: &str) {
        self.post("/url", &json!({ "url": url }));
    }

    /// Makes the screen as wide and high as this, in CSS pixels: a window cannot be as
    /// narrow as a phone.
    pub(crate) fn resize(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": true });
        self.post("/goog/cdp/execute", &json!({ "cmd": "Emulation.setDeviceMetricsOverride", "params": size }));
    }

    /// A picture of a part of the page, as PNG in base64, even of what is off the screen.
    pub(crate) fn picture(&self, [x, y, width, height]: [u32; 4]) -> String {
        let clip = json!({ "x": x, "y": y, "width": width, "height": height, "scale": 1 });
        let asked = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let answer = self.post("/goog/cdp/execute", &json!({ "cmd": "Page.captureScreenshot", "params": asked }));
        answer["data"].as_str().expect("a picture").to_owned()
    }

    /// What a function body returns, run in the page. The page's own policy does
    /// not bind the driver.
    pub(crate) fn js(&self, body: &str) -> Value {
        self.post("/execute/sync", &json!({ "script": body, "args": [] }))
    }

    /// Waits until the function body returns true.
    pub(crate) fn until(&self, body: &str) {
        for _ in 0..200 {
            if self.js(body) == true {
                return;
            }
            sleep(Duration::from_millis(100));
        }
        panic!("it never holds: {body}");
    }

    /// Clicks the first element that a selector finds, as a person would: it
    /// fails if that cannot be seen.
    pub(crate) fn click(&self, selector: &str) {
        let element = self.find(selector);
        self.post(&format!("/element/{element}/click"), &json!({}));
    }

    /// Types keys into what has the focus.
    pub(crate) fn keys(&self, keys: &str) {
        let actions: Vec<Value> = keys
            .chars()
            .flat_map(|key| [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })])
            .collect();
        self.post("/actions", &json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] }));
    }

    /// The text of an element as it shows.
    pub(crate) fn text(&self, selector: &str) -> String {
        let element = self.find(selector);
        self.ask("GET", &format!("/session/{}/element/{element}/text", self.session), &Value::Null)
            .as_str()
            .expect("text")
            .to_owned()
    }

    /// What the console said, errors of the content policy included.
    pub(crate) fn console(&self) -> Vec<String> {
        let log = self.post("/se/log", &json!({ "type": "browser" }));
        log.as_array().expect("a list").iter().map(|entry| entry["message"].to_string()).collect()
    }

    fn find(&self, selector: &str) -> String {
        let found = self.post("/element", &json!({ "using": "css selector", "value": selector }));
        // The key is the standard's name for an element.
        found["element-6066-11e4-a52e-4f735466cecf"]
            .as_str()
            .unwrap_or_else(|| panic!("{selector}: {found}"))
            .to_owned()
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        self.ask("POST", &format!("/session/{}{path}", self.session), body)
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("chromedriver answers");
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n{body}",
            body.len()
        )
        .expect("sent");
        let mut answer = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            answer.read_line(&mut line).expect("a head");
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().expect("a number");
            }
            if line.trim().is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        answer.read_exact(&mut body).expect("a body");
        let answer: Value = serde_json::from_slice(&body).expect("JSON");
        let value = &answer["value"];
        assert!(value.get("error").is_none(), "{method} {path}: {}: {}", value["error"], value["message"]);
        value.clone()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() && !std::thread::panicking() {
            self.ask("DELETE", &format!("/session/{}", self.session), &Value::Null);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
