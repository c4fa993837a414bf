//! The letters that Tesseract thought of, as it writes them with `lstm_choice_mode`.

/// So sure, in percent, the engine must be of a letter for it to count.
const LEAST: f32 = 1.0;

/// The letters that the engine thought of in a word.
#[derive(Debug, Default)]
pub(super) struct Choices {
    /// For each letter of the word what it may be, and how sure the engine was, in percent.
    letters: Vec<Vec<(String, f32)>>,
    /// How many elements are open that hold choices.
    depth: usize,
}

impl Choices {
    /// Another word begins.
    pub(super) fn clear(&mut self) {
        self.letters.clear();
    }

    /// The choices for another letter begin.
    pub(super) fn next(&mut self) {
        self.letters.push(Vec::new());
        self.depth += 1;
    }

    /// The choices for a letter end.
    pub(super) fn end(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// Whether what follows is a choice and not the text of the word.
    pub(super) fn is_open(&self) -> bool {
        self.depth > 0
    }

    /// A choice begins.
    pub(super) fn begin(&mut self, confidence: Option<f32>) {
        if let (Some(letter), Some(confidence)) = (self.letters.last_mut(), confidence) {
            letter.push((String::new(), confidence));
        }
    }

    /// The letter of the choice that began last.
    pub(super) fn take(&mut self, text: &str) {
        if let Some((letter, _)) = self.letters.last_mut().and_then(|letter| letter.last_mut()) {
            letter.push_str(text.trim());
        }
    }

    /// The readings that differ from the word in one letter. There are none unless the
    /// surest letters make the word: then the lists are not of its letters.
    pub(super) fn readings(&self, word: &str) -> Vec<String> {
        let first = |letter: &Vec<(String, f32)>| letter.first().map(|(text, _)| text.clone()).unwrap_or_default();
        let surest: Vec<String> = self.letters.iter().map(first).collect();
        if surest.concat() != word {
            return Vec::new();
        }
        let mut readings = Vec::new();
        for (at, letter) in self.letters.iter().enumerate() {
            for (other, confidence) in letter.iter().skip(1) {
                if *confidence >= LEAST && *other != surest[at] {
                    readings.push([surest[..at].concat(), other.clone(), surest[at + 1..].concat()].concat());
                }
            }
        }
        readings
    }
}
