//! Which other readings a printed word could be a misreading of.

/// Letters that scans take for each other, in both directions.
///
/// Only for telling misprints in the texts of the model from words; the repair of texts has
/// its own table with weights.
const LIKE: &[(&str, &str)] = &[
    ("rn", "m"),
    ("c", "e"),
    ("h", "b"),
    ("tl", "fl"),
    ("li", "h"),
    ("u", "n"),
    ("o", "e"),
    ("a", "o"),
    ("a", "e"),
    ("ri", "n"),
    ("in", "m"),
    ("ni", "m"),
    ("nn", "m"),
    ("cl", "d"),
    ("h", "k"),
    ("c", "o"),
    ("un", "im"),
    ("ll", "n"),
    ("ti", "n"),
    ("r", "t"),
    ("l", "t"),
    ("i", "t"),
    ("i", "l"),
    ("i", "j"),
    ("f", "t"),
    ("f", "l"),
    ("v", "y"),
    ("w", "v"),
    ("vv", "w"),
    ("s", "a"),
    ("s", "e"),
    ("g", "q"),
    ("g", "y"),
    ("l", "1"),
    ("o", "0"),
    ("f", "s"),
    ("d", "a"),
    ("r", "v"),
    ("b", "o"),
    ("e", "r"),
    ("x", "z"),
    ("i", "r"),
    ("hi", "m"),
    ("ii", "n"),
    ("iv", "w"),
    ("lc", "le"),
    ("be", "he"),
    ("y", "j"),
    ("p", "n"),
    ("b", "d"),
    ("d", "t"),
    ("ii", "u"),
    ("h", "n"),
    ("tt", "lt"),
];

/// Every word that one confusion turns into `word`.
pub fn readings(word: &str) -> impl Iterator<Item = String> + '_ {
    LIKE.iter().flat_map(|&(a, b)| [(a, b), (b, a)]).flat_map(move |(seen, meant)| {
        word.match_indices(seen).map(move |(at, _)| {
            let mut reading = word.to_owned();
            reading.replace_range(at..at + seen.len(), meant);
            reading
        })
    })
}

#[cfg(test)]
mod tests {
    use super::readings;

    #[test]
    fn one_confusion_in_every_place() {
        let found: Vec<String> = readings("tbe").collect();
        assert!(found.contains(&"the".to_owned()));
        assert!(readings("modem").any(|r| r == "modern"));
        assert!(!readings("tbc").any(|r| r == "the"));
    }
}
