//! Puts a decision into its class.

use descan_lang::confusion::Confusions;
use descan_lang::decision::{Class, Features};
use descan_text::case::Shape;
use descan_text::token::{is_apostrophe, is_word_char};

use super::reading::{Best, Kind};

/// The class of a reading.
///
/// Short words have one of their own: almost any two or three letters are one
/// confusion away from a common word. So have words with a capital, which may be
/// names, and words that would be spoken much like the reading: an author may
/// have spelt them so. The surest are long words in small letters that no book
/// has, that nobody would spell so, and that are one shape away from one word
/// only: what all of this says together is more than its sum.
pub(super) fn class_of(reading: &Best, word: &str, table: &Confusions, features: &Features) -> Class {
    let doubts = [features.foreign, features.in_print, features.rare_word, features.suspect_word, features.hyphen];
    let is_plain = doubts.iter().all(|doubt| *doubt == 0.0);
    match reading.kind {
        Kind::Letters if !word.chars().all(|c| is_word_char(c) || is_apostrophe(c)) => Class::Marked,
        Kind::Letters if reading.candidate.unusual > 0 => Class::Unusual,
        Kind::Letters if word.chars().count() <= 4 => Class::ShortWord,
        Kind::Letters if Shape::of(word) == Shape::Capital => Class::NameLike,
        Kind::Letters if reading.candidate.confusions.iter().any(|&i| table.get(i).sounds_alike()) => Class::SoundAlike,
        Kind::Letters
            if reading.candidate.confusions.len() == 1
                && (word.chars().count() >= 6 || features.digit > 0.0 && word.starts_with(char::is_alphabetic))
                && Shape::of(word) == Shape::Lower
                && features.lead_on_second >= 8.0
                && features.lead_on_leaving > -6.0
                && is_plain
                && features.strange_neighbours < 0.3 =>
        {
            Class::OnlyReading
        }
        Kind::Letters => Class::Letters,
        Kind::RunOn => Class::RunOn,
        Kind::Split => Class::Split,
        Kind::RealWord => Class::RealWord,
        Kind::Pronoun => Class::Pronoun,
        Kind::Apart => Class::Apart,
    }
}
