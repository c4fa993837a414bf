//! Reads each mark: apostrophe, opening or closing, double or single, with a
//! stack by paragraph; and repairs those that are not what they should be.

use super::elision::{self, Elision};
use super::marks::{Group, Place, is_double, is_single};
use crate::evidence::style::{HouseStyle, Marks, Outer};
use crate::finding::Reason;
use crate::level::Level;
use crate::pipeline::{Proposals, View};

/// What a group of marks is, as it will stand after this run's repairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Inside or at the edge of a word.
    Apostrophe,
    /// Opens a speech, perhaps with a single one inside.
    OpenDouble,
    /// Closes a speech.
    CloseDouble,
    /// Opens a quotation within.
    OpenSingle,
    /// Closes a quotation within.
    CloseSingle,
    /// Cannot be told.
    Other,
}

/// A group's reading.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// What it is.
    pub role: Role,
    /// For a closing double, the group that opened it in this paragraph.
    pub opened_by: Option<usize>,
}

/// A repair of one group.
struct Repair {
    rule: &'static str,
    level: Level,
    confidence: f64,
    text: String,
    reason: &'static str,
}

/// Reads all groups in order and proposes their repairs.
pub fn read(view: &View<'_>, groups: &[Group], own_style: &[bool], out: &mut Proposals<'_>) -> Vec<Reading> {
    let mut reader = Reader::new(view, groups);
    let mut readings: Vec<Reading> = Vec::with_capacity(groups.len());
    for (index, group) in groups.iter().enumerate() {
        reader.enter(index);
        let (mut role, repair) = reader.judge(index, own_style[index]);
        if let Some(repair) = repair {
            let old = group.text(view.text());
            if repair.text != old {
                // What is only offered leaves the mark what it was.
                if !view.makes(repair.rule, repair.level) {
                    role = Role::Other;
                }
                let reasons = reader.reasons(repair.reason);
                out.propose(repair.rule, repair.level, repair.confidence, group.span.clone(), repair.text, reasons);
            }
        }
        let opened_by = reader.double_open;
        reader.push(index, role);
        readings.push(Reading { role, opened_by: opened_by.filter(|_| role == Role::CloseDouble) });
    }
    readings
}

struct Reader<'r, 'v> {
    view: &'r View<'v>,
    text: &'v str,
    style: &'v HouseStyle,
    marks: Marks,
    outer: Outer,
    groups: &'r [Group],
    /// Whether the next double quote of the paragraph, by its place, opens.
    next_double_opens: Vec<Option<bool>>,
    /// Whether a mark that may close a single quotation follows in the paragraph.
    single_close_follows: Vec<bool>,
    double_open: Option<usize>,
    single_open: Option<usize>,
    /// Quotations in single quotes that open in the document.
    nested: usize,
    /// Single marks after a stop in the document.
    single_closes: usize,
}

impl<'r, 'v> Reader<'r, 'v> {
    fn new(view: &'r View<'v>, groups: &'r [Group]) -> Reader<'r, 'v> {
        let text = view.text();
        let style = view.evidence().style();
        let mut next_double_opens = vec![None; groups.len()];
        let mut single_close_follows = vec![false; groups.len()];
        for index in (0..groups.len().saturating_sub(1)).rev() {
            let next = &groups[index + 1];
            if next.paragraph != groups[index].paragraph {
                continue;
            }
            let marks = next.text(text);
            next_double_opens[index] = opens(next, marks).or(next_double_opens[index + 1]);
            single_close_follows[index] = single_close_follows[index + 1]
                || (matches!(next.place, Place::After | Place::Loose) && marks.contains(['’', '\'']));
        }
        let lone = |group: &&Group, mark: fn(char) -> bool| group.text(text).chars().all(mark);
        let nested = groups
            .iter()
            .filter(|g| g.place == Place::Before && g.text(text).contains(['‘', '\'']) && begins_speech(text, g))
            .filter(|g| elision::judge(&text[g.span.end..], view.evidence()) == Elision::None)
            .count();
        let single_closes = groups
            .iter()
            .filter(|g| {
                g.place == Place::After && g.before.is_some_and(|c| matches!(c, '.' | ',' | '!' | '?' | '…' | '—'))
            })
            .filter(|g| lone(g, is_single))
            .count();
        Reader {
            view,
            text,
            style,
            marks: style.marks(),
            outer: style.outer(),
            groups,
            next_double_opens,
            single_close_follows,
            double_open: None,
            single_open: None,
            nested,
            single_closes,
        }
    }

