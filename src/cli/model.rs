//! `descan model`: counting texts and building the model of a language from the counts.

use clap::{Args, Subcommand};
use descan::model::build::{Limits, ngrams};
use descan::model::count::{Book, Counts, CountsError, count};
use descan::model::lexicon::{LexiconBuildError, List, lexicon};
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// How many times the texts of `--near` count; measured: more gains nothing at the same size.
const NEAR_WEIGHT: u32 = 3;

/// Count texts and build the model that decides between readings.
#[derive(Args, Debug)]
pub struct ModelArgs {
    #[command(subcommand)]
    command: ModelCommand,
}

#[derive(Subcommand, Debug)]
enum ModelCommand {
    /// Count the words, pairs and triples of texts
    Count {
        /// Where to write the counts
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Texts in UTF-8, each one book, or folders of `.txt` files
        #[arg(required = true, value_name = "TEXT")]
        texts: Vec<PathBuf>,
        /// Which of the texts count threefold, being nearest to those to be repaired: a list of file names, one a line
        #[arg(long, value_name = "LIST")]
        near: Option<PathBuf>,
    },
    /// Build `lexicon.fst` and `ngrams.bin` from counts and word lists
    Build {
        /// The counts that `model count` wrote
        #[arg(long, value_name = "FILE")]
        counts: PathBuf,
        /// The folder with SCOWL's word lists, such as `/usr/share/dict/scowl`
        #[arg(long, value_name = "DIR")]
        scowl: PathBuf,
        /// The folder that has `extra.txt` and `suspects.tsv` and gets the model
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

/// Why `descan model` stopped.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// A file or folder could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The counts could not be read.
    #[error("{}: {source}", path.display())]
    Counts {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: CountsError,
    },
    /// The lexicon could not be built.
    #[error(transparent)]
    Lexicon(#[from] LexiconBuildError),
    /// Two n-grams share a hash.
    #[error("the n-grams cannot be told apart by their hashes")]
    Ngrams,
}

/// Runs `descan model`; what was done goes to standard error.
///
/// # Errors
/// When a file cannot be read or written, or holds something else than expected.
pub fn run(args: &ModelArgs) -> Result<(), ModelError> {
    match &args.command {
        ModelCommand::Count { out, texts, near } => count_texts(out, texts, near.as_deref()),
        ModelCommand::Build { counts, scowl, out } => build(counts, scowl, out),
    }
}

fn count_texts(out: &Path, texts: &[PathBuf], near: Option<&Path>) -> Result<(), ModelError> {
    let near = near.map(read_text).transpose()?.unwrap_or_default();
    let near: HashSet<&str> = near.lines().map(str::trim).collect();
    let mut files = Vec::new();
    for path in texts {
        if path.is_dir() {
            files.extend(folder(path)?.into_iter().filter(|file| file.extension().is_some_and(|e| e == "txt")));
        } else {
            files.push(path.clone());
        }
    }
    let mut books = Vec::new();
    for file in &files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let weight = if near.contains(&*name) { NEAR_WEIGHT } else { 1 };
        books.push(Book { text: read_text(file)?, weight });
    }
    let counts = count(&books);
    let file = std::fs::File::create(out).map_err(at(out))?;
    let mut file = BufWriter::new(file);
    write!(file, "{counts}").and_then(|()| file.flush()).map_err(at(out))?;
    eprintln!(
        "{} texts: {} different words, {} pairs, {} triples",
        books.len(),
        counts.words.len(),
        counts.pairs.len(),
        counts.triples.len()
    );
    Ok(())
}

fn build(counts_file: &Path, scowl: &Path, out: &Path) -> Result<(), ModelError> {
    let counts = Counts::parse(&read_text(counts_file)?)
        .map_err(|source| ModelError::Counts { path: counts_file.to_owned(), source })?;
    let mut lists = Vec::new();
    for path in folder(scowl)? {
        let bytes = std::fs::read(&path).map_err(at(&path))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // SCOWL is in ISO 8859-1, whose bytes are the first code points of Unicode.
        lists.push(List { name, text: bytes.into_iter().map(char::from).collect() });
    }
    let extra = read_text(&out.join("extra.txt"))?;
    let suspects = read_text(&out.join("suspects.tsv"))?;
    let lexicon = lexicon(&lists, &extra, &suspects, &counts)?;
    let ngrams = ngrams(&counts, Limits::default()).ok_or(ModelError::Ngrams)?;
    let mut checksums = String::new();
    for (name, bytes) in [("lexicon.fst", &lexicon), ("ngrams.bin", &ngrams)] {
        let path = out.join(name);
        std::fs::write(&path, bytes).map_err(at(&path))?;
        checksums += &format!("{}  {name}\n", hex(&Sha256::digest(bytes)));
        eprintln!("{}: {} bytes", path.display(), bytes.len());
    }
    let path = out.join("CHECKSUMS");
    std::fs::write(&path, checksums).map_err(at(&path))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The files of a folder, sorted by name.
fn folder(path: &Path) -> Result<Vec<PathBuf>, ModelError> {
    let entries = std::fs::read_dir(path).map_err(at(path))?;
    let mut files = Vec::new();
    for entry in entries {
        let file = entry.map_err(at(path))?.path();
        if file.is_file() {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

fn read_text(path: &Path) -> Result<String, ModelError> {
    std::fs::read_to_string(path).map_err(at(path))
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> ModelError {
    let path = path.to_owned();
    move |source| ModelError::File { path, source }
}
