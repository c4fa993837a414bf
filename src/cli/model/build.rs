//! `descan model build`: counts and word lists in, the files that the program reads in place out.

use std::path::PathBuf;

use clap::Args;
use descan::model::build::{Limits, ngrams};
use descan::model::count::Counts;
use descan::model::lexicon::{List, lexicon};
use sha2::{Digest as _, Sha256};

use super::{bad, cannot, folder, read_text, write_file};
use crate::cli::exit::{Done, Result, Stop, say};

/// `descan model build`.
#[derive(Args, Debug)]
pub struct BuildArgs {
    /// The counts that `model count` wrote.
    #[arg(long, value_name = "FILE")]
    counts: PathBuf,
    /// The folder with SCOWL's word lists, such as /usr/share/dict/scowl.
    #[arg(long, value_name = "DIR")]
    scowl: PathBuf,
    /// The folder that gets lexicon.fst, ngrams.bin and CHECKSUMS; its extra.txt and suspects.tsv are read if they are there.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// Runs the command.
pub fn run(args: &BuildArgs) -> Result {
    let counts = Counts::parse(&read_text(&args.counts)?).map_err(|e| bad(&args.counts, e))?;
    let mut lists = Vec::new();
    for path in folder(&args.scowl)? {
        let bytes = std::fs::read(&path).map_err(|e| cannot("read", &path, &e))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // SCOWL is in ISO 8859-1, whose bytes are the first code points of Unicode.
        lists.push(List { name, text: bytes.into_iter().map(char::from).collect() });
    }
    let own = |name: &str| {
        let path = args.out.join(name);
        if path.exists() { read_text(&path) } else { Ok(String::new()) }
    };
    let lexicon =
        lexicon(&lists, &own("extra.txt")?, &own("suspects.tsv")?, &counts).map_err(|e| bad(&args.scowl, e))?;
    let ngrams = ngrams(&counts, Limits::default())
        .ok_or_else(|| Stop::Usage("two n-grams share a hash; leave out or add a text".to_owned()))?;
    std::fs::create_dir_all(&args.out).map_err(|e| cannot("write", &args.out, &e))?;
    let mut checksums = String::new();
    for (name, bytes) in [("lexicon.fst", &lexicon), ("ngrams.bin", &ngrams)] {
        let path = args.out.join(name);
        write_file(&path, bytes)?;
        checksums += &format!("{}  {name}\n", hex(&Sha256::digest(bytes)));
        say(format_args!("{}: {} bytes", path.display(), bytes.len()));
    }
    write_file(&args.out.join("CHECKSUMS"), checksums.as_bytes())?;
    Ok(Done::Clean)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
