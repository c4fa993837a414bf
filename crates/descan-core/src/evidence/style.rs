//! House style: how this document itself uses quotes, apostrophes and dashes.
//!
//! Only undamaged evidence counts: an apostrophe between letters, a quote in a place
//! where an opening or a closing one belongs. In scans of pages with curly marks half
//! of the apostrophes may come out straight, but hardly any double quotes do; on pages
//! with straight marks the double quotes come out curly and the apostrophes do not.
//! The shares below were measured on such scans.

use descan_text::bytes::ByteSet;

/// The shape of a document's quotes and apostrophes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Marks {
    /// `“ ” ‘ ’`
    Curly,
    /// `" '`
    Straight,
    /// Mixed, or too few to tell: nothing is restyled.
    #[default]
    Unclear,
}

/// The marks around the outermost speech.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outer {
    /// Double quotes, single ones inside.
    Double,
    /// Single quotes, double ones inside, as British printers do.
    Single,
    /// Too few to tell.
    #[default]
    Unclear,
}

/// The shape of an ellipsis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ellipsis {
    /// `…`
    Character,
    /// `...`
    Dots,
}

/// The shape of a dash inside a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dash {
    /// `—`
    Em,
    /// `--`
    DoubleHyphen,
}

/// A style that was asked for, whatever the document does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The shape of quotes and apostrophes.
    pub marks: Option<Marks>,
    /// The shape of ellipses.
    pub ellipsis: Option<Ellipsis>,
    /// The shape of dashes.
    pub dash: Option<Dash>,
}

/// A text that names no style.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown style {0:?}; use {names}", names = STYLES.join(", "))]
pub struct UnknownStyle(String);

/// The names that [`Wanted::set`] takes.
pub const STYLES: [&str; 6] = ["curly", "straight", "ellipsis", "dots", "em-dash", "double-hyphen"];

impl Wanted {
    /// Also asks for the style of this name, one of [`STYLES`]; of two for the same mark
    /// the last counts.
    ///
    /// # Errors
    /// The name is none.
    pub fn set(&mut self, name: &str) -> Result<(), UnknownStyle> {
        match name {
            "curly" => self.marks = Some(Marks::Curly),
            "straight" => self.marks = Some(Marks::Straight),
            "ellipsis" => self.ellipsis = Some(Ellipsis::Character),
            "dots" => self.ellipsis = Some(Ellipsis::Dots),
            "em-dash" => self.dash = Some(Dash::Em),
            "double-hyphen" => self.dash = Some(Dash::DoubleHyphen),
            _ => return Err(UnknownStyle(name.to_owned())),
        }
        Ok(())
    }
}

/// The bytes of marks, and the first ones of characters outside ASCII.
const MARKS: ByteSet = ByteSet::of(b"'\"-").and(0xc0, 0xff);

/// So many of one shape are a house style, and so many times the other: what damage
/// turns of dashes and ellipses is one in a dozen, and who mixes more of them does
/// so himself.
const HABIT: u32 = 5;
const NEARLY_ALL: u32 = 12;

/// One double quote in so many may be straight on curly pages with little damage.
const SELDOM: u32 = 32;

/// So many double quotes show what share of them is straight.
const MANY: u32 = 24;

/// So many curly apostrophes, and no more straight ones, are no damage of straight
/// pages.
const CURLY_APOSTROPHES: u32 = 8;

/// So many curly single quotes, and one to four straight ones, are no damage of
/// straight pages.
const CURLY_SINGLES: u32 = 4;

/// Counts of a document's marks, and what they say about its habits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HouseStyle {
    /// `’` between letters.
    pub curly_apostrophes: u32,
    /// `'` between letters.
    pub straight_apostrophes: u32,
    /// `“` and `”` where an opening and a closing quote belong.
    pub curly_doubles: u32,
    /// `"` where an opening or a closing quote belongs.
    pub straight_doubles: u32,
    /// Double quotes of either shape before a word.
    pub double_openings: u32,
    /// Single quotes of either shape before a word.
    pub single_openings: u32,
    /// `‘` before a word, and `’` behind a stop: quotes in
    /// single marks, no apostrophes.
    pub curly_singles: u32,
    /// `'` in the same places.
    pub straight_singles: u32,
    /// `—`
    pub em_dashes: u32,
    /// `--`
    pub double_hyphens: u32,
    /// `…`
    pub ellipses: u32,
    /// `...`
    pub dotted_ellipses: u32,
    /// Whether the document is a scan with much damage: where right text mixes
    /// shapes its author did.
    pub damaged: bool,
    /// What was asked for.
    pub wanted: Wanted,
}

