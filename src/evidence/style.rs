//! House style: what this document itself does with quotes and apostrophes.

/// Counts of a document's marks, and what they say about its habits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HouseStyle {
    /// `’` between letters.
    pub curly_apostrophes: u32,
    /// `'` between letters.
    pub straight_apostrophes: u32,
    /// `“` and `”`.
    pub curly_doubles: u32,
    /// `"`.
    pub straight_doubles: u32,
}

impl HouseStyle {
    /// Counts the marks of a text.
    pub fn of(text: &str) -> HouseStyle {
        let mut style = HouseStyle::default();
        let mut before = ' ';
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let inside = before.is_alphabetic() && chars.peek().is_some_and(|n| n.is_alphabetic());
            match c {
                '’' if inside => style.curly_apostrophes += 1,
                '\'' if inside => style.straight_apostrophes += 1,
                '“' | '”' => style.curly_doubles += 1,
                '"' => style.straight_doubles += 1,
                _ => {}
            }
            before = c;
        }
        style
    }

    /// Whether the document clearly writes curly apostrophes: at least four of
    /// five, and at least three.
    pub fn is_curly(&self) -> bool {
        self.curly_apostrophes >= 3 && self.curly_apostrophes >= 4 * self.straight_apostrophes
    }

    /// Whether the document clearly writes straight apostrophes.
    pub fn is_straight(&self) -> bool {
        self.straight_apostrophes >= 3 && self.straight_apostrophes >= 4 * self.curly_apostrophes
    }
}
