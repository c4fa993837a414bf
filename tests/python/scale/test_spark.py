"""Spark gives what the command line gives, byte for byte."""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")
DOCUMENTS = 2000


@pytest.fixture(scope="module")
def archive(tmp_path_factory, scans):
    """A folder of documents, each different, and what the command line makes of it."""
    folder, cleaned = tmp_path_factory.mktemp("archive"), tmp_path_factory.mktemp("cleaned")
    pages = list(scans.values())
    for number in range(DOCUMENTS):
        document = folder / f"{number % 7}" / f"{number}.txt"
        document.parent.mkdir(exist_ok=True)
        page = pages[number % len(pages)]
        document.write_bytes(
            f"Tbe paper of day {number}.\n\n{page[:600]}".encode("utf-16" if number % 50 == 0 else "utf-8")
        )
    program = Path(sys.executable).with_name("descan")
    subprocess.run([program, "clean", "--quiet", "--out-dir", cleaned, folder], check=True)
    return folder, cleaned


def test_a_folder_is_cleaned_as_by_the_command_line(spark, archive, tmp_path):
    import descan.spark

    folder, cleaned = archive
    descan.spark.run(spark, str(folder), str(tmp_path / "out"))
    documents = spark.read.parquet(str(tmp_path / "out" / "documents")).select("path", "cleaned").collect()
    assert len(documents) == DOCUMENTS
    for row in documents:
        # Spark writes `file:/tmp/…`, Sail `tmp/…`.
        relative = Path("/" + row.path.removeprefix("file:").lstrip("/")).relative_to(folder)
        assert bytes(row.cleaned) == (cleaned / relative).read_bytes(), relative

    edits = spark.read.parquet(str(tmp_path / "out" / "edits")).collect()
    ledger = spark.read.parquet(str(tmp_path / "out" / "ledger")).collect()
    assert len(ledger) == DOCUMENTS
    assert sum(row.applied for row in ledger) == sum(edit.applied for edit in edits) >= DOCUMENTS
    assert sum(row.offered for row in ledger) == sum(not edit.applied for edit in edits) > 0
    one = next(row for row in ledger if row.path.endswith("/3.txt"))
    before, after = (folder / "3" / "3.txt").read_bytes(), (cleaned / "3" / "3.txt").read_bytes()
    assert (one.sha256_before, one.bytes_before) == (sha256(before).hexdigest(), len(before))
    assert (one.sha256_after, one.bytes_after) == (sha256(after).hexdigest(), len(after))


def test_a_table_keeps_its_columns(spark):
    import descan.spark

    rows = [(1, "Tbe boats."), (2, None), (3, "")]
    frame = spark.createDataFrame(rows, "id int, body string")
    cleaner = descan.Cleaner(protect=["boats"])
    found = {row.id: row for row in descan.spark.clean(frame, cleaner, "body").collect()}
    assert (found[1].body, found[1].cleaned) == rows[0][1:] + ("The boats.",)
    assert (found[1].edits[0].start, found[1].edits[0].after, found[1].edits[0].level) == (0, "The", "certain")
    assert (found[2].cleaned, found[2].edits, found[3].cleaned, found[3].edits) == (None, None, "", [])


def test_a_parquet_table_is_cleaned(spark, tmp_path):
    import descan.spark

    frame = spark.createDataFrame([("a", "Tbe boats.")], "book string, body string")
    frame.write.parquet(str(tmp_path / "books"))
    options = {"parquet": True, "name": "book", "column": "body"}
    descan.spark.run(spark, str(tmp_path / "books"), str(tmp_path / "out"), **options)
    (row,) = spark.read.parquet(str(tmp_path / "out" / "documents")).collect()
    assert (row.path, row.content, row.cleaned) == ("a", "Tbe boats.", "The boats.")


def test_an_archive_is_learned_by_a_reduce(spark, scans):
    import descan.spark

    rows = [(number, text) for number, text in enumerate([*scans.values(), None])]
    frame = spark.createDataFrame(rows, "id int, body string")
    for parts in (1, 3):
        archive = descan.spark.learn(frame.repartition(parts), "body")
        assert archive == descan.learn(scans.values())
    cleaner = descan.Cleaner(archive=archive)
    for row in descan.spark.clean(frame, cleaner, "body").collect():
        assert row.body is None or row.cleaned == cleaner.clean(row.body).text
