//! Parses a settings file and reports errors with their place.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use descan_core::protect::ProtectEntry;
use descan_text::level::Level;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::closest::closest;
use super::key::{EXTEND, Key, Kind};
use super::layer::Layer;
use super::value::{Item, Origin, Place, Placed, Refusal};

type Result<T> = std::result::Result<T, Refusal>;
type Value<'s> = Spanned<DeValue<'s>>;

/// Parses a whole file.
pub(super) fn layer(path: &Path, source: &str) -> Result<Layer> {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let file = File { path: path.into(), source };
    let table = DeTable::parse(source).map_err(|e| {
        let message = e.message().lines().map(str::trim).collect::<Vec<_>>().join(", ");
        file.refuse(e.span().unwrap_or(0..0), format!("not valid TOML: {message}"))
    })?;
    let mut layer = Layer::default();
    for (name, span, value) in in_order(table.get_ref()) {
        if name == EXTEND {
            let path = file.path(value)?;
            layer.extend = Some(Placed { value: path, origin: file.origin(value.span()) });
            continue;
        }
        let Some(key) = Key::named(name) else {
            return Err(file.refuse(span, format!("unknown key {name:?}; {}", Key::hint(name))));
        };
        layer.values.push((key, file.items(key.kind(), value)?));
    }
    Ok(layer)
}

/// A table's keys and values in the order of the file, so that the first mistake is
/// the one reported.
fn in_order<'t, 's>(table: &'t DeTable<'s>) -> Vec<(&'t str, Range<usize>, &'t Value<'s>)> {
    let mut entries: Vec<_> = table.iter().map(|(k, v)| (k.get_ref().as_ref(), k.span(), v)).collect();
    entries.sort_by_key(|(_, span, _)| span.start);
    entries
}

/// The file being parsed.
struct File<'s> {
    path: Arc<Path>,
    source: &'s str,
}

