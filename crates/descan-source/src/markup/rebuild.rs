//! Elements of words split, joined and removed.

use std::collections::HashSet;
use std::ops::Range;

use super::change::{Change, Misfit, shares_in_copy};
use super::element::{Area, Element};
use super::flow::Flow;
use super::groups::Group;
use super::local;
use super::quote::Quote;
use super::ways::Ways;

impl Flow {
    /// The changes that give the words of a group the elements that its edits need: one for
    /// each word, in boxes that share the old ones by the number of letters.
    pub(super) fn rebuilt(
        &self,
        group: &Group<'_>,
        ways: &Ways<'_>,
        ids: &mut Option<HashSet<Box<str>>>,
    ) -> Result<Vec<Change>, Misfit> {
        let made = self.made(group);
        let mut tokens: Vec<&str> = made.split_whitespace().collect();
        let extent_of = |words: &Range<usize>| self.words[words.start].flat.start..self.words[words.end - 1].flat.end;
        if group.words.is_empty() || extent_of(&group.words) != group.extent || tokens.join(" ") != made {
            return Err(Misfit);
        }
        // Words that stay as they are at both ends keep their elements.
        let mut words = group.words.clone();
        let is_same = |index: usize, token: Option<&&str>| token == Some(&&self.text[self.words[index].flat.clone()]);
        while !words.is_empty() && is_same(words.start, tokens.first()) {
            tokens.remove(0);
            words.start += 1;
        }
        while !words.is_empty() && is_same(words.end - 1, tokens.last()) {
            tokens.pop();
            words.end -= 1;
        }
        if words.is_empty() {
            return Err(Misfit);
        }
        let mut elements = Vec::with_capacity(words.len());
        for index in words.clone() {
            if index > words.start {
                self.check_gap(index - 1, ways)?;
            }
            elements.push(
                ways.file
                    .get(self.words[index].element.clone())
                    .and_then(|e| ways.elements.element(e))
                    .ok_or(Misfit)?,
            );
        }
        let mut changes = vec![match tokens.is_empty() {
            true => (self.without(&words, ways)?, String::new()),
            false => {
                let file = self.words[words.start].element.start..self.words[words.end - 1].element.end;
                (file, self.parted(&words, &tokens, &elements, ways, ids)?)
            }
        }];
        for (span, new) in &group.edits {
            for copy in self.copies_at(span) {
                let shares = shares_in_copy(copy, &self.text, span.clone(), new)?;
                self.write(copy, shares, &mut changes);
            }
        }
        Ok(changes)
    }

    /// Checks that nothing but a space stands between the element of a word and the next.
    fn check_gap(&self, index: usize, ways: &Ways<'_>) -> Result<(), Misfit> {
        let (left, right) = (&self.words[index], self.words.get(index + 1).ok_or(Misfit)?);
        let shown = self.text.get(left.flat.end..right.flat.start).ok_or(Misfit)?;
        let mut rest = ways.file.get(left.element.end..right.element.start).ok_or(Misfit)?.trim_ascii_start();
        while !rest.is_empty() {
            let (tag, after) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>')).ok_or(Misfit)?;
            let name = tag.trim_start_matches('/').split(|c: char| c.is_whitespace() || c == '/').next();
            if name.map(local) != Some("SP") {
                return Err(Misfit);
            }
            rest = after.trim_ascii_start();
        }
        if shown == " " { Ok(()) } else { Err(Misfit) }
    }

    /// What of the file goes with the elements of words: they, and the space to a word on
    /// the same line.
    fn without(&self, words: &Range<usize>, ways: &Ways<'_>) -> Result<Range<usize>, Misfit> {
        let (first, last) = (&self.words[words.start].element, &self.words[words.end - 1].element);
        if let Some(before) = words.start.checked_sub(1)
            && self.check_gap(before, ways).is_ok()
        {
            return Ok(self.words[before].element.end..last.end);
        }
        self.check_gap(words.end - 1, ways)?;
        Ok(first.start..self.words[words.end].element.start)
    }

