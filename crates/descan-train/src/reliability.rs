//! How well the probabilities of the curves agree with the ground truth: the reliability table.

use std::fmt::Write as _;

use descan_lang::decision::{Curve, DecisionModel};
use descan_text::level::Level;

use super::fit::{FittedCurve, Judged, Set};

/// The bounds of the classes of probability.
const BOUNDS: [f64; 9] = [0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 1.0];

/// The report, in Markdown: what was judged, and what was said against what
/// was right, at each level, over all curves and by curve.
pub fn report(sets: &[Set], curves: &[FittedCurve], levels: &DecisionModel) -> String {
    let mut out = String::from(HEAD);
    out += "\n## What was judged\n\n| set | texts | places | of these the reading was right | counts |\n|---|---|---|---|---|\n";
    for (index, set) in sets.iter().enumerate() {
        let own = curves.iter().flat_map(|c| &c.judged).filter(|j| j.at.0 == index);
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
        let mut reached: Vec<&Judged> = Vec::new();
        for (curve, fitted) in Curve::ALL.into_iter().zip(curves) {
            let thresholds = levels.thresholds(curve);
            reached.extend(fitted.judged.iter().filter(|j| j.said >= thresholds.of(is_garbled(sets, j))[index]));
        }
        row(&mut out, level.name(), sets, &reached);
    }
    out += "\n## All curves\n\n";
    let all: Vec<&Judged> = curves.iter().flat_map(|c| &c.judged).collect();
    classes(&mut out, sets, &all);
    for (curve, fitted) in Curve::ALL.into_iter().zip(curves).filter(|(_, fitted)| !fitted.judged.is_empty()) {
        let _ = write!(out, "\n## Curve {}\n\n", curve.name());
        classes(&mut out, sets, &fitted.judged.iter().collect::<Vec<_>>());
    }
    out
}

const HEAD: &str = "\
# Reliability

Written by `descan model fit`, on *development data*: the confusions, the levels and the choice of features were set on \
these sets, so texts of other kinds do worse (see [accuracy.md](accuracy.md)). The curves are cross-validated: every \
place is judged by curves that never saw its set, a set of scans by curves fitted on all other sets, a right text by \
curves fitted on all other texts.

“Said” is the probability the curve gave, “was” the share of these repairs that agree with the truth. Places where the \
truth does not say what was printed are left out; in right text every repair counts as wrong, even of a true misprint. \
`certain` is meant to be right 99 times in 100; the table “At each level” shows what is reached.
";

/// The surest of the wrong repairs of each curve, for reading one by one: what
/// was said, the set, what stands there, the reading, and the text around.
pub fn wrong(sets: &[Set], curves: &[FittedCurve], most: usize) -> String {
    let mut out = String::new();
    for (curve, fitted) in Curve::ALL.into_iter().zip(curves) {
        let name = curve.name();
        let mut wrong: Vec<&Judged> = fitted.judged.iter().filter(|j| !j.right && j.said > BOUNDS[0]).collect();
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

/// Whether the document of a place is garbled.
fn is_garbled(sets: &[Set], judged: &Judged) -> bool {
    let (set, text, place) = judged.at;
    sets[set].texts[text][place].garbled
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
    use super::super::fit::{fit_curves, tests::sets};
    use super::*;

    #[test]
    fn the_report_counts_places_by_what_was_said() {
        let sets = sets();
        let curves = fit_curves(&sets);
        let mut levels = String::new();
        for curve in Curve::ALL {
            for (level, start) in [("certain", 0.9), ("probable", 0.5), ("suspect", 0.0)] {
                levels += &format!("{}\t{level}\t{start}\n", curve.name());
            }
        }
        let levels = DecisionModel::parse(&levels).expect("a table");
        let report = report(&sets, &curves, &levels);
        assert!(report.contains("| pages | 2 | 80 |"), "{report}");
        assert!(report.contains("| right (right text) | 5 | 5 | 0 | 1× |"), "{report}");
        assert!(report.contains("| suspect | 165 |") && report.contains("\n| 99.8–100 % |"), "{report}");
        assert!(report.contains("## Curve letters") && !report.contains("## Curve split"));
        let wrong = wrong(&sets, &curves, 3);
        assert!(wrong.lines().count() <= 3 && wrong.lines().all(|l| l.ends_with("\ttbe\tthe\tin tbe end")), "{wrong}");
    }
}