    /// Empties the stack where a paragraph begins.
    fn enter(&mut self, index: usize) {
        if index == 0 || self.groups[index].paragraph != self.groups[index - 1].paragraph {
            self.double_open = None;
            self.single_open = None;
        }
    }

    fn push(&mut self, index: usize, role: Role) {
        match role {
            Role::OpenDouble => {
                self.double_open = Some(index);
                // `“‘` opens both.
                let marks = self.groups[index].text(self.text);
                let both = marks.contains(is_double) && marks.contains(is_single);
                self.single_open = both.then_some(index);
            }
            Role::CloseDouble => {
                self.double_open = None;
                self.single_open = None;
            }
            Role::OpenSingle => self.single_open = Some(index),
            Role::CloseSingle => self.single_open = None,
            Role::Apostrophe | Role::Other => {}
        }
    }

    fn reasons(&self, what: &'static str) -> Vec<Reason> {
        let (curly, straight) = (
            self.style.curly_apostrophes + self.style.curly_doubles,
            self.style.straight_apostrophes + self.style.straight_doubles,
        );
        vec![
            Reason::new(what),
            Reason::with("curly marks in the document", f64::from(curly)),
            Reason::with("straight marks in the document", f64::from(straight)),
        ]
    }

    fn judge(&self, index: usize, own_style: bool) -> (Role, Option<Repair>) {
        let group = &self.groups[index];
        let marks = group.text(self.text);
        match group.place {
            Place::Inside => self.inside(group, marks, own_style),
            _ if own_style => (self.plain_role(group, marks), None),
            Place::Before => self.before_word(index, marks),
            Place::After => self.after_word(index, marks),
            // Straight marks need no place.
            Place::Loose if self.style.wanted.marks == Some(Marks::Straight) => {
                self.restyled(marks, self.plain_role(group, marks), '"', '\'')
            }
            Place::Loose => (self.plain_role(group, marks), None),
        }
    }

    /// The role by place and shape alone.
    fn plain_role(&self, group: &Group, marks: &str) -> Role {
        match opens(group, marks) {
            Some(true) => Role::OpenDouble,
            Some(false) => Role::CloseDouble,
            None if marks.contains('"') => {
                if self.double_open.is_some() {
                    Role::CloseDouble
                } else {
                    Role::OpenDouble
                }
            }
            None if group.place == Place::Before => Role::OpenSingle,
            None if self.single_open.is_some() => Role::CloseSingle,
            None => Role::Apostrophe,
        }
    }