impl File<'_> {
    fn items(&self, kind: Kind, value: &Value<'_>) -> Result<Vec<Placed<Item>>> {
        let one = |item: Item| vec![self.placed(item, value.span())];
        Ok(match kind {
            Kind::Level => one(Item::Level(self.level(value)?)),
            Kind::Flag => match value.get_ref() {
                DeValue::Boolean(flag) => one(Item::Flag(*flag)),
                _ => return Err(self.not(value, "true or false")),
            },
            Kind::Number(least, most) => match u64_of(value) {
                Some(number) if (least..=most).contains(&number) => one(Item::Number(number)),
                _ => return Err(self.not(value, &format!("a whole number from {least} to {most}"))),
            },
            Kind::File => one(Item::Path(self.path(value)?)),
            Kind::Paths => self.list(value, |v| Ok(Item::Path(self.path(v)?)))?,
            Kind::Names => self.list(value, |v| Ok(Item::Text(self.text(v)?)))?,
            Kind::Choices(known) => self.list(value, |v| self.choice(v, known))?,
            Kind::Globs => self.list(value, |v| Ok(Item::Glob(self.folder(), self.text(v)?)))?,
            Kind::Levels => self.levels(value)?,
            Kind::Protect => self.list(value, |v| Ok(Item::Protect(self.protect(v)?)))?,
        })
    }

    fn list(&self, value: &Value<'_>, read: impl Fn(&Value<'_>) -> Result<Item>) -> Result<Vec<Placed<Item>>> {
        let DeValue::Array(list) = value.get_ref() else {
            return Err(self.not(value, "a list: put it in [ ]"));
        };
        list.iter().map(|v| Ok(self.placed(read(v)?, v.span()))).collect()
    }

    fn text(&self, value: &Value<'_>) -> Result<String> {
        match value.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => Ok(text.to_string()),
            DeValue::String(_) => Err(self.refuse(value.span(), "the text is empty; remove it".to_owned())),
            _ => Err(self.not(value, "a string in quotes")),
        }
    }

    fn path(&self, value: &Value<'_>) -> Result<PathBuf> {
        let text = self.text(value)?;
        if text.contains('\0') {
            return Err(self.refuse(value.span(), "a path cannot contain a NUL character".to_owned()));
        }
        Ok(self.folder().join(text))
    }

    fn level(&self, value: &Value<'_>) -> Result<Level> {
        match value.get_ref() {
            DeValue::String(name) => {
                name.parse().map_err(|_| self.refuse(value.span(), unknown("level", name, &LEVELS[..3])))
            }
            _ => Err(self.not(value, "\"certain\", \"probable\" or \"suspect\"")),
        }
    }

    fn choice(&self, value: &Value<'_>, known: &[&str]) -> Result<Item> {
        let name = self.text(value)?;
        if known.contains(&name.as_str()) {
            Ok(Item::Text(name))
        } else {
            Err(self.refuse(value.span(), unknown("style", &name, known)))
        }
    }

    fn levels(&self, value: &Value<'_>) -> Result<Vec<Placed<Item>>> {
        let DeValue::Table(table) = value.get_ref() else {
            return Err(self.not(value, "a table: rules and their levels under [levels]"));
        };
        let one = |(rule, span, value): (&str, Range<usize>, &Value<'_>)| {
            let level = match value.get_ref() {
                DeValue::String(name) if name == "off" => None,
                DeValue::String(name) if !LEVELS.contains(&name.as_ref()) => {
                    return Err(self.refuse(value.span(), unknown("level", name, &LEVELS)));
                }
                _ => Some(self.level(value)?),
            };
            Ok(self.placed(Item::RuleLevel(rule.to_owned(), level), span))
        };
        in_order(table).into_iter().map(one).collect()
    }

    fn protect(&self, value: &Value<'_>) -> Result<ProtectEntry> {
        let DeValue::Table(table) = value.get_ref() else {
            return Err(self.not(value, "a table: words or a pattern, and the reason, under [[protect]]"));
        };
        let (mut words, mut pattern, mut reason) = (Vec::new(), None, None);
        for (name, span, value) in in_order(table) {
            match name {
                "words" => {
                    words = self.list(value, |v| Ok(Item::Text(self.text(v)?.trim().to_owned())))?;
                    if words.is_empty() {
                        return Err(
                            self.refuse(value.span(), "the list of words is empty; add some, or remove it".to_owned())
                        );
                    }
                }
                "pattern" => {
                    let source = self.text(value)?;
                    if let Err(error) = descan_rules::compile(&source) {
                        return Err(self.refuse(value.span(), error));
                    }
                    pattern = Some(source);
                }
                "reason" => reason = Some(self.text(value)?),
                _ => {
                    let hint = closest(name, PROTECT.into_iter())
                        .map_or_else(|| "use words, pattern and reason".to_owned(), |k| format!("did you mean {k:?}?"));
                    return Err(self.refuse(span, format!("unknown key {name:?} in [[protect]]; {hint}")));
                }
            }
        }
        let words: Vec<String> =
            words.into_iter().filter_map(|w| if let Item::Text(word) = w.value { Some(word) } else { None }).collect();
        let incomplete = |what: &str| Err(self.refuse(value.span(), what.to_owned()));
        match reason {
            _ if words.is_empty() && pattern.is_none() => {
                incomplete("this [[protect]] has neither words nor a pattern; add one of them")
            }
            None => incomplete("this [[protect]] has no reason; say why with reason = \"…\""),
            Some(reason) => Ok(ProtectEntry { words, pattern, reason }),
        }
    }

    fn folder(&self) -> PathBuf {
        self.path.parent().unwrap_or(Path::new("")).to_owned()
    }

    fn placed(&self, value: Item, span: Range<usize>) -> Placed<Item> {
        Placed { value, origin: self.origin(span) }
    }

    fn origin(&self, span: Range<usize>) -> Origin {
        Origin::File(self.place(span.start))
    }

    fn place(&self, at: usize) -> Place {
        let before = self.source.get(..at).unwrap_or(self.source);
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        Place {
            path: Arc::clone(&self.path),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }

    fn refuse(&self, span: Range<usize>, what: String) -> Refusal {
        Refusal { place: self.place(span.start), what }
    }

    fn not(&self, value: &Value<'_>, wanted: &str) -> Refusal {
        self.refuse(value.span(), format!("{} is not {wanted}", kind_of(value.get_ref())))
    }
}

/// The levels, and the word that switches a rule off.
const LEVELS: [&str; 4] = ["certain", "probable", "suspect", "off"];
/// The keys of a `[[protect]]`.
const PROTECT: [&str; 3] = ["words", "pattern", "reason"];

fn unknown(what: &str, name: &str, known: &[&str]) -> String {
    match closest(name, known.iter().copied()) {
        Some(near) => format!("unknown {what} {name:?}; did you mean {near:?}?"),
        None => format!("unknown {what} {name:?}; use {}", known.join(", ")),
    }
}

fn u64_of(value: &Value<'_>) -> Option<u64> {
    let DeValue::Integer(number) = value.get_ref() else { return None };
    u64::from_str_radix(number.as_str(), number.radix()).ok()
}

fn kind_of(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) if text.len() <= 40 => format!("{:?}", text.as_ref()),
        DeValue::String(_) => "this string".to_owned(),
        DeValue::Integer(number) if number.as_str().len() <= 40 => number.as_str().to_owned(),
        DeValue::Integer(_) => "this number".to_owned(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Float(_) => "a fraction".to_owned(),
        DeValue::Datetime(_) => "a date".to_owned(),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}
