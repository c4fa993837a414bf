//! `descan review` by series, and a walk over every key.

use std::collections::BTreeSet;

use descan_report::keys::KEYS;

use crate::pty::Terminal;
use crate::support::Folder;

const FILE: &str = "descan.decisions.jsonl";
/// `tbe` five times; three other misread words, each once; two guesses; three ligatures; and
/// white space at line ends and before marks.
const ONE: &str = "The old man walked down to tbe harbour in the early morning.  \n\
    His daughter had gone to tbe market with her mother .  \n\
    Nobody in tbe village had seen the two boats since Sunday.\n\
    The \u{fb01}rst of the boats came home at noon with a \u{fb02}ag.\n\
    The eeems of the coat were torn, and bioom was on the trees.\n";
const TWO: &str = "A cold wind came over tbe river and the bridge was gone.\n\
    They sat in the kitchen and talked about tbe weather again.\n\
    The captain came in witb snow on his coat and a \u{fb01}ne story.\n\
    He said tliat the ice was thick, and that he liad crossed it.\n";

fn archive() -> Folder {
    Folder::with(&[("in/one.txt", ONE), ("in/two.txt", TWO)])
}

/// The decisions of the kind, as rule and reading.
fn decided(folder: &Folder, kind: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in folder.text(format!("in/{FILE}")).lines().skip(1) {
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        if line["type"] == kind {
            found.push(format!("{}→{}", line["before"].as_str().unwrap_or(""), line["after"].as_str().unwrap_or("")));
        }
    }
    found
}

#[test]
fn suggested_series_come_first_and_white_space_is_not_asked_about() {
    let folder = archive();
    let mut terminal = Terminal::start(&folder, 90, &["review", "--by-series", "in"]);
    terminal.sees("13 findings to decide in 2 files").sees("more change white space alone");
    // Guesses come first, and are not taken without a question.
    terminal.sees("[1/4]").sees("2 suspect").sees("suggested, not applied").sees("Apply these 2? ").press("y");
    terminal.sees("All 2 are guesses (suspect). Apply them? [y,n] ").press("n").sees("Apply").press("n");
    terminal.sees("left as it is, 2 places").sees("[2/4]");
    assert_eq!(decided(&folder, "refuse"), ["eeems→seems", "bioom→bloom"]);
    terminal.sees("`tbe`").sees("Apply these 5? ").press("y").sees("applied, 5 places").sees("[3/4]");
    assert_eq!(decided(&folder, "accept"), ["tbe→the"; 5]);
    // The rest with one key, and a question with their number.
    terminal.press("a").sees("Apply 6 places in 2 series? [y,n] ").press("y").sees("applied, 6 places");
    terminal.sees("Replace 2 files with the cleaned text now? [y,n,u] ").press("y");
    terminal.ends_with(0);
    let expected = ONE.replace("tbe", "the").replace('\u{fb01}', "fi").replace('\u{fb02}', "fl");
    assert_eq!(folder.text("in/one.txt"), expected.replace("  \n", "\n").replace(" .", "."));
    assert_eq!(folder.text("in/two.txt").matches("the").count(), TWO.matches("the").count() + 2);
}

#[test]
fn a_series_is_opened_and_its_exceptions_are_kept() {
    let folder = archive();
    let mut terminal = Terminal::start(&folder, 90, &["review", "--by-series", "in"]);
    terminal.sees("[1/4]").sees("? ").press("/").sees("search: ").press("tbe\r");
    terminal.sees("`tbe`").sees("5 times in 2 files").sees("[-tbe-]").sees(" harbour").sees("Apply these 5? ");
    terminal.press("o").sees("[1/5]").sees("one.txt:1:").sees("Apply this? ").press("j").sees("[2/5]");
    terminal.sees("Apply this? ").press("n").sees("left as it is").sees("[3/5]").sees("Apply this? ");
    terminal.press("o").sees("by series").sees("Apply these 4? ").press("y").sees("applied, 4 places").sees("? ");
    assert_eq!((decided(&folder, "accept").len(), decided(&folder, "refuse").len()), (4, 1));
    // All of it is undone at once.
    terminal.press("u").sees("undone, 4 decisions").sees("Apply these 4? ").press("q").ends_with(0);
    assert_eq!((decided(&folder, "accept").len(), decided(&folder, "refuse").len()), (0, 1));
}

