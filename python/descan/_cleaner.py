"""Cleaning texts and files."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from descan import _native
from descan._result import Cleaned, CleanedFile, Edit, Level, Reason

# Halves of surrogate pairs, as `errors="surrogateescape"` makes them: they are no text.
SURROGATES = re.compile("[\ud800-\udfff]")


class Cleaner:
    """Cleans texts with the same options. Any number of threads may share it, and it
    can be pickled; it holds what its files said when it was made.

    level
        Repairs of this level and surer ones are made: `certain`, `probable` or `suspect`.
    select, ignore
        Names of rules or of passes: run only those, or leave those out.
    protect
        Words that no repair touches.
    style
        Marks to use, whatever the text uses: `curly` or `straight` quotes, `ellipsis`
        or `dots`, `em-dash` or `double-hyphen`.
    unwrap
        Put each paragraph on one line.
    wrap
        Fill the lines of each paragraph up to this many columns.
    decisions
        A file of decisions that people made, as `descan review` writes it.
    models
        Models of your own texts, as `descan model build` writes them.
    archive
        The statistics of the archive that the texts are from: a file that `descan learn`
        wrote, or the bytes that `descan.learn` returned.

    Raises ValueError if an option has no such value, and OSError if a file cannot be
    read.
    """

    def __init__(
        self,
        level: Level = "certain",
        *,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        protect: Iterable[str] = (),
        style: Iterable[str] = (),
        unwrap: bool = False,
        wrap: int | None = None,
        decisions: str | os.PathLike[str] | None = None,
        models: Iterable[str | os.PathLike[str]] = (),
        archive: bytes | str | os.PathLike[str] | None = None,
    ) -> None:
        if wrap is not None and not 20 <= wrap <= 1000:
            raise ValueError(f"wrap is {wrap}; use 20 to 1000 columns")
        self._set(
            {
                "level": level,
                "select": _names("select", select),
                "ignore": _names("ignore", ignore),
                "protect": _names("protect", protect),
                "style": _names("style", style),
                "unwrap": unwrap,
                "wrap": wrap,
                "decisions": decisions and (os.fspath(decisions), Path(decisions).read_bytes()),
                "models": [Path(model).read_bytes() for model in models],
                "archive": archive if archive is None or isinstance(archive, bytes) else Path(archive).read_bytes(),
            }
        )

    def _set(self, options: dict[str, Any]) -> None:
        self._options = options
        self._native = _native.Native(**options)

    def __getstate__(self) -> dict[str, Any]:
        return self._options

    def __setstate__(self, options: dict[str, Any]) -> None:
        self._set(options)

    def __repr__(self) -> str:
        return f"Cleaner(level={self._options['level']!r})"

    def clean(self, text: str) -> Cleaned:
        """Cleans a text. No text makes it fail; its line ends stay as they are."""
        try:
            cleaned, found, places = self._native.clean(text)
        except UnicodeEncodeError:
            cleaned, found, places = self._native.clean(SURROGATES.sub("\ufffd", text))
            cleaned = _put_back(text, cleaned, places)
        edits, offers = _edits(found)
        return Cleaned(cleaned, edits, offers, tuple(places))

    def clean_bytes(self, data: bytes) -> CleanedFile:
        """Cleans the content of a file, in whatever encoding and with whatever line ends.

        Of ALTO, hOCR, PAGE, TEI, HTML, EPUB and DOCX only the letters change, and `text` is
        the running text. What is not text comes back as it is.
        """
        return self._clean_bytes(data, None)

    def _clean_bytes(self, data: bytes, name: str | None) -> CleanedFile:
        cleaned, text, found, places, encoding = self._native.clean_bytes(data, name)
        edits, offers = _edits(found)
        return CleanedFile(text, edits, offers, tuple(places), cleaned, encoding)

    def clean_file(self, path: str | os.PathLike[str]) -> CleanedFile:
        """Reads a file and cleans it. It is not written; the result's `data` is what to write.

        Raises ValueError if the file is not text and none of the formats that
        `clean_bytes` reads, and OSError if it cannot be read.
        """
        name = os.fsencode(path).decode(errors="replace")
        return self._clean_bytes(Path(path).read_bytes(), name)


def clean(text: str, level: Level = "certain") -> Cleaned:
    """Cleans an English text.

    >>> cleaned = clean("Tbe tide was out, and tbe boats lay on the mud.")
    >>> cleaned.text
    'The tide was out, and the boats lay on the mud.'
    >>> [(edit.start, edit.end, edit.before, edit.after) for edit in cleaned.edits]
    [(0, 3, 'Tbe', 'The'), (22, 25, 'tbe', 'the')]
    """
    return _plain(level).clean(text)


def clean_bytes(data: bytes, level: Level = "certain") -> CleanedFile:
    """Cleans the content of an English file, in whatever encoding; see `Cleaner.clean_bytes`."""
    return _plain(level).clean_bytes(data)


def clean_file(path: str | os.PathLike[str], level: Level = "certain") -> CleanedFile:
    """Reads an English file and cleans it; the file stays as it is. See `Cleaner.clean_file`."""
    return _plain(level).clean_file(path)


@lru_cache
def _plain(level: Level) -> Cleaner:
    return Cleaner(level)


def _names(option: str, names: Iterable[str]) -> list[str]:
    if isinstance(names, str):
        raise TypeError(f"{option} takes a list, not a single text: [{names!r}]")
    return list(names)


def _put_back(original: str, cleaned: str, places: list[tuple[int, int, int, int]]) -> str:
    """The cleaned text with all that no repair touched as the original has it."""
    parts = []
    done = 0
    for start, end, new_start, new_end in places:
        parts += [original[done:start], cleaned[new_start:new_end]]
        done = end
    return "".join([*parts, original[done:]])


def _edits(found: list[_native.Found]) -> tuple[tuple[Edit, ...], tuple[Edit, ...]]:
    """The edits that were made, and those that are only suggested."""
    edits: list[Edit] = []
    offers: list[Edit] = []
    for start, end, before, after, rule, level, confidence, reasons, region, applied in found:
        why = tuple(Reason(what, value) for what, value in reasons)
        edit = Edit(start, end, before, after, rule, level, confidence, why, region)
        (edits if applied else offers).append(edit)
    return tuple(edits), tuple(offers)
