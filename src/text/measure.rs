//! How wide lines are: whether one ends at the margin or before it.
//!
//! A printed line is filled as far as words go. One that ends although the next
//! word would have had room was ended on purpose: there a paragraph ends, or a
//! line of verse. The count of letters measures only typewriter faces; for
//! others each letter has about the width it has in a book face.

/// Share of the full width by which a line must fall short, after the next
/// word is added, to count as ended on purpose. In set pages 98 in 100 lines
/// inside a paragraph stay below it.
const ROOM: f32 = 0.035;

/// The most bytes that a full line has in print or typescript.
const LONGEST: usize = 140;

/// The measure of a text's lines.
#[derive(Clone, Copy, Debug, Default)]
pub struct Measure {
    /// Every letter is as wide as any other.
    even: bool,
    /// The width of a full line.
    full: f32,
    /// How many lines it was taken from.
    lines: usize,
    /// The share of them that nearly fill it.
    filled: f32,
    /// The share of the text that stands in lines no longer than printed ones.
    short: f32,
}

impl Measure {
    /// Takes the measure of a text from its lines, and settles whether they are
    /// set in a face with even letters: in the right face, full lines differ least.
    pub fn of<'t>(lines: impl Iterator<Item = &'t str> + Clone) -> Measure {
        let [book, even] = [false, true].map(|even| {
            let mut widths: Vec<f32> =
                lines.clone().map(str::trim).filter(|l| l.len() > 20).map(|l| width(l, even)).collect();
            if widths.is_empty() {
                return (0.0, 1.0, 0);
            }
            widths.sort_unstable_by(f32::total_cmp);
            let full = widths[(widths.len() - 1) * 9 / 10];
            (full, 1.0 - widths[(widths.len() - 1) * 4 / 10] / full, widths.len())
        });
        let (even, best) = if even.1 < book.1 { (true, even) } else { (false, book) };
        let full = best.0;
        let filled = lines.clone().map(str::trim).filter(|l| l.len() > 20 && width(l, even) >= 0.85 * full).count();
        let (mut short, mut all) = (0, 0);
        for length in lines.map(|l| l.trim().len()) {
            all += length;
            short += if length <= LONGEST { length } else { 0 };
        }
        Measure {
            even,
            full,
            lines: best.2,
            filled: filled as f32 / best.2.max(1) as f32,
            short: short as f32 / all.max(1) as f32,
        }
    }

    /// Whether enough lines were measured to say of one that it is full.
    pub fn is_sure(&self) -> bool {
        self.lines >= 12
    }

    /// Whether a margin made the lines: most of the text is in lines no
    /// longer than printed or typed ones, and many are full. Where each paragraph
    /// stands on one line neither holds.
    pub fn is_wrapped(&self) -> bool {
        self.short >= 0.7 && self.filled >= 0.25
    }

    /// The share of the full width that `line` fills.
    pub fn share(&self, line: &str) -> f32 {
        if self.full > 0.0 { width(line.trim(), self.even) / self.full } else { 1.0 }
    }

    /// How much of the full width would be left had the first word of `next`
    /// been set on `line`; negative where it had no room.
    pub fn room(&self, line: &str, next: &str) -> f32 {
        let word = next.split_whitespace().next().unwrap_or_default();
        let gap = if self.even { 1.0 } else { 0.25 };
        if self.full > 0.0 { 1.0 - self.share(line) - (gap + width(word, self.even)) / self.full } else { 0.0 }
    }

    /// Whether `line` ends although the first word of `next` had room on it.
    pub fn ends_early(&self, line: &str, next: &str) -> bool {
        self.room(line, next) > ROOM
    }
}

/// The width of a text in ems, or in letters where they are `even`.
fn width(text: &str, even: bool) -> f32 {
    if even { text.chars().count() as f32 } else { text.chars().map(em).sum() }
}

/// About the width of a character in a book face such as Times, in ems.
fn em(c: char) -> f32 {
    match c {
        ' ' => 0.25,
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | 'I' | '.' | ',' | ';' | ':' | '\'' | '’' | '‘' | '!' | '|' | '(' | ')'
        | '[' | ']' | '-' => 0.3,
        's' | 'c' | 'e' | 'z' | 'J' | '“' | '”' | '"' => 0.43,
        'm' | 'w' | 'M' | 'W' | '—' => 0.8,
        'A'..='Z' | '&' => 0.68,
        _ => 0.5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_had_room_was_ended_on_purpose() {
        let lines = [
            "The ferry left the quay an hour late and",
            "nobody on the upper deck seemed to mind",
            "but the man who had a train to catch.",
            "He said so to the mate and to the cook,",
        ];
        let measure = Measure::of(lines.iter().copied());
        assert!(!measure.ends_early(lines[0], lines[1]));
        assert!(measure.ends_early("but the man who had", "He said so"));
    }

    #[test]
    fn nothing_measured_ends_nothing_early() {
        assert!(!Measure::of(std::iter::empty()).ends_early("", ""));
    }
}
