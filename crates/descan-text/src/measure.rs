//! How wide lines are, and whether one reaches the margin.
//!
//! A printed line holds as many words as fit. A line that ends although the next word
//! would have fitted was ended on purpose: it is the end of a paragraph, or a line of
//! verse. The number of letters is an exact measure only in typewriter faces; for other
//! faces each letter is given about the width that it has in a book face.

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
    pub fn of<'t>(lines: impl Iterator<Item = &'t str>) -> Measure {
        let (mut even, mut book) = (Vec::new(), Vec::new());
        let (mut short, mut all) = (0, 0);
        for line in lines.map(str::trim) {
            all += line.len();
            short += if line.len() <= LONGEST { line.len() } else { 0 };
            if line.len() > 20 {
                even.push(width(line, true));
                book.push(width(line, false));
            }
        }
        let [even, book] = [Face::of(even), Face::of(book)];
        let (is_even, best) = if even.spread < book.spread { (true, even) } else { (false, book) };
        Measure {
            even: is_even,
            full: best.full,
            lines: best.lines,
            filled: best.filled as f32 / best.lines.max(1) as f32,
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

/// What the widths of a text's lines come to, if they are set in one kind of face.
struct Face {
    /// The width of a full line.
    full: f32,
    /// By how much of the full width the middling lines fall short of it.
    spread: f32,
    /// How many lines there are.
    lines: usize,
    /// How many of them nearly fill the width.
    filled: usize,
}

impl Face {
    fn of(mut widths: Vec<f32>) -> Face {
        if widths.is_empty() {
            return Face { full: 0.0, spread: 1.0, lines: 0, filled: 0 };
        }
        let last = widths.len() - 1;
        let full = *widths.select_nth_unstable_by(last * 9 / 10, f32::total_cmp).1;
        let middling = *widths.select_nth_unstable_by(last * 4 / 10, f32::total_cmp).1;
        let filled = widths.iter().filter(|&&width| width >= 0.85 * full).count();
        Face { full, spread: 1.0 - middling / full, lines: widths.len(), filled }
    }
}

/// The width of a text in ems, or in letters where they are `even`.
fn width(text: &str, even: bool) -> f32 {
    if even {
        return text.chars().count() as f32;
    }
    if text.is_ascii() {
        return text.bytes().map(|byte| EMS[usize::from(byte)]).sum();
    }
    text.chars().map(|c| EMS.get(c as usize).copied().unwrap_or_else(|| em(c))).sum()
}

/// The widths of the ASCII characters.
const EMS: [f32; 128] = {
    let mut ems = [0.0; 128];
    let mut c = 0;
    while c < 128 {
        ems[c] = em(c as u8 as char);
        c += 1;
    }
    ems
};

/// About the width of a character in a book face such as Times, in ems.
const fn em(c: char) -> f32 {
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
