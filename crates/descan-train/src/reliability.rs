//! How well the probabilities of decisions agree with the ground truth: the reliability table.

use std::fmt::Write as _;

use descan_lang::decision::{Class, Levels};
use descan_text::level::Level;

use super::fit::{Judged, Set};

/// The bounds of the classes of probability.
const BOUNDS: [f64; 9] = [0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 1.0];

/// The report, in Markdown: what was judged, and what was said against what
/// was right, at each level, over all places and by class.
pub fn report(sets: &[Set], judged: &[Judged], levels: &Levels) -> String {
    let mut out = String::from(HEAD);
    out += "\n## What was judged\n\n| set | texts | places | of these the reading was right | counts |\n|---|---|---|---|---|\n";
    for (index, set) in sets.iter().enumerate() {
        let own = judged.iter().filter(|j| j.at.0 == index);
        let right = own.clone().filter(|j| j.right).count();
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "| {}{} | {} | {} | {right} | {}× |",
            set.name,
            if set.clean { " (right text)" } else { "" },
            set.texts.len(),
            own.count(),
            set.weight
        );
    }
    out += "\n## At each level\n\nRepairs at this level or a surer one: how many were right of how many, by set.\n\n";
    heading(&mut out, "level", sets);
    for (index, level) in Level::ALL.into_iter().enumerate() {
        let reaches = |j: &&Judged| j.said >= levels.of(j.class)[index];
        let reached: Vec<&Judged> = judged.iter().filter(reaches).collect();
        row(&mut out, level.name(), sets, &reached);
    }
    out += "\n## All decisions\n\n";
    classes(&mut out, sets, &judged.iter().collect::<Vec<_>>());
    for class in Class::ALL {
        let own: Vec<&Judged> = judged.iter().filter(|j| j.class == class).collect();
        if !own.is_empty() {
            let _ = write!(out, "\n## Class {}\n\n", class.name());
            classes(&mut out, sets, &own);
        }
    }
    out
}

const HEAD: &str = "\
# Reliability

Written by `descan model fit`, on *development data*: the confusions, the levels and the choice of features were set on \
these sets, so texts of other kinds do worse (see [accuracy.md](accuracy.md)). The trees are cross-validated: every \
place is judged by trees that never saw its set, a set of scans by trees fitted on all other sets, a right text by \
trees fitted without it.

“Said” is the probability that the trees gave, “was” the share of these repairs that agree with the truth. Places where the \
truth does not say what was printed are left out; in right text every repair counts as wrong, even of a true misprint. \
`certain` is meant to be right 99 times in 100; the table “At each level” shows what is reached.
";

/// The surest of the wrong repairs of each kind, for reading one by one: what
/// was said, the set, what stands there, the reading, and the text around.
pub fn wrong(sets: &[Set], judged: &[Judged], most: usize) -> String {
    let mut out = String::new();
    for class in Class::ALL {
        let name = class.name();
        let is_wrong = |j: &&Judged| j.class == class && !j.right && j.said > BOUNDS[0];
        let mut wrong: Vec<&Judged> = judged.iter().filter(is_wrong).collect();
        wrong.sort_by(|a, b| b.said.total_cmp(&a.said).then(a.at.cmp(&b.at)));
        for judged in wrong.into_iter().take(most) {
            let (set, text, place) = judged.at;
            let place = &sets[set].texts[text][place];
            let (seen, reading) = (place.seen.replace('\n', " "), &place.reading);
            let _ =
                writeln!(out, "{name}\t{:.4}\t{}\t{seen}\t{reading}\t{}", judged.said, sets[set].name, place.around);
        }
    }
    out
}

fn heading(out: &mut String, first: &str, sets: &[Set]) {
    let _ = write!(out, "| {first} | places | was |");
    for set in sets {
        let _ = write!(out, " {} |", set.name);
    }
    let _ = write!(out, "\n|---|---|---|{}\n", "---|".repeat(sets.len()));
}

fn classes(out: &mut String, sets: &[Set], judged: &[&Judged]) {
    heading(out, "said", sets);
    for bounds in BOUNDS.windows(2) {
        let (from, to) = (bounds[0], bounds[1]);
        let last = to >= 1.0;
        let own: Vec<&Judged> = judged.iter().copied().filter(|j| j.said >= from && (j.said < to || last)).collect();
        let said = format!("{}–{} %", percent(from), percent(to));
        row(out, &said, sets, &own);
    }
}

fn row(out: &mut String, first: &str, sets: &[Set], judged: &[&Judged]) {
    let right = |judged: &mut dyn Iterator<Item = &&Judged>| {
        judged.fold((0, 0), |(right, all), j| (right + usize::from(j.right), all + 1))
    };
    let (good, all) = right(&mut judged.iter());
    let share = if all == 0 { "–".to_owned() } else { format!("{:.1} %", 100.0 * good as f64 / all as f64) };
    let _ = write!(out, "| {first} | {all} | {share} |");
    for index in 0..sets.len() {
        let (good, all) = right(&mut judged.iter().filter(|j| j.at.0 == index));
        let _ = write!(out, " {good} of {all} |");
    }
    out.push('\n');
}

/// Percent without needless decimals.
fn percent(share: f64) -> f64 {
    (share * 1000.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::super::fit::{fit_trees, tests::sets};
    use super::*;

    #[test]
    fn the_report_counts_places_by_what_was_said() {
        let sets = sets();
        let judged = fit_trees(&sets).judged;
        let mut levels = String::new();
        for class in Class::ALL {
            for (level, start) in [("certain", 0.9), ("probable", 0.5), ("suspect", 0.0)] {
                levels += &format!("{}\t{level}\t{start}\n", class.name());
            }
        }
        let levels = Levels::parse(&levels).expect("a table");
        let report = report(&sets, &judged, &levels);
        assert!(report.contains("| pages | 2 | 160 |"), "{report}");
        assert!(report.contains("| right (right text) | 5 | 5 | 0 | 1× |"), "{report}");
        assert!(report.contains("| suspect | 325 |") && report.contains("\n| 99.8–100 % |"), "{report}");
        assert!(report.contains("Class letters") && !report.contains("Class split"));
        let wrong = wrong(&sets, &judged, 3);
        assert!(wrong.lines().count() <= 3 && wrong.lines().all(|l| l.ends_with("\ttbe\tthe\tin tbe end")), "{wrong}");
    }
}
