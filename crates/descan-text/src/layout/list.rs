//! Lists: a series of items, each on its own line.

/// The mark of a list's item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// `•`, `*`, `-` …
    Bullet(char),
    /// `3.`, `(b)`, `iv)`: its place in the order, and whether it is of digits.
    Place(u32, bool),
}

impl Mark {
    /// The mark that `line` begins with, and text after it.
    pub fn of(line: &str) -> Option<Mark> {
        let (mark, rest) = line.trim_start().split_once(char::is_whitespace)?;
        let may_mark = mark.ends_with(['.', ')', '•', '*', '-', '–', '·']);
        if !may_mark {
            return None;
        }
        if !rest.contains(char::is_alphabetic) {
            return None;
        }
        if let Some(bullet @ ('•' | '*' | '-' | '–' | '·')) = mark.chars().next()
            && mark.len() == bullet.len_utf8()
        {
            return Some(Mark::Bullet(bullet));
        }
        let bare = mark.trim_matches(|c: char| !c.is_alphanumeric());
        if !mark.ends_with(['.', ')']) || bare.is_empty() {
            return None;
        }
        if bare.len() <= 3 && bare.bytes().all(|b| b.is_ascii_digit()) {
            return bare.parse().ok().map(|place| Mark::Place(place, true));
        }
        let letter = bare.bytes().next().filter(|b| bare.len() == 1 && b.is_ascii_alphabetic());
        if let Some(letter) = letter.filter(|_| mark.ends_with(')')) {
            return Some(Mark::Place(u32::from(letter.to_ascii_lowercase() - b'a') + 1, false));
        }
        let roman = bare.len() <= 6 && bare.bytes().all(|b| b"IVXL".contains(&b)) && bare != "I";
        roman.then(|| roman_value(bare)).map(|place| Mark::Place(place, false))
    }

    /// Whether an item with this mark follows one with the mark `before`.
    pub fn follows(self, before: Mark) -> bool {
        match (before, self) {
            (Mark::Bullet(a), Mark::Bullet(b)) => a == b,
            (Mark::Place(a, x), Mark::Place(b, y)) => x == y && b == a + 1,
            _ => false,
        }
    }
}

/// The value of a roman numeral of few letters.
fn roman_value(numeral: &str) -> u32 {
    let worth = |b: u8| match b {
        b'I' => 1_u32,
        b'V' => 5,
        b'X' => 10,
        _ => 50,
    };
    let signs: Vec<u32> = numeral.bytes().map(worth).collect();
    let (mut all, mut less) = (0, 0);
    for (at, &sign) in signs.iter().enumerate() {
        if signs.get(at + 1).is_some_and(|&next| next > sign) { less += sign } else { all += sign }
    }
    all.saturating_sub(less)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_their_order() {
        let mark = |line| Mark::of(line);
        assert_eq!(mark("3. Boil the water."), Some(Mark::Place(3, true)));
        assert_eq!(mark("(b) the tide"), Some(Mark::Place(2, false)));
        assert_eq!(mark("IV. The Sea"), Some(Mark::Place(4, false)));
        assert_eq!(mark("* * *"), None);
        assert_eq!(mark("I. said so"), None);
        assert!(Mark::Place(4, true).follows(Mark::Place(3, true)));
        assert!(!Mark::Place(5, true).follows(Mark::Place(3, true)));
    }
}
