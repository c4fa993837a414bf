//! Logistic regression with a bias of each rule's own and weights that rules share.

use descan_rules::TILTS;

/// An edit as the regression sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub rule: usize,
    pub tilt: [f64; TILTS],
    /// What is known beforehand, in nats.
    pub offset: f64,
    pub is_damage: bool,
    pub weight: f64,
}

/// What was learned.
#[derive(Clone, Debug, Default)]
pub(super) struct Fitted {
    /// The bias of all rules.
    pub bias: f64,
    /// How far each rule's own is from it.
    pub own: Vec<f64>,
    /// The weights that all share.
    pub tilt: [f64; TILTS],
}

/// How strongly a number is held to zero: the bias of all hardly, the rest as if
/// an edit or two spoke for it.
const HELD: (f64, f64, f64) = (0.05, 0.5, 1.0);

/// So many rounds over all numbers are enough.
const ROUNDS: usize = 200;

/// Fits one number after the other, each by a step of Newton's method, until none
/// changes any more.
pub(super) fn fit(rows: &[Row], rules: usize) -> Fitted {
    let mut fitted = Fitted { own: vec![0.0; rules], ..Fitted::default() };
    let mut odds: Vec<f64> = rows.iter().map(|row| row.offset).collect();
    for _ in 0..ROUNDS {
        let step = newton(rows, &odds, fitted.bias, HELD.0, |_| 1.0);
        fitted.bias += step;
        odds.iter_mut().for_each(|odds| *odds += step);
        for rule in 0..rules {
            let value = |row: &Row| f64::from(u8::from(row.rule == rule));
            let step = newton(rows, &odds, fitted.own[rule], HELD.1, value);
            fitted.own[rule] += step;
            odds.iter_mut().zip(rows).for_each(|(odds, row)| *odds += step * value(row));
        }
        for index in 0..TILTS {
            let value = |row: &Row| row.tilt[index];
            let step = newton(rows, &odds, fitted.tilt[index], HELD.2, value);
            fitted.tilt[index] += step;
            odds.iter_mut().zip(rows).for_each(|(odds, row)| *odds += step * value(row));
        }
    }
    fitted
}

/// The step of one number that is `now`, and that each row has `value` of.
fn newton(rows: &[Row], odds: &[f64], now: f64, held: f64, value: impl Fn(&Row) -> f64) -> f64 {
    /// A longer step is cut, as the curve is no parabola there.
    const LONGEST: f64 = 1.0;
    let (mut slope, mut bend) = (-held * now, held);
    for (row, odds) in rows.iter().zip(odds) {
        let x = value(row);
        if x == 0.0 {
            continue;
        }
        let probability = 1.0 / (1.0 + (-odds).exp());
        slope += row.weight * x * (f64::from(u8::from(row.is_damage)) - probability);
        bend += row.weight * x * x * probability * (1.0 - probability);
    }
    (slope / bend).clamp(-LONGEST, LONGEST)
}
