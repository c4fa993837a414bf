//! Makes the picture of the README: a page as OCR software left it, and as descan leaves it.
//!
//! `cargo xtask picture [--write]`
//!
//! The page is the one that the README's commands make. What is changed is marked in both
//! halves. A test holds `docs/page.svg` to what this makes.

use std::fs;
use std::ops::Range;
use std::process::ExitCode;

use clap::Args;
use descan_core::pass::Options;
use descan_core::pipeline::clean;
use descan_rules::RuleSet;
use descan_source::Document;
use descan_text::edit::EditList;

use crate::measure::project::root;

/// Makes the picture of the README.
#[derive(Args)]
pub struct Arguments {
    /// Write it to docs/page.svg.
    #[arg(long)]
    write: bool,
}

/// Runs the task.
pub fn run(arguments: &Arguments) -> ExitCode {
    let picture = match fs::read_to_string(root().join("README.md")) {
        Ok(readme) => picture(&readme),
        Err(error) => Err(error.to_string()),
    };
    let done = picture.and_then(|picture| match arguments.write {
        true => fs::write(root().join("docs/page.svg"), picture).map_err(|error| error.to_string()),
        false => {
            print!("{picture}");
            Ok(())
        }
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("picture: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Width of the picture, and what is left free at the left, in pixels.
const WIDTH: usize = 680;
const LEFT: usize = 28;
/// From one line of text to the next.
const STEP: usize = 20;
/// From a head to its text, and from a text to the next head.
const UNDER_HEAD: usize = 28;
const UNDER_TEXT: usize = 38;
/// The first head, and what is free below the last line.
const TOP: usize = 30;
const BOTTOM: usize = 24;

const STYLE: &str = "text { font: 15px ui-monospace, Menlo, Consolas, monospace; fill: #24292f } \
    .head { font: 600 13px system-ui, sans-serif; fill: #57606a } \
    .bad { fill: #b3261e; font-weight: 700; text-decoration: underline wavy } \
    .good { fill: #1a6b2f; font-weight: 700 }";

/// The picture of the page that a README makes.
fn picture(readme: &str) -> Result<String, String> {
    let page = readme.split_once("cat > page.txt <<'END'\n").and_then(|(_, rest)| rest.split_once("END\n"));
    let (page, _) = page.ok_or("README.md makes no page.txt")?;
    let document = Document::decode(page.as_bytes());
    let outcome = clean(&document, &RuleSet::built_in(), &Options::default());
    let spans = |edits: &EditList| edits.iter().map(|edit| edit.span.clone()).collect::<Vec<_>>();
    let (bad, good) = (spans(&outcome.edits), spans(&outcome.edits.invert(document.text())));
    let cleaned = outcome.edits.apply(document.text());
    let mut body = String::new();
    let mut y = TOP;
    for (id, head, text, marked, class) in
        [("scan", "as scanned", page, &bad, "bad"), ("cleaned", "descan clean page.txt", &cleaned, &good, "good")]
    {
        body.push_str(&format!("<text class=\"head\" x=\"{LEFT}\" y=\"{y}\">{head}</text>\n<g id=\"{id}\">\n"));
        y += UNDER_HEAD;
        let mut start = 0;
        for line in text.lines() {
            body.push_str(&format!("<text x=\"{LEFT}\" y=\"{y}\" xml:space=\"preserve\">"));
            body.push_str(&line_with_marks(line, start, marked, class));
            body.push_str("</text>\n");
            start += line.len() + 1;
            y += STEP;
        }
        body.push_str("</g>\n");
        y += UNDER_TEXT - STEP;
    }
    let height = y - UNDER_TEXT + BOTTOM;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" \
         role=\"img\" aria-labelledby=\"title\">\n\
         <title id=\"title\">A page as OCR software left it, and as descan leaves it</title>\n\
         <style>{STYLE}</style>\n\
         <rect width=\"{WIDTH}\" height=\"{height}\" rx=\"8\" fill=\"#ffffff\" stroke=\"#d0d7de\"/>\n{body}</svg>\n"
    ))
}

/// A line, which starts at byte `start` of its text, with what of it is marked.
fn line_with_marks(line: &str, start: usize, marked: &[Range<usize>], class: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    for span in marked {
        let (from, to) = (span.start.max(start) - start, span.end.min(start + line.len()).max(start) - start);
        if from >= to || from >= line.len() {
            continue;
        }
        out.push_str(&escaped(&line[at..from]));
        out.push_str(&format!("<tspan class=\"{class}\">{}</tspan>", escaped(&line[from..to])));
        at = to;
    }
    out.push_str(&escaped(&line[at..]));
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_is_what_the_command_makes() {
        let read = |path: &str| fs::read_to_string(root().join(path)).expect("a file of the project");
        let made = picture(&read("README.md")).expect("a page");
        assert!(made == read("docs/page.svg"), "run `cargo xtask picture --write`");
    }

    #[test]
    fn marks_are_cut_at_the_ends_of_lines() {
        let marked = vec![18..24; 1];
        assert_eq!(line_with_marks("a fright-", 10, &marked, "bad"), "a fright<tspan class=\"bad\">-</tspan>");
        assert_eq!(line_with_marks("ened <b>", 20, &marked, "bad"), "<tspan class=\"bad\">ened</tspan> &lt;b&gt;");
    }
}