    fn inside(&self, group: &Group, marks: &str, own_style: bool) -> (Role, Option<Repair>) {
        let letters = group.before.is_some_and(char::is_alphabetic) && group.after.is_some_and(char::is_alphabetic);
        if !letters {
            return (Role::Apostrophe, None);
        }
        let one = marks.chars().count() == 1;
        if marks.chars().all(is_single) && one {
            let wanted = match self.marks {
                _ if own_style => None,
                Marks::Curly => Some(("’", "an apostrophe between letters; the document writes curly ones")),
                Marks::Straight => Some(("'", "an apostrophe between letters; the document writes straight ones")),
                Marks::Unclear => None,
            };
            let Some((wanted, reason)) = wanted else {
                return (Role::Apostrophe, None);
            };
            let rule = match (marks, self.marks) {
                ("'", _) => "straight-apostrophe",
                (_, Marks::Straight) => "curly-among-straight",
                _ => "turned-apostrophe",
            };
            // Where a word in lower case meets a capital, a quotation may begin.
            let meet = group.before.is_some_and(char::is_lowercase) && group.after.is_some_and(char::is_uppercase);
            let joined = !is_contraction(self.text, group) && self.joins_words(group);
            let level = if joined || (meet && (marks == "‘" || self.lone_letter_follows(group))) {
                Level::Probable
            } else {
                Level::Certain
            };
            return (
                Role::Apostrophe,
                Some(Repair { rule, level, confidence: 0.999, text: wanted.to_owned(), reason }),
            );
        }
        if !is_contraction(self.text, group) {
            return (self.plain_role(group, marks), None);
        }
        // Without a clear house style the document's more usual apostrophe, or
        // the mark that stands there, tells which is meant.
        let (curly, straight) = (self.style.curly_apostrophes, self.style.straight_apostrophes);
        let curly = if curly == straight { marks.contains(['’', '‘', '“', '”']) } else { curly > straight };
        let apostrophe = self.style.apostrophe().unwrap_or(if curly { '’' } else { '\'' });
        let (rule, reason) = if one {
            ("double-for-apostrophe", "a double quote inside a contraction")
        } else {
            ("doubled-apostrophe", "two marks where a contraction has one")
        };
        let repair = Repair { rule, level: Level::Certain, confidence: 0.998, text: apostrophe.to_string(), reason };
        (Role::Apostrophe, Some(repair))
    }

    /// Whether the mark and one letter end the word: `say'T` has lost a blank.
    fn lone_letter_follows(&self, group: &Group) -> bool {
        self.text[group.span.end..].chars().nth(1).is_none_or(|c| !c.is_alphanumeric())
    }

    /// Whether the mark stands between two words of the lexicon that make none
    /// together: then it is a speck in the place of a blank.
    fn joins_words(&self, group: &Group) -> bool {
        let end = self.text[group.span.end..]
            .find(|c: char| !c.is_alphanumeric())
            .map_or(self.text.len(), |i| group.span.end + i);
        let before = &self.text[..group.span.start];
        let left = before.trim_end_matches(char::is_alphanumeric).len();
        let (left, right) = (&before[left..], &self.text[group.span.end..end]);
        let lexicon = self.view.evidence().lexicon();
        left.len() >= 2
            && right.len() >= 2
            && lexicon.is_word(left)
            && lexicon.is_word(right)
            && !lexicon.is_word(&format!("{left}'{right}"))
    }

    fn before_word(&self, index: usize, marks: &str) -> (Role, Option<Repair>) {
        let group = &self.groups[index];
        let rest = &self.text[group.span.end..];
        let elision = elision::judge(rest, self.view.evidence());
        let mut chars = marks.chars();
        let (first, second) = (chars.next().unwrap_or(' '), chars.next());
        if second.is_some() && is_contraction(self.text, group) {
            // `’'d`: the pronoun is lost, not a quote doubled.
            return (Role::Other, None);
        }
        match (first, second) {
            (c, None) if is_double(c) => self.opening_double(index, c),
            (c, None) => self.opening_single(index, c, elision),
            (a, Some(b)) if is_double(a) && is_single(b) && chars.next().is_none() => {
                let single = if elision == Elision::Sure { '’' } else { '‘' };
                self.restyled(marks, Role::OpenDouble, '“', single)
            }
            (a, Some(b)) if is_double(a) && is_double(b) && chars.next().is_none() => {
                self.merged(marks, Role::OpenDouble, "“", "\"")
            }
            (a, Some(b))
                if a != ',' && is_single(a) && is_single(b) && chars.next().is_none() && elision == Elision::None =>
            {
                self.merged(marks, Role::OpenDouble, "“", "\"")
            }
            (',', Some(',')) if chars.next().is_none() => self.merged(marks, Role::OpenDouble, "“", "\""),
            _ => (self.plain_role(group, marks), None),
        }
    }