impl HouseStyle {
    /// Counts the marks of a text.
    pub fn of(text: &str) -> HouseStyle {
        let mut style = HouseStyle::default();
        for at in MARKS.places(text.as_bytes()) {
            let mut back = text[..at].chars().rev();
            let (before, third) = (back.next().unwrap_or(' '), back.next().unwrap_or(' '));
            let mut rest = text[at..].chars();
            let (this, after) = (rest.next().unwrap_or(' '), rest.next().unwrap_or(' '));
            style.count(third, before, this, after);
        }
        let bytes = text.as_bytes();
        let dots = memchr::memmem::find_iter(bytes, b"...");
        let alone = dots.filter(|&at| bytes.get(at + 3) != Some(&b'.') && (at == 0 || bytes[at - 1] != b'.'));
        style.dotted_ellipses = alone.count() as u32;
        style
    }

    fn count(&mut self, third: char, before: char, c: char, after: char) {
        let opens = (before.is_whitespace() || matches!(before, '(' | '[' | '—')) && after.is_alphanumeric();
        let closes = (before.is_alphabetic() || matches!(before, '.' | ',' | '!' | '?' | '…'))
            && (after.is_whitespace() || matches!(after, ')' | ']' | ';' | ':'));
        match c {
            '’' | '\'' if before.is_alphabetic() && after.is_alphabetic() => {
                *(if c == '’' { &mut self.curly_apostrophes } else { &mut self.straight_apostrophes }) += 1;
            }
            // A doubled apostrophe counts as what it is repaired to.
            '’' | '\'' if matches!(before, '’' | '\'') && third.is_alphabetic() && after.is_alphabetic() => {
                *(if before == c && c == '\'' {
                    &mut self.straight_apostrophes
                } else {
                    &mut self.curly_apostrophes
                }) += 1;
            }
            '“' if opens => {
                self.curly_doubles += 1;
                self.double_openings += 1;
            }
            '”' if closes => self.curly_doubles += 1,
            '"' if opens || closes => {
                self.straight_doubles += 1;
                self.double_openings += u32::from(opens);
            }
            '‘' | '\'' if opens => {
                self.single_openings += 1;
                *(if c == '‘' { &mut self.curly_singles } else { &mut self.straight_singles }) += 1;
            }
            '’' if closes && !before.is_alphabetic() => self.curly_singles += 1,
            '\'' if closes && !before.is_alphabetic() => self.straight_singles += 1,
            '—' => self.em_dashes += 1,
            '…' => self.ellipses += 1,
            '-' if before == '-' && third != '-' && after != '-' => self.double_hyphens += 1,
            _ => {}
        }
    }

