//! Interim command line.
#![allow(missing_docs)]
use descan::{document::Document, level::Level, pipeline::*, rule::RuleSet};
fn main() {
    let mut level = Level::Certain;
    let (mut select, mut ignore, mut paths, mut out_dir, mut unwrap, mut check) =
        (vec![], vec![], vec![], None, false, false);
    let mut args = std::env::args().skip(1);
    while let Some(a) = args.next() {
        match a.as_str() {
            "clean" => {}
            "check" => check = true,
            "--level" => {
                level = match args.next().unwrap().as_str() {
                    "certain" => Level::Certain,
                    "probable" => Level::Probable,
                    _ => Level::Suspect,
                }
            }
            "--select" => select = args.next().unwrap().split(',').map(str::to_owned).collect(),
            "--ignore" => ignore = args.next().unwrap().split(',').map(str::to_owned).collect(),
            "--out-dir" => out_dir = args.next(),
            "--unwrap" => unwrap = true,
            _ => paths.push(a),
        }
    }
    let rules = RuleSet::built_in();
    let options = Options { level, selection: Selection::new(&select, &ignore, &rules).unwrap(), unwrap };
    for p in paths {
        let bytes = std::fs::read(&p).unwrap();
        let d = Document::decode(bytes);
        let o = clean(&d, &rules, &options);
        if check {
            for f in &o.findings {
                let line = d.text()[..f.span.start].matches('\n').count() + 1;
                let reasons: Vec<_> = f
                    .reasons
                    .iter()
                    .map(|r| match r.value {
                        Some(v) => format!("{} {v:.2}", r.what),
                        None => r.what.clone(),
                    })
                    .collect();
                println!(
                    "{p}:{line}: {} {} {} {:?} -> {:?} [{}]",
                    f.level.name(),
                    f.pass.as_str(),
                    rules.get(f.rule).name,
                    f.before,
                    f.after,
                    reasons.join("; ")
                );
            }
        } else {
            let w = d.write(&o.edits).bytes;
            match &out_dir {
                Some(dir) => {
                    std::fs::create_dir_all(dir).unwrap();
                    std::fs::write(format!("{dir}/{}", p.rsplit('/').next().unwrap()), w).unwrap()
                }
                None => {
                    use std::io::Write;
                    std::io::stdout().write_all(&w).unwrap()
                }
            }
        }
    }
}