#[test]
fn undo_reaches_earlier_reviews_and_the_last_question() {
    let folder = archive();
    let mut terminal = Terminal::start(&folder, 90, &["review", "--by-series", "in"]);
    terminal
        .sees("[1/4]")
        .sees("? ")
        .press("n")
        .sees("[2/4]")
        .sees("? ")
        .press("y")
        .sees("[3/4]")
        .sees("? ")
        .press("q");
    terminal.ends_with(0);
    let mut terminal = Terminal::start(&folder, 90, &["review", "--by-series", "in"]);
    terminal.sees("6 findings to decide in 2 files, 7 already decided").sees("? ").press("u");
    terminal.sees("the last decision of an earlier review: accept ").sees("tbe");
    terminal.sees("the last 5 of its kind [a]").press("a").sees("5 decisions undone").sees("asked about again");
    assert_eq!((decided(&folder, "accept").len(), decided(&folder, "refuse").len()), (0, 2));
    terminal.press("ay").sees("applied, 6 places");
    terminal.sees("Apply these 5? ").press("y").sees("Replace 2 files").sees("[y,n,u] ").press("u");
    terminal.sees("undone, 5 decisions").sees("Apply these 5? ").press("q").ends_with(0);
    assert_eq!(decided(&folder, "accept").len(), 6);
}

#[test]
fn a_reading_is_typed_for_a_whole_series() {
    let folder = archive();
    let mut terminal = Terminal::start(&folder, 90, &["review", "--by-series", "--out-dir", "out", "in"]);
    terminal.sees("? ").press("/").sees("search: ").press("tbe\r").sees("Apply these 5? ").press("e");
    terminal.sees("tbe = ").press("this\r").sees("walked down to ").sees("this").sees("Take it at 5 places? [y,n] ");
    // Refused, it can be mended.
    terminal.press("n").sees("tbe = ").press("\u{1b}[D\u{1b}[3~at\r").sees("thiat").sees("[y,n] ").press("n");
    terminal.sees("tbe = ").press("that\r").sees("[y,n] ").press("y").sees("typed, 5 places").sees("? ").press("a");
    terminal.sees("? [y,n] ").press("y").ends_with(0);
    assert_eq!(folder.text("out/two.txt").matches("that").count(), 4);
    assert_eq!(folder.text("in/one.txt"), ONE);
}

/// Keys in an order in which each has something to do, with what is shown then.
const FOR_ITEMS: &[(&str, &[&str])] = &[
    ("?", &["undo the last decision", "Apply this? "]),
    ("v", &["likely right: ", "Apply this? "]),
    ("p", &["> ", "Apply this? "]),
    ("j", &["later", "[2/13]", "Apply this? "]),
    ("k", &["back", "[1/13]", "Apply this? "]),
    ("f", &["next file", "two.txt:1:", "Apply this? "]),
    ("b", &["file before", "one.txt:1:", "Apply this? "]),
    ("y", &["applied", "[2/13]", "Apply this? "]),
    ("u", &["undone", "[1/13]", "Apply this? "]),
    ("n", &["left as it is", "[2/13]", "Apply this? "]),
    ("e", &["tbe = "]),
    ("those\r", &["market", "Take it? [y,n] "]),
    ("y", &["typed", "[3/13]", "Apply this? "]),
    ("Y", &["Apply `tbe` → `the` at all 3 places? [y,n] "]),
    ("y", &["applied, and every finding like it", "[4/13]", "Apply this? "]),
    ("N", &["at all 2 places? [y,n] "]),
    ("y", &["left, and every finding like it", "[5/13]", "Apply this? "]),
    ("E", &["= "]),
    ("f-\r", &["Take it? [y,n] "]),
    ("y", &["typed, for every finding like it", "eeems", "Apply this? "]),
    ("w", &["eeems is right; why?"]),
    ("\r", &["eeems is right in this archive", "bioom", "Apply this? "]),
    ("x", &["never bloom", "two.txt:3:", "Apply this? "]),
    ("o", &["by series", "? "]),
    ("o", &["one by one", "Apply this? "]),
    ("/", &["search: "]),
    ("tliat\r", &["tliat", "Apply this? "]),
    ("a", &["all that follow in in/two.txt", "[y,n] "]),
    ("n", &["Apply this? "]),
    ("d", &["Leave this and all that follow in in/two.txt", "[y,n] "]),
    ("n", &["Apply this? "]),
    ("q", &["quit"]),
];

