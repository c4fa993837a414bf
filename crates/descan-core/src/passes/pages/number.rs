//! Reads page numbers, including misread ones.

/// A number as printed or misread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Number {
    /// What it says.
    pub value: u32,
    /// Whether it is written in roman numerals.
    pub roman: bool,
}

/// The marks that printers set around a page number, and specks beside it.
const DECORATION: &[char] = &[
    '—', '–', '-', '[', ']', '(', ')', '{', '}', '.', ',', ':', ';', '*', '•', '·', '|', '_', '~', '\'', '’', '‘', '"',
    '“', '”', ' ', '°', '^', '`',
];

/// The number without what stands around it.
pub(super) fn bare(token: &str) -> &str {
    token.trim().trim_matches(DECORATION)
}

/// The number that a token says beyond doubt: digits or a roman numeral.
pub(super) fn exact(token: &str) -> Option<Number> {
    let token = bare(token);
    if !token.is_empty() && token.len() <= 4 && token.bytes().all(|b| b.is_ascii_digit()) && !token.starts_with('0') {
        return token.parse().ok().map(|value| Number { value, roman: false });
    }
    roman(token).map(|value| Number { value, roman: true })
}

/// How well a token fits the number expected in its place, from 0 to 1: the
/// share of its signs that are the expected ones or are often read for them.
pub(super) fn fit(token: &str, expected: Number) -> f32 {
    let token = bare(token);
    let signs: Vec<char> = token.chars().filter(|c| !c.is_whitespace()).collect();
    let wanted: Vec<char> = if expected.roman {
        to_roman(expected.value).chars().collect()
    } else {
        expected.value.to_string().chars().collect()
    };
    if signs.is_empty() || signs.len() > wanted.len() + 1 || signs.len() + 1 < wanted.len() {
        return 0.0;
    }
    // The longest common subsequence, with likeness in place of equality.
    let mut row = vec![0.0_f32; wanted.len() + 1];
    for &sign in &signs {
        let mut diagonal = 0.0;
        for (j, &want) in wanted.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (diagonal + likeness(sign, want)).max(above).max(row[j]);
            diagonal = above;
        }
    }
    row[wanted.len()] / signs.len().max(wanted.len()) as f32
}

/// Whether a token has the look of a number: mostly digits and what is read for them.
pub(super) fn looks_numeric(token: &str) -> bool {
    let token = bare(token);
    let (mut digits, mut like, mut all) = (0, 0, 0);
    for c in token.chars().filter(|c| !c.is_whitespace()) {
        all += 1;
        digits += usize::from(c.is_ascii_digit());
        like += usize::from("lIiOoQSsBZzgqbtAaJ!|$/TGCDUE".contains(c));
    }
    all > 0 && all <= 5 && digits > 0 && digits + like == all
}

fn likeness(sign: char, want: char) -> f32 {
    if sign.eq_ignore_ascii_case(&want) {
        return 1.0;
    }
    let read = match want {
        '0' => "OoQDCUG()",
        '1' => "lIi|!tTJ/fr7][",
        '2' => "ZzaS?",
        '3' => "S8B5E",
        '4' => "Aahq",
        '5' => "SsJ$3",
        '6' => "bGCO8",
        '7' => "TY?1/y",
        '8' => "BSe&3",
        '9' => "gqOPy$o",
        'i' => "1lj!t",
        'v' => "yu",
        'x' => "sz",
        _ => "",
    };
    if read.contains(sign) { 0.8 } else { 0.0 }
}

fn roman(token: &str) -> Option<u32> {
    if token.is_empty() || token.len() > 8 {
        return None;
    }
    let small = token.bytes().all(|b| b"ivxlc".contains(&b));
    let large = token.bytes().all(|b| b"IVXLC".contains(&b));
    if !small && !large {
        return None;
    }
    let value_of = |b: u8| match b.to_ascii_lowercase() {
        b'i' => 1,
        b'v' => 5,
        b'x' => 10,
        b'l' => 50,
        _ => 100,
    };
    let bytes = token.as_bytes();
    let value: i32 = (0..bytes.len())
        .map(|i| {
            let this = value_of(bytes[i]);
            if bytes.get(i + 1).is_some_and(|&b| value_of(b) > this) { -this } else { this }
        })
        .sum();
    let value = u32::try_from(value).ok()?;
    // Only the one right spelling of a number is a numeral: `IIX` is none.
    (to_roman(value) == token.to_ascii_lowercase()).then_some(value)
}

fn to_roman(mut value: u32) -> String {
    const PARTS: [(u32, &str); 9] =
        [(100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")];
    let mut out = String::new();
    if value > 999 {
        return out;
    }
    for (worth, sign) in PARTS {
        while value >= worth {
            out.push_str(sign);
            value -= worth;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arabic(value: u32) -> Number {
        Number { value, roman: false }
    }

    #[test]
    fn exact_numbers() {
        assert_eq!(exact("— 12 —"), Some(arabic(12)));
        assert_eq!(exact("[147]"), Some(arabic(147)));
        assert_eq!(exact("xiv"), Some(Number { value: 14, roman: true }));
        assert_eq!(exact("iix"), None);
        assert_eq!(exact("l23"), None);
        assert_eq!(exact("1,204 men"), None);
    }

    #[test]
    fn misread_numbers_fit_the_number_expected() {
        for (token, value) in [("l23", 123), ("12B", 128), ("3i", 31), ("2et", 261), ("9$", 95), ("3/5", 35)] {
            assert!(fit(token, arabic(value)) >= 0.5, "{token} for {value}: {}", fit(token, arabic(value)));
        }
        assert!(fit("and", arabic(12)) < 0.5);
        assert!(fit("57", arabic(12)) < 0.5);
    }
}
