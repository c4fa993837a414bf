//! Files that are barely text: every byte is preserved, and nothing breaks.

use crate::support::{Folder, SCAN};

#[test]
fn odd_bytes_outside_repairs_are_preserved() {
    // Without the soft hyphen: removing it would join two characters that look
    // misdecoded, and no real text has them in this order.
    let all: Vec<u8> = (0..=255).filter(|&b| b != 0xad).collect();
    let wide: Vec<u8> = "\u{feff}A\0B\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cases: [(&str, Vec<u8>); 9] = [
        ("empty", Vec::new()),
        ("mark", b"\xef\xbb\xbf".to_vec()),
        ("newline", b"\n".to_vec()),
        ("carriage-returns", b"one\rtwo\rthree".to_vec()),
        ("nul", b"a\0b\0\0c\n".to_vec()),
        ("all-bytes", all),
        ("utf-16", wide),
        ("odd-utf-16", b"\xff\xfea\0b\0c".to_vec()),
        ("half-characters", b"caf\xc3 \xe2\x80 \xf0\x9f\x98\n".to_vec()),
    ];
    for (name, bytes) in cases {
        let folder = Folder::new();
        folder.write("x", &bytes);
        for command in ["check", "diff"] {
            let code = folder.run([command, "--text", "x"]).0.status.code();
            assert!(matches!(code, Some(0 | 1)), "{command} {name}: {code:?}");
        }
        let cleaned = folder.run(["clean", "--text", "x"]).exits(0).0.stdout;
        let again = folder.run_with(["clean", "--text", "-"], cleaned.clone()).exits(0).0.stdout;
        assert_eq!(again, cleaned, "{name} is cleaned in one go");
        folder.run(["clean", "--text", "--out-dir", "out", "x"]).exits(0);
        assert_eq!(folder.read("out/x"), cleaned);
        folder.run(["undo", "out/ledger.jsonl"]).exits(0);
        assert_eq!(folder.read("out/x"), bytes, "{name}");
        // With all other passes off, every byte is preserved.
        let off = folder.run(["clean", "--text", "--select", "ligature", "x"]).exits(0).0.stdout;
        assert_eq!(off, bytes, "{name}");
    }
}

#[test]
fn one_line_of_five_megabytes() {
    let folder = Folder::new();
    let line = SCAN.trim_end().to_owned() + " The men of the mill went home over the hill. ";
    folder.write("x", line.repeat(5_000_000 / line.len()));
    let clock = std::time::Instant::now();
    let out = folder.run(["check", "--select", "characters", "x"]).exits(1).out();
    assert!(out.len() < 2000, "{} bytes", out.len());
    folder.run(["diff", "--select", "characters", "x"]).exits(1);
    folder.run(["clean", "--select", "characters", "--out-dir", "out", "x"]).exits(0);
    folder.run(["undo", "out/ledger.jsonl"]).exits(0);
    assert_eq!(folder.read("out/x"), folder.read("x"));
    // Time must be linear: anything quadratic would take minutes for a book.
    assert!(clock.elapsed().as_secs() < 60, "{:?}", clock.elapsed());
}
