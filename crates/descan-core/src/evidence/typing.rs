//! What shows that a text was typed and never scanned: words that are written for a machine.
//!
//! File names, options, addresses, functions, the tags and links of mark-up: papers of programs are full of
//! them, and of 850 scans of books and newspapers none has more than three. What looks like damage among
//! them is what their writer wrote.

use descan_rules::LazyRegex;
use descan_text::analysis::Analysis;

/// So many different ones at least show it: one is a misreading, or the address in a letter's head.
const FEWEST: usize = 2;
/// The same of a text that is sure to be typed.
const FEWEST_OF_SURE: usize = 3;
/// How many times as many they are at least as the words that a scan seems to have misread: names of programs look so.
const OUTNUMBER: usize = 3;
/// How many words in a thousand they are at least.
const SHARE: usize = 1;
/// The same of a text that is sure to be typed: notes of a printed book give addresses as well, but its
/// sentences do not.
const SHARE_OF_SURE: usize = 5;
/// So many lines at least that tell a typesetting program what to do show a text for it, and one in so many lines.
const FEWEST_REQUESTS: usize = 3;
const LINES_A_REQUEST: usize = 20;
/// How far around a place they are looked for, in bytes, and how many show that its passage was typed.
const REACH: usize = 2000;
const CROWD: usize = 3;

/// Where a text has words that are written for a machine.
#[derive(Debug, Default)]
pub struct Typing {
    /// Where they begin, in bytes.
    places: Vec<usize>,
    is_shown: bool,
    is_sure: bool,
}

impl Typing {
    /// Looks for the words that `machine` describes. So many different words of the text are `misread`, as it seems.
    pub fn of(analysis: &Analysis<'_>, machine: &LazyRegex, misread: usize) -> Typing {
        let text = analysis.text();
        let (chunks, types) = analysis.chunks();
        let is_one: Vec<bool> = types.iter().map(|(first, _)| is_machine_word(first.text(text), machine)).collect();
        let requests = requests(text);
        if requests.len() >= FEWEST_REQUESTS {
            return Typing { places: requests, is_shown: true, is_sure: true };
        }
        let different = is_one.iter().filter(|&&is_one| is_one).count();
        if different < FEWEST || different < OUTNUMBER * misread {
            return Typing::default();
        }
        let of = types.of_words().iter().zip(chunks);
        let places: Vec<usize> =
            of.filter(|&(&of, _)| is_one[of as usize]).map(|(_, chunk)| chunk.span().start).collect();
        let are = |share: usize| places.len() * 1000 >= share * chunks.len();
        Typing { is_shown: are(SHARE), is_sure: different >= FEWEST_OF_SURE && are(SHARE_OF_SURE), places }
    }

    /// Whether the document shows that it was typed, at least in part.
    pub fn is_shown(&self) -> bool {
        self.is_shown
    }

    /// Whether the passage around a place was typed, or surely the whole document.
    pub fn is_sure_at(&self, place: usize) -> bool {
        let before = |end: usize| self.places.partition_point(|&start| start < end);
        self.is_sure || before(place + REACH) - before(place.saturating_sub(REACH)) >= CROWD
    }
}

/// Where the lines of a text begin that tell a typesetting program what to do, as manual pages have them: a full
/// stop and two capitals (`.BR`), or a remark (`.\"`).
fn requests(text: &str) -> Vec<usize> {
    let is_request = |line: &str| {
        let Some(rest) = line.strip_prefix('.') else { return line.starts_with("'\\\"") };
        let name = rest.split([' ', '\n']).next().unwrap_or_default();
        rest.starts_with("\\\"") || name.len() == 2 && name.bytes().all(|byte| byte.is_ascii_uppercase())
    };
    let mut places = Vec::new();
    if is_request(text) {
        places.push(0);
    }
    for at in memchr::memchr_iter(b'\n', text.as_bytes()) {
        if is_request(&text[at + 1..]) {
            places.push(at + 1);
        }
    }
    // A speck before capitals begins a line here and there.
    if places.len() * LINES_A_REQUEST < memchr::memchr_iter(b'\n', text.as_bytes()).count() {
        places.clear();
    }
    places
}

/// Whether a word has signs besides letters, and is written for a machine.
fn is_machine_word(word: &str, machine: &LazyRegex) -> bool {
    word.len() > 2 && word.bytes().any(|b| SIGNS.contains(&b) || b.is_ascii_digit()) && machine.is_match(word)
}

/// Signs that all words for machines have one of, if no digit.
const SIGNS: &[u8] = b"`<|:()/@=[]{$.";

#[cfg(test)]
mod tests {
    use descan_rules::RuleSet;

    use super::*;

    fn typing(text: &str) -> Typing {
        Typing::of(&Analysis::new(text, &std::sync::Arc::default()), RuleSet::built_in().machine_word(), 0)
    }

    #[test]
    fn a_few_words_for_machines_show_what_was_typed() {
        let typed = typing("Call `bake()` with --cone=6, or write it into kiln.toml, as docs/kiln/cones.md says.");
        assert!(typed.is_shown() && typed.is_sure_at(0));
        let letter =
            typing("He and/or she may write to 12/3/1904, No. 4.2.1, or wlien:it_is <so>. See kiln.toml for it.");
        assert!(!letter.is_shown() && !letter.is_sure_at(0));
    }

    #[test]
    fn notes_of_a_book_are_typed_and_its_sentences_are_not() {
        let sentences = "The boat came over the water and the men went out to the house. ".repeat(400);
        let book = typing(&format!("{sentences}\n1 http://a.example/x\n2 http://b.example/y\n3 http://c.example/z\n"));
        assert!(!book.is_sure_at(0) && book.is_sure_at(sentences.len()));
    }

    #[test]
    fn the_source_of_a_manual_page_is_typed() {
        assert!(typing(".TH KILN 1\n.SH NAME\nkiln \\- bakes\n.PP\nIt bakes .\n").is_sure_at(0));
        assert!(!typing("The boat was gone.\n.AN old man came.\nNobody spoke.\n").is_sure_at(0));
    }
}
