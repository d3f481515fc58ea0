"""Which contacts may be one person? Found in blocks, scored with reasons, and decided by somebody."""

from leads.duplicates.blocks import Candidate, candidates
from leads.duplicates.deciding import DecidedBefore, decide, put_back
from leads.duplicates.likeness import ASK, MERGE, Likeness, Person, compare, said
from leads.duplicates.scanning import ask, go_on

__all__ = [
    "ASK",
    "MERGE",
    "Candidate",
    "DecidedBefore",
    "Likeness",
    "Person",
    "ask",
    "candidates",
    "compare",
    "decide",
    "go_on",
    "put_back",
    "said",
]
