//! Cleans a string and prints what was changed, and what is only suggested.
//!
//! `cargo run --example clean_text`

fn main() {
    let scan = "“Tbere is no wind to-night,” said Margaret. “Letme sit with you a while,\n\
                and we’ll watch the boats come in to the harbour.”\n";
    let cleaned = descan::clean(scan);
    print!("{}", cleaned.text());
    for finding in cleaned.findings() {
        let what = if finding.applied { "changed" } else { "suggested" };
        println!("{what}: {:?} -> {:?} ({}, {})", finding.before, finding.after, finding.rule, finding.level);
    }
}