    /// The shape of the marks, where a clear majority shows it.
    pub fn marks(&self) -> Marks {
        if let Some(marks) = self.wanted.marks {
            return marks;
        }
        let (curly, straight) = (self.curly_apostrophes, self.straight_apostrophes);
        let (curly_doubles, straight_doubles) = (self.curly_doubles, self.straight_doubles);
        let doubles = curly_doubles + straight_doubles;
        let by_apostrophes =
            curly >= 3 && curly >= 4 * straight && (straight_doubles <= 1 || straight_doubles * 5 <= doubles);
        // Curly doubles alone decide only where hardly one is straight, where
        // straight apostrophes are no habit, and no typewriter's dashes speak
        // against them. Scans with little damage straighten one in fifty; straight
        // pages of which nearly all come out curly keep more.
        let by_doubles = curly_doubles >= 8
            && straight_doubles * SELDOM <= doubles
            && (curly + straight < 2 || curly > 0 && curly * 20 >= curly + straight)
            && self.double_hyphens <= self.em_dashes;
        // Bad scans straighten up to one double quote in eight; then apostrophes
        // and dashes must bear it out, in other texts with every other apostrophe.
        let by_all = (self.damaged || curly >= CURLY_APOSTROPHES && curly >= straight)
            && curly_doubles >= MANY
            && curly >= 4
            && straight_doubles * 8 <= doubles
            && curly * 5 >= curly + straight
            && self.em_dashes > self.double_hyphens;
        // British pages have hardly any double quotes. Of straight single quotes
        // one in eight comes out curly, not one in two.
        let by_singles = self.outer() == Outer::Single
            && self.curly_singles >= 8
            && self.curly_singles >= self.straight_singles
            && curly * 5 >= straight
            && straight_doubles <= curly_doubles;
        if by_apostrophes || by_doubles || by_all || by_singles {
            return Marks::Curly;
        }
        if self.outer() == Outer::Single
            && self.curly_singles >= CURLY_SINGLES
            && self.curly_singles * 4 > self.straight_singles
        {
            return Marks::Unclear;
        }
        let few_curly = straight >= 3 && straight >= 4 * curly && (curly_doubles <= 1 || curly_doubles * 5 <= doubles);
        let held = straight >= 5 && straight >= 9 * curly && straight_doubles >= 8 && straight_doubles >= curly_doubles;
        // In bad scans even apostrophes turn curly, now and then. Curly pages keep
        // all but three in a hundred of their double quotes, so that one in eight
        // straight ones, with typewriter's dashes and no others, are straight pages.
        let worn = self.damaged
            && straight >= 8
            && straight >= 3 * curly
            && straight_doubles >= 4
            && straight_doubles * 8 >= doubles
            && self.double_hyphens > self.em_dashes;
        if few_curly || held || worn { Marks::Straight } else { Marks::Unclear }
    }

    /// The shape of the ellipses: the one asked for, or that of nearly all.
    pub fn ellipsis(&self) -> Option<Ellipsis> {
        let usual = majority(self.ellipses, self.dotted_ellipses);
        self.wanted.ellipsis.or_else(|| usual.map(|one| if one { Ellipsis::Character } else { Ellipsis::Dots }))
    }

    /// The shape of the dashes: the one asked for, or that of nearly all.
    pub fn dash(&self) -> Option<Dash> {
        let usual = majority(self.em_dashes, self.double_hyphens);
        self.wanted.dash.or_else(|| usual.map(|one| if one { Dash::Em } else { Dash::DoubleHyphen }))
    }

    /// Which quotes stand outside.
    pub fn outer(&self) -> Outer {
        if self.double_openings >= 3 && self.double_openings >= 2 * self.single_openings {
            Outer::Double
        } else if self.single_openings >= 5 && self.single_openings >= 3 * self.double_openings {
            Outer::Single
        } else {
            Outer::Unclear
        }
    }

    /// Whether the document clearly writes curly marks.
    pub fn is_curly(&self) -> bool {
        self.marks() == Marks::Curly
    }

    /// `reading` with the apostrophes of the document, or else of the word it replaces.
    pub fn apostrophes_of(&self, reading: &str, replaced: &str) -> String {
        let straight = match self.marks() {
            Marks::Curly => false,
            Marks::Straight => true,
            // What little the document has of one shape only shows it as well.
            Marks::Unclear if self.curly_apostrophes > 0 && self.straight_apostrophes == 0 => false,
            Marks::Unclear if self.has_curly_quotes_alone() => false,
            Marks::Unclear => !replaced.contains('’'),
        };
        reading.replace(['’', '‘', '\''], if straight { "'" } else { "’" })
    }

    /// Whether the document has curly quotes, and no straight mark at all.
    fn has_curly_quotes_alone(&self) -> bool {
        let straight = self.straight_apostrophes + self.straight_doubles + self.straight_singles;
        straight == 0 && self.curly_doubles + self.curly_singles > 0
    }

    /// Whether the document clearly writes straight marks.
    pub fn is_straight(&self) -> bool {
        self.marks() == Marks::Straight
    }

    /// The apostrophe to write where one was lost, if the document says which.
    pub fn apostrophe(&self) -> Option<char> {
        match self.marks() {
            Marks::Curly => Some('’'),
            Marks::Straight => Some('\''),
            Marks::Unclear => None,
        }
    }
}

