//! `descan model`: models can be rebuilt, byte for byte.

use std::path::Path;

use descan_lang::decision::Features;
use descan_lang::forest::Forest;
use sha2::{Digest as _, Sha256};

use crate::support::Folder;

/// Two books with mostly the same text.
fn library() -> Folder {
    let story = "The old mill stood by the river.\n\nNobody in the village knew who had built the old mill, \
                 and nobody asked. \u{201c}It’s haunted,\u{201d} said the boy.\n\n";
    Folder::with(&[
        ("books/one.txt", &story.repeat(4)),
        ("books/two.txt", &format!("{}The river froze by the mill.\n", story.repeat(3))),
        ("books/notes.md", "not a book"),
        ("lists/english-words.10", "the\nold\nmill\nstood\nby\nriver\nnobody\n"),
        ("lists/english-words.80", "millet\n"),
        ("near.list", "two.txt\n"),
        ("model/extra.txt", "# more\nhmmm\n"),
        ("model/suspects.tsv", "by\thy\tseen so\n"),
    ])
}

#[test]
fn the_same_texts_make_the_same_bytes() {
    let folder = library();
    let count = |out: &str| folder.run(["model", "count", "--out", out, "--near", "near.list", "books"]).exits(0);
    let run = count("a.tsv");
    assert!(run.err().contains("2 texts") && run.out().is_empty(), "{}", run.err());
    count("b.tsv");
    assert_eq!(folder.text("a.tsv"), folder.text("b.tsv"));
    // Four times in the first book, and three times in the near one, which counts threefold.
    assert!(folder.text("a.tsv").contains("1\thaunted\t13\t2\t"), "{}", folder.text("a.tsv"));
    let build = |out: &str| {
        folder.run(["model", "build", "--counts", "a.tsv", "--scowl", "lists", "--out", out]).exits(0);
        ["lexicon.fst", "ngrams.bin", "CHECKSUMS"].map(|name| folder.read(format!("{out}/{name}")))
    };
    let first = build("model");
    assert_eq!(first, build("model"));
    assert!(!first[1].is_empty());
    // Without additional words the lexicon differs.
    assert_ne!(first[0], build("plain")[0]);
    check_sums(&folder.path("model"));
}

#[test]
fn the_built_in_model_matches_the_checksums() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/en");
    check_sums(&folder);
    let size = |name: &str| std::fs::metadata(folder.join(name)).expect("committed").len();
    let whole = size("lexicon.fst") + size("ngrams.bin") + size("rivals.bin");
    assert!(whole <= 8_000_000, "the model is too large to carry");
}

fn check_sums(folder: &Path) {
    let sums = std::fs::read_to_string(folder.join("CHECKSUMS")).expect("committed");
    assert_eq!(sums.lines().count(), 2);
    for line in sums.lines() {
        let (sum, name) = line.split_once("  ").expect("a sum and a name");
        let digest = Sha256::digest(std::fs::read(folder.join(name)).expect("committed"));
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(sum, hex, "{name}; data/en/README.md says how to build it");
    }
}

#[test]
fn refusals() {
    let folder = library();
    folder.write("latin.txt", b"caf\xe9");
    folder.write("none/README", "no lists here");
    folder.run(["model", "count", "--out", "a.tsv", "absent.txt"]).refuses(&["absent.txt"]);
    folder.run(["model", "count", "--out", "a.tsv", "latin.txt"]).refuses(&["latin.txt", "UTF-8"]);
    folder.run(["model", "count", "--out", "no/a.tsv", "books"]).refuses(&["no/a.tsv"]);
    folder.run(["model", "build", "--counts", "near.list", "--scowl", "lists", "--out", "x"]).refuses(&["near.list"]);
    folder.run(["model", "count", "--out", "a.tsv", "books"]).exits(0);
    folder.run(["model", "build", "--counts", "a.tsv", "--scowl", "none", "--out", "x"]).refuses(&["none"]);
}

const PRINTED: &str = "The boat came over the water and the men went out to the house on the hill.\n\
                       Nobody had seen them there before, and nobody asked them what they wanted.\n";

/// Two sets of scans with ground truth, and correct texts.
fn scans() -> Folder {
    let folder = Folder::new();
    for set in ["first", "second"] {
        for n in 0..6 {
            let printed = PRINTED.repeat(8);
            let read = printed.replacen("them", "tbem", 3 + n).replacen("house", "honse", 2).replacen("men", "rnen", 2);
            folder.write(format!("{set}/{n}.gt.txt"), &printed);
            folder.write(format!("{set}/{n}.ocr.txt"), read);
        }
    }
    folder.write("right/a.txt", PRINTED.replace("them", "thim"));
    folder.write("right/b.txt", PRINTED.replace("boat", "bhoat"));
    folder
}