const FOR_SERIES: &[(&str, &[&str])] = &[
    ("?", &["apply the series and its guesses", "? "]),
    ("j", &["later", "[2/4]", "? "]),
    ("k", &["back", "[1/4]", "? "]),
    ("p", &["[-eeems-]", "[-bioom-]", "? "]),
    ("e", &["different readings", "? "]),
    ("w", &["different words", "? "]),
    ("Y", &["All 2 are guesses (suspect). Apply them? [y,n] "]),
    ("y", &["applied, 2 places", "[2/4]", "? "]),
    ("u", &["undone, 2 decisions", "[1/4]", "? "]),
    ("y", &["All 2 are guesses (suspect). Apply them? [y,n] "]),
    ("n", &["? "]),
    ("n", &["left as it is, 2 places", "[2/4]", "? "]),
    ("/", &["search: "]),
    ("tbe\r", &["`tbe`", "5 times", "? "]),
    ("e", &["tbe = "]),
    ("\u{1b}", &["? "]),
    ("o", &["one by one", "[1/5]", "Apply this? "]),
    ("o", &["by series", "`tbe`", "? "]),
    ("x", &["never the", "? "]),
    ("u", &["undone", "`tbe`", "? "]),
    ("d", &["Leave ", "[y,n] "]),
    ("n", &["? "]),
    ("a", &["Apply ", "[y,n] "]),
    ("n", &["? "]),
    ("q", &["quit"]),
];

fn walk(folder: &Folder, how: &str, script: &[(&str, &[&str])], keys: BTreeSet<char>) {
    let pressed: BTreeSet<char> = script.iter().filter_map(|(key, _)| key.chars().next()).collect();
    let left_out: Vec<&char> = keys.difference(&pressed).collect();
    assert!(left_out.is_empty(), "the script does not press {left_out:?}");
    let mut terminal = Terminal::start(folder, 90, &["review", how, "in"]);
    terminal.sees("[1/").sees("? ");
    for (key, shown) in script {
        terminal.press(key);
        for text in *shown {
            terminal.sees(text);
        }
    }
    terminal.ends_with(0);
}

#[test]
fn every_key_of_a_finding() {
    let keys = KEYS.iter().map(|key| key.key).collect();
    walk(&archive(), "--one-by-one", FOR_ITEMS, keys);
}

#[test]
fn every_key_of_a_series() {
    let keys = KEYS.iter().filter(|key| key.series.is_some()).map(|key| key.key).collect();
    walk(&archive(), "--by-series", FOR_SERIES, keys);
}

#[test]
fn every_key_is_on_the_screen() {
    let folder = archive();
    let mut terminal = Terminal::start(&folder, 90, &["review", "--one-by-one", "in"]);
    terminal.sees("Apply this? ").press("q").ends_with(0);
    let plain = terminal.plain();
    for key in KEYS {
        assert!(plain.contains(&format!("{} {}", key.key, key.label)), "{}: {plain}", key.key);
    }
}

#[test]
fn more_than_fifty_findings_are_asked_about_by_series() {
    let folder = Folder::new();
    let lines: String = (0..60).map(|day| format!("He saw tbe {day} boats.\n")).collect();
    folder.write("in/book.txt", lines);
    let mut terminal = Terminal::start(&folder, 90, &["review", "in"]);
    terminal.sees("[1/").sees("times in 1 file").sees("? ").press("q").ends_with(0);
    let mut terminal = Terminal::start(&folder, 90, &["review", "--one-by-one", "in"]);
    terminal.sees("[1/").sees("book.txt:1:").sees("Apply this? ").press("q").ends_with(0);
}

#[test]
fn white_space_is_asked_about_on_request() {
    let folder = archive();
    let mut terminal = Terminal::start(&folder, 90, &["review", "--all", "--by-series", "in"]);
    terminal.sees("16 findings to decide in 2 files").sees("? ").press("/").sees("search: ").press("trailing-space\r");
    terminal.sees("trailing-space").sees("? ").press("q").ends_with(0);
}