/// Whether the first of two counts is nearly all, or the second.
fn majority(first: u32, second: u32) -> Option<bool> {
    // One among a few is damage as well.
    let leads = |one: u32, other: u32| one >= HABIT && (other <= 1 || one >= NEARLY_ALL * other);
    if leads(first, second) {
        Some(true)
    } else if leads(second, first) {
        Some(false)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clear_majority_decides_and_a_mixture_does_not() {
        assert_eq!(HouseStyle::of("I’m, don’t, it’s, he's").marks(), Marks::Unclear);
        assert_eq!(HouseStyle::of("I’m, don’t, it’s, we’d, he's").marks(), Marks::Curly);
        assert_eq!(HouseStyle::of("I'm, don't, it's, we'd, he’s").marks(), Marks::Straight);
        let speech = "“Come in,” he said. ".repeat(6);
        assert_eq!(HouseStyle::of(&format!("{speech} I don't, I'm, it’s, he'd")).marks(), Marks::Curly);
        assert_eq!(HouseStyle::of(&format!("{speech} I don't, I'm, it's, he'd")).marks(), Marks::Unclear);
        assert_eq!(HouseStyle::of(&format!("{speech} \"No.\" I don't, I'm, it’s, he'd")).marks(), Marks::Unclear);
    }

    #[test]
    fn straight_pages_that_came_out_curly_are_not_taken_for_curly_ones() {
        let marks = format!(
            "{}{}{} He went—at last.",
            "“Come in,” he said. ".repeat(19),
            "\"Come in,\" he said. ",
            "I don't, I'm, it's, she’s. ".repeat(4),
        );
        let mut style = HouseStyle::of(&marks);
        assert_eq!(style.marks(), Marks::Unclear);
        // A bad scan of curly pages has as many straight ones.
        style.damaged = true;
        assert_eq!(style.marks(), Marks::Curly);
    }

    #[test]
    fn dashes_that_are_mixed_are_left() {
        let dashes = |em: usize, hyphens: usize| format!("{}{}", "on—off ".repeat(em), "on--off ".repeat(hyphens));
        assert_eq!(HouseStyle::of(&dashes(17, 3)).dash(), None);
        assert_eq!(HouseStyle::of(&dashes(24, 2)).dash(), Some(Dash::Em));
        assert_eq!(HouseStyle::of(&dashes(1, 13)).dash(), Some(Dash::DoubleHyphen));
    }

    #[test]
    fn a_bad_scan_of_straight_marks_is_one_only_if_it_is_bad() {
        let text = format!(
            "{}{}{} He went--at last.",
            "I don't, I'm, it's, he'd, she's, it’s. ".repeat(3),
            "“Come in,” he said. ".repeat(9),
            "\"Come in,\" he said. ".repeat(2)
        );
        let mut style = HouseStyle::of(&text);
        assert_eq!(style.marks(), Marks::Unclear);
        style.damaged = true;
        assert_eq!(style.marks(), Marks::Straight);
        style.em_dashes = 3;
        assert_eq!(style.marks(), Marks::Unclear);
    }

    #[test]
    fn single_quotes_that_stayed_curly_tell_of_british_pages() {
        let curly = "‘Come in,’ he said. ".repeat(5);
        let apostrophes = "I don't, I'm, it’s, he'd. ";
        assert_eq!(HouseStyle::of(&format!("{curly}{apostrophes}{apostrophes}")).marks(), Marks::Curly);
        let straight = "'Come in,' he said. ".repeat(9);
        let few = "‘Come in,’ he said. ".repeat(3);
        assert_eq!(HouseStyle::of(&format!("{straight}{few}{}", "I don't, I'm. ".repeat(6))).marks(), Marks::Unclear);
        assert_eq!(HouseStyle::of(&format!("{straight}{}", "I don't, I'm. ".repeat(6))).marks(), Marks::Straight);
    }

    #[test]
    fn the_outer_marks_are_those_that_open_most() {
        assert_eq!(HouseStyle::of(&"'Yes,' she said. ".repeat(6)).outer(), Outer::Single);
        assert_eq!(HouseStyle::of(&"\"Yes,\" she said. ".repeat(6)).outer(), Outer::Double);
    }
}
