"""What an archive shows that no document of it shows alone."""

from __future__ import annotations

from collections.abc import Iterable

from descan import _native
from descan._cleaner import SURROGATES


def learn(documents: Iterable[str | bytes]) -> bytes:
    """The statistics of an archive: what `descan learn` writes to a file, for `Cleaner(archive=...)`.

    `documents` are its originals, each a text, or the content of a file in whatever
    encoding; not pages, and nothing that was cleaned. The order does not matter.

    Raises ValueError if a file is not text.
    """
    learner = _native.Learner()
    for index, document in enumerate(documents):
        if isinstance(document, bytes):
            learner.add_file(f"documents[{index}]", document)
        else:
            learner.add_text(SURROGATES.sub("\ufffd", document))
    return learner.to_bytes()


def merge(parts: Iterable[bytes]) -> bytes:
    """The sum of statistics that were learned from parts of an archive, in whatever order.

    It is byte for byte what `learn` makes of all documents together. Raises ValueError if
    one of the parts has no statistics.
    """
    learner = _native.Learner()
    for part in parts:
        learner.add_stats(part)
    return learner.to_bytes()
