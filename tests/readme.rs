//! The commands of README.md and CONTRIBUTING.md work, and print what is said they print.
//!
//! The blocks fenced as `sh` run one after the other in one new folder, with
//! the built program on the path. A block of `text` right after one is what
//! that prints. Comments before a block tell what else is special about it:
//! `<!-- exits with 1 -->`, and `<!-- set-up -->` where cargo does the work; of
//! those only what runs descan itself is tried.

use std::path::Path;
use std::process::{Command, Output};
use std::{env, fs};

/// A fenced block of commands.
struct Block {
    line: usize,
    commands: String,
    /// What it prints, where the README shows it.
    shown: Option<String>,
    exit: i32,
    set_up: bool,
}

#[test]
fn commands_do_what_is_said() {
    for (name, text) in
        [("README.md", include_str!("../README.md")), ("CONTRIBUTING.md", include_str!("../CONTRIBUTING.md"))]
    {
        let folder = tempfile::tempdir().expect("a new folder");
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), &folder.path().join("fixtures"));
        let blocks = blocks(name, text);
        assert!(blocks.iter().filter(|b| !b.set_up).count() >= 5, "the blocks of {name} are not found");
        for block in blocks {
            let commands = if block.set_up { own_commands(&block.commands) } else { block.commands.clone() };
            let output = run(&commands, folder.path());
            let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
            let place = format!("{name}:{}", block.line);
            assert_eq!(output.status.code(), Some(block.exit), "{place}: {commands}\n{out}{err}");
            if let Some(shown) = block.shown {
                assert_eq!(out, shown, "{place}: {commands}");
            }
        }
    }
}

/// Its upper half is the page that the README makes, the lower half what descan makes of it.
#[test]
fn the_picture_shows_what_happens() {
    let picture = include_str!("../docs/page.svg");
    let half = |id: &str| {
        let start = picture.find(&format!("<g id=\"{id}\">\n")).expect("both halves");
        let half = picture[start..].split_once('\n').expect("lines").1;
        let half = half.split("</g>").next().unwrap_or_default();
        let parts = half.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
        parts.collect::<String>().replace("&quot;", "\"").replace("&#x27;", "'").replace("&amp;", "&")
    };
    let folder = tempfile::tempdir().expect("a new folder");
    let readme = blocks("README.md", include_str!("../README.md"));
    let page = readme.iter().find(|block| block.commands.starts_with("cat > page.txt")).expect("the page");
    assert_eq!(run(&page.commands, folder.path()).status.code(), Some(0));
    assert_eq!(half("scan"), fs::read_to_string(folder.path().join("page.txt")).expect("UTF-8"));
    let cleaned = run("descan clean page.txt", folder.path());
    assert_eq!(half("cleaned"), String::from_utf8_lossy(&cleaned.stdout));
}

/// Every file that the project's documents point to is there.
#[test]
fn links_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let documents = fs::read_dir(root.join("docs")).expect("a folder").flatten().map(|e| e.path());
    let documents = ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md"]
        .map(|name| root.join(name))
        .into_iter()
        .chain(documents);
    for document in documents.filter(|d| d.extension().is_some_and(|e| e == "md")) {
        let text = fs::read_to_string(&document).expect("UTF-8");
        let text: String = text.split("```").step_by(2).collect(); // What is fenced is no prose.
        for (at, _) in text.match_indices("](") {
            let target = text[at + 2..].split([')', '#']).next().unwrap_or_default();
            let is_file = !target.is_empty() && !target.contains("://");
            let there = document.parent().is_some_and(|folder| folder.join(target).exists());
            assert!(!is_file || there, "{}: no {target}", document.display());
        }
    }
}

fn blocks(name: &str, readme: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut lines = readme.lines().enumerate();
    let (mut exit, mut set_up) = (0, false);
    while let Some((number, line)) = lines.next() {
        if let Some(said) = line.strip_prefix("<!-- ").and_then(|l| l.strip_suffix(" -->")) {
            set_up |= said == "set-up";
            exit = said.strip_prefix("exits with ").map_or(exit, |code| code.parse().expect("a number"));
        }
        let Some(kind) = line.strip_prefix("```") else { continue };
        let body: String =
            lines.by_ref().map(|(_, l)| l).take_while(|l| *l != "```").map(|l| format!("{l}\n")).collect();
        match (kind, blocks.last_mut()) {
            ("sh", _) => blocks.push(Block { line: number + 1, commands: body, shown: None, exit, set_up }),
            ("text", Some(last)) => last.shown = Some(body),
            _ => panic!("{name}:{}: a block that is not tested", number + 1),
        }
        (exit, set_up) = (0, false);
    }
    blocks
}

/// Of a block of set-up the commands that run descan by way of cargo.
fn own_commands(commands: &str) -> String {
    let by_cargo = commands.lines().filter_map(|line| line.strip_prefix("cargo run --release -- "));
    by_cargo.map(|arguments| format!("descan {arguments} >/dev/null\n")).collect()
}

/// Each command counts for the exit code, as if typed by itself: the first that
/// is not 0 is the block's.
fn run(commands: &str, folder: &Path) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_descan")).parent().expect("a folder");
    let mut path = program.as_os_str().to_owned();
    path.push(":");
    path.push(env::var_os("PATH").unwrap_or_default());
    let script =
        format!("trap 'code=$?; [ \"${{first:-0}}\" != 0 ] || first=$code' ERR\n{commands}\nexit ${{first:-0}}");
    Command::new("bash").args(["-c", &script]).current_dir(folder).env("PATH", path).output().expect("bash runs")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a new folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        if entry.path().is_file() {
            fs::copy(entry.path(), to.join(entry.file_name())).expect("a copy");
        }
    }
}
