//! Sets a text as printed pages.

/// What stands above the text.
pub(crate) enum Head {
    /// Nothing.
    None,
    /// The title of the left and of the right page.
    Plain([&'static str; 2]),
    /// The same with the page's number, on the outer side.
    Numbered([&'static str; 2]),
    /// The number alone, in brackets.
    Bracketed,
}

/// What stands below it.
pub(crate) enum Foot {
    /// Nothing.
    None,
    /// The number between two marks.
    Number(&'static str, &'static str),
    /// The number in roman numerals.
    Roman,
}

/// How pages are set.
pub(crate) struct Press {
    pub head: Head,
    pub foot: Foot,
    /// Characters a line.
    pub columns: usize,
    /// Lines a page, the head and foot not counted.
    pub rows: usize,
    /// The number of the first page.
    pub first: usize,
    /// Whether a form feed parts the pages; otherwise a blank line does.
    pub feeds: bool,
    /// Whether heads and numbers are damaged on every third page.
    pub damaged: bool,
    /// Whether the next page's first word stands below each page, and letters
    /// below every fourth.
    pub catchwords: bool,
    /// Whether a blank line follows each line.
    pub spaced: bool,
    /// Whether paragraphs begin with an indent and no blank line.
    pub indent: bool,
}

impl Default for Press {
    fn default() -> Press {
        Press {
            head: Head::None,
            foot: Foot::None,
            columns: 56,
            rows: 12,
            first: 17,
            feeds: true,
            damaged: false,
            catchwords: false,
            spaced: false,
            indent: false,
        }
    }
}

impl Press {
    /// The pages of a text whose paragraphs stand on one line each.
    pub(crate) fn set(&self, text: &str) -> String {
        let lines = self.lines(text);
        let mut pages: Vec<Vec<String>> = Vec::new();
        let mut page: Vec<String> = Vec::new();
        for line in lines {
            // No page begins with the gap between two paragraphs.
            if page.is_empty() && line.is_empty() {
                continue;
            }
            page.push(line);
            if page.len() >= self.rows && page.last().is_some_and(|l| !l.is_empty()) {
                pages.push(std::mem::take(&mut page));
            }
        }
        pages.push(page);
        let mut out = String::new();
        for (at, page) in pages.iter().enumerate() {
            let number = self.first + at;
            if let Some(head) = self.head(at, number) {
                out += &format!("{head}\n\n");
            }
            for line in page {
                out += line;
                out += if self.spaced { "\n\n" } else { "\n" };
            }
            if let Some(next) = pages.get(at + 1).filter(|_| self.catchwords) {
                let word = next.first().and_then(|l| l.split_whitespace().next()).unwrap_or_default();
                let sheet = if at.is_multiple_of(4) { ["B", "C", "D", "E", "F"][at / 4 % 5] } else { "" };
                out += &format!("{sheet:>20}{word:>30}\n");
            }
            if let Some(foot) = self.foot(at, number) {
                out += &format!("\n{foot:>30}\n");
            }
            if at + 1 < pages.len() {
                out += if self.feeds { "\u{c}" } else { "\n" };
            }
        }
        out
    }

    fn head(&self, at: usize, number: usize) -> Option<String> {
        let shown = self.number(at, number);
        let damage = |title: &str| {
            if self.damaged && at % 3 == 1 { title.replace('T', "7").replace('E', "F") } else { title.to_owned() }
        };
        match self.head {
            Head::None => None,
            Head::Plain(titles) => Some(format!("{:>40}", damage(titles[at % 2]))),
            Head::Numbered(titles) if at.is_multiple_of(2) => Some(format!("{:<40}{shown}", damage(titles[0]))),
            Head::Numbered(titles) => Some(format!("{shown:<12}{}", damage(titles[1]))),
            Head::Bracketed => Some(format!("{:>30}", format!("[ {shown} ]"))),
        }
    }

    fn foot(&self, at: usize, number: usize) -> Option<String> {
        match self.foot {
            Foot::None => None,
            Foot::Number(before, after) => Some(format!("{before}{}{after}", self.number(at, number))),
            Foot::Roman => Some(roman(number)),
        }
    }

    /// The number as the scan shows it.
    fn number(&self, at: usize, number: usize) -> String {
        let number = number.to_string();
        if self.damaged && at % 3 == 1 { number.replacen('1', "l", 1).replace('4', "A") } else { number }
    }

    /// The lines, with words broken where they do not fit.
    fn lines(&self, text: &str) -> Vec<String> {
        let mut lines = Vec::new();
        for paragraph in text.split("\n\n") {
            let mut line = if self.indent { "   ".to_owned() } else { String::new() };
            for word in paragraph.split_whitespace() {
                let blank = usize::from(!line.trim().is_empty());
                let room = self.columns.saturating_sub(line.chars().count() + blank);
                if word.chars().count() > room {
                    let broken = split(word, room);
                    if let Some((first, _)) = broken {
                        line += &format!(" {first}-");
                    }
                    lines.push(std::mem::take(&mut line));
                    line = broken.map_or(word, |(_, rest)| rest).to_owned();
                } else {
                    line += &" "[..blank];
                    line += word;
                }
            }
            lines.push(line);
            if !self.indent {
                lines.push(String::new());
            }
        }
        lines
    }
}

/// A word in two parts of which the first fits: in the middle of a double letter
/// or before an ending, as a printer breaks it.
fn split(word: &str, room: usize) -> Option<(&str, &str)> {
    if !word.chars().all(|c| c.is_ascii_lowercase()) || word.len() < 7 {
        return None;
    }
    let bytes = word.as_bytes();
    let double = (3..word.len() - 2).find(|&i| bytes[i - 1] == bytes[i] && !b"aeiou".contains(&bytes[i]));
    let ending = ["ing", "ment", "tion", "ness"].iter().find_map(|e| word.strip_suffix(e)).map(str::len);
    let at = double.or(ending).filter(|&at| at >= 3 && at < room)?;
    Some(word.split_at(at))
}

fn roman(mut value: usize) -> String {
    let mut out = String::new();
    for (worth, sign) in [(50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")] {
        while value >= worth {
            out += sign;
            value -= worth;
        }
    }
    out
}
