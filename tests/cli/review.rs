//! `descan review`, key by key.

use crate::pty::Terminal;
use crate::support::Folder;

const PROMPT: &str = "Apply this? ";
const FILE: &str = "descan.decisions.jsonl";
const TEXT: &str = "The \u{fb01}rst of the boats came home at noon.\n\
    Her brother had lost the \u{fb02}ag in the heavy wind.\n\
    \n\
    Nobody would \u{fb01}nish the soup that the old cook made.\n\
    A cold \u{fb02}ood had taken the bridge over the little river.\n";

fn folder() -> Folder {
    Folder::with(&[("story.txt", TEXT)])
}

/// The kinds of the lines of the decisions file.
fn decided(folder: &Folder) -> Vec<String> {
    let kind = |line: &str| line.split('"').nth(3).unwrap_or_default().to_owned();
    folder.text(FILE).lines().skip(1).map(kind).collect()
}

#[test]
fn each_key_decides_and_the_text_is_written_as_by_clean() {
    let folder = folder();
    let mut terminal = Terminal::start(&folder, 80, &["review", "story.txt"]);
    terminal.sees("4 findings to decide in 1 file").sees("[1/4]").sees("story.txt:1:5").sees("why: ").sees(PROMPT);
    terminal.press("y");
    terminal.sees("[2/4]").sees(PROMPT);
    assert_eq!(decided(&folder), ["accept"], "on disk before the next finding is shown");
    terminal.press("n").sees("[3/4]").sees(PROMPT).press("e").sees("= ").press("pun\r");
    terminal.sees("Nobody would ").sees("pun").sees("nish the soup").sees("Take it? [y,n] ").press("y");
    terminal.sees("[4/4]").sees(PROMPT).press("?").sees("undo the last").sees(PROMPT).press("n");
    terminal.sees("Replace 1 file with the cleaned text now? [y,n,u] ").press("y");
    terminal.ends_with(0);
    let expected = TEXT.replacen('\u{fb01}', "fi", 1).replacen('\u{fb01}', "pun", 1);
    assert_eq!(folder.text("story.txt"), expected);
    assert_eq!(decided(&folder), ["accept", "refuse", "replace", "refuse"]);
    assert_eq!(folder.run(["clean", "story.txt"]).exits(0).out(), expected, "cleaned again");
    folder.run(["undo", "descan.ledger.jsonl"]).exits(0);
    assert_eq!(folder.text("story.txt"), TEXT);
    assert_eq!(folder.run(["clean", "story.txt"]).exits(0).out(), expected, "without a terminal");
}

#[test]
fn decided_findings_are_not_asked_about_again() {
    let folder = folder();
    let mut terminal = Terminal::start(&folder, 80, &["review", "story.txt"]);
    terminal.sees("[1/4]").sees(PROMPT).press("nq").sees("1 decision saved in").sees("goes on from here").ends_with(0);
    assert_eq!(folder.text("story.txt"), TEXT, "quit, so nothing is written");
    let mut terminal = Terminal::start(&folder, 80, &["review", "story.txt"]);
    terminal.sees("3 findings to decide in 1 file, 1 already decided").sees(PROMPT).press("q");
    terminal.sees("nothing new was decided; descan.decisions.jsonl holds 1 earlier decision").ends_with(0);
    let mut terminal = Terminal::start(&folder, 80, &["review", "--write", "story.txt"]);
    terminal.sees("[1/3]").sees("story.txt:2:").sees(PROMPT).press("a");
    terminal.sees("Apply this and all that follow in story.txt, 3 places? [y,n] ").press("y").ends_with(0);
    assert_eq!(folder.text("story.txt"), TEXT.replace('\u{fb02}', "fl").replace("\u{fb01}nish", "finish"));
}

