//! `descan stats`: damage per file, by level and kind.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, BufWriter, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};

use descan_core::evidence::passages::{Passage, mostly_unknown};
use descan_core::pipeline::clean;
use descan_report::Damage;
use descan_report::ledger::PathRecord;
use descan_report::stats_page::{Bar, PARTS, StatsPage};
use descan_rules::{PassName, RuleId};
use descan_source::Document;
use descan_text::escape;
use descan_text::level::Level;
use serde::{Deserialize, Serialize};

use crate::args::{StatsArgs, StatsFormat, StatsOrder};
use crate::batch::{Batch, in_order};
use crate::display::{plain, shown};
use crate::error::{CliError, Done, Result, failed as failed_to, output_error};
use crate::files::write::{self, folder_of};
use crate::inputs::discover::discover;
use crate::say::say;
use crate::setup::session::Session;
use crate::terminal::output::{counted, stdout};

/// The version of the JSON format.
const SCHEMA: u32 = 2;

/// Runs the command.
pub(crate) fn run(args: &StatsArgs) -> Result {
    let session = Session::new(&args.choice, &args.inputs, Level::Certain, false)?;
    let found = discover(&session, &args.inputs, None)?;
    let mut rows = Rows::new().map_err(temporary_file_error)?;
    let mut totals = Totals::default();
    let mut failed = found.failed.len();
    in_order(
        Batch::new(&session, &found, &args.inputs, false),
        |_, input, bytes| Ok(Row::of(PathRecord::new(input.path()), &session.open(input.path(), bytes)?, &session)),
        |input, result| {
            match result {
                Ok((row, rules)) => {
                    totals.add(&row, input.path(), &rules, &session);
                    rows.add(&row).map_err(temporary_file_error)?;
                }
                Err(why) => {
                    say(format_args!("{} {why}", shown(input.path())));
                    failed += 1;
                }
            }
            Ok(())
        },
    )?;
    let rows = rows.sorted(args.sort).map_err(temporary_file_error)?;
    let done = if failed > 0 { Done::SomeFailed } else { Done::Clean };
    if let Some(place) = &args.html {
        return write_page(rows, totals, place).map(|()| done);
    }
    let rows = rows.take(args.top.unwrap_or(usize::MAX));
    let mut out = stdout();
    match args.format {
        StatsFormat::Table => table(rows, &totals, &mut out),
        StatsFormat::Csv => csv(rows, &mut out),
        StatsFormat::Json => json(rows, &totals, &mut out),
    }
    .and_then(|()| out.flush())
    .map_err(|e| output_error(&e, Done::Clean))?;
    Ok(done)
}

/// Writes the page with the plots.
fn write_page(rows: impl Iterator<Item = io::Result<Row>>, totals: Totals, place: &Path) -> Result<()> {
    let mut page = StatsPage { total: (totals.files, totals.all.damage), ..StatsPage::default() };
    for row in rows {
        let row = row.map_err(temporary_file_error)?;
        page.add(Bar { name: row.shown(), damage: row.damage, along: row.along });
    }
    for (folder, row) in totals.worst_folders() {
        page.folders.push(Bar { name: shown(folder), damage: row.damage, along: Vec::new() });
    }
    page.rules = totals.rules.into_iter().collect();
    page.rules.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    if let Err(error) = write::output(place, page.to_html().as_bytes()) {
        return failed_to(format!("cannot write {}: {}", shown(place), plain(&error)));
    }
    say(format_args!("damage of {} written to {}", counted(totals.files, "file"), shown(place)));
    Ok(())
}

/// The error for a temporary file that cannot be written or read.
fn temporary_file_error(error: io::Error) -> CliError {
    CliError::Io(format!("cannot store the figures in a temporary file: {error}; set TMPDIR to another folder"))
}

/// The damage of a file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Row {
    #[serde(flatten)]
    path: Option<PathRecord>,
    #[serde(flatten)]
    damage: Damage,
    /// Damage per 1,000 words.
    rate: f64,
    /// Findings at each level, surest first.
    levels: [usize; Level::ALL.len()],
    /// Findings of each class, that is, of each pass.
    classes: [usize; PassName::ALL.len()],
    /// Passages whose words are mostly unknown.
    unknown: Vec<Unknown>,
    /// Damage in each part of the text, for a plot.
    along: Vec<usize>,
}

