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
        ["path", "in/bad.txt", "in/d/scrap.txt", "in/=1+1,\"x\".txt", "in/good.txt", "all 4 files"],
        "{out}"
    );
    let cells: Vec<&str> = lines[1].split('|').map(str::trim).collect();
    assert_eq!(cells[1..4], ["180", "180", "0"], "{out}");
    assert_eq!(cells[6], "characters");
    let by_path = folder.run(["stats", "--sort", "path", "in"]).exits(0).out();
    assert!(by_path.find("in/=1").expect("there") < by_path.find("in/bad").expect("there"));
}

#[test]
fn a_spreadsheet_gets_no_formulas() {
    let folder = archive();
    folder.write("-2.txt", SCAN);
    folder.write("=cmd.txt", SCAN);
    let out = folder.run(["stats", "--format", "csv", "in", "--", "=cmd.txt", "-2.txt"]).exits(0).out();
    assert!(out.starts_with("path,bytes,findings,rate,certain,probable,suspect,encoding,characters,"), "{out}");
    for line in ["\"'=cmd.txt\",", "\"'-2.txt\",", "\"in/=1+1,\"\"x\"\".txt\",", "\"in/good.txt\",2340,0,0,0,0,0,"] {
        assert!(out.contains(line), "{line}: {out}");
    }
    assert!(out.lines().all(|l| !l.starts_with(['=', '-', '+', '@'])), "{out}");
}

#[test]
fn programs_get_one_object() {
    let folder = archive();
    let run = folder.run(["stats", "--format", "json", "--threads", "2", "in", "gone.txt"]).exits(3);
    let stats: serde_json::Value = serde_json::from_str(&run.out()).expect("JSON");
    assert_eq!((&stats["schema"], &stats["total"]["findings"]), (&1.into(), &184.into()));
    let worst = &stats["files"][0];
    assert_eq!((&worst["path"], &worst["size"]), (&"in/bad.txt".into(), &(SCAN.len() * 90).into()));
    assert_eq!((&worst["levels"]["certain"], &worst["classes"]["characters"]), (&180.into(), &180.into()));
    let one = folder.run(["stats", "--format", "json", "--threads", "1", "in", "gone.txt"]).exits(3);
    assert_eq!(one.out(), run.out());
}
