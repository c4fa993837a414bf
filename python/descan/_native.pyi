from os import PathLike

from descan._result import Level

# start, end, before, after, rule, level, confidence, reasons, region, applied
Found = tuple[int, int, str, str, str, Level, float, list[tuple[str, float | None]], str, bool]
# Start and end in the original, start and end in the cleaned text.
Place = tuple[int, int, int, int]

class Native:
    def __new__(
        cls,
        *,
        level: str,
        select: list[str],
        ignore: list[str],
        protect: list[str],
        style: list[str],
        unwrap: bool,
        wrap: int | None,
        decisions: tuple[str, bytes] | None,
        models: list[bytes],
        archive: bytes | None,
    ) -> Native: ...
    def clean(self, text: str) -> tuple[str, list[Found], list[Place]]: ...
    def clean_bytes(self, data: bytes, name: str | None) -> tuple[bytes, str, list[Found], list[Place], str]: ...

class Learner:
    def __new__(cls) -> Learner: ...
    def add_text(self, text: str) -> None: ...
    def add_file(self, name: str, data: bytes) -> None: ...
    def add_stats(self, data: bytes) -> None: ...
    def to_bytes(self) -> bytes: ...

def main(arguments: list[str], file: str | PathLike[str]) -> int: ...
