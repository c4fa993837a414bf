//! Whether a sentence continues from one line to the next.

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// With the first part of a broken word.
    Hyphen,
    /// With a full stop, a question or exclamation mark, or what closes after them.
    Sentence,
    /// With a title such as `Mr.`, whose full stop ends no sentence.
    Title,
    /// With a comma or semicolon.
    Comma,
    /// With a colon, a dash or an ellipsis: a sentence may or may not go on.
    Open,
    /// With a word.
    Word,
    /// With anything else.
    Other,
}

/// How a line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// With a small letter.
    Small,
    /// With a capital.
    Capital,
    /// With an opening quotation mark.
    Quote,
    /// With a digit.
    Digit,
    /// With anything else.
    Other,
}

impl End {
    /// How `line` ends.
    pub fn of(line: &str) -> End {
        let line = line.trim_end();
        let mut back = line.chars().rev();
        let Some(last) = back.next() else {
            return End::Other;
        };
        if is_hyphen(last) {
            let letter = back.next().is_some_and(char::is_alphabetic);
            return if letter { End::Hyphen } else { End::Open };
        }
        let body = line.trim_end_matches(['”', '’', '"', '\'', ')', ']', '»', '_', '*']);
        let closed = body.len() < line.len();
        match body.chars().next_back() {
            Some('.') if body.ends_with("...") || body.ends_with(". .") => End::Open,
            Some('.') if !closed && is_title(body) => End::Title,
            Some('.' | '!' | '?') => End::Sentence,
            Some(',' | ';') => End::Comma,
            Some(':' | '—' | '–' | '…') => {
                if closed {
                    End::Sentence
                } else {
                    End::Open
                }
            }
            Some(c) if is_hyphen(c) => End::Open,
            Some(c) if c.is_alphanumeric() => End::Word,
            _ => End::Other,
        }
    }
}

impl Start {
    /// How `line` begins.
    ///
    /// A speck before a word in lower case, read as a stop between spaces or as a
    /// mark that no sentence has, does not hide how the line goes on.
    pub fn of(line: &str) -> Start {
        let line = line.trim_start();
        let lone = line.strip_prefix(['.', ',', ':', ';', '_', '+']).and_then(|rest| rest.strip_prefix(' '));
        let rest = lone.or_else(|| line.strip_prefix(['_', '~', '^']));
        let line = rest.filter(|rest| rest.starts_with(char::is_lowercase)).unwrap_or(line);
        match line.chars().next() {
            Some(c) if c.is_lowercase() => Start::Small,
            Some(c) if c.is_uppercase() => Start::Capital,
            Some('“' | '‘' | '"' | '\'' | '«' | '„') => Start::Quote,
            Some(c) if c.is_ascii_digit() => Start::Digit,
            _ => Start::Other,
        }
    }
}

/// Whether `c` is one of the marks that break a word at a line's end.
pub fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{ad}' | '¬')
}

/// Whether the line ends with a title that a name follows.
fn is_title(line: &str) -> bool {
    let word = line.rsplit(|c: char| c.is_whitespace() || matches!(c, '“' | '(' | '—')).next().unwrap_or_default();
    matches!(
        word,
        "Mr." | "Mrs." | "Dr." | "Ms." | "Messrs." | "Mme." | "Mlle." | "Rev." | "Capt." | "Col." | "Gen." | "Prof."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_and_starts() {
        assert_eq!(End::of("he saw the emp-"), End::Hyphen);
        assert_eq!(End::of("“Never,” he said."), End::Sentence);
        assert_eq!(End::of("“Never?” "), End::Sentence);
        assert_eq!(End::of("“Never,”"), End::Comma);
        assert_eq!(End::of("and then Mr."), End::Title);
        assert_eq!(End::of("only a small"), End::Word);
        assert_eq!(End::of("he went —"), End::Open);
        assert_eq!(Start::of(" chance"), Start::Small);
        assert_eq!(Start::of("“No"), Start::Quote);
    }
}
