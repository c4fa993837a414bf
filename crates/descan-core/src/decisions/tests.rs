//! How decisions are read from files and applied.

use std::sync::Arc;

use descan_source::Document;
use descan_text::level::Level;

use super::*;
use crate::pass::Options;
use crate::pipeline::{Outcome, clean};

const STORY: &str = "The rain came down upon the old stone bridge all night.\n\
    She carried the of\u{fb01}ce keys to her brother in the morning.\n\
    Nobody had seen the of\u{fb01}ce lamps burning since the long winter.\n";

fn run(text: &str, decisions: Decisions) -> (String, Outcome) {
    let document = Document::decode(text.as_bytes());
    let options = Options { decisions: Arc::new(decisions), ..Options::default() };
    let outcome = clean(&document, &RuleSet::built_in(), &options);
    (outcome.edits.apply(document.text()), outcome)
}

/// The places of what is found in a text.
fn places(text: &str) -> Vec<Place> {
    let rules = RuleSet::built_in();
    let (_, outcome) = run(text, Decisions::default());
    outcome.findings.iter().map(|f| Place::of(text, f, &rules)).collect()
}

fn decided(list: impl IntoIterator<Item = Decision>) -> Decisions {
    let lines: String = list.into_iter().map(|d| d.to_json()).collect();
    Decisions::read("d", format!("{}{lines}", header()).as_bytes()).expect("good decisions")
}

fn right(word: &str) -> Decision {
    Decision::Right(Right { word: Some(word.to_owned()), pattern: None, reason: None })
}

#[test]
fn a_place_is_known_by_its_words() {
    let places = places(STORY);
    assert_eq!(places.len(), 2, "{places:?}");
    let [first, _] = &places[..] else { return };
    assert_eq!(first.context, Context("night she carried the".to_owned(), "keys to her brother".to_owned()));
    assert_eq!((&*first.before, &*first.after), ("\u{fb01}", "fi"));
}

#[test]
fn a_refused_place_stays_and_its_twin_does_not() {
    let first = places(STORY).remove(0);
    let (text, outcome) = run(STORY, decided([Decision::Refuse(first)]));
    assert!(text.contains("the of\u{fb01}ce keys") && text.contains("the office lamps"), "{text}");
    assert_eq!((outcome.findings.len(), outcome.decided.refused), (1, 1));
    assert!(outcome.decided.used.contains(&0));
}

#[test]
fn a_place_at_the_end_is_found_when_the_words_before_it_were_split_or_joined() {
    let text = "The boots rang onthe stairs.\n\n\n";
    let end = places(text).into_iter().find(|p| p.rule == "blank-lines-at-end").expect("the lines are found");
    for once in ["The boots rang on the stairs.\n\n\n", "The boots rangonthe stairs.\n\n\n"] {
        let (kept, _) = run(once, decided([Decision::Refuse(end.clone())]));
        assert!(kept.ends_with("stairs.\n\n\n"), "{kept:?}");
    }
    let (other, _) = run("The boots lay on his chairs.\n\n\n", decided([Decision::Refuse(end)]));
    assert!(!other.ends_with("\n\n"), "{other:?}");
}

#[test]
fn a_place_is_found_when_its_neighbours_were_repaired() {
    let first = places(STORY).remove(0);
    for (old, new) in [("carried", "brought"), ("keys", "bags"), ("her brother", "his brother"), ("\nShe", "\n\nShe")] {
        let text = STORY.replace(old, new);
        let (_, outcome) = run(&text, decided([Decision::Refuse(first.clone())]));
        assert_eq!(outcome.decided.refused, 1, "{old}");
    }
    let elsewhere = STORY.replace("She carried the", "He hid our").replace("keys to her brother", "bag in that well");
    assert_eq!(run(&elsewhere, decided([Decision::Refuse(first)])).1.decided.refused, 0);
}

#[test]
fn accepted_readings_are_made_at_every_level() {
    let text = "It was getting late, and the lamps were lit. There was nobody about but the wateh-\nman.\n\n\n\n\n\n";
    let rules = RuleSet::built_in();
    let (_, outcome) = run(text, Decisions::default());
    for finding in outcome.findings.iter().filter(|f| !f.applied) {
        let place = Place::of(text, finding, &rules);
        let (after, outcome) = run(text, decided([Decision::Accept(place)]));
        assert_ne!(after, text);
        let made = outcome.findings.iter().find(|f| f.decided.is_some()).expect("made");
        assert!(made.applied && made.counts_at(Level::Certain));
        assert_eq!(made.reasons[0].what, "decided by d:2");
    }
}

#[test]
fn what_was_typed_stays_as_typed() {
    let first = places(STORY).remove(0);
    for with in ["\u{fb01}", "\u{fb01} \u{fb01}", "xx", "", "fi a \"b\"\n c\u{ad}d fi"] {
        let decision = Decision::Replace(Place { with: Some(with.to_owned()), ..first.clone() });
        let (once, _) = run(STORY, decided([decision.clone()]));
        assert!(once.contains(&format!("the of{with}ce keys")), "{with:?}: {once}");
        assert_eq!(run(&once, decided([decision])).0, once, "{with:?}");
        let alike = Decision::ReplaceAlike(Alike { with: Some(with.to_owned()), ..first.alike() });
        let (once, _) = run(STORY, decided([alike.clone()]));
        assert_eq!(once.matches(&format!("of{with}ce")).count(), 2, "{with:?}: {once}");
        assert_eq!(run(&once, decided([alike])).0, once, "{with:?}");
    }
}