    /// The elements of new words, made by the pattern of the first old one.
    fn parted(
        &self,
        words: &Range<usize>,
        tokens: &[&str],
        elements: &[Element],
        ways: &Ways<'_>,
        ids: &mut Option<HashSet<Box<str>>>,
    ) -> Result<String, Misfit> {
        let whole = &self.words[words.start].element;
        let pattern = &ways.file[whole.clone()];
        let text = self.text_in_file(words.start).ok_or(Misfit)?;
        let text = text.start - whole.start..text.end - whole.start;
        let quote = self.pieces_of(words.start)[0].quote;
        if pattern[text.clone()].contains('<') {
            return Err(Misfit);
        }
        let mut area: Option<Area> = elements[0].area.clone();
        for element in &elements[1..] {
            area = area.zip(element.area.as_ref()).map(|(area, other)| area.with(other));
        }
        let old = &self.text[self.words[words.start].flat.start..self.words[words.end - 1].flat.end];
        let length = |token: &str| token.chars().count() as f64;
        let all: f64 = tokens.iter().map(|token| length(token) + 1.0).sum::<f64>() - 1.0;
        let (mut out, mut at) = (String::new(), 0.0);
        for (number, token) in tokens.iter().enumerate() {
            let (from, to) = (at / all, (at + length(token)) / all);
            at += length(token) + 1.0;
            let mut changes = vec![(text.clone(), self.manner.escaped(token, quote))];
            changes.extend(elements[0].of_whole.iter().map(|part| (part.clone(), String::new())));
            if let Some(part) = area.as_ref().map(|area| area.part(from, to)) {
                changes.extend(part.written.iter().map(|(place, side)| (place.clone(), part.value(*side))));
            }
            if let Some(id) = elements[0].id.clone().filter(|_| number > 0) {
                let new = another_id(&pattern[id.clone()], ids.get_or_insert_with(|| ids_of(ways.file)));
                changes.push((id, new));
            }
            if number > 0 {
                let before = at - length(token) - 2.0;
                let gap = area.as_ref().map(|area| area.gap(before / all, from));
                let name = pattern[1..].split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or_default();
                out.push_str(&ways.elements.space(name, gap.as_ref(), self.has_space_elements));
            }
            let (element, text) = changed(pattern, changes, text.start);
            match ways.keep_original && number == 0 {
                true => {
                    let old = self.manner.escaped(old, Quote::Tags);
                    let kept = ways.elements.kept(&element, text..text + self.manner.escaped(token, quote).len(), &old);
                    out.push_str(&changed(&element, kept.ok_or(Misfit)?, 0).0);
                }
                false => out.push_str(&element),
            }
        }
        Ok(out)
    }
}

/// A string with changes, and where a place of the old one is then.
fn changed(old: &str, mut changes: Vec<Change>, place: usize) -> (String, usize) {
    changes.sort_by_key(|(span, _)| (span.start, span.end));
    let (mut out, mut at, mut moved) = (String::with_capacity(old.len() + 32), 0, place);
    for (span, new) in changes {
        if span.end <= place && span.start < place {
            moved = moved + new.len() - span.len();
        }
        out.push_str(&old[at..span.start]);
        out.push_str(&new);
        at = span.end;
    }
    out.push_str(&old[at..]);
    (out, moved)
}

/// An id that is not in the file yet.
fn another_id(id: &str, ids: &mut HashSet<Box<str>>) -> String {
    let mut number = 2;
    loop {
        let new = format!("{id}_{number}");
        if ids.insert(new.clone().into()) {
            return new;
        }
        number += 1;
    }
}

/// The values of all ids of a file.
fn ids_of(file: &str) -> HashSet<Box<str>> {
    let mut ids = HashSet::new();
    for name in ["id=", "ID="] {
        for at in memchr::memmem::find_iter(file.as_bytes(), name) {
            let value = &file[at + name.len()..];
            if let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\''))
                && let Some((id, _)) = value[1..].split_once(quote)
            {
                ids.insert(id.into());
            }
        }
    }
    ids
}