#[test]
fn undo_back_and_later() {
    let folder = folder();
    let mut terminal = Terminal::start(&folder, 80, &["review", "story.txt"]);
    terminal.sees("[1/4]").sees(PROMPT).press("y").sees("[2/4]").sees(PROMPT).press("y").sees("[3/4]").sees(PROMPT);
    terminal.press("u").sees("undone").sees("[2/4]").sees(PROMPT);
    assert_eq!(decided(&folder), ["accept"]);
    terminal.press("j").sees("[3/4]").sees(PROMPT).press("k").sees("[2/4]").sees(PROMPT);
    terminal.press("k").sees("[1/4]").sees("decided; choose again to change it").sees(PROMPT);
    terminal.press("n").sees("[2/4]").sees(PROMPT);
    assert_eq!(decided(&folder), ["refuse"]);
    terminal.press("u").sees("undone").sees("[1/4]").sees(PROMPT).press("u").sees("nothing to undo");
    assert!(decided(&folder).is_empty());
    terminal.press("q").ends_with(0);
}

#[test]
fn decisions_for_all_alike_right_words_and_words_never_used() {
    let folder = folder();
    let mut terminal = Terminal::start(&folder, 80, &["review", "--out-dir", "out", "story.txt"]);
    // All like the first: this decides the third, too.
    terminal.sees("[1/4]").sees(PROMPT).press("N").sees("at all 2 places? [y,n] ").press("y");
    terminal.sees("and every finding like it").sees("[2/4]").sees(PROMPT);
    terminal.press("x").sees("never flag").sees("[4/4]").sees(PROMPT);
    terminal.press("w").sees("\u{fb02}ood is right; why?").press("a name\r").ends_with(0);
    assert_eq!(decided(&folder), ["refuse-alike", "never", "right"]);
    assert!(folder.text(FILE).contains(r#""reason":"a name""#));
    assert_eq!(folder.text("out/story.txt"), TEXT);
}

#[test]
fn p_shows_the_page_around_a_finding() {
    let folder = folder();
    let mut terminal = Terminal::start(&folder, 80, &["review", "story.txt"]);
    terminal.sees("[1/4]").sees(PROMPT).press("p").sees("1").sees(">").sees("5").sees("A cold").sees(PROMPT);
    terminal.press("q").ends_with(0);
}

#[test]
fn control_c_keeps_the_decisions() {
    let folder = folder();
    let mut terminal = Terminal::start(&folder, 80, &["review", "story.txt"]);
    terminal.sees("[1/4]").sees(PROMPT).press("y").sees("[2/4]").sees(PROMPT).press("\u{3}");
    terminal.sees("stopped; 1 decision saved in descan.decisions.jsonl").ends_with(130);
    assert_eq!(decided(&folder), ["accept"]);
    assert_eq!(folder.text("story.txt"), TEXT);
    let mut terminal = Terminal::start(&folder, 80, &["review", "story.txt"]);
    terminal.sees("[1/3]").sees(PROMPT).press("e").sees("= ").press("\u{3}").ends_with(130);
}

#[cfg(target_os = "linux")]
#[test]
fn a_signal_leaves_the_terminal_as_it_was() {
    let folder = folder();
    let mut terminal = Terminal::start(&folder, 80, &["review", "story.txt"]);
    terminal.sees("[1/4]").sees(PROMPT);
    let shell = terminal.shell();
    let child = children(shell).pop().expect("the program");
    assert!(
        std::process::Command::new("kill").args(["-TERM", &child.to_string()]).status().expect("it runs").success()
    );
    terminal.ends_with(130);
}

#[test]
fn narrow_terminals() {
    let folder = folder();
    let mut terminal = Terminal::start(&folder, 40, &["review", "story.txt"]);
    terminal.sees("[1/4]").sees(PROMPT).press("?").sees(PROMPT).press("p").sees("A cold").sees(PROMPT).press("q");
    terminal.ends_with(0);
    for line in terminal.plain().lines() {
        assert!(line.chars().count() <= 40, "{line:?}");
    }
}

#[test]
fn hostile_text_does_not_reach_the_terminal() {
    let folder = Folder::with(&[(
        "story.txt",
        "The \u{fb01}rst \u{1b}]0;title\u{7} of \u{202e}the\u{202c} boats\u{9b}31m.\nA \u{fb01}n\u{1b}[2Je day.\n",
    )]);
    let mut terminal = Terminal::start(&folder, 80, &["review", "story.txt"]);
    terminal.sees(PROMPT).press("p").sees(PROMPT).press("d").sees("[y,n] ").press("y");
    terminal.sees("nothing would change").ends_with(0);
    for bad in ["\u{1b}]0", "\u{202e}", "\u{202c}", "\u{9b}", "\u{7}", "\u{1b}[2J"] {
        assert!(!terminal.shown.contains(bad), "{bad:?} in {:?}", terminal.shown);
    }
    assert!(folder.text(FILE).is_ascii() || !folder.text(FILE).contains('\u{202e}'));
}

#[test]
fn without_a_terminal_review_says_what_to_run_instead() {
    let folder = folder();
    folder.run(["review", "story.txt"]).refuses(&["needs a terminal", "descan check", "--decisions"]);
    folder.run(["review", "--no-decisions", "story.txt"]).refuses(&["remove --no-decisions"]);
    assert_eq!(folder.files(), ["story.txt"]);
}

#[test]
fn clean_and_diff_in_a_terminal() {
    let folder = Folder::with(&[("story.txt", TEXT)]);
    let mut terminal = Terminal::start(&folder, 80, &["clean", "--out-dir", "out", "story.txt"]);
    terminal.sees("4  ligature").sees("damage: 4 findings, ").ends_with(0);
    let mut terminal = Terminal::start(&folder, 80, &["clean", "--quiet", "--out-dir", "out2", "story.txt"]);
    terminal.ends_with(0);
    assert!(!terminal.shown.contains("descan:"), "{}", terminal.shown);
    let mut terminal = Terminal::start(&folder, 60, &["diff", "--side-by-side", "story.txt"]);
    terminal.ends_with(1);
    assert!(terminal.plain().lines().all(|line| line.chars().count() <= 60), "{}", terminal.plain());
    assert!(terminal.plain().contains("‹U+FB01 LATIN"), "{}", terminal.plain());
}

/// A terminal that is closed, as a lost connection closes one, ends the review: it does not wait
/// for keys that can never come, nor read the end of the input again and again.
#[test]
fn a_closed_terminal_ends_the_review() {
    let folder = folder();
    let mut terminal = Terminal::start(&folder, 80, &["review", "story.txt"]);
    terminal.sees("[1/4]").sees(PROMPT).press("y").sees("[2/4]").sees(PROMPT);
    let shell = terminal.shell();
    let program = children(shell).pop().expect("the review runs");
    drop(terminal);
    for _ in 0..600 {
        if !is_running(program) {
            assert_eq!(decided(&folder), ["accept"]);
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("the review still runs");
}

/// What `ps` says.
fn ps(args: &[&str]) -> String {
    let out = std::process::Command::new("ps").args(args).output().expect("ps");
    String::from_utf8_lossy(&out.stdout).into_owned()
}

/// The processes that another one has started.
fn children(of: i32) -> Vec<i32> {
    let all = ps(&["-A", "-o", "pid=,ppid="]);
    let pairs = all.lines().filter_map(|line| {
        let mut numbers = line.split_whitespace().map(str::parse::<i32>);
        Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
    });
    pairs.filter(|&(_, parent)| parent == of).map(|(child, _)| child).collect()
}

/// Whether a process runs: what has ended and is not yet asked for its exit code does not.
fn is_running(process: i32) -> bool {
    let state = ps(&["-o", "stat=", "-p", &process.to_string()]);
    !state.trim().is_empty() && !state.trim().starts_with('Z')
}