#[test]
fn all_alike_are_decided_at_once_and_a_place_outweighs_them() {
    let both = places(STORY);
    let none = decided([Decision::RefuseAlike(both[0].alike())]);
    assert_eq!(run(STORY, none).1.decided.refused, 2);
    let one = decided([Decision::RefuseAlike(both[0].alike()), Decision::Accept(both[1].clone())]);
    let (text, outcome) = run(STORY, one);
    assert!(text.contains("of\u{fb01}ce keys") && text.contains("office lamps"), "{text}");
    assert_eq!(outcome.decided.used.len(), 2);
}

#[test]
fn what_was_refused_no_other_rule_makes() {
    let text = "She gave tbe basket to the old man, and the old man gave it back at once.\n";
    let [found] = &places(text)[..] else { panic!("one finding") };
    let other = |rule: &str| Place { rule: rule.to_owned(), ..found.clone() };
    assert_ne!(run(text, decided([])).0, text);
    for rule in [&*found.rule, "another-rule"] {
        assert_eq!(run(text, decided([Decision::Refuse(other(rule))])).0, text);
        assert_eq!(run(text, decided([Decision::RefuseAlike(other(rule).alike())])).0, text);
    }
}

#[test]
fn known_words_and_patterns_draw_no_findings() {
    let text = "The \u{fb01}rst of\u{fb01}ce stood by the \u{fb01}sh market in the old town.\n";
    let pattern = |p: &str| Decision::Right(Right { word: None, pattern: Some(p.to_owned()), reason: None });
    for (decision, expected) in [
        (right("\u{fb01}rst"), "The \u{fb01}rst office stood by the fish"),
        (right("of\u{fb01}ce stood"), "The first of\u{fb01}ce stood by the fish"),
        (right("ce"), "The first office stood by the fish"),
        (pattern(r"of\S+"), "The first of\u{fb01}ce stood by the fish"),
        (Decision::Never(Never { word: "Fish".to_owned(), reason: None }), "The first office stood by the \u{fb01}sh"),
    ] {
        let (after, outcome) = run(text, decided([decision.clone()]));
        assert!(after.starts_with(expected), "{decision:?}: {after}");
        assert_eq!(
            outcome.decided.kept == 1,
            !expected.ends_with("fish") || after.contains('\u{fb01}'),
            "{decision:?}"
        );
        assert_eq!(run(&after, decided([decision])).0, after);
    }
}

#[test]
fn bad_files_are_refused_with_their_line() {
    let head = header();
    let place = r#""rule":"r","before":"a","after":"b","context":["",""]"#;
    let cases: &[(String, &str)] = &[
        (String::new(), "d:1: a decisions file begins with"),
        ("{}\n".to_owned(), "d:1: a decisions file begins with"),
        ("\u{0}\u{1}".to_owned(), "d:1: a decisions file begins with"),
        (r#"{"type":"decisions","schema":2,"more":1}"#.to_owned(), "d:1: schema 2 is not supported"),
        (format!("{head}{{\"type\":\"accept\",{place}"), "d:2: the line is cut off; delete it"),
        (format!("{head}\n{{\"type\":\"accept\"\n"), "d:3: the line is not valid JSON"),
        (format!("{head}{{\"type\":\"agree\"}}\n"), "d:2: unknown variant `agree`"),
        (format!("{head}{{\"type\":\"accept\",{place},\"line\":3}}\n"), "d:2: unknown field `line`"),
        (format!("{head}{{\"type\":\"accept\",\"rule\":7}}\n"), "d:2: invalid type: integer `7`"),
        (format!("{head}{{\"type\":\"accept\",\"rule\":\"r\"}}\n"), "d:2: missing field `before`"),
        (format!("{head}{{\"type\":\"replace\",{place}}}\n"), "d:2: it lacks `with`"),
        (format!("{head}{{\"type\":\"accept\",{place},\"with\":\"c\"}}\n"), "d:2: only replace lines have `with`"),
        (format!("{head}{{\"type\":\"right\"}}\n"), "d:2: a right line needs either"),
        (format!("{head}{{\"type\":\"right\",\"pattern\":\"(\"}}\n"), "d:2: bad pattern: error: unclosed group"),
        (format!("{head}{{\"type\":\"right\",\"pattern\":\"a*\"}}\n"), "d:2: the pattern matches the empty string"),
        (
            format!("{head}{{\"type\":\"right\",\"pattern\":\"(a{{999}}){{999}}\"}}\n"),
            "d:2: bad pattern: it becomes too big",
        ),
        (format!("{head}{{\"type\":\"never\",\"word\":\"a b\"}}\n"), "d:2: \"a b\" is not a single word"),
        (
            format!("{head}{{\"type\":\"accept\",{place}}}\n\n{{\"type\":\"refuse\",{place}}}\n"),
            "d:4: it contradicts d:2; delete one of the two",
        ),
    ];
    for (file, expected) in cases {
        let why = Decisions::read("d", file.as_bytes()).err().map(|r| r.0).unwrap_or_default();
        assert!(why.starts_with(expected), "{file}\n{why}");
        assert!(!why.contains('\n'), "{why}");
    }
    assert!(Decisions::read("d", b"\xff\n").is_err());
    let twice = format!("{head}{{\"type\":\"accept\",{place}}}\n{{\"type\":\"accept\",{place}}}");
    let decisions = Decisions::read("d", twice.as_bytes()).expect("good");
    assert_eq!(decisions.entries()[1].same_as, Some(0));
}

#[test]
fn lines_come_back_as_they_went() {
    let place = Place { with: Some("x\u{202e}\n".to_owned()), path: Some("a/b".to_owned()), ..places(STORY).remove(0) };
    let decision = Decision::Replace(place);
    let line = decision.to_json();
    assert!(line.is_char_boundary(line.len()) && !line.contains('\u{202e}'));
    assert_eq!(serde_json::from_str::<Decision>(&line).expect("a decision"), decision);
}
