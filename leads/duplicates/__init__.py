"""Which contacts may be one person? Found in blocks, scored with reasons, and decided by somebody."""

from leads.duplicates.beside import left_behind, rows
from leads.duplicates.blocks import BLOCKS, Candidate, candidates
from leads.duplicates.deciding import DecidedBefore, bring_together, decide, put_back
from leads.duplicates.likeness import ASK, MERGE, Likeness, Person, compare, said
from leads.duplicates.scanning import around, ask, go_on, keep_around, was_asked

__all__ = [
    "ASK",
    "BLOCKS",
    "MERGE",
    "Candidate",
    "DecidedBefore",
    "Likeness",
    "Person",
    "around",
    "ask",
    "bring_together",
    "candidates",
    "compare",
    "decide",
    "go_on",
    "keep_around",
    "left_behind",
    "put_back",
    "rows",
    "said",
    "was_asked",
]
