//! Cases that once went wrong or must never go wrong, each by its name.

use std::fs;
use std::path::Path;

use descan_core::pass::Options;
use descan_core::pipeline::{Outcome, clean};
use descan_rules::RuleSet;
use descan_source::Document;
use descan_text::level::Level;

/// A page of right prose with curly quotes, so that a case stands in a document.
const PAGE: &str = "\
I don’t know when the lamp was first lit. Nobody in the village does;
it’s older than the church, and the church is older than the road. My
father’s people kept it, and his father’s before them, and I’ve kept it
since the winter of the long frost. It isn’t hard work. You climb the
stair, you fill the well, you trim the wick, and you don’t look down.

“You’ll never leave it,” my sister said to me once. “You’re too fond of
being where nobody can find you.”

“I’ll leave it when it’s out,” I said.

She laughed at that, and went down to see to the supper. I stayed where
I was. From the gallery you can count the whole fleet when it’s home,
forty sail and the pilot’s cutter, and that evening I counted them over
and over, because there were only thirty-nine. The wind had gone into
the north. Below me the women were standing about on the quay in twos
and threes, with their shawls held tight, and not one of them looked up
at the lamp, or at me. They didn’t need to. They knew that I could see
what they could not, and they were waiting for me to come down and say
so. I trimmed the wick. I filled the well. I did everything that there
was to do, and then I did it again, and still I couldn’t bring myself
to go down the stair and tell them what I had seen.

";

fn run(text: &str) -> (String, Outcome) {
    let document = Document::decode(text.as_bytes());
    let outcome = clean(&document, &RuleSet::built_in(), &Options::default());
    (outcome.edits.apply(document.text()), outcome)
}

/// `from` becomes `to` in a document that starts with [`PAGE`], and stays so.
#[track_caller]
fn becomes(from: &str, to: &str) {
    let (after, outcome) = run(&format!("{PAGE}{from}\n"));
    let told: Vec<_> = outcome.findings.iter().map(|f| (f.level, &f.before, &f.after)).collect();
    assert_eq!(after.strip_prefix(PAGE), Some(&*format!("{to}\n")), "{told:?}");
    assert_eq!(run(&after).0, after);
}

/// `text` stays in such a document and draws no finding that a reader must
/// look at: nothing above `suspect`.
#[track_caller]
fn stays(text: &str) {
    let (after, outcome) = run(&format!("{PAGE}{text}\n"));
    assert_eq!(after.strip_prefix(PAGE), Some(&*format!("{text}\n")));
    assert!(outcome.findings.iter().all(|f| f.level == Level::Suspect), "{:?}", outcome.findings);
}

#[test]
fn a_curly_and_a_straight_apostrophe_are_one() {
    becomes("I’'m told that the oil is dear this year.", "I’m told that the oil is dear this year.");
}

#[test]
fn a_straight_apostrophe_follows_the_house_style() {
    becomes("The well is full and I'm going down.", "The well is full and I’m going down.");
}

#[test]
fn a_double_quote_in_a_contraction_is_an_apostrophe() {
    becomes("“If I\"d known, I would have come,” she said.", "“If I’d known, I would have come,” she said.");
}

#[test]
fn a_bracket_before_a_verb_is_the_pronoun() {
    becomes("It burned all night. [ haven’t slept since.", "It burned all night. I haven’t slept since.");
}

#[test]
fn a_one_behind_a_contraction_is_the_pronoun() {
    becomes("“But I’ve kept it well, haven’t 1?” he said.", "“But I’ve kept it well, haven’t I?” he said.");
}

#[test]
fn a_t_for_an_f_in_a_word_that_is_none() {
    becomes(
        "My cry was muftled by tbe wind, and tbey wbo heard it.",
        "My cry was muffled by the wind, and they who heard it.",
    );
}

#[test]
fn a_digit_in_a_word_beside_a_name() {
    becomes("“Then you’ll be leaving us,” sa1d Renée.", "“Then you’ll be leaving us,” said Renée.");
}

#[test]
fn two_words_run_together() {
    becomes("“Letme go up with you,” she said.", "“Let me go up with you,” she said.");
}

#[test]
fn a_name_keeps_its_hyphen_where_the_document_has_it() {
    becomes(
        "The oil came from Tor-Vall, and so did the glass. It was in Tor-\nVall’s best years, when there was money.",
        "The oil came from Tor-Vall, and so did the glass. It was in Tor-Vall’s\nbest years, when there was money.",
    );
}

