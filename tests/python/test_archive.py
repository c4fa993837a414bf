"""Archives: what is learned from their documents does not depend on how they come."""

import itertools
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import descan

DOCUMENTS = [
    "Tbe tide was out, and tbe boats lay on tbe mud.",
    "They carne to Penrodden, and tbe rnill stood still.",
    "",
    "Nothing was broken here; Penrodden slept.",
]


def test_statistics_do_not_depend_on_order_or_parts(scans):
    documents = [*DOCUMENTS, *scans.values()]
    whole = descan.learn(documents)
    assert whole == descan.learn(reversed(documents)) == descan.merge([whole])
    assert whole.startswith(b"descan archive statistics 1\n") and f"documents\t{len(documents)}\n".encode() in whole
    parts = [descan.learn(documents[:2]), descan.learn(documents[2:3]), descan.learn(documents[3:])]
    for order in itertools.permutations(parts):
        assert descan.merge(order) == whole
    assert descan.merge([parts[0], descan.merge(parts[1:])]) == whole
    assert descan.merge([whole, descan.learn([])]) == whole


def test_files_are_learned_in_their_encodings():
    text = "Café “Tbe Anchor”, and tbe boats.\n"
    assert descan.learn([text.encode("cp1252")]) == descan.learn([text]) == descan.learn([text.encode("utf-16")])
    assert descan.learn(["tbe \udcff"]) == descan.learn(["tbe \ufffd"])
    with pytest.raises(ValueError, match=r"documents\[1\] is an image"):
        descan.learn([text, b"\x89PNG\r\n\x1a\n" + bytes(range(200))])


def test_what_is_learned_is_what_the_command_line_writes(tmp_path):
    for number, document in enumerate(DOCUMENTS):
        (tmp_path / f"{number}.txt").write_text(document, encoding="utf-8")
    out = tmp_path / "archive.stats"
    subprocess.run([sys.executable, "-m", "descan", "learn", tmp_path, "-o", out], check=True, capture_output=True)
    assert out.read_bytes() == descan.learn(DOCUMENTS)


def test_a_cleaner_goes_by_the_archive(tmp_path):
    bad = "He carne frorn tbe rnill, and sbe saw hirn on tbe rnoor witb tbe otber rnen. " * 8
    archive = descan.learn([bad] * 20)
    page = "The bome of the widow was searched, and nothing was left."
    alone, among = descan.Cleaner().clean(page), descan.Cleaner(archive=archive).clean(page)
    assert len(among.edits) > len(alone.edits), (alone, among)
    file = tmp_path / "archive.stats"
    file.write_bytes(archive)
    for cleaner in (descan.Cleaner(archive=file), pickle.loads(pickle.dumps(descan.Cleaner(archive=str(file))))):
        assert cleaner.clean(page) == among


def test_what_has_no_statistics_is_refused(tmp_path):
    archive = descan.learn(DOCUMENTS)
    for broken in (b"", b"tbe tide", archive[:-1], archive + b"x\t1\t1\n"):
        with pytest.raises(ValueError, match="descan learn"):
            descan.merge([archive, broken])
        with pytest.raises(ValueError, match="descan learn"):
            descan.Cleaner(archive=broken)
    with pytest.raises(OSError):
        descan.Cleaner(archive=Path(tmp_path / "missing.stats"))


def test_partitions_are_learned_as_in_spark():
    pa = pytest.importorskip("pyarrow")
    import descan.spark

    work = descan.spark.learn_batches("body")
    batch = lambda values: pa.RecordBatch.from_arrays([pa.array(values, pa.string())], ["body"])  # noqa: E731
    partitions = [[batch(DOCUMENTS[:1]), batch([None, *DOCUMENTS[1:2]])], [], [batch(DOCUMENTS[2:])]]
    parts = [row["archive"] for partition in partitions for out in work(partition) for row in out.to_pylist()]
    assert len(parts) == 3
    for order in itertools.permutations(parts):
        assert descan.merge(order) == descan.learn(DOCUMENTS)
