//! Floors: figures that have been reached, and that no change may fall below.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The figures of a run: by set, then by measure.
pub(super) type Figures = BTreeMap<String, BTreeMap<String, f64>>;

/// The measures whose floors are maxima: less is better.
const AT_MOST: [&str; 3] = ["harm", "changed", "unstable"];

const HEAD: &str = "\
# What has been reached and must not be lost. `cargo xtask accuracy CORPUS --check`
# fails where a figure is worse; `--raise` takes over figures that are better, and never a worse one.
# At least: errors-gone, precision (percent). At most: harm, changed (per 10,000 words), unstable (files).
";

/// Reads the floors.
///
/// # Errors
/// A sentence, if the file cannot be read or is not a table of floors.
pub(super) fn read(path: &Path) -> Result<Figures, String> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))
}

/// A sentence for each figure that is worse than its floor.
pub(super) fn check(floors: &Figures, reached: &Figures) -> Vec<String> {
    let mut missed = Vec::new();
    for (set, measures) in floors {
        for (measure, &floor) in measures {
            let Some(&figure) = reached.get(set).and_then(|m| m.get(measure)) else {
                missed.push(format!("{set}: {measure} was not measured"));
                continue;
            };
            let worse = if AT_MOST.contains(&measure.as_str()) { figure > floor } else { figure < floor };
            if worse {
                missed.push(format!("{set}: {measure} is {figure:.3}, its floor {floor}"));
            }
        }
    }
    missed
}

/// Raises the floors to figures that are better, and writes the file. Figures
/// are rounded down (maxima up), and none has to be perfect, so that one or two
/// words in a large set cannot fail a change that repairs a hundred.
///
/// # Errors
/// A sentence, if the file cannot be written.
pub(super) fn raise(path: &Path, floors: &Figures, reached: &Figures) -> Result<(), String> {
    let mut raised = floors.clone();
    for (set, measures) in reached {
        for (measure, &figure) in measures {
            let (new, less) = match measure.as_str() {
                "unstable" => (figure, true),
                "harm" => (0.3_f64.max((figure * 20.0).ceil() / 20.0), true),
                "changed" => (0.1_f64.max((figure * 20.0).ceil() / 20.0), true),
                "precision" => (99.5_f64.min((figure * 5.0).floor() / 5.0), false),
                _ => ((figure * 5.0).floor() / 5.0, false),
            };
            let floor = raised.entry(set.clone()).or_default().entry(measure.clone()).or_insert(new);
            *floor = if less { floor.min(new) } else { floor.max(new) };
        }
    }
    let body = toml::to_string(&raised).map_err(|e| e.to_string())?;
    fs::write(path, format!("{HEAD}\n{body}")).map_err(|e| format!("{}: {e}", path.display()))
}