#[test]
fn a_word_broken_at_a_line_end_loses_its_hyphen() {
    becomes(
        "The lamp burned on through the night, and the ships fol-\nlowed it home, one by one.",
        "The lamp burned on through the night, and the ships followed\nit home, one by one.",
    );
}

#[test]
fn a_sentence_broken_by_a_page_is_one_paragraph() {
    becomes(
        "They did what they thought they had to do, although it bought them a\n\nfew days at the most, and hungry ones.",
        "They did what they thought they had to do, although it bought them a\nfew days at the most, and hungry ones.",
    );
}

#[test]
fn a_paragraph_that_ends_is_not_joined_to_the_next() {
    stays("They did what they thought they had to do.\n\nA few days passed, and hungry ones.");
}

#[test]
fn a_stray_blank_before_a_line_goes() {
    becomes(
        "In the end I went down to the quay without a word for anybody, and in\n the end I lay down and fell asleep among the nets.",
        "In the end I went down to the quay without a word for anybody, and in\nthe end I lay down and fell asleep among the nets.",
    );
}

#[test]
fn a_stray_blank_before_the_first_line_goes() {
    let (after, _) = run(&format!(" {PAGE}The end."));
    assert_eq!(after, format!("{PAGE}The end."));
}

#[test]
fn blank_lines_at_the_end_go() {
    let (after, _) = run(&format!("{PAGE}Thanks to all who read this.\n\n\n\n"));
    assert_eq!(after, format!("{PAGE}Thanks to all who read this.\n"));
}

#[test]
fn a_missing_final_newline_stays_missing() {
    let text = format!("{PAGE}Thanks to all who read this.");
    assert_eq!(run(&text).0, text);
}

#[test]
fn al_program_is_offered_and_not_applied() {
    let text = format!("{PAGE}The glass holds the Al program that the builders left behind.\n");
    let (after, outcome) = run(&text);
    assert_eq!(after, text);
    let [offered] = &outcome.findings[..] else { panic!("{:?}", outcome.findings) };
    assert_eq!((offered.before.as_str(), offered.after.as_str()), ("Al", "AI"));
    assert_eq!((offered.level, offered.applied), (Level::Probable, false));
    assert_eq!(offered.reasons.len(), 1, "{:?}", offered.reasons);
}

#[test]
fn a_man_called_al_is_left_alone() {
    stays("“Al kept the light before me,” I said, “and Al never fell.”");
}

#[test]
fn a_muffled_cry_is_left_alone() {
    stays("“Please, Hmmphl...” she began, but his hand was over her mouth.");
}

#[test]
fn the_slip_of_an_author_is_left_alone() {
    stays("“You have got to let my go,” he said. “You promised.”");
}

#[test]
fn the_spacing_of_an_author_is_left_alone() {
    stays("It was then that it became (sigh ... groan ... ) the New Lamp.");
    stays("“If only that fool hadn’t come ... ”");
}

#[test]
fn a_smiley_is_left_alone() {
    stays("You know the one, the green one ;-). There is a picture of it.");
}

#[test]
fn names_of_two_parts_and_with_capitals_inside_are_left_alone() {
    stays("Tor-Vall was a friend of DeckHand, and both had a back-story.");
}

#[test]
fn a_comma_apart_at_a_line_end_is_not_taken_out() {
    stays("He stood there for a while turning his cap in his hands,\nwaiting for her to be angry.");
    let text =
        format!("{PAGE}He stood there for a while turning his cap in his hands ,\nwaiting for her to be angry.\n");
    assert_eq!(run(&text).0, text);
}

#[test]
fn code_between_back_ticks_stays() {
    stays("The field `ofthe` holds `tbe` name, and (`wlio`) is the key.");
}

#[test]
fn what_looks_like_damage_in_a_typed_text_is_its_writers() {
    let text = "\
Usage
-----

Put the settings into `~/.kilnrc` or give them with ``kiln --file=oven.toml``.

.. note::

   The ``--dry`` option reads \"heat.max\" and the .kiln directory, and then
   calls `heat()` once.

- Add `--quiet`
- Use ! to stop a run;  see `kiln::stop()` and https://kiln.example/stop

Contents of ``oven.toml``::

    \"glaze\" : \"none\",
    \"cones\" : [4, 6]
";
    let (after, outcome) = run(text);
    assert_eq!(after, text);
    assert!(outcome.findings.iter().all(|f| f.level == Level::Suspect), "{:?}", outcome.findings);
}

