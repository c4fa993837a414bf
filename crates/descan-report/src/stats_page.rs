//! A page with plots of the damage of an archive: by file, by rule and along each text. One
//! file, without scripts and without network access.

use descan_text::escape::visible;

use crate::Damage;

/// Into how many parts a text is cut for its plot.
pub const PARTS: usize = 60;

/// Files and rules shown.
const FILES: usize = 50;
const RULES: usize = 30;

const STYLE: &str = include_str!("stats_page.css");

/// A row of a plot.
#[derive(Clone, Debug)]
pub struct Bar {
    /// Its name, safe to print.
    pub name: String,
    /// Its damage.
    pub damage: Damage,
    /// Damage in each part of the text, if it is one.
    pub along: Vec<usize>,
}

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct StatsPage {
    /// Files, the most damaged first.
    pub files: Vec<Bar>,
    /// Folders, the most damaged first.
    pub folders: Vec<Bar>,
    /// Rules with the damage they found, most first.
    pub rules: Vec<(String, usize)>,
    /// How many files there are, and their damage.
    pub total: (usize, Damage),
}

impl StatsPage {
    /// Adds a file; only as many as are shown are kept.
    pub fn add(&mut self, file: Bar) {
        if self.files.len() < FILES {
            self.files.push(file);
        }
    }

    /// The page.
    pub fn to_html(&self) -> String {
        let (count, total) = self.total;
        let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
        let shown = |shown: usize, all: usize, what: &str| match all > shown {
            true => format!("<p class=sum>The first {shown} of {all} {what}.</p>\n"),
            false => String::new(),
        };
        let mut out = format!(
            "<!doctype html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n\
             <meta http-equiv=Content-Security-Policy content=\"{policy}\">\n\
             <meta name=viewport content=\"width=device-width, initial-scale=1\">\n\
             <meta name=color-scheme content=\"light dark\">\n<title>Damage of {count} files – descan</title>\n\
             <style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>Damage of {count} files</h1>\n\
             <p class=sum>{:.1} per 1,000 words: {} places in {} words. {} more places are white space, line ends and \
             pages, and count for nothing here. A text of fewer than 300 words counts as one of 300.</p>\n",
            total.rate(),
            total.damage(),
            total.words,
            total.layout,
        );
        out.push_str("<h2>By file, per 1,000 words</h2>\n");
        bars(&self.files, &mut out);
        out.push_str(&shown(self.files.len(), count, "files"));
        if self.folders.len() > 1 {
            out.push_str("<h2>By folder, per 1,000 words</h2>\n");
            bars(&self.folders, &mut out);
        }
        out.push_str("<h2>By rule, in places</h2>\n");
        rules(&self.rules, &mut out);
        out.push_str(&shown(RULES, self.rules.len(), "rules"));
        out.push_str("<h2>Along the texts</h2>\n");
        for file in self.files.iter().filter(|file| file.damage.damage() > 0) {
            strip(file, &mut out);
        }
        out.push_str("</main>\n</body>\n</html>\n");
        out
    }
}

/// A table with a bar in each row, as long as its rate.
fn bars(rows: &[Bar], out: &mut String) {
    let most = rows.iter().map(|row| row.damage.rate()).fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    out.push_str("<table>\n");
    for Bar { name, damage, .. } in rows {
        let width = 100.0 * damage.rate() / most;
        row(name, width, &format!("{:.1}", damage.rate()), out);
    }
    out.push_str("</table>\n");
}

fn rules(rules: &[(String, usize)], out: &mut String) {
    let most = rules.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1);
    out.push_str("<table>\n");
    for (name, count) in rules.iter().take(RULES) {
        row(name, 100.0 * *count as f64 / most as f64, &count.to_string(), out);
    }
    out.push_str("</table>\n");
}

/// A row; `width` is in percent.
fn row(name: &str, width: f64, figure: &str, out: &mut String) {
    out.push_str(&format!(
        "<tr><th>{}<td class=n>{figure}<td class=bar><svg viewBox=\"0 0 100 10\" preserveAspectRatio=none \
         role=img aria-label=\"{figure}\"><rect width=\"{width:.1}\" height=10 /></svg>\n",
        escaped(name)
    ));
}

/// The damage along a text: a column for each part, as high as its damage.
fn strip(file: &Bar, out: &mut String) {
    let most = file.along.iter().copied().max().unwrap_or(0).max(1);
    let name = escaped(&file.name);
    let label = format!("Damage along {name}, most {most} in a part");
    out.push_str(&format!(
        "<figure><figcaption>{name}, up to {most} in a part of {PARTS}</figcaption>\n\
         <svg viewBox=\"0 0 {} 40\" preserveAspectRatio=none role=img aria-label=\"{label}\">",
        file.along.len().max(1)
    ));
    for (part, &count) in file.along.iter().enumerate().filter(|(_, count)| **count > 0) {
        let height = 40.0 * count as f64 / most as f64;
        out.push_str(&format!("<rect x=\"{part}\" y=\"{:.1}\" width=\"0.9\" height=\"{height:.1}\" />", 40.0 - height));
    }
    out.push_str("</svg></figure>\n");
}

/// Text inside an element or a quoted attribute.
fn escaped(text: &str) -> String {
    let text = visible(text);
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_text_and_bars_have_their_share() {
        let damage = |findings| Damage { findings, layout: 0, words: 1_000, size: 6_000 };
        let mut page = StatsPage { total: (2, damage(6)), rules: vec![("run-on".to_owned(), 6)], ..Default::default() };
        page.add(Bar { name: "<script>.txt".to_owned(), damage: damage(4), along: vec![0, 4] });
        page.add(Bar { name: "b.txt".to_owned(), damage: damage(2), along: vec![1, 1] });
        let html = page.to_html();
        assert!(!html.contains("<script") && html.contains("&lt;script&gt;.txt"), "{html}");
        assert!(html.contains("width=\"100.0\"") && html.contains("width=\"50.0\""), "{html}");
        assert!(html.contains("<rect x=\"1\" y=\"0.0\" width=\"0.9\" height=\"40.0\" />"), "{html}");
    }
}