#[test]
fn confusions_are_learned_from_pairs() {
    let folder = scans();
    folder.write("hand.tsv", "# by hand\ntl\tth\t-2.5\n");
    let learn = |out: &str| {
        let args = ["model", "confusions", "--out", out, "--hand", "hand.tsv", "--clean", "right", "first", "second"];
        folder.run(args).exits(0)
    };
    let run = learn("a.tsv");
    assert!(run.err().contains("4 confusions from 2 sets") && run.out().is_empty(), "{}", run.err());
    learn("b.tsv");
    let table = folder.text("a.tsv");
    assert_eq!(table, folder.text("b.tsv"));
    for line in ["\nb\th\t", "\nrn\tm\t", "\nn\tu\t", "\ntl\tth\t-2.5\t0.00\n"] {
        assert!(table.contains(line), "{line:?} is not in {table}");
    }
    folder.run(["model", "confusions", "--out", "c.tsv", "right"]).refuses(&["right", ".ocr.txt"]);
    folder.write("lone/x.ocr.txt", "x");
    folder.run(["model", "confusions", "--out", "c.tsv", "lone"]).refuses(&["x.gt.txt"]);
}

#[test]
fn trees_are_fitted_and_measured() {
    let folder = scans();
    let fit = |out: &str, report: &str| {
        let args = ["model", "fit", "--out", out, "--report", report, "--wrong", "2", "--clean", "right=2"];
        folder.run(args.into_iter().chain(["first=4", "second=1/2"])).exits(0)
    };
    let run = fit("a.bin", "a.md");
    assert!(run.err().contains(": fitted to "), "{}", run.err());
    assert!(run.out().lines().all(|line| line.split('\t').count() == 6), "{}", run.out());
    fit("b.bin", "b.md");
    assert_eq!((folder.read("a.bin"), folder.read("a.md")), (folder.read("b.bin"), folder.read("b.md")));
    let report = folder.text("a.md");
    Forest::open(&folder.read("a.bin"), Features::COUNT).expect("trees for these features");
    assert!(report.contains("| first | 6 | ") && report.contains("| second | 3 | "), "{report}");
    assert!(report.contains("| right (right text) | 2 | "), "{report}");
}

/// A folder with a scan of a valley's chronicle and a model of its other years.
fn chronicle() -> Folder {
    let year = "The weir at Ooldale was mended by the weirmaster and his men. Nobody in Ooldale spoke to the \
                weirmaster. The men of the valley went down to the weirmaster at night.\n\n";
    let scan = "The rain had come. At night the men of the valley went down to the weirmastcr again.\n";
    let folder =
        Folder::with(&[("own/1801.txt", &year.repeat(9)), ("own/1802.txt", &year.repeat(8)), ("scan.txt", scan)]);
    folder.run(["model", "count", "--out", "own.tsv", "own"]).exits(0);
    folder.run(["model", "build", "--counts", "own.tsv", "--model", "own.model"]).exits(0);
    folder
}

#[test]
fn a_custom_model_is_used_on_top_of_the_english_one() {
    let folder = chronicle();
    let first = folder.read("own.model");
    folder.run(["model", "build", "--counts", "own.tsv", "--model", "own.model"]).exits(0);
    assert_eq!(first, folder.read("own.model"));
    let plain = folder.run(["clean", "--level", "probable", "scan.txt"]).exits(0);
    assert!(plain.out().contains("weirmastcr"), "{}", plain.out());
    let known = folder.run(["clean", "--level", "probable", "--model", "own.model", "scan.txt"]).exits(0);
    assert!(known.out().contains("to the weirmaster again"), "{}", known.out());
    // The model can also be named in the settings.
    folder.write("descan.toml", "model = [\"own.model\"]\n");
    let set = folder.run(["clean", "--level", "probable", "scan.txt"]).exits(0);
    assert_eq!(set.out(), known.out());
}

#[test]
fn a_custom_model_may_be_small_but_must_be_valid() {
    let folder = chronicle();
    folder.write("words.txt", "weirmastcr\n");
    folder.run(["model", "build", "--counts", "own.tsv", "--model", "two.model", "--extra", "words.txt"]).exits(0);
    let args = ["clean", "--level", "suspect", "--model", "own.model", "--model", "two.model", "scan.txt"];
    let known = folder.run(args).exits(0);
    assert!(known.out().contains("weirmastcr"), "the archivist says that it is a word: {}", known.out());
    folder.run(["clean", "--model", "absent.model", "scan.txt"]).refuses(&["absent.model"]);
    folder.run(["clean", "--model", "scan.txt", "scan.txt"]).refuses(&["scan.txt", "model build"]);
    folder.write("cut.model", &folder.read("own.model")[..300]);
    folder.run(["check", "--model", "cut.model", "scan.txt"]).refuses(&["cut.model", "model build"]);
    folder.run(["model", "build", "--counts", "own.tsv"]).refuses(&["--model"]);
}
