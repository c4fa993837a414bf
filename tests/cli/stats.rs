//! `descan stats`.

use crate::support::{CLEAN, Folder, SCAN};

fn archive() -> Folder {
    let folder = Folder::with(&[("in/good.txt", &CLEAN.repeat(90)), ("in/d/scrap.txt", SCAN)]);
    folder.write("in/bad.txt", SCAN.repeat(90));
    folder.write("in/=1+1,\"x\".txt", format!("{}{SCAN}", CLEAN.repeat(60)));
    folder
}

#[test]
fn the_most_damaged_come_first() {
    let folder = archive();
    let out = folder.run(["stats", "in"]).exits(0).out();
    let lines: Vec<&str> = out.lines().collect();
    let paths: Vec<&str> = lines.iter().filter_map(|l| l.split(" | ").last()).collect();
    assert_eq!(
        paths,
        [
            "path",
            "in/bad.txt",
            "in/=1+1,\"x\".txt",
            "in/d/scrap.txt",
            "in/good.txt",
            "folder in",
            "folder in/d",
            "all 4 files"
        ],
        "{out}"
    );
    let cells: Vec<&str> = lines[1].split('|').map(str::trim).collect();
    assert_eq!(cells[..5], ["500.0", "180", "0", "360", "characters"], "two of four words, 90 times: {out}");
    assert!(lines.iter().all(|line| line.len() < 100), "{out}");
    let run = folder.run(["stats", "--top", "1", "in"]).exits(0);
    assert!(run.out().contains("in/bad.txt") && !run.out().contains("scrap.txt"), "{}", run.out());
    assert!(run.err().contains("1 of 4 files listed"), "{}", run.err());
    let by_path = folder.run(["stats", "--sort", "path", "in"]).exits(0).out();
    assert!(by_path.find("in/=1").expect("there") < by_path.find("in/bad").expect("there"));
}

#[test]
fn a_spreadsheet_gets_no_formulas() {
    let folder = archive();
    folder.write("-2.txt", SCAN);
    folder.write("=cmd.txt", SCAN);
    let out = folder.run(["stats", "--format", "csv", "in", "--", "=cmd.txt", "-2.txt"]).exits(0).out();
    assert!(
        out.starts_with("path,bytes,words,findings,layout,rate,certain,probable,suspect,encoding,characters,"),
        "{out}"
    );
    for line in
        ["\"'=cmd.txt\",", "\"'-2.txt\",", "\"in/=1+1,\"\"x\"\".txt\",", "\"in/good.txt\",2340,360,0,0,0,0,0,0,"]
    {
        assert!(out.contains(line), "{line}: {out}");
    }
    assert!(out.lines().all(|l| !l.starts_with(['=', '-', '+', '@'])), "{out}");
}

#[test]
fn programs_get_one_object() {
    let folder = archive();
    let run = folder.run(["stats", "--format", "json", "--threads", "2", "in", "gone.txt"]).exits(3);
    let stats: serde_json::Value = serde_json::from_str(&run.out()).expect("JSON");
    assert_eq!((&stats["schema"], &stats["total"]["findings"]), (&2.into(), &184.into()));
    let worst = &stats["files"][0];
    assert_eq!((&worst["path"], &worst["size"]), (&"in/bad.txt".into(), &(SCAN.len() * 90).into()));
    assert_eq!((&worst["levels"]["certain"], &worst["classes"]["characters"]), (&180.into(), &180.into()));
    let one = folder.run(["stats", "--format", "json", "--threads", "1", "in", "gone.txt"]).exits(3);
    assert_eq!(one.out(), run.out());
}

#[test]
fn white_space_is_no_damage() {
    let folder = Folder::with(&[("in/blanks.txt", &CLEAN.repeat(50).replace('\n', "  \n")), ("in/ruin.txt", SCAN)]);
    let out = folder.run(["stats", "--format", "csv", "in"]).exits(0).out();
    let rows: Vec<&str> = out.lines().skip(1).collect();
    assert!(rows[0].starts_with("\"in/ruin.txt\",") && rows[1].contains(",200,50,50,0,"), "{out}");
}

#[test]
fn the_plots_are_a_page_of_their_own() {
    let folder = archive();
    let run = folder.run(["stats", "--html", "out/damage.html", "in"]).exits(0);
    assert!(
        run.err().contains("damage of 4 files written to out/damage.html") && run.out().is_empty(),
        "{}",
        run.err()
    );
    let page = folder.text("out/damage.html");
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} is not in {page}"));
    assert!(at("in/bad.txt") < at("in/good.txt") && at("By folder") < at("By rule") && at("ligature") < at("Along"));
    assert!(!page.contains("<script") && !page.contains("http://"), "{page}");
}
