//! What a rule puts in the place of what it finds.

use std::collections::BTreeMap;
use std::sync::Arc;

use descan_rule_file::Lists;

use crate::Groups;

/// A replacement: texts, groups of the pattern, and what filters make of groups.
#[derive(Debug)]
pub struct Template {
    parts: Vec<Part>,
}

/// The marks of a document, as a replacement writes them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Marks {
    /// Apostrophe, double and single quotes are curly, and not straight.
    pub curly: bool,
    /// A dash is an em dash, and not two hyphens.
    pub em_dash: bool,
    /// An ellipsis is one character, and not three full stops.
    pub one_ellipsis: bool,
}

impl Marks {
    /// The mark that a name in a replacement stands for.
    fn named(self, name: &str) -> Option<&'static str> {
        let (straight, curly) = match name {
            "apostrophe" => ("'", "’"),
            "open" => ("\"", "“"),
            "close" => ("\"", "”"),
            "open-single" => ("'", "‘"),
            "close-single" => ("'", "’"),
            "dash" => return Some(if self.em_dash { "—" } else { "--" }),
            "ellipsis" => return Some(if self.one_ellipsis { "…" } else { "..." }),
            _ => return None,
        };
        Some(if self.curly { curly } else { straight })
    }
}

#[derive(Debug)]
enum Part {
    Text(String),
    /// A mark in the shape that the document gives it.
    Mark(String),
    Group {
        name: String,
        filters: Vec<Filter>,
    },
}

/// What a filter makes of a text.
#[derive(Clone, Debug)]
enum Filter {
    /// Small letters.
    Lower,
    /// Capitals.
    Upper,
    /// The first letter a capital, the others as they are.
    Capital,
    /// One of each two characters, where they come in pairs: `TThhee`.
    Halved,
    /// The character of that number, in hexadecimal digits.
    Hex,
    /// The character of that number, in decimal digits.
    Decimal,
    /// The text whose UTF-8 bytes are written in hexadecimal digits, each with a
    /// mark before it: `=E2=80=99`, `%20`.
    Bytes,
    /// What a table has for the whole text, or else for each of its characters
    /// that it has.
    Map(Table),
}

#[derive(Clone, Debug)]
struct Table(Arc<BTreeMap<String, String>>);

impl Template {
    /// Reads a replacement such as `${left}-${right|lower}`.
    ///
    /// # Errors
    /// One sentence that names what is wrong with it.
    pub(crate) fn parse(source: &str, pattern: &str, lists: &Lists) -> Result<Template, String> {
        let mut parts = Vec::new();
        let mut rest = source;
        while let Some(open) = rest.find("${") {
            let (before, from) = rest.split_at(open);
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            let Some(close) = from.find('}') else {
                return Err(format!("with = {source:?}: a ${{ has no }}"));
            };
            let mut names = from[2..close].split('|');
            let name = names.next().unwrap_or_default().to_owned();
            if !pattern.contains(&format!("(?P<{name}>")) && Marks::default().named(&name).is_some() {
                parts.push(Part::Mark(name));
                rest = &from[close + 1..];
                continue;
            }
            if !pattern.contains(&format!("(?P<{name}>")) {
                return Err(format!("with = {source:?}: the pattern has no group (?P<{name}>…)"));
            }
            let filters = names.map(|name| Filter::named(name, lists)).collect::<Result<_, _>>();
            let filters = filters.map_err(|what: String| format!("with = {source:?}: {what}"))?;
            parts.push(Part::Group { name, filters });
            rest = &from[close + 1..];
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Ok(Template { parts })
    }

    /// The replacement for a match in a document with such marks; `None` where a
    /// filter has nothing for it.
    pub fn fill(&self, found: &Groups<'_>, marks: Marks) -> Option<String> {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Text(part) => text += part,
                Part::Mark(name) => text += marks.named(name).unwrap_or_default(),
                Part::Group { name, filters } => {
                    let mut value = found.text(name).to_owned();
                    for filter in filters {
                        value = filter.apply(&value)?;
                    }
                    text += &value;
                }
            }
        }
        Some(text)
    }
}

impl Filter {
    fn named(name: &str, lists: &Lists) -> Result<Filter, String> {
        Ok(match name {
            "lower" => Filter::Lower,
            "upper" => Filter::Upper,
            "capital" => Filter::Capital,
            "halved" => Filter::Halved,
            "hex" => Filter::Hex,
            "decimal" => Filter::Decimal,
            "bytes" => Filter::Bytes,
            name => match lists.map(name) {
                Some(map) => Filter::Map(Table(map)),
                None => {
                    return Err(format!(
                        "there is no filter {name:?}; there are lower, upper, capital, halved, hex, decimal, bytes and the tables"
                    ));
                }
            },
        })
    }