    fn opening_double(&self, index: usize, mark: char) -> (Role, Option<Repair>) {
        let before = self.groups[index].before;
        match (self.marks, mark) {
            (Marks::Curly, '"') => (
                Role::OpenDouble,
                Some(restyle("straight-double", "“", "an opening double quote; the document writes curly ones")),
            ),
            (Marks::Curly, '”') if self.double_open.is_none() && before.is_none_or(char::is_whitespace) => {
                let repair = Repair {
                    rule: "turned-double",
                    level: Level::Certain,
                    confidence: 0.995,
                    text: "“".into(),
                    reason: "a closing quote where a speech opens",
                };
                (Role::OpenDouble, Some(repair))
            }
            (Marks::Straight, '“' | '”') => (
                Role::OpenDouble,
                Some(restyle(
                    "curly-among-straight",
                    "\"",
                    "an opening double quote; the document writes straight ones",
                )),
            ),
            (_, '”') => (Role::CloseDouble, None),
            _ => (Role::OpenDouble, None),
        }
    }

    fn opening_single(&self, index: usize, mark: char, elision: Elision) -> (Role, Option<Repair>) {
        let group = &self.groups[index];
        let closes_later = self.single_close_follows[index];
        // In speech within single quotes an opening mark may stand before an
        // elision whose own apostrophe is lost.
        let speech = self.outer == Outer::Single && begins_speech(self.text, group);
        let apostrophe = match elision {
            Elision::Sure => !speech,
            Elision::Possible => !closes_later,
            Elision::None => false,
        };
        if apostrophe {
            return match (self.marks, mark) {
                (_, '’') => (Role::Apostrophe, None),
                (Marks::Curly, '‘' | '\'') => (
                    Role::Apostrophe,
                    Some(restyle("elision", "’", "letters are left out here; the document writes curly apostrophes")),
                ),
                (Marks::Straight, '‘') => (
                    Role::Apostrophe,
                    Some(restyle(
                        "curly-among-straight",
                        "'",
                        "letters are left out here; the document writes straight apostrophes",
                    )),
                ),
                _ => (Role::Apostrophe, None),
            };
        }
        if mark == '’' {
            return (Role::Other, None);
        }
        // `“… she”—‘and …”`: the speech goes on after a dash.
        if mark == '‘'
            && self.outer == Outer::Double
            && self.double_open.is_none()
            && matches!(group.before, Some('—'))
            && self.next_double_opens[index] == Some(false)
            && !closes_later
        {
            let text = if self.marks == Marks::Straight { "\"" } else { "“" };
            let repair = Repair {
                rule: "single-for-double",
                level: Level::Probable,
                confidence: 0.95,
                text: text.into(),
                reason: "a speech closes that nothing else opened",
            };
            return (Role::OpenDouble, Some(repair));
        }
        match (self.marks, mark) {
            (Marks::Curly, '\'') => {
                let level = if closes_later { Level::Certain } else { Level::Probable };
                let repair = Repair {
                    rule: "straight-single",
                    level,
                    confidence: 0.99,
                    text: "‘".into(),
                    reason: "an opening single quote; the document writes curly ones",
                };
                (Role::OpenSingle, Some(repair))
            }
            (Marks::Straight, '‘') => (
                Role::OpenSingle,
                Some(restyle("curly-among-straight", "'", "a single quote; the document writes straight ones")),
            ),
            _ => (Role::OpenSingle, None),
        }
    }

    fn after_word(&self, index: usize, marks: &str) -> (Role, Option<Repair>) {
        let group = &self.groups[index];
        let mut chars = marks.chars();
        let (first, second) = (chars.next().unwrap_or(' '), chars.next());
        let more = chars.next().is_some();
        match (first, second) {
            (c, None) if is_double(c) => self.closing_double(group, c),
            (c, None) => self.closing_single(index, c),
            _ if more => (self.plain_role(group, marks), None),
            (a, Some(b)) if is_single(a) && is_double(b) => self.restyled(marks, Role::CloseDouble, '”', '’'),
            (a, Some(b)) if is_double(a) && is_double(b) => self.merged(marks, Role::CloseDouble, "”", "\""),
            (a, Some(b)) if is_double(a) && is_single(b) => {
                let stray = self.outer == Outer::Double && self.double_open.is_some() && self.single_open.is_none();
                if stray { self.merged(marks, Role::CloseDouble, "”", "\"") } else { (Role::CloseDouble, None) }
            }
            (a, Some(b))
                if is_single(a) && is_single(b) && self.double_open.is_some() && self.single_open.is_none() =>
            {
                self.merged(marks, Role::CloseDouble, "”", "\"")
            }
            _ => (self.plain_role(group, marks), None),
        }
    }

