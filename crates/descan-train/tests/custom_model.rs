//! A model of a user's own texts, built and laid over English.

use descan_lang::entry::Trust;
use descan_lang::language::{Language, Model};
use descan_lang::terms::{context, term};
use descan_train::{build, count, lexicon};

/// The bytes of a model of two books that speak of one valley.
fn own() -> Vec<u8> {
    let text = "The quarrelsome Zwarven of Ooldale went down to the weirstead. ".repeat(30);
    let book = count::Book { text, weight: 1 };
    let counts = count::count(&[book.clone(), book]);
    let words = lexicon::own_lexicon("", &counts).expect("words");
    let ngrams = build::ngrams(&counts, build::Limits::default()).expect("no two hashes alike");
    Model::bytes(&words, &ngrams).expect("small")
}

#[test]
fn an_own_model_is_laid_over_english() {
    let english = Language::english();
    let both = Language::clone(&english).with(&Model::open(&own()).expect("a model"));
    assert!(english.lexicon().lookup("weirstead").is_none());
    let entry = both.lexicon().lookup("weirstead").expect("known to one of them");
    assert!(entry.trust() == Trust::Trusted && entry.lower() && !entry.capitalised());
    let valley = both.lexicon().lookup("Ooldale").expect("known to one of them");
    assert!(valley.capitalised() && !valley.lower());
    let house = |language: &Language| language.lexicon().lookup("house");
    assert_eq!(house(&both), house(&english));
    let text = "They went down to the _.";
    let here = context(text, 22..23);
    let gain = |w: &str| {
        let score = |l: &Language| l.ngrams().slot(&here).score(&[term(w)]);
        score(&both) - score(&english)
    };
    assert!(gain("weirstead") > 3.0, "{}", gain("weirstead"));
    assert!(gain("river").abs() < 0.5, "{}", gain("river"));
}

#[test]
fn broken_models_are_refused() {
    let bytes = own();
    for end in [0, 7, 8, 11, 12, 40, bytes.len() / 2, bytes.len() - 1] {
        assert!(Model::open(&bytes[..end]).is_err(), "{end}");
    }
    let mut damaged = bytes.clone();
    damaged[30] ^= 1;
    assert!(Model::open(&damaged).is_err());
}
