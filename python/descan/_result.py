"""What cleaning makes of a text."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

Level = Literal["certain", "probable", "suspect"]
"""How sure a repair is, the surest first."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What speaks for a repair."""

    what: str
    """The reason, as a phrase."""
    value: float | None = None
    """The number behind it, if there is one: a count, a share, a weight in nats."""

    def __str__(self) -> str:
        return self.what if self.value is None else f"{self.what} ({self.value:.4g})"


@dataclass(frozen=True, slots=True)
class Edit:
    """A repair that was made, or that is only suggested."""

    start: int
    """Where it begins in the original text, in code points."""
    end: int
    """Where it ends there."""
    before: str
    """What stands there in the original."""
    after: str
    """What it becomes."""
    rule: str
    """The name of the rule; `descan explain NAME` says what it is about."""
    level: Level
    """How sure it is."""
    confidence: float
    """The probability that it is right, from 0 to 1."""
    reasons: tuple[Reason, ...]
    """Why."""
    region: str
    """The kind of text around, such as `prose`, `verse` or `table`."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned text, with what was changed and what is suggested."""

    text: str
    """The cleaned text."""
    edits: tuple[Edit, ...]
    """The repairs that were made, in the order of the text."""
    offers: tuple[Edit, ...]
    """The repairs that were not sure enough, in the order of the text."""
    _places: tuple[tuple[int, int, int, int], ...] = field(repr=False)

    def to_original(self, offset: int) -> int:
        """Where the character at `offset` of the cleaned text stands in the original.

        Both are in code points. A place inside what a repair put there leads to where
        the repair begins, the end of the text to the end of the original.

        Raises IndexError if the cleaned text has no such place.
        """
        if not 0 <= offset <= len(self.text):
            raise IndexError(f"the cleaned text has no offset {offset}; it has {len(self.text)} characters")
        return _across(self._places, offset, 2, 0)

    def to_cleaned(self, offset: int) -> int:
        """Where the character at `offset` of the original stands in the cleaned text.

        A place inside what a repair took away leads to where the repair begins.

        Raises IndexError if the offset is negative.
        """
        if offset < 0:
            raise IndexError(f"the original has no offset {offset}")
        return min(_across(self._places, offset, 0, 2), len(self.text))


@dataclass(frozen=True, slots=True)
class CleanedFile(Cleaned):
    """A cleaned file.

    Its text, and the places of its edits, are those of the file as Python reads text:
    decoded, with `\\n` at the end of each line, without a byte order mark.
    """

    data: bytes
    """The cleaned file: whatever no repair touched has the same bytes as before."""
    encoding: str
    """The encoding in which the file was read."""


def _across(places: tuple[tuple[int, int, int, int], ...], offset: int, here: int, there: int) -> int:
    """The offset on the other side; a place begins at `here` on one side and at `there` on the other."""
    index = bisect_right(places, offset, key=lambda place: place[here])
    if index == 0:
        return offset
    place = places[index - 1]
    if offset < place[here + 1]:
        return place[there]
    return place[there + 1] + offset - place[here + 1]