/// The sums over all files.
#[derive(Default)]
struct Totals {
    files: usize,
    all: Row,
    folders: BTreeMap<PathBuf, Row>,
    /// Damage by each rule.
    rules: BTreeMap<String, usize>,
}

impl Totals {
    fn add(&mut self, row: &Row, path: &Path, rules: &[RuleId], session: &Session) {
        self.files += 1;
        self.all.add(row);
        self.folders.entry(folder_of(path).to_owned()).or_default().add(row);
        for rule in rules {
            *self.rules.entry(session.rules.get(*rule).name.clone()).or_default() += 1;
        }
    }

    /// The folders that hold texts, the most damaged first.
    fn worst_folders(&self) -> Vec<(&Path, &Row)> {
        let mut folders: Vec<(&Path, &Row)> = self.folders.iter().map(|(path, row)| (path.as_path(), row)).collect();
        folders.sort_by(|a, b| b.1.damage.rate().total_cmp(&a.1.damage.rate()));
        folders
    }
}

/// A range of lines whose words are mostly unknown: first line, last line, and share of unknown words.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Unknown {
    lines: [usize; 2],
    share: f64,
}

impl From<Passage> for Unknown {
    fn from(passage: Passage) -> Unknown {
        let Passage { lines, unknown } = passage;
        Unknown { lines: [lines.start, lines.end - 1], share: rounded(unknown.into()) }
    }
}

impl Row {
    /// The damage of a file, and the rule of each damaged place.
    fn of(path: PathRecord, document: &Document<'_>, session: &Session) -> (Row, Vec<RuleId>) {
        let outcome = clean(document, &session.rules, &session.options);
        let text = document.text();
        let mut row = Row { path: Some(path), damage: Damage::of(text), along: vec![0; PARTS], ..Row::default() };
        let mut rules = Vec::new();
        for finding in outcome.findings.iter().filter(|f| f.part_of.is_none()) {
            row.levels[finding.level as usize] += 1;
            row.classes[finding.pass as usize] += 1;
            if row.damage.count(finding) {
                row.along[(finding.span.start * PARTS / text.len().max(1)).min(PARTS - 1)] += 1;
                rules.push(finding.rule);
            }
        }
        row.rate = rounded(row.damage.rate());
        let passages = mostly_unknown(text, session.options.searcher.language().lexicon());
        row.unknown = passages.into_iter().map(Unknown::from).collect();
        (row, rules)
    }

    fn add(&mut self, other: &Row) {
        self.damage.findings += other.damage.findings;
        self.damage.layout += other.damage.layout;
        self.damage.words += other.damage.words;
        self.damage.size += other.damage.size;
        self.levels.iter_mut().zip(other.levels).for_each(|(sum, count)| *sum += count);
        self.classes.iter_mut().zip(other.classes).for_each(|(sum, count)| *sum += count);
        self.rate = rounded(self.damage.rate());
    }

    /// The class with the most findings.
    fn mostly(&self) -> &'static str {
        let most = self.classes.iter().zip(PassName::ALL).max_by_key(|(count, _)| **count);
        most.filter(|(count, _)| **count > 0).map_or("", |(_, pass)| pass.as_str())
    }

    fn shown(&self) -> String {
        self.path.as_ref().and_then(PathRecord::to_path).map_or_else(String::new, |path| shown(&path))
    }
}

/// Rows kept on disk, because an archive may have a million; only 16 bytes of each
/// stay in memory.
struct Rows {
    file: BufWriter<File>,
    written: u64,
    /// The sort key of each row, and its offset in the file.
    order: Vec<(f64, u64)>,
}

impl Rows {
    fn new() -> io::Result<Rows> {
        Ok(Rows { file: BufWriter::new(tempfile::tempfile()?), written: 0, order: Vec::new() })
    }

    fn add(&mut self, row: &Row) -> io::Result<()> {
        let mut line = serde_json::to_vec(row)?;
        line.push(b'\n');
        self.order.push((row.damage.rate(), self.written));
        self.written += line.len() as u64;
        self.file.write_all(&line)
    }

    fn sorted(self, order: StatsOrder) -> io::Result<impl Iterator<Item = io::Result<Row>>> {
        let Rows { file, order: mut places, .. } = self;
        if order == StatsOrder::Damage {
            // The sort is stable: equals stay in path order.
            places.sort_by(|a, b| b.0.total_cmp(&a.0));
        }
        let mut file = BufReader::new(file.into_inner().map_err(io::IntoInnerError::into_error)?);
        let mut line = String::new();
        Ok(places.into_iter().map(move |(_, place)| {
            line.clear();
            file.seek(SeekFrom::Start(place))?;
            file.read_line(&mut line)?;
            Ok(serde_json::from_str(&line)?)
        }))
    }
}

