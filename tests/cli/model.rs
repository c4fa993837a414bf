//! `descan model`: what decides between readings is made again, byte for byte.

use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::support::Folder;

/// Two books that share most of what they say.
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
    // Four times in the first book, and thrice three times in the near one.
    assert!(folder.text("a.tsv").contains("1\thaunted\t13\t2\t"), "{}", folder.text("a.tsv"));
    let build = |out: &str| {
        folder.run(["model", "build", "--counts", "a.tsv", "--scowl", "lists", "--out", out]).exits(0);
        ["lexicon.fst", "ngrams.bin", "CHECKSUMS"].map(|name| folder.read(format!("{out}/{name}")))
    };
    let first = build("model");
    assert_eq!(first, build("model"));
    assert!(!first[1].is_empty());
    // Without further words the lexicon is another one.
    assert_ne!(first[0], build("plain")[0]);
    check_sums(&folder.path("model"));
}

#[test]
fn the_built_in_model_is_the_one_of_the_checksums() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/model");
    check_sums(&folder);
    let size = |name: &str| std::fs::metadata(folder.join(name)).expect("committed").len();
    assert!(size("lexicon.fst") + size("ngrams.bin") <= 8_000_000, "the model is too large to carry");
}

fn check_sums(folder: &Path) {
    let sums = std::fs::read_to_string(folder.join("CHECKSUMS")).expect("committed");
    assert_eq!(sums.lines().count(), 2);
    for line in sums.lines() {
        let (sum, name) = line.split_once("  ").expect("a sum and a name");
        let digest = Sha256::digest(std::fs::read(folder.join(name)).expect("committed"));
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(sum, hex, "{name}; rules/model/README.md says how to build it");
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
