//! `descan serve`, by requests as they come over the wire.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::support::{Folder, SCAN};

struct Server {
    process: Child,
    port: u16,
    token: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Server {
    fn start(folder: &Folder, args: &[&str]) -> Server {
        let mut process = Command::new(env!("CARGO_BIN_EXE_descan"))
            .arg("serve")
            .args(args)
            .current_dir(folder.path(""))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it runs");
        let mut address = String::new();
        BufReader::new(process.stdout.take().expect("piped")).read_line(&mut address).expect("an address");
        let rest = address.trim().strip_prefix("http://127.0.0.1:").expect("a loopback address");
        let (port, token) = rest.trim_end_matches('/').split_once('/').expect("a token");
        Server { process, port: port.parse().expect("a port"), token: token.to_owned() }
    }

    /// Sends a request with these lines of a head, and what it is answered.
    fn send(&self, first: &str, head: &str, body: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        let length = body.len();
        write!(stream, "{first} HTTP/1.1\r\n{head}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}")
            .expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    fn host(&self) -> String {
        format!("Host: 127.0.0.1:{}\r\n", self.port)
    }

    fn get(&self, path: &str) -> Answer {
        self.send(&format!("GET /{}/{path}", self.token), &self.host(), "")
    }

    fn post(&self, path: &str, body: &Value) -> Answer {
        let port = self.port;
        let head = format!("{}Origin: http://127.0.0.1:{port}\r\nContent-Type: application/json\r\n", self.host());
        self.send(&format!("POST /{}/{path}", self.token), &head, &body.to_string())
    }
}

/// The data of the first finding of the first file.
fn first_place(server: &Server) -> Value {
    let answer = server.get("file/0");
    assert_eq!(answer.status, 200, "{}", answer.body);
    let file: Value = serde_json::from_str(&answer.body).expect("JSON");
    assert!(file["html"].as_str().expect("text").contains("class=doc"));
    file["data"]["files"][0]["findings"][0]["d"][0].clone()
}

fn decision(kind: &str, place: &Value) -> Value {
    let mut line = place.clone();
    line["type"] = json!(kind);
    line
}

#[test]
fn the_page_and_its_files_are_served() {
    let folder = Folder::with(&[("a.txt", SCAN), ("b.txt", SCAN)]);
    let server = Server::start(&folder, &["."]);
    let page = server.get("");
    assert_eq!(page.status, 200);
    assert!(page.body.starts_with("<!doctype html>") && page.body.contains("data-file=1"));
    let head = page.head.to_lowercase();
    for line in ["x-content-type-options: nosniff", "cache-control: no-store", "frame-ancestors 'none'"] {
        assert!(head.contains(line), "{head}");
    }
    first_place(&server);
    assert_eq!(server.get("file/2").status, 404);
    assert_eq!(server.get("file/..%2f..%2fetc%2fpasswd").status, 404);
    assert_eq!(server.get("../../etc/passwd").status, 404);
}

#[test]
fn only_images_of_pages_are_sent() {
    let folder = Folder::with(&[("a.txt", SCAN), ("secret.png", "secret"), ("scans/a.png", "an image")]);
    folder.write("scans/b.png", "of no page");
    let server = Server::start(&folder, &["--images", "scans", "a.txt"]);
    let address = format!("http://127.0.0.1:{}/{}/image/", server.port, server.token);
    assert!(server.get("").body.contains(&format!("img-src {address} ")));
    let file = server.get("file/0").body;
    assert!(file.contains("\"url\":\"image/0/0\""), "{file}");
    let image = server.get("image/0/0");
    assert_eq!((image.status, &*image.body), (200, "an image"));
    assert!(image.head.contains("Content-Type: image/png"), "{}", image.head);
    for other in
        ["0/1", "1/0", "0", "0/", "0/0/", "0/-1", "0/b.png", "../secret.png", "0/../../secret.png", "secret.png"]
    {
        assert_eq!(server.get(&format!("image/{other}")).status, 404, "{other}");
    }
    assert_eq!(server.send("GET /image/0/0", &server.host(), "").status, 404, "no token");
    assert_eq!(server.post("image/0/0", &json!({})).status, 404, "nothing is sent to it");
}

#[test]
fn only_the_page_may_ask() {
    let folder = Folder::with(&[("a.txt", SCAN)]);
    let server = Server::start(&folder, &["a.txt"]);
    let place = first_place(&server);
    let (port, token) = (server.port, &server.token);
    let get = |token: &str, head: &str| server.send(&format!("GET /{token}/"), head, "").status;
    let own = server.host();
    assert_eq!(get(token, &own), 200);
    assert_eq!(get(token, &format!("Host: localhost:{port}\r\n")), 200);
    assert_eq!(get(&token.replace(|c: char| c.is_ascii_digit(), "x"), &own), 404, "another token");
    assert_eq!(get("", &own), 404, "no token");
    for host in ["", "Host: evil.example\r\n", "Host: 127.0.0.1\r\n", "Host: 127.0.0.1:1\r\n"] {
        assert_eq!(get(token, host), 403, "{host}");
    }
    let twice = format!("{own}Host: evil.example\r\n");
    assert_ne!(get(token, &twice), 200, "two hosts");
    for line in
        ["Origin: http://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site"]
    {
        assert_eq!(get(token, &format!("{own}{line}\r\n")), 403, "{line}");
    }
    // Something is written only for the page itself.
    let body = json!({ "add": [decision("refuse", &place)], "remove": [] }).to_string();
    let post = |head: &str| server.send(&format!("POST /{token}/decide"), &format!("{own}{head}"), &body).status;
    let json = "Content-Type: application/json\r\n";
    assert_eq!(post(json), 403, "no origin");
    assert_eq!(post(&format!("{json}Origin: http://evil.example\r\n")), 403);
    assert_eq!(post(&format!("{json}Origin: http://127.0.0.1:1\r\n")), 403, "another port");
    assert_eq!(post(&format!("Content-Type: text/plain\r\nOrigin: http://127.0.0.1:{port}\r\n")), 415);
    assert_eq!(server.send(&format!("DELETE /{token}/"), &own, "").status, 405);
    assert!(!folder.path("descan.decisions.jsonl").exists(), "a refused request wrote something");
}

#[test]
fn decisions_are_written_at_once_and_obeyed() {
    let folder = Folder::with(&[("a.txt", SCAN)]);
    let before = folder.run(["clean", "a.txt"]).exits(0).out();
    let server = Server::start(&folder, &["a.txt"]);
    let place = first_place(&server);
    let line = decision("refuse", &place);
    let answer = server.post("decide", &json!({ "add": [line], "remove": [] }));
    assert_eq!(answer.status, 200, "{}", answer.body);
    let saved = folder.text("descan.decisions.jsonl");
    assert_eq!(saved.lines().count(), 2, "{saved}");
    assert_ne!(folder.run(["clean", "a.txt"]).exits(0).out(), before);
    // A contradiction is refused, and the file stays as it was.
    let other = decision("accept", &place);
    let answer = server.post("decide", &json!({ "add": [other], "remove": [] }));
    assert_eq!(answer.status, 409, "{}", answer.body);
    assert!(answer.body.contains("contradicts"), "{}", answer.body);
    assert_eq!(folder.text("descan.decisions.jsonl"), saved);
    // One takes the place of the other.
    let answer = server.post("decide", &json!({ "add": [other], "remove": [line] }));
    assert_eq!(answer.status, 200, "{}", answer.body);
    // What another program took out is not taken out again.
    let answer = server.post("decide", &json!({ "add": [], "remove": [line] }));
    assert_eq!(answer.status, 409, "{}", answer.body);
    let answer = server.post("decide", &json!({ "add": [], "remove": [other] }));
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(folder.run(["clean", "a.txt"]).exits(0).out(), before);
}

#[test]
fn what_is_not_valid_is_refused() {
    let folder = Folder::with(&[("a.txt", SCAN)]);
    let server = Server::start(&folder, &["a.txt"]);
    for body in [
        json!({}),
        json!([]),
        json!({ "add": [{ "type": "accept" }], "remove": [] }),
        json!({ "add": [], "remove": [], "more": 1 }),
    ] {
        assert_eq!(server.post("decide", &body).status, 400, "{body}");
    }
    assert_eq!(server.post("alike", &json!([9, 9])).status, 404);
    assert_eq!(server.post("findings", &json!([[0, 99999]])).status, 404);
    assert_eq!(server.post("nothing", &json!(0)).status, 404);
    let long = json!({ "add": [{ "type": "never", "word": "two words" }], "remove": [] });
    assert_eq!(server.post("decide", &long).status, 409);
    assert!(!folder.path("descan.decisions.jsonl").exists());
}

#[test]
fn it_listens_on_this_computer_only() {
    let folder = Folder::with(&[("a.txt", SCAN)]);
    let server = Server::start(&folder, &["a.txt"]);
    let table = std::fs::read_to_string("/proc/net/tcp").unwrap_or_default();
    let wanted = format!(":{:04X} ", server.port);
    let listening: Vec<&str> = table
        .lines()
        .filter_map(|line| {
            let mut fields = line.split_whitespace().skip(1);
            let (local, _, state) = (fields.next()?, fields.next()?, fields.next()?);
            (format!("{local} ").ends_with(&wanted) && state == "0A").then_some(local)
        })
        .collect();
    if cfg!(target_os = "linux") {
        assert_eq!(listening, [format!("0100007F:{:04X}", server.port)]);
    }
}

#[test]
fn wrong_usage_is_refused() {
    let folder = Folder::with(&[("a.txt", SCAN)]);
    let run = folder.run(["serve", "--no-decisions", "a.txt"]).exits(2).err();
    assert!(run.contains("remove --no-decisions"), "{run}");
    let run = folder.run(["serve", "-"]).exits(2).err();
    assert!(run.contains("name a file instead of -"), "{run}");
    folder.run(["serve"]).exits(2);
    let server = Server::start(&folder, &["a.txt"]);
    let port = server.port.to_string();
    let run = folder.run(["serve", "--port", &port, "a.txt"]).exits(2).err();
    assert!(run.contains("try another --port"), "{run}");
}
