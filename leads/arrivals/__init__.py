"""What does a row say, in normal form? Cells are checked, taken apart and made comparable, one pass over each row.

A value that cannot be read as its field makes the row an error only where the lead would be wrong without it:
a bad address, an impossible date, a text that is too long. Any other is kept as it stands, with a note.
"""

from leads.arrivals.attributes import as_json, kind_of
from leads.arrivals.rows import Reader
from leads.arrivals.shapes import IN_COLUMN, NOBODY, Column, PastWays, Read, Row, Ways, WrongValueError, note

__all__ = [
    "IN_COLUMN",
    "NOBODY",
    "Column",
    "PastWays",
    "Read",
    "Reader",
    "Row",
    "Ways",
    "WrongValueError",
    "as_json",
    "kind_of",
    "note",
]
