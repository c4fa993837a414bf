//! Conditions on the places where a pattern matches.

use serde::{Deserialize, Serialize};

/// What must hold where a pattern matches. All conditions that are given must
/// hold.
///
/// `known`, `unknown`, `common`, `rare`, `seen` and `unseen` are about words, each in a
/// list of the names of groups: a group stands for the whole words that it
/// touches. `old` is what is replaced, `new` what the repair makes of it, both
/// with the letters that they touch.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Conditions {
    /// The kinds of text, by name; `running` stands for those whose lines are
    /// sentences, `any` for all. Where it is not given: all but code and tables.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub region: Vec<String>,
    /// The language's lexicon has the words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub known: Vec<String>,
    /// The lexicon has not all of the words, or only as frequent misreadings.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<String>,
    /// The words are usual ones: in dictionaries, and in print at least once in a
    /// million words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub common: Vec<String>,
    /// Not all of the words are usual ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rare: Vec<String>,
    /// The document has the words at another place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub seen: Vec<String>,
    /// The document has not all of the words at another place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unseen: Vec<String>,
    /// The document has the same at another place, letter for letter from space to
    /// space but for marks at the ends: a compound with its hyphen, a word with its
    /// accent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub written: Vec<String>,
    /// Pairs of groups that have the same letters, whatever their case.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub same: Vec<[String; 2]>,
    /// By how many nats the repair must go better between its neighbours than
    /// what stands there. Negative: by how many it may go worse.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gain: Option<f32>,
    /// A regex that matches what stands right before the place.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub before: String,
    /// A regex that matches what stands right after the place.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
    /// Regexes of right text: none of them may match across the place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not: Vec<String>,
    /// Regexes that must each match somewhere in the document.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub document_has: Vec<String>,
    /// Regexes none of which may match anywhere in the document.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub document_lacks: Vec<String>,
    /// How the document writes quotes and apostrophes: `curly` or `straight`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub quotes: String,
    /// The passage, or the whole document, has words that a scan misread: more than its writer can
    /// have meant so.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub misread: bool,
    /// In how many places of the document the rule must match at least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub places: Option<u32>,
}

impl Conditions {
    /// The names of all groups that the conditions name, each with its field.
    pub fn groups(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let lists = [
            ("known", &self.known),
            ("unknown", &self.unknown),
            ("common", &self.common),
            ("rare", &self.rare),
            ("seen", &self.seen),
            ("unseen", &self.unseen),
            ("written", &self.written),
        ];
        let of_words = lists.into_iter().flat_map(|(field, names)| names.iter().map(move |n| (field, n.as_str())));
        of_words.chain(self.same.iter().flatten().map(|name| ("same", name.as_str())))
    }

    /// All regexes of the conditions, each with its field.
    pub fn regexes(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let one = [("before", &self.before), ("after", &self.after)].into_iter().filter(|(_, r)| !r.is_empty());
        let lists =
            [("not", &self.not), ("document-has", &self.document_has), ("document-lacks", &self.document_lacks)];
        one.map(|(field, regex)| (field, regex.as_str()))
            .chain(lists.into_iter().flat_map(|(field, list)| list.iter().map(move |r| (field, r.as_str()))))
    }

    /// The regexes as they are searched for, in the order of the fields, each with whether `^` and `$` are the ends of
    /// lines.
    pub(crate) fn searched(&self) -> impl Iterator<Item = (String, bool)> {
        let before = (!self.before.is_empty()).then(|| (format!("(?:{})\\z", self.before), false));
        let after = (!self.after.is_empty()).then(|| (format!("\\A(?:{})", self.after), false));
        let lists = [&self.not, &self.document_has, &self.document_lacks];
        before.into_iter().chain(after).chain(lists.into_iter().flatten().map(|regex| (regex.clone(), true)))
    }

    /// Replaces each regex of the conditions by what is made of it: by `in_window`
    /// where it sees the surroundings of a place, by `in_document` where it sees all.
    ///
    /// # Errors
    /// The first error, with the field.
    pub(crate) fn change_regexes(
        &mut self,
        in_window: impl Fn(&str) -> Result<String, String>,
        in_document: impl Fn(&str) -> Result<String, String>,
    ) -> Result<(), String> {
        let near = [("before", &mut self.before), ("after", &mut self.after)];
        let near = near.into_iter().chain(self.not.iter_mut().map(|regex| ("not", regex)));
        for (field, regex) in near {
            *regex = in_window(regex).map_err(|what| format!("{field}: {what}"))?;
        }
        let has = self.document_has.iter_mut().map(|regex| ("document-has", regex));
        for (field, regex) in has.chain(self.document_lacks.iter_mut().map(|regex| ("document-lacks", regex))) {
            *regex = in_document(regex).map_err(|what| format!("{field}: {what}"))?;
        }
        Ok(())
    }
}