#[test]
fn a_word_beside_a_control_character_is_not_read() {
    let text = format!("{PAGE}She wa\u{0}ited, and went to th\u{202c} stair.\n");
    let (_, outcome) = run(&text);
    assert!(outcome.findings.iter().all(|f| !matches!(f.before.as_str(), "wa" | "th")), "{:?}", outcome.findings);
}

/// What the scanned story that this project began with must become: every
/// finding in order, with the words around the edit that tell where it is.
const STORY: [(Level, &str, &str); 15] = [
    (Level::Certain, "~ Summary:", "~Summary:"),
    (Level::Certain, "~ It’s cold.", "~It’s cold."),
    (Level::Certain, "I’'m", "I’m"),
    (Level::Certain, "[ haven’t", "I haven’t"),
    (Level::Certain, "only bought a small~~", "only bought a small~"),
    (Level::Certain, "I\"d", "I’d"),
    (Level::Certain, "muftled", "muffled"),
    (Level::Certain, "Letme", "Let me"),
    (Level::Certain, "haven’t 1?", "haven’t I?"),
    (Level::Certain, "~ I whisper", "~I whisper"),
    (Level::Certain, "I’'m", "I’m"),
    (Level::Probable, "Al program", "AI program"),
    (Level::Certain, "Jor-~El’s ", "Jor-El’s~"),
    (Level::Certain, "I'm", "I’m"),
    (Level::Certain, "~~~~", "~"),
];

/// The story is not part of this repository; where it is not found beside it,
/// nothing is tested. In [`STORY`] `~` is a line break.
#[test]
fn the_story_has_exactly_its_repairs() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/stories/000_09d964f6fdaa339e.txt");
    let Ok(bytes) = fs::read(&path) else {
        println!("skipped: there is no {}", path.display());
        return;
    };
    let document = Document::decode(&bytes[..]);
    let outcome = clean(&document, &RuleSet::built_in(), &Options::default());
    let text = format!("\n{}", document.text());
    let found: Vec<_> = outcome.findings.iter().map(|f| (f.level, &f.before, &f.after)).collect();
    assert_eq!(outcome.findings.len(), STORY.len(), "{found:?}");
    let mut done = 0;
    for (finding, (level, before, after)) in outcome.findings.iter().zip(STORY) {
        let [before, after] = [before, after].map(|s| s.replace('~', "\n"));
        // The finding, with as much around it as the expected words have.
        let places = text.match_indices(&before).map(|(at, _)| at);
        let place = places.into_iter().find(|&at| {
            let (from, to) = (finding.span.start + 1, finding.span.end + 1);
            let end = at + before.len();
            at >= done && at <= from && to <= end && {
                let whole = [&text[at..from], &finding.after, &text[to..end]].concat();
                whole == after
            }
        });
        assert!(place.is_some(), "{before:?} does not become {after:?} by {:?}", (&finding.before, &finding.after));
        done = finding.span.end + 1;
        assert_eq!((finding.level, finding.applied), (level, level == Level::Certain), "{before:?}");
    }
    let once = document.write(&outcome.edits).bytes;
    let again = Document::decode(&once[..]);
    let outcome = clean(&again, &RuleSet::built_in(), &Options::default());
    assert!(outcome.edits.iter().next().is_none(), "cleaned again, it changes again");
}

/// A rule of one's own is shown a long line in windows, and finds all that it
/// would find in short ones.
#[test]
fn a_pattern_finds_every_place_of_a_very_long_line() {
    let rule = "name = \"blot\"\nsummary = \"a blot\"\nlevel = \"certain\"\nwhy = \"Blots are read as hash marks.\"\n\
                pattern = '(?P<bad>#)[a-zé]+(?: |$)'\nwith = \"\"\ntriggers = [\"#\"]\n\
                [[change]]\nfrom = \"the gar#den\"\nto = \"the garden\"\n[[keep]]\ntext = \"the garden\"\n";
    let mut rules = RuleSet::built_in();
    let pass = descan_rules::PassName::parse("letters").expect("a pass");
    rules.add(pass, "blot.toml", rule).expect("a rule");
    let select = descan_core::pass::Selection::new(&["blot".to_owned()], &[], &rules).expect("its name");
    let line = "the gar#dén was #green ".repeat(5_000) + "to the e#nd";
    let document = Document::decode(line.as_bytes());
    let outcome = clean(&document, &rules, &Options { selection: select, ..Options::default() });
    assert_eq!(outcome.edits.apply(document.text()), line.replace('#', ""));
}

