"""The recipes of docs/scale.md do what the library does."""

import re
from pathlib import Path

import pytest

import descan

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")
PAGE = Path(__file__).parents[3] / "docs" / "scale.md"


def recipe(heading):
    section = PAGE.read_text("utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.search("```python\n(.*?)```", section, re.DOTALL)[1]


def run(heading, **names):
    exec(compile(recipe(heading), f"{PAGE}: {heading}", "exec"), {"__name__": "__recipe__", **names})


@pytest.fixture
def books(tmp_path, monkeypatch, scans):
    monkeypatch.chdir(tmp_path)
    texts = [scan for scan in scans.values() if "\r" not in scan]
    names = [f"book {number}" for number in range(len(texts))]
    pq.write_table(pa.table({"book": names, "text": texts}), "books.parquet")
    return dict(zip(names, texts))


def check(books, level="certain", column="cleaned"):
    # What an engine gives is a file or a folder of files.
    rows = pq.read_table("cleaned.parquet").to_pylist()
    assert len(rows) == len(books) > 5
    for row in rows:
        name = row.get("book") or row["id"]
        assert row[column] == descan.clean(books[name], level).text, name


def test_spark_joins_pages(spark, books):
    rows = []
    for book, text in books.items():
        parts = re.split(r"(?<=\n)\n", text)
        rows += [{"book": book, "page": number, "text": part} for number, part in enumerate(parts)]
    pq.write_table(pa.Table.from_pylist(rows[::-1]), "pages.parquet")
    code = recipe("Spark").replace('"pages.parquet"', repr(str(Path("pages.parquet").resolve())))
    code = code.replace('"cleaned.parquet"', repr(str(Path("cleaned.parquet").resolve())))
    exec(code, {"spark": spark})
    joined = {book: "\f".join(re.split(r"(?<=\n)\n", text)) for book, text in books.items()}
    check(joined, "probable")


def test_ray(books):
    ray = pytest.importorskip("ray")
    pytest.importorskip("ray.data")
    ray.init(num_cpus=1, include_dashboard=False, log_to_driver=False)
    try:
        run("Ray Data")
    finally:
        ray.shutdown()
    check(books)


def test_dask(books):
    pytest.importorskip("dask.dataframe")
    run("Dask")
    check(books)


def test_datatrove(books):
    pytest.importorskip("datatrove")
    run("datatrove")
    check(books, column="text")
