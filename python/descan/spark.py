"""Cleaning in Spark: a table of documents, or a folder of files.

`clean` adds what descan makes of a column to a table. `python -m descan.spark INPUT OUTPUT`
is a whole job: it reads a folder or a Parquet table, and writes three tables. Both run on
any Spark that has `mapInArrow`; `descan` and `pyarrow` must be installed on its workers.

A row is one document, such as a book or an issue of a newspaper, and not a page: what descan
knows of a document it learns from the document. Join pages with a form feed first.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import TYPE_CHECKING

import pyarrow as pa

from descan._archive import learn as learn_documents
from descan._archive import merge
from descan._cleaner import Cleaner
from descan._result import Cleaned, Edit, Level

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

EDITS = pa.list_(
    pa.struct(
        [
            ("start", pa.int64()),
            ("end", pa.int64()),
            ("before", pa.string()),
            ("after", pa.string()),
            ("rule", pa.string()),
            ("level", pa.string()),
            ("confidence", pa.float64()),
            ("reasons", pa.list_(pa.string())),
            ("region", pa.string()),
        ]
    )
)
"""The Arrow type of a column of edits; the fields are those of `descan.Edit`."""

_EDITS_IN_SQL = (
    "array<struct<start: bigint, end: bigint, before: string, after: string, rule: string, "
    "level: string, confidence: double, reasons: array<string>, region: string>>"
)


def clean_batch(batch: pa.RecordBatch, cleaner: Cleaner, column: str = "text") -> pa.RecordBatch:
    """A batch of an Arrow table with three more columns: `cleaned`, `edits` and `offers`.

    A column of texts is cleaned as `Cleaner.clean` does, one of binary data as
    `Cleaner.clean_bytes` does. Where there is no text, the new columns have nothing either.
    """
    values = batch.column(column)
    is_binary = pa.types.is_binary(values.type) or pa.types.is_large_binary(values.type)
    cleaned: list[str | bytes | None] = []
    edits: list[list[dict[str, object]] | None] = []
    offers: list[list[dict[str, object]] | None] = []
    for value in values.to_pylist():
        if value is None:
            cleaned.append(None)
            edits.append(None)
            offers.append(None)
            continue
        result: Cleaned
        if is_binary:
            result = file = cleaner.clean_bytes(value)
            cleaned.append(file.data)
        else:
            result = cleaner.clean(value)
            cleaned.append(result.text)
        edits.append(_records(result.edits))
        offers.append(_records(result.offers))
    arrays = [
        *batch.columns,
        pa.array(cleaned, pa.binary() if is_binary else pa.string()),
        pa.array(edits, EDITS),
        pa.array(offers, EDITS),
    ]
    return pa.RecordBatch.from_arrays(arrays, [*batch.schema.names, "cleaned", "edits", "offers"])


def clean_batches(
    cleaner: Cleaner, column: str = "text"
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """The function for `mapInArrow` that does `clean_batch` to each batch."""

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield clean_batch(batch, cleaner, column)

    return work


def clean(frame: DataFrame, cleaner: Cleaner | None = None, column: str = "text") -> DataFrame:
    """The table with three more columns: `cleaned`, `edits` and `offers`.

    `column` has texts or binary data, one document a row.
    """
    from pyspark.sql.types import BinaryType, DataType, StringType, StructField, StructType

    kind = frame.schema[column].dataType
    new = BinaryType() if isinstance(kind, BinaryType) else StringType()
    edits = DataType.fromDDL(_EDITS_IN_SQL)
    fields = [StructField("cleaned", new), StructField("edits", edits), StructField("offers", edits)]
    schema = StructType([*frame.schema.fields, *fields])
    return frame.mapInArrow(clean_batches(cleaner or Cleaner(), column), schema)


def learn_batches(column: str = "text") -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """The function for `mapInArrow` that learns from the documents of a partition: one row with
    one column, `archive`, the statistics as `descan.learn` returns them. Where there is no
    document, nothing is learned."""

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        documents = (value for batch in batches for value in batch.column(column).to_pylist() if value is not None)
        yield pa.RecordBatch.from_arrays([pa.array([learn_documents(documents)], pa.binary())], ["archive"])

    return work


def learn(frame: DataFrame, column: str = "text") -> bytes:
    """The statistics of the archive that the table has, as `descan.learn` returns them: each
    partition is learned by itself, and the sums are added up, in whatever order they come.

    `column` has texts or binary data, one document a row, as the engine left them.
    """
    parts = frame.select(column).mapInArrow(learn_batches(column), "archive binary").collect()
    return merge(bytes(part.archive) for part in parts)


def run(
    spark: SparkSession,
    source: str,
    output: str,
    *,
    level: Level = "certain",
    parquet: bool = False,
    name: str = "path",
    column: str = "text",
) -> None:
    """Cleans the files of a folder, or the documents of a Parquet table, and writes three tables.

    `documents` has the cleaned content of each, `edits` one row for each repair that was made
    or suggested, and `ledger` one row for each document: the SHA-256 and the length of both
    contents in bytes, and how many repairs were made and suggested. `name` and `column` say in
    which columns of a table the documents' names and texts are.
    """
    from pyspark.sql import functions as f

    if parquet:
        frame = spark.read.parquet(source).select(f.col(name).alias("path"), f.col(column).alias("content"))
    else:
        files = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(source)
        # An engine may split a file between two of its tasks, and then gives it twice (Sail 0.7 does).
        frame = files.select("path", "content").dropDuplicates(["path"])
    cleaned = clean(frame, Cleaner(level), "content")
    # Nothing is cleaned twice: the other tables are made of what was written.
    whole = f"{output}/documents"
    cleaned.write.parquet(whole)
    documents = spark.read.parquet(whole)
    rows = []
    for column_of_edits, applied in (("edits", True), ("offers", False)):
        exploded = documents.select("path", f.explode(column_of_edits).alias("edit"))
        rows.append(exploded.select("path", f.lit(applied).alias("applied"), "edit.*"))
    rows[0].unionByName(rows[1]).write.parquet(f"{output}/edits")
    documents.mapInArrow(_ledger, _LEDGER_IN_SQL).write.parquet(f"{output}/ledger")


_LEDGER_IN_SQL = (
    "path string, sha256_before string, sha256_after string, bytes_before bigint, bytes_after bigint, "
    "applied bigint, offered bigint"
)


def _ledger(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        rows = []
        for row in batch.select(["path", "content", "cleaned", "edits", "offers"]).to_pylist():
            if row["content"] is None:
                continue
            before, after = (_bytes(row[column]) for column in ("content", "cleaned"))
            rows.append(
                {
                    "path": row["path"],
                    "sha256_before": sha256(before).hexdigest(),
                    "sha256_after": sha256(after).hexdigest(),
                    "bytes_before": len(before),
                    "bytes_after": len(after),
                    "applied": len(row["edits"]),
                    "offered": len(row["offers"]),
                }
            )
        names = [field.split(" ")[0] for field in _LEDGER_IN_SQL.split(", ")]
        types = [pa.string()] * 3 + [pa.int64()] * 4
        yield pa.RecordBatch.from_pylist(rows, pa.schema(list(zip(names, types))))


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _records(edits: tuple[Edit, ...]) -> list[dict[str, object]]:
    return [
        {
            "start": edit.start,
            "end": edit.end,
            "before": edit.before,
            "after": edit.after,
            "rule": edit.rule,
            "level": edit.level,
            "confidence": edit.confidence,
            "reasons": [str(reason) for reason in edit.reasons],
            "region": edit.region,
        }
        for edit in edits
    ]


def main() -> None:
    """The job, with the arguments of this process."""
    parser = argparse.ArgumentParser(prog="python -m descan.spark", description=run.__doc__)
    parser.add_argument("source", metavar="INPUT", help="a folder of text files, or a Parquet table with --parquet")
    parser.add_argument("output", metavar="OUTPUT", help="a folder for the tables; none of them may be there yet")
    parser.add_argument("--level", default="certain", choices=["certain", "probable", "suspect"])
    parser.add_argument("--parquet", action="store_true", help="INPUT is a Parquet table")
    parser.add_argument("--name", default="path", metavar="COLUMN", help="the documents' names [default: path]")
    parser.add_argument("--column", default="text", metavar="COLUMN", help="the documents' texts [default: text]")
    options = parser.parse_args()

    from pyspark.sql import SparkSession

    run(SparkSession.builder.getOrCreate(), **vars(options))


if __name__ == "__main__":
    main()
