"""What the tests share."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def scans() -> dict[str, str]:
    """The project's own pages as scanned, by name, with the line ends they have."""
    pages = {}
    for path in sorted((ROOT / "fixtures").glob("*.scan.txt")):
        encoding = "latin-1" if "latin1" in path.name else "utf-8"
        pages[path.name] = path.read_bytes().decode(encoding)
    return pages