    fn closing_double(&self, group: &Group, mark: char) -> (Role, Option<Repair>) {
        let digit = group.before.is_some_and(|c| c.is_ascii_digit());
        match (self.marks, mark) {
            (_, '"') if digit && self.double_open.is_none() => (Role::Other, None),
            (Marks::Curly, '"') if !digit => (
                Role::CloseDouble,
                Some(restyle("straight-double", "”", "a closing double quote; the document writes curly ones")),
            ),
            (Marks::Curly, '“') if self.double_open.is_some() => {
                let repair = Repair {
                    rule: "turned-double",
                    level: Level::Certain,
                    confidence: 0.995,
                    text: "”".into(),
                    reason: "an opening quote where a speech closes",
                };
                (Role::CloseDouble, Some(repair))
            }
            (Marks::Straight, '“' | '”') => (
                Role::CloseDouble,
                Some(restyle(
                    "curly-among-straight",
                    "\"",
                    "a closing double quote; the document writes straight ones",
                )),
            ),
            (_, '“') => (Role::Other, None),
            _ => (Role::CloseDouble, None),
        }
    }

    fn closing_single(&self, index: usize, mark: char) -> (Role, Option<Repair>) {
        let group = &self.groups[index];
        let before = group.before.unwrap_or(' ');
        if before.is_ascii_digit() {
            return (Role::Other, None);
        }
        if self.single_open.is_none() && !before.is_alphanumeric() && self.is_misread_close(index) {
            let text = if self.marks == Marks::Straight || (self.marks == Marks::Unclear && mark == '\'') {
                "\""
            } else {
                "”"
            };
            let clear = self.marks != Marks::Unclear && self.nested * 4 <= self.single_closes;
            let clear = clear && (self.single_closes >= 2 || (self.nested == 0 && group.before == Some(',')));
            // The speech that the paragraph goes on with was closed before.
            let clear = clear
                || self.marks != Marks::Unclear
                    && self.next_double_opens[index] == Some(true)
                    && self.speaker_follows(group);
            let level = match clear {
                true => Level::Certain,
                false if self.nested * 4 <= self.single_closes => Level::Probable,
                false => Level::Suspect,
            };
            let repair = Repair {
                rule: "single-for-double",
                level,
                confidence: 0.995,
                text: text.into(),
                reason: "the speech opened with a double quote and nothing else closes it",
            };
            return (Role::CloseDouble, Some(repair));
        }
        let role = if self.single_open.is_some() { Role::CloseSingle } else { Role::Apostrophe };
        match (self.marks, mark) {
            (Marks::Curly, '\'') if before.is_alphabetic() || self.single_open.is_some() => {
                let rule = if role == Role::Apostrophe { "straight-apostrophe" } else { "straight-single" };
                (role, Some(restyle(rule, "’", "a mark at a word's end; the document writes curly ones")))
            }
            (Marks::Curly, '‘') if before.is_alphabetic() => {
                (role, Some(restyle("turned-apostrophe", "’", "an opening single quote at a word's end")))
            }
            // On straight pages apostrophes hold; a curly one inside a speech may
            // be what is left of its closing quote.
            (Marks::Straight, '’' | '‘')
                if self.double_open.is_some() && role == Role::Apostrophe && !matches!(before, 's' | 'n') =>
            {
                (Role::Other, None)
            }
            (Marks::Straight, '’' | '‘') => (
                role,
                Some(restyle("curly-among-straight", "'", "a mark at a word's end; the document writes straight ones")),
            ),
            _ => (role, None),
        }
    }

