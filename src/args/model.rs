//! The arguments of `descan model`, for people who build models.

use std::convert::Infallible;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Subcommand};

/// `descan model`.
#[derive(Args, Debug)]
pub(crate) struct ModelArgs {
    #[command(subcommand)]
    pub command: ModelCommand,
}

/// The steps of building a model.
#[derive(Debug, Subcommand)]
pub(crate) enum ModelCommand {
    /// Count the words, word pairs and word triples in texts.
    Count(CountArgs),
    /// Build the lexicon and the n-gram model from counts and word lists.
    Build(BuildArgs),
    /// Learn which letters are confused, from scans and their ground truth.
    Confusions(ConfusionsArgs),
    /// Work out which words of the English lexicon may be misread for others.
    Rivals(RivalsArgs),
    /// Fit the trees that give the confidence of a repair, and measure them on held-out sets.
    Fit(FitArgs),
}

/// `descan model count`.
#[derive(Args, Debug)]
pub(crate) struct CountArgs {
    /// Where to write the counts.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// UTF-8 texts, one book each, or folders of .txt files.
    #[arg(required = true, value_name = "TEXT")]
    pub texts: Vec<PathBuf>,
    /// A list of file names, one per line, of the texts most like those to be repaired; they count three times.
    #[arg(long, value_name = "LIST")]
    pub near: Option<PathBuf>,
}

/// `descan model build`.
#[derive(Args, Debug)]
pub(crate) struct BuildArgs {
    /// The counts that `model count` wrote.
    #[arg(long, value_name = "FILE")]
    pub counts: PathBuf,
    /// Write a model of your own texts, to be used on top of the English one with `--model FILE`.
    #[arg(long, value_name = "FILE", required_unless_present = "out", conflicts_with = "out")]
    pub model: Option<PathBuf>,
    /// Additional words for --model, one per line.
    #[arg(long, value_name = "FILE", requires = "model")]
    pub extra: Option<PathBuf>,
    /// The folder with SCOWL's word lists, such as /usr/share/dict/scowl.
    #[arg(long, value_name = "DIR", requires = "out")]
    pub scowl: Option<PathBuf>,
    /// The folder to write a whole language to: lexicon.fst, ngrams.bin and CHECKSUMS. Its extra.txt,
    /// period.txt and suspects.tsv are read if they exist.
    #[arg(long, value_name = "DIR", requires = "scowl")]
    pub out: Option<PathBuf>,
}

/// `descan model confusions`.
#[derive(Args, Debug)]
pub(crate) struct ConfusionsArgs {
    /// Where to write the table.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Confusions entered by hand: a table of the same form, whose lines replace the learned ones.
    #[arg(long, value_name = "FILE")]
    pub hand: Option<PathBuf>,
    /// Folders of correct texts, which show what authors write that looks like a confusion.
    #[arg(long, value_name = "DIR")]
    pub clean: Vec<SetArg>,
    /// Folders of NAME.ocr.txt with NAME.gt.txt, one folder per source; DIR=1/4 reads every fourth file.
    #[arg(required = true, value_name = "DIR")]
    pub sets: Vec<SetArg>,
}

/// `descan model rivals`.
#[derive(Args, Debug)]
pub(crate) struct RivalsArgs {
    /// Where to write the table.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// `descan model fit`.
#[derive(Args, Debug)]
pub(crate) struct FitArgs {
    /// Where to write the trees.
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// The table that says where the levels begin, for the report [default: the built-in one].
    #[arg(long, value_name = "FILE")]
    pub levels: Option<PathBuf>,
    /// Where to write the reliability table, in Markdown.
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Print the N wrong repairs with the highest confidence for each kind.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub wrong: usize,
    /// Folders of correct texts, in which every repair is wrong: DIR, DIR=WEIGHT or DIR=WEIGHT/EVERY.
    #[arg(long, value_name = "DIR")]
    pub clean: Vec<SetArg>,
    /// Folders of NAME.ocr.txt with NAME.gt.txt, one folder per source, each held out once; DIR=4 counts
    /// four times, DIR=1/4 reads every fourth file.
    #[arg(required = true, value_name = "DIR")]
    pub sets: Vec<SetArg>,
}

/// A folder, the weight of its texts, and which of them are read:
/// `DIR`, `DIR=WEIGHT` or `DIR=WEIGHT/EVERY`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SetArg {
    pub dir: PathBuf,
    pub weight: f64,
    pub every: usize,
}

impl FromStr for SetArg {
    type Err = Infallible;

    /// If what follows the last `=` is not a number, it is part of the folder's name.
    fn from_str(text: &str) -> Result<SetArg, Infallible> {
        let numbers = |text: &str| {
            let (weight, every) = text.split_once('/').unwrap_or((text, "1"));
            let weight = weight.parse().ok().filter(|w: &f64| w.is_finite() && *w > 0.0)?;
            let every = every.parse().ok().filter(|every| *every > 0)?;
            Some((weight, every))
        };
        let parts = text.rsplit_once('=').and_then(|(dir, behind)| Some((dir, numbers(behind)?)));
        let (dir, (weight, every)) = parts.unwrap_or((text, (1.0, 1)));
        Ok(SetArg { dir: dir.into(), weight, every })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_and_samples() {
        let set = |text: &str| text.parse::<SetArg>().map(|s| (s.dir.display().to_string(), s.weight, s.every));
        assert_eq!(set("news"), Ok(("news".into(), 1.0, 1)));
        assert_eq!(set("a/news=4"), Ok(("a/news".into(), 4.0, 1)));
        assert_eq!(set("news=0.5/4"), Ok(("news".into(), 0.5, 4)));
        assert_eq!(set("year=old"), Ok(("year=old".into(), 1.0, 1)));
        assert_eq!(set("year=1/0"), Ok(("year=1/0".into(), 1.0, 1)));
    }
}
