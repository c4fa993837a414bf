//! The examples in the long help of each command. A test parses every line
//! that begins with `descan`.

macro_rules! exit_codes {
    () => {
        "\
Exit codes:
  0    no findings; clean and undo: done
  1    findings, or failed examples
  2    wrong usage, an invalid rule, settings file or ledger, or no input
  3    finished, but some inputs failed
  130  interrupted"
    };
}

pub(crate) const EXIT_CODES: &str = exit_codes!();

pub(crate) const DESCAN: &str = concat!(
    "\
How do I …
  … see what the scan broke in a page, and repair it?
      descan diff page.txt
      descan clean -o right.txt page.txt
  … clean a whole archive?
      descan clean --out-dir cleaned archive
  … find out why something was changed?
      descan explain run-on
  … use my own words, rules and levels?
      descan config archive
  … learn more about a command?
      descan help clean

",
    exit_codes!()
);

pub(crate) const CLEAN: &str = "\
How do I …
  … clean a page and read the result?
      descan clean page.txt
  … write it to a file?
      descan clean -o right.txt page.txt
  … see first what would change?
      descan diff page.txt
  … clean a whole archive without touching the originals?
      descan clean --out-dir cleaned archive
  … replace the files themselves, and be able to undo it?
      descan clean --write archive
      descan undo descan.ledger.jsonl
  … repair more, once I have looked at the findings?
      descan check --fail-on probable page.txt
      descan clean --level probable page.txt
  … leave page numbers and line breaks as they are?
      descan clean --ignore pages,lines page.txt
  … get one line per paragraph, with straight quotes?
      descan clean --unwrap --style straight page.txt
  … protect a word from repair? Add to descan.toml:
      [[protect]]
      words = [\"Tbe\"]
      reason = \"a name in these stories\"";

pub(crate) const DIFF: &str = "\
How do I …
  … see what `clean` would change?
      descan diff page.txt
  … see what less certain repairs would add?
      descan diff --level suspect page.txt
  … make a patch for `git apply` or `patch -p1`?
      descan diff archive > scan.patch";

pub(crate) const CHECK: &str = "\
How do I …
  … see every finding with its reason?
      descan check page.txt
  … fail a build only on damage that is certain?
      descan check --fail-on certain archive
  … pass the findings to a program?
      descan check --format jsonl archive
      descan check --report sarif=found.sarif --report github archive
  … fail on new damage only?
      descan baseline archive
      descan check --baseline descan.baseline.jsonl archive
      descan check --changed-since main archive
  … look at the findings in a script that stops at errors?
      descan check --exit-zero archive
  … check only one rule?
      descan check --select run-on archive
  … find out what a rule does?
      descan explain run-on";

pub(crate) const BASELINE: &str = "\
How do I …
  … make a check ignore existing damage and fail only on new damage?
      descan baseline archive
      descan check --baseline descan.baseline.jsonl archive
  … make that the default for every check? Add to descan.toml:
      baseline = \"descan.baseline.jsonl\"";

pub(crate) const STATS: &str = "\
How do I …
  … find the most damaged files, to rescan them?
      descan stats archive
  … look at the worst ten, and at plots of all?
      descan stats --top 10 archive
      descan stats --html damage.html archive
  … open the figures in a spreadsheet?
      descan stats --format csv archive > damage.csv";

pub(crate) const LEARN: &str = "\
How do I …
  … let each file be judged by what the whole archive shows?
      descan learn archive -o archive.stats
      descan clean --archive archive.stats --out-dir cleaned archive
  … make that the default for every run? Add to descan.toml:
      archive = \"archive.stats\"
  … learn the parts of an archive on several computers, and add them up?
      descan learn part1 -o 1.stats
      descan learn part2 -o 2.stats
      descan learn 1.stats 2.stats -o archive.stats
  … add files that came in later?
      descan learn archive.stats new -o archive.stats

The files must be as the engine left them; one that a ledger has as cleaned is not
learned from. The statistics are sums, and the same bytes in whatever order.";

pub(crate) const SERVE: &str = "\
How do I …
  … review an archive in the browser?
      descan serve archive
  … stop it?
      Press Ctrl-C. Every decision is already in descan.decisions.jsonl.
  … apply what I decided?
      descan clean --out-dir cleaned archive";

pub(crate) const REVIEW: &str = "\
The keys are shown on the screen, and ? explains them. Every decision is saved at once.

How do I …
  … decide about everything in a book, and have it repaired?
      descan review book.txt
  … look only at what `clean` would not apply by itself?
      descan review --offered book.txt
  … go through the findings in the order of the text?
      descan review --one-by-one page.txt
  … leave the originals alone?
      descan review --out-dir cleaned archive
  … apply the decisions again, later or elsewhere?
      descan clean --decisions descan.decisions.jsonl page.txt
  … take back a decision of an earlier review?
      descan decisions --remove 12,15-20 archive";

pub(crate) const DECISIONS: &str = "\
How do I …
  … list my decisions?
      descan decisions archive
  … remove some of them, by the numbers of their lines?
      descan decisions --remove 12,15-20 archive
  … find decisions that no longer apply?
      descan decisions --unused archive
  … start making decisions?
      descan review archive";

pub(crate) const REPORT: &str = "\
How do I …
  … view all findings in a browser, and accept or refuse them?
      descan report --html findings.html archive
  … see the scanned page beside each finding?
      descan report --html findings.html --images scans archive
  … apply the decisions I made and downloaded there?
      descan clean --decisions descan.decisions.jsonl --out-dir cleaned archive";

pub(crate) const UNDO: &str = "\
How do I …
  … undo a run with --write?
      descan undo descan.ledger.jsonl
  … undo a run that was killed?
      descan undo --partial descan.ledger.jsonl";

pub(crate) const RULES: &str = "\
How do I …
  … list the rules, including my own, with their levels?
      descan rules
  … see how a settings file changes them?
      descan rules --config archive/descan.toml
  … pass the list to a program?
      descan rules --format json";

pub(crate) const EXPLAIN: &str = "\
How do I …
  … see what a rule repairs and what it leaves alone?
      descan explain run-on
  … list the rules?
      descan rules";

pub(crate) const TEST: &str = "\
How do I …
  … test the examples of my own rules?
      descan test my-rules
  … make `clean` and `check` use them? Add to descan.toml:
      rules = [\"my-rules\"]";

pub(crate) const CONFIG: &str = "\
How do I …
  … see which settings apply to a text, and where each was set?
      descan config archive/page.txt
  … see how an option would change them?
      descan config --level probable archive
  … find protected words that are no longer needed?
      descan config --unused archive
  … let an editor complete and check descan.toml?
      descan schema config > descan.schema.json";

pub(crate) const SCHEMA: &str = "\
How do I …
  … validate what my program reads?
      descan schema findings
      descan schema ledger
  … have my editor complete and check rules?
      descan schema rule > rule.schema.json
      # the first line of a rule: #:schema ../../rule.schema.json";

pub(crate) const COMPLETIONS: &str = "\
How do I …
  … install completions for bash?
      descan completions bash > ~/.local/share/bash-completion/completions/descan
  … for fish?
      descan completions fish > ~/.config/fish/completions/descan.fish
  … for zsh, in a folder on $fpath?
      descan completions zsh > _descan";

pub(crate) const MAN: &str = "\
How do I …
  … read the page of a command?
      descan man clean | man -l -
  … install all pages?
      descan man --dir ~/.local/share/man/man1";

pub(crate) const MODEL: &str = "\
How do I …
  … teach descan the words of my own texts? Count them, build a model and use it:
      descan model count --out counts.tsv texts
      descan model build --model my.model --counts counts.tsv
      descan clean --model my.model page.txt
  … learn which letters a scanner confuses, from scans and their corrected texts?
      descan model confusions --out confusions.tsv scans";