    /// Whether a single mark after a stop stands where the open speech must
    /// close: the next double quote opens another, or there is none.
    fn is_misread_close(&self, index: usize) -> bool {
        let group = &self.groups[index];
        let Some(opener) = self.double_open else {
            return false;
        };
        self.outer == Outer::Double
            && group.after.is_none_or(|c| c.is_whitespace() || c == '—')
            && group.before.is_some_and(|c| matches!(c, '.' | ',' | '!' | '?' | '…' | '—'))
            && self.next_double_opens[index] != Some(false)
            && !self.groups[opener].text(self.text).chars().any(is_single)
            && (self.next_double_opens[index] == Some(true)
                || !self.single_close_follows[index]
                || self.speaker_follows(group))
    }

    /// Whether a word in lower case, as of a speaker's tag, follows.
    fn speaker_follows(&self, group: &Group) -> bool {
        group.before == Some(',') || self.text[group.span.end..].trim_start().starts_with(char::is_lowercase)
    }

    /// A group that keeps its marks but for their shape.
    fn restyled(&self, marks: &str, role: Role, double: char, single: char) -> (Role, Option<Repair>) {
        let wanted: String = marks
            .chars()
            .map(|c| match (self.marks, c) {
                (Marks::Curly, '"') => double,
                (Marks::Curly, '\'') => single,
                // Before an elision only an apostrophe stands.
                (Marks::Curly, '‘') if single == '’' => single,
                (Marks::Straight, '“' | '”') => '"',
                (Marks::Straight, '‘' | '’') => '\'',
                _ => c,
            })
            .collect();
        let rule = if self.marks == Marks::Curly { "straight-double" } else { "curly-among-straight" };
        (role, Some(restyle(rule, &wanted, "two quotes of which one is of the other shape")))
    }

    /// Two marks that stand for one double quote: two equal singles, or two
    /// doubles of different shape. Two equal doubles may be nested.
    fn merged(&self, marks: &str, role: Role, curly: &str, straight: &str) -> (Role, Option<Repair>) {
        let mut chars = marks.chars();
        let (first, second) = (chars.next(), chars.next());
        let equal = first == second;
        let both = first.is_some_and(is_double) == second.is_some_and(is_double);
        let wanted = match self.marks {
            Marks::Curly if both && equal != first.is_some_and(is_double) => curly,
            Marks::Curly if !both => curly,
            // Two straight marks in a straight document may be an empty string.
            Marks::Straight if !marks.contains(['"', '\'']) => straight,
            _ => return (role, None),
        };
        let repair = Repair {
            rule: "doubled-quote",
            level: Level::Certain,
            confidence: 0.995,
            text: wanted.to_owned(),
            reason: "two marks where a speech has one",
        };
        (role, Some(repair))
    }
}

fn restyle(rule: &'static str, text: &str, reason: &'static str) -> Repair {
    Repair { rule, level: Level::Certain, confidence: 0.997, text: text.to_owned(), reason }
}

/// Whether a group with a double quote opens a speech; `None` if it has none or
/// its place and shape do not tell.
fn opens(group: &Group, marks: &str) -> Option<bool> {
    if !marks.chars().any(is_double) {
        return None;
    }
    match group.place {
        Place::Before => Some(!marks.contains('”') || marks.contains('“')),
        Place::After => Some(false),
        _ if marks.contains('“') => Some(true),
        _ if marks.contains('”') => Some(false),
        _ => None,
    }
}

/// Whether a mark stands where a speech may begin: at a paragraph's start, or
/// behind a stop.
fn begins_speech(text: &str, group: &Group) -> bool {
    let stop = |c: char| matches!(c, ',' | ':' | '.' | '!' | '?' | '—') || is_double(c) || is_single(c);
    group.before.is_none()
        || text[..group.span.start].trim_end().ends_with(stop)
        || group.text(text).contains(is_double)
}

/// Whether the letters after the group end a contraction: `I’m`, `o’clock`.
fn is_contraction(text: &str, group: &Group) -> bool {
    let rest = &text[group.span.end..];
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let lower = rest[..end].to_lowercase();
    let before = group.before.unwrap_or(' ');
    matches!(lower.as_str(), "s" | "t" | "d" | "m" | "ll" | "re" | "ve")
        || (lower == "clock" && matches!(before, 'o' | 'O'))
}
