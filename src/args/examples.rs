//! What the long help of each command answers. Every line that begins with
//! `descan` is tried by a test, as far as the command line goes.

macro_rules! exit_codes {
    () => {
        "\
Exit codes:
  0    nothing found; clean and undo: done
  1    findings, or examples that fail
  2    wrong usage, a refused rule, settings file or ledger, or nothing to do
  3    finished, but some inputs failed
  130  interrupted"
    };
}

pub(crate) const EXIT_CODES: &str = exit_codes!();

pub(crate) const DESCAN: &str = concat!(
    "\
How do I …
  … see what the scan broke in a page, and repair it?
      descan check page.txt
      descan clean page.txt > right.txt
  … clean a whole archive?
      descan clean --out-dir cleaned archive
  … find out why something was changed?
      descan explain run-on
  … have my own words, rules and levels?
      descan config archive
  … learn more about a command?
      descan help clean

",
    exit_codes!()
);

pub(crate) const CLEAN: &str = "\
How do I …
  … clean a page and read what comes out?
      descan clean page.txt
  … clean a whole archive and leave the originals alone?
      descan clean --out-dir cleaned archive
  … replace the files themselves, with a way back?
      descan clean --write archive
      descan undo descan.ledger.jsonl
  … have more repaired, after I have looked at the findings?
      descan check --fail-on probable page.txt
      descan clean --level probable page.txt
  … leave page numbers and line breaks as they are?
      descan clean --ignore pages,lines page.txt
  … get one line a paragraph, with straight quotes?
      descan clean --unwrap --style straight page.txt
  … keep a word, whatever it looks like? Put into descan.toml:
      [[protect]]
      words = [\"Tbe\"]
      reason = \"a name in these stories\"";

pub(crate) const DIFF: &str = "\
How do I …
  … see what `clean` would change?
      descan diff page.txt
  … see what the less sure repairs would add?
      descan diff --level suspect page.txt
  … make a patch of it, for `git apply` or `patch -p1`?
      descan diff archive > scan.patch";

pub(crate) const CHECK: &str = "\
How do I …
  … see every finding with its reason?
      descan check page.txt
  … fail a build on damage that is certain, and on nothing else?
      descan check --fail-on certain archive
  … give the findings to a program?
      descan check --format jsonl archive
      descan check --report sarif=found.sarif --report github archive
  … fail on new damage only?
      descan baseline archive
      descan check --baseline descan.baseline.jsonl archive
      descan check --changed-since main archive
  … look at one rule alone?
      descan check --select run-on archive
  … find out what a rule is about?
      descan explain run-on";

pub(crate) const BASELINE: &str = "\
How do I …
  … let a check pass over the damage there is, and fail on new damage?
      descan baseline archive
      descan check --baseline descan.baseline.jsonl archive
  … have every check do so? Put into descan.toml:
      baseline = \"descan.baseline.jsonl\"";

pub(crate) const STATS: &str = "\
How do I …
  … see which files are the most damaged, to scan them again?
      descan stats archive
  … have that in a spreadsheet?
      descan stats --format csv archive > damage.csv";

pub(crate) const REVIEW: &str = "\
Keys:
  y, n      make the repair; leave the text as it is
  e         type what the text reads as
  Y, N, E   the same for all like it
  w         the word is right in this archive
  x         never put this word in this archive
  a, d      make, or leave, this and all that follow in the file
  j, k      go on and decide later; go back
  u         take back what was decided last
  p, ?      the page around; these keys
  q         end; what was decided is saved after every key

How do I …
  … decide about every finding in a page, and have it repaired?
      descan review page.txt
  … look only at what `clean` would not make by itself?
      descan review --offered page.txt
  … leave the originals alone?
      descan review --out-dir cleaned archive
  … go by the decisions again, later or elsewhere?
      descan clean --decisions descan.decisions.jsonl page.txt";

pub(crate) const DECISIONS: &str = "\
How do I …
  … read what was decided?
      descan decisions --decisions descan.decisions.jsonl
  … find the lines that decide nothing any more?
      descan decisions --unused archive
  … begin to decide?
      descan review archive";

pub(crate) const REPORT: &str = "\
How do I …
  … look at all findings in a browser, and accept or refuse them?
      descan report --html findings.html archive
  … use what I decided there, once it is downloaded?
      descan clean --decisions descan.decisions.jsonl --out-dir cleaned archive";

pub(crate) const UNDO: &str = "\
How do I …
  … take a run with --write back?
      descan undo descan.ledger.jsonl
  … take back what a run did that was killed?
      descan undo --partial descan.ledger.jsonl";

pub(crate) const RULES: &str = "\
How do I …
  … see which rules there are, my own among them, and at which level?
      descan rules
  … see what a settings file makes of them?
      descan rules --config archive/descan.toml
  … give the list to a program?
      descan rules --format json";

pub(crate) const EXPLAIN: &str = "\
How do I …
  … see what a rule repairs and what it leaves alone?
      descan explain run-on
  … see which rules there are?
      descan rules";

pub(crate) const TEST: &str = "\
How do I …
  … try the examples of my own rules?
      descan test my-rules
  … have `clean` and `check` use them? Put into descan.toml:
      rules = [\"my-rules\"]";

pub(crate) const CONFIG: &str = "\
How do I …
  … see which settings hold for a text, and where each was made?
      descan config archive/page.txt
  … see what an option would change in them?
      descan config --level probable archive
  … find protected words that are not needed any more?
      descan config --unused archive
  … have an editor complete and check descan.toml?
      descan schema config > descan.schema.json";

pub(crate) const SCHEMA: &str = "\
How do I …
  … check what a program of mine reads?
      descan schema findings
      descan schema ledger";

pub(crate) const COMPLETIONS: &str = "\
How do I …
  … complete in bash?
      descan completions bash > ~/.local/share/bash-completion/completions/descan
  … in fish?
      descan completions fish > ~/.config/fish/completions/descan.fish
  … in zsh, from a folder of $fpath?
      descan completions zsh > _descan";

pub(crate) const MAN: &str = "\
How do I …
  … read the page of a command?
      descan man clean | man -l -
  … install all pages?
      descan man --dir ~/.local/share/man/man1";

pub(crate) const MODEL: &str = "\
How do I …
  … have the words of my own texts known? Count them, build a model, and name it:
      descan model count --out counts.tsv texts
      descan model build --model my.model --counts counts.tsv
      descan clean --model my.model page.txt
  … learn which letters a scanner confuses, from scans and their true texts?
      descan model confusions --out confusions.tsv scans";