    fn apply(&self, text: &str) -> Option<String> {
        let character = |code: Option<u32>| code.and_then(char::from_u32).filter(|c| !c.is_control()).map(String::from);
        match self {
            Filter::Lower => Some(text.to_lowercase()),
            Filter::Upper => Some(text.to_uppercase()),
            Filter::Capital => {
                let mut chars = text.chars();
                let first = chars.next();
                Some(first.into_iter().flat_map(char::to_uppercase).chain(chars).collect())
            }
            Filter::Halved => halved(text),
            Filter::Hex => character(u32::from_str_radix(text, 16).ok()),
            Filter::Decimal => character(text.parse().ok()),
            Filter::Bytes => bytes(text),
            Filter::Map(table) => table.of(text),
        }
    }
}

impl Table {
    fn of(&self, text: &str) -> Option<String> {
        if let Some(whole) = self.0.get(text) {
            return Some(whole.clone());
        }
        // A table of words has nothing for what it has not as a whole.
        if self.0.keys().any(|key| key.chars().nth(1).is_some()) {
            return None;
        }
        let mut mapped = String::with_capacity(text.len());
        for c in text.chars() {
            match self.0.get(c.encode_utf8(&mut [0; 4]) as &str) {
                Some(to) => mapped += to,
                None => mapped.push(c),
            }
        }
        Some(mapped)
    }
}

/// One of each two characters of a text whose words are written in pairs; a single space stays.
fn halved(text: &str) -> Option<String> {
    let mut halved = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if chars.next_if_eq(&c).is_none() && c != ' ' {
            return None;
        }
        halved.push(c);
    }
    Some(halved)
}

/// The text of marked hexadecimal bytes.
fn bytes(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let digits: Vec<u8> = text.bytes().collect();
    for chunk in digits.chunks(3) {
        let [_, high, low] = chunk else { return None };
        let value = |digit: &u8| (*digit as char).to_digit(16);
        bytes.push((value(high)? * 16 + value(low)?) as u8);
    }
    String::from_utf8(bytes).ok().filter(|text| !text.contains(|c: char| c.is_control() && c != '\n' && c != '\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(with: &str, pattern: &str, text: &str) -> Option<String> {
        let mut lists = Lists::default();
        lists.add_map("digits", "l\t1\nO\t0\n").expect("a table");
        lists.add_map("names", "amp\t&\nlt\t<\n").expect("a table");
        let template = Template::parse(with, pattern, &lists).expect("a template");
        let regex = crate::LazyRegex::new(pattern.to_owned(), false);
        let marks = Marks { curly: true, ..Marks::default() };
        template.fill(&regex.groups(text, 0, text.len()).expect("a match"), marks)
    }

    #[test]
    fn filters_change_groups() {
        let any = "(?P<a>.+)";
        assert_eq!(filled("<${a|lower}>", any, "ÉTÉ").as_deref(), Some("<été>"));
        assert_eq!(filled("${a|lower|capital}", any, "ROME").as_deref(), Some("Rome"));
        assert_eq!(filled("${a|halved}", any, "TThhee  BBeeee").as_deref(), Some("The Bee"));
        assert_eq!(filled("${a|halved}", any, "TThhe"), None);
        assert_eq!(filled("${a|hex}${a}", any, "2019").as_deref(), Some("’2019"));
        assert_eq!(filled("${a|decimal}", any, "8217").as_deref(), Some("’"));
        assert_eq!(filled("${a|bytes}", any, "=E2=80=99").as_deref(), Some("’"));
        assert_eq!(filled("${a|bytes}", any, "=E2=80"), None);
        assert_eq!(filled("${a|digits}", any, "l9O2").as_deref(), Some("1902"));
        assert_eq!(filled("${a|names}", any, "amp").as_deref(), Some("&"));
        assert_eq!(filled("${a|names}", any, "gt"), None);
        assert_eq!(filled("${open}${a}${apostrophe}s${close}${dash}", any, "he").as_deref(), Some("“he’s”--"));
    }

    #[test]
    fn what_is_wrong_is_said() {
        let lists = Lists::default();
        let refused = |with: &str| Template::parse(with, "(?P<a>x)", &lists).expect_err("it is refused");
        assert!(refused("${b}").contains("no group (?P<b>"));
        assert!(refused("${a|loud}").contains("no filter \"loud\""));
        assert!(refused("${a").contains("has no }"));
    }
}