fn table(rows: impl Iterator<Item = io::Result<Row>>, totals: &Totals, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "per 1,000 words | damage | layout |     words | mostly     | path")?;
    let mut line = |row: &Row, path: &str| {
        let damage = row.damage;
        writeln!(
            out,
            "{:>15.1} | {:>6} | {:>6} | {:>9} | {:<10} | {path}",
            row.rate,
            damage.damage(),
            damage.layout,
            damage.words,
            row.mostly(),
        )
    };
    let mut listed = 0;
    for row in rows {
        let row = row?;
        listed += 1;
        line(&row, &row.shown())?;
    }
    if totals.folders.len() > 1 {
        for (folder, row) in totals.worst_folders() {
            line(row, &format!("folder {}", shown(folder)))?;
        }
    }
    let all = counted(totals.files, "file");
    line(&totals.all, &format!("all {all}"))?;
    if listed < totals.files {
        say(format_args!("{listed} of {all} listed"));
    }
    Ok(())
}

fn csv(rows: impl Iterator<Item = io::Result<Row>>, out: &mut impl Write) -> io::Result<()> {
    let levels = Level::ALL.map(Level::name).join(",");
    let classes = PassName::ALL.map(PassName::as_str).join(",");
    write!(out, "path,bytes,words,findings,layout,rate,{levels},{classes}\r\n")?;
    for row in rows {
        let row = row?;
        let counts = row.levels.iter().chain(&row.classes).map(usize::to_string).collect::<Vec<_>>().join(",");
        let Damage { findings, layout, words, size } = row.damage;
        write!(out, "{},{size},{words},{findings},{layout},{},{counts}\r\n", field(&row.shown()), row.rate)?;
    }
    Ok(())
}

/// A text as a CSV field. If a spreadsheet would read it as a formula, it gets the
/// prefix that makes spreadsheets treat it as text.
fn field(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("\"{}{}\"", if is_formula { "'" } else { "" }, text.replace('"', "\"\""))
}

fn json(rows: impl Iterator<Item = io::Result<Row>>, totals: &Totals, out: &mut impl Write) -> io::Result<()> {
    #[derive(Serialize)]
    struct Named<'r> {
        #[serde(flatten)]
        path: &'r Option<PathRecord>,
        #[serde(flatten)]
        damage: Damage,
        rate: f64,
        levels: serde_json::Map<String, serde_json::Value>,
        classes: serde_json::Map<String, serde_json::Value>,
        /// Only files have these, not sums.
        #[serde(skip_serializing_if = "Option::is_none")]
        unknown: Option<&'r [Unknown]>,
    }
    let named = |row: &Row| -> io::Result<String> {
        let Row { path, damage, rate, levels, classes, unknown, along } = row;
        let unknown = (!along.is_empty()).then_some(unknown.as_slice());
        let levels = Level::ALL.iter().zip(levels).map(|(level, &n)| (level.name().to_owned(), n.into())).collect();
        let classes = PassName::ALL.iter().zip(classes).map(|(p, &n)| (p.as_str().to_owned(), n.into())).collect();
        let row = serde_json::to_string(&Named { path, damage: *damage, rate: *rate, levels, classes, unknown })?;
        Ok(escape::json(row))
    };
    write!(out, "{{\"schema\":{SCHEMA},\"files\":[")?;
    for (number, row) in rows.enumerate() {
        write!(out, "{}\n{}", if number > 0 { "," } else { "" }, named(&row?)?)?;
    }
    write!(out, "\n],\"folders\":[")?;
    for (number, (folder, row)) in totals.worst_folders().into_iter().enumerate() {
        let row = Row { path: Some(PathRecord::new(folder)), ..row.clone() };
        write!(out, "{}\n{}", if number > 0 { "," } else { "" }, named(&row)?)?;
    }
    writeln!(out, "\n],\"total\":{}}}", named(&totals.all)?)
}

/// Rounds to two decimals; rates are no more precise than that.
fn rounded(rate: f64) -> f64 {
    (rate * 100.0).round() / 100.0
}
