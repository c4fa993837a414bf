"""Cleans up OCR text, and says what it changed and why.

>>> import descan
>>> cleaned = descan.clean("Her muﬂled cry was lost in the ofﬁce.")
>>> cleaned.text
'Her muffled cry was lost in the office.'

`clean` is for one text. For many, or with other options, make a `Cleaner` once and
use it again; any number of threads may share it. `clean_bytes` and `clean_file` take
files in whatever encoding.
"""

from descan._archive import learn, merge
from descan._cleaner import Cleaner, clean, clean_bytes, clean_file
from descan._result import Cleaned, CleanedFile, Edit, Level, Reason

__all__ = [
    "Cleaned",
    "CleanedFile",
    "Cleaner",
    "Edit",
    "Level",
    "Reason",
    "clean",
    "clean_bytes",
    "clean_file",
    "learn",
    "merge",
]
