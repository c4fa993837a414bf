//! `descan model build`: builds a model from counts and word lists.

use std::path::Path;

use descan_lang::language::Model;
use descan_text::hash::sha256;
use descan_train::build::{Limits, ngrams};
use descan_train::count::Counts;
use descan_train::lexicon::{List, lexicon, own_lexicon};

use crate::args::model::BuildArgs;
use crate::commands::model::files::{bad, cannot, folder, read_text, write_file};
use crate::error::{CliError, Done, Result};
use crate::say::say;

/// Runs the command.
pub(super) fn run(args: &BuildArgs) -> Result {
    let counts = Counts::parse(&read_text(&args.counts)?).map_err(|e| bad(&args.counts, e))?;
    let ngrams = ngrams(&counts, Limits::default())
        .ok_or_else(|| CliError::Usage("two n-grams have the same hash; add or remove a text".to_owned()))?;
    if let Some(path) = &args.model {
        let extra = args.extra.as_ref().map_or(Ok(String::new()), |path| read_text(path))?;
        let lexicon = own_lexicon(&extra, &counts).map_err(|e| bad(&args.counts, e))?;
        let bytes = Model::bytes(&lexicon, &ngrams).map_err(|e| bad(&args.counts, e))?;
        write_file(path, &bytes)?;
        say(format_args!("{}: {} bytes", path.display(), bytes.len()));
    }
    if let (Some(out), Some(scowl)) = (&args.out, &args.scowl) {
        whole_language(&counts, &ngrams, scowl, out)?;
    }
    Ok(Done::Clean)
}

fn whole_language(counts: &Counts, ngrams: &[u8], scowl: &Path, out: &Path) -> Result<()> {
    let mut lists = Vec::new();
    for path in folder(scowl)? {
        let bytes = std::fs::read(&path).map_err(|e| cannot("read", &path, &e))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // SCOWL is in ISO 8859-1, whose bytes are the first code points of Unicode.
        lists.push(List { name, text: bytes.into_iter().map(char::from).collect() });
    }
    let optional = |name: &str| {
        let path = out.join(name);
        if path.exists() { read_text(&path) } else { Ok(String::new()) }
    };
    let [extra, period, suspects] = ["extra.txt", "period.txt", "suspects.tsv"].map(optional);
    let lexicon = lexicon(&lists, &extra?, &period?, &suspects?, counts).map_err(|e| bad(scowl, e))?;
    std::fs::create_dir_all(out).map_err(|e| cannot("write", out, &e))?;
    let mut checksums = String::new();
    for (name, bytes) in [("lexicon.fst", lexicon.as_slice()), ("ngrams.bin", ngrams)] {
        let path = out.join(name);
        write_file(&path, bytes)?;
        checksums += &format!("{}  {name}\n", sha256(bytes));
        say(format_args!("{}: {} bytes", path.display(), bytes.len()));
    }
    write_file(&out.join("CHECKSUMS"), checksums.as_bytes())
}
