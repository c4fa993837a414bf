"""Texts: what comes back, and that its places are right."""

import dataclasses
import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

import descan

SCAN = "🦀 Naïve “Tbe tide” was out, and tbe boats lay on the mud.\r\nHer muﬂled cry."


def rebuilt(original, edits):
    """The original with these edits made, by their own places."""
    parts, done = [], 0
    for edit in edits:
        assert edit.start >= done, "edits overlap"
        parts += [original[done : edit.start], edit.after]
        done = edit.end
    return "".join([*parts, original[done:]])


def test_places_count_code_points():
    cleaned = descan.clean(SCAN)
    assert cleaned.text == SCAN.replace("Tbe", "The").replace("tbe", "the").replace("muﬂled", "muffled")
    assert len(cleaned.edits) == 3
    for edit in (*cleaned.edits, *cleaned.offers):
        assert SCAN[edit.start : edit.end] == edit.before
    assert cleaned.edits[0].start == SCAN.index("Tbe")


def test_edits_of_every_page_lead_to_its_cleaned_text(scans):
    assert len(scans) > 3
    for level in ("certain", "probable", "suspect"):
        for name, scan in scans.items():
            cleaned = descan.clean(scan, level)
            assert all(scan[edit.start : edit.end] == edit.before for edit in cleaned.edits), name
            assert rebuilt(scan, cleaned.edits) == cleaned.text, name


def test_offsets_lead_across_and_back(scans):
    for name, scan in scans.items():
        cleaned = descan.clean(scan)
        inside = {at for _, _, start, end in cleaned._places for at in range(start, end)}
        kept = 0
        for at, character in enumerate(cleaned.text):
            if at not in inside:
                original = cleaned.to_original(at)
                assert scan[original] == character, (name, at)
                assert cleaned.to_cleaned(original) == at, (name, at)
                kept += 1
        assert kept > len(scan) / 2
        assert cleaned.to_original(len(cleaned.text)) == len(scan)
        assert cleaned.to_cleaned(len(scan)) == len(cleaned.text)


def test_offsets_inside_a_repair_lead_to_its_start():
    cleaned = descan.clean("In the ofﬁce.")
    assert cleaned.text == "In the office."
    assert [cleaned.to_original(at) for at in range(8, 14)] == [8, 9, 9, 10, 11, 12]
    assert [cleaned.to_cleaned(at) for at in range(8, 13)] == [8, 9, 11, 12, 13]
    for wrong in (-1, len(cleaned.text) + 1):
        with pytest.raises(IndexError, match="no offset"):
            cleaned.to_original(wrong)
    with pytest.raises(IndexError):
        cleaned.to_cleaned(-1)


def test_levels_and_offers():
    text = "She muftled her face in the shawl, and al1 the boats lay on the mud."
    certain, suspect = descan.clean(text), descan.clean(text, "suspect")
    assert all(edit.level == "certain" for edit in certain.edits)
    assert len(certain.edits) + len(certain.offers) >= len(suspect.edits) > 0
    assert suspect.offers == ()
    with pytest.raises(ValueError, match='unknown level "sure"; use certain, probable or suspect'):
        descan.clean(text, "sure")


def test_no_text_makes_it_fail():
    for text in ("", "\0", "\ufeff", "\ud800", "tbe \udcff boats\udc80", "a" * 100_000, "\r\r\n\n", "\U0010ffff"):
        cleaned = descan.clean(text)
        assert isinstance(cleaned.text, str)
    assert descan.clean("Tbe boats \udcff lay, and tbe tide.").text == "The boats \udcff lay, and the tide."


def test_results_are_frozen_and_can_be_pickled():
    cleaned = descan.clean(SCAN)
    with pytest.raises(dataclasses.FrozenInstanceError):
        cleaned.text = ""
    with pytest.raises(dataclasses.FrozenInstanceError):
        cleaned.edits[0].start = 0
    assert pickle.loads(pickle.dumps(cleaned)) == cleaned
    assert hash(cleaned) == hash(descan.clean(SCAN))
    assert "_places" not in repr(cleaned)


def test_options_of_a_cleaner(tmp_path):
    assert descan.Cleaner(protect=["tbe"]).clean("Tbe tide, and tbe boats.").text == "The tide, and tbe boats."
    assert descan.Cleaner(ignore=["characters"]).clean("The ofﬁce.").edits == ()
    assert descan.Cleaner(select=["characters"]).clean("Tbe ofﬁce.").text == "Tbe office."
    assert descan.Cleaner(style=["straight"]).clean("“Go,” she said.").text == '"Go," she said.'
    lines = "The boats lay on the mud for\nmost of the day, and nobody came.\n"
    assert descan.Cleaner(unwrap=True).clean(lines).text == lines.replace("\n", " ", 1)
    assert max(map(len, descan.Cleaner(wrap=24).clean(lines).text.splitlines())) <= 24
    decisions = tmp_path / "descan.decisions.jsonl"
    decisions.write_text("not a decision\n")
    for options, told in [
        ({"select": ["nonesuch"]}, "nonesuch"),
        ({"style": ["round"]}, 'unknown style "round"; use curly'),
        ({"wrap": 3}, "20 to 1000"),
        ({"decisions": decisions}, "descan.decisions.jsonl:1"),
        ({"models": [decisions]}, "model"),
    ]:
        with pytest.raises(ValueError, match=told):
            descan.Cleaner(**options)
    with pytest.raises(TypeError, match="takes a list"):
        descan.Cleaner(ignore="letters")
    with pytest.raises(FileNotFoundError):
        descan.Cleaner(decisions=tmp_path / "none")


def test_a_cleaner_can_be_pickled_and_shared_among_threads(scans):
    cleaner = descan.Cleaner("probable", ignore=["lines"])
    expected = [cleaner.clean(scan) for scan in scans.values()]
    again = pickle.loads(pickle.dumps(cleaner))
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(again.clean, scans.values())) == expected