/// Curly quotes or ligatures are all that tells UTF-8 here: made straight or
/// apart, they leave stray bytes to be read as Windows-1252 the next time.
#[test]
fn a_file_whose_encoding_hangs_on_what_is_repaired_is_cleaned_once_or_stays() {
    let cleaned = |bytes: &[u8], level| {
        let document = Document::decode(bytes);
        document.write(&clean(&document, &RuleSet::built_in(), &Options { level, ..Options::default() }).edits).bytes
    };
    for bytes in [&b"\x80\xe2\x80\x9d\xe2\x80\x8b\n\x9d"[..], b"\xado\xef\xbb\xbf", b"\xc2\xa0a\n\x81\x80\xe2"] {
        for level in Level::ALL {
            let once = cleaned(bytes, level);
            assert_eq!(cleaned(&once, level), once, "{bytes:?}");
        }
    }
    // What else the stray byte may be, it is no damage.
    assert_eq!(cleaned(b"The of\xef\xac\x81ce was shut.\xff", Level::Certain), b"The office was shut.\xff");
}

/// A line feed behind a lone carriage return is one line end with it.
#[test]
fn no_line_break_is_lost_in_a_carriage_return_before_it() {
    let bytes = b"ld, wou\tl left. n[ow.\r.\n\ne";
    let options = Options { reflow: descan_core::pass::Reflow::Unwrapped, ..Options::default() };
    let cleaned = |bytes: &[u8]| {
        let document = Document::decode(bytes);
        document.write(&clean(&document, &RuleSet::built_in(), &options).edits).bytes
    };
    let once = cleaned(bytes);
    assert_eq!(cleaned(&once), once);
}

#[test]
fn a_join_keeps_the_margin() {
    let page: String =
        PAGE.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") }).collect();
    let from = "  She had been quite for-\n  lorn until the lan-\n  tern was lit and set on the stair.\n";
    let to = "  She had been quite forlorn\n  until the lantern\n  was lit and set on the stair.\n";
    let (after, _) = run(&format!("{page}{from}"));
    assert_eq!(after.strip_prefix(&page), Some(to));
    assert_eq!(run(&after).0, after);
}

/// What a text shows as a word, a letter or a mark is no damage.
#[test]
fn what_a_text_speaks_of_stays() {
    stays("The lists have burnt, bumt; liver, hver; animal, anirnal; modern, modem; both, hoth; and so on.");
    stays("In the book of errata stands, for “the modern barn,” “tlie modem barn,” and nobody had seen it.");
    stays("The porter, Dr. Tbe, came late, and his bag was lost.");
    stays("Of the set, i., ii., and iii. are bound in calf; iv. is in boards.");
}

/// `text` stays by itself too, where little speaks of its writer.
#[track_caller]
fn stays_alone(text: &str) {
    let (after, outcome) = run(text);
    assert_eq!(after, text);
    assert!(outcome.findings.iter().all(|f| f.level > Level::Certain), "{:?}", outcome.findings);
}

#[test]
fn a_name_among_names_of_programs_is_one() {
    stays_alone("GitHub, YouTube and LaTeX are spelled with care here; tHe Barn and hOuse of Oil are two shops.\n");
}

#[test]
fn brackets_may_say_what_a_word_is() {
    stays_alone("We went to hear tbe (the band) on Friday, and they played until the lamps went out.\n");
}

#[test]
fn a_full_stop_among_short_forms_is_that_of_one() {
    stays_alone("On the plans the. is the. theatre; riv. river; in. inn; of. office; all are to be read so.\n");
}

#[test]
fn letters_behind_verses_name_their_rhymes() {
    stays_alone(
        "The boat went out at break of day, a\nThe pilot was too old and lame; b\nHe took no money on the way, a\nBut every man gave him his name. b\n",
    );
}

#[test]
fn a_mark_in_each_line_is_the_singers() {
    stays_alone(
        "My soul is weary * of the long road:\nand who will lift it * when the rain is come?\nO wash me * with the snow:\nand I shall be * as the slates after hail.\n",
    );
}

#[test]
fn repeated_words_with_commas_are_a_stammer() {
    stays_alone("“So the, the, the boat was, was, was gone. The The, I said, they were called.”\n");
}
