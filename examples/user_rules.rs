//! Adds a rule of one's own, and words that are right as they stand.
//!
//! `cargo run --example user_rules`

use descan::{Cleaner, PassName};

/// This archive's scanner reads the abbreviation of “number” as a degree sign.
const RULE: &str = r#"
name = "number-sign"
summary = "an abbreviated “number” whose small o became a degree sign"
level = "certain"
why = "In the shelf marks of this archive N° stands for No. and is never a temperature."
pattern = '''\b(?P<bad>N°) ?\d'''
with = "No."
triggers = ["N°"]

[[change]]
from = "The chart is N° 14 in the second drawer."
to = "The chart is No. 14 in the second drawer."

[[keep]]
text = "It was 14° in the shade."
"#;

fn main() -> Result<(), descan::BuildError> {
    let cleaner = Cleaner::builder()
        .rule(PassName::Letters, "number-sign.toml", RULE)
        .protect(["Pengelly", "Trewartha"])
        .build()?;
    let cleaned = cleaner.clean("Mr. Trewartha left chart N° 14 at the ofﬁce.\n");
    print!("{}", cleaned.text());
    Ok(())
}
