"""Who works at the demo company, since when, and how does each go about leads?"""

from __future__ import annotations

from dataclasses import dataclass

from leadops.accounts.roles import Role

# Only where the demo is switched on: see settings.LEADOPS_DEMO.
PASSWORD = "leadops-demo"  # noqa: S105 - the demo's own, printed at the start
LOG_INS = {
    "marketer": ("lotte@leadops.example", "Lotte Hendriks", (Role.MARKETER,)),
    "hunter": ("daan@leadops.example", "Daan Visser", (Role.HUNTER,)),
    "farmer": ("femke@leadops.example", "Femke Dijkstra", (Role.FARMER,)),
    "sales manager": ("sanne@leadops.example", "Sanne de Wit", (Role.SALES_MANAGER,)),
    "admin": ("admin@leadops.example", "Ank Beheer", (Role.ADMIN,)),
}
COLLEAGUES = (
    ("bas@leadops.example", "Bas Kuiper", (Role.MARKETER,)),
    ("gerard@leadops.example", "Gerard Hoekstra", (Role.SALES_MANAGER,)),
    ("youssef@leadops.example", "Youssef El Idrissi", (Role.HUNTER,)),
    ("mark@leadops.example", "Mark Jansen", (Role.HUNTER,)),
    ("noor@leadops.example", "Noor Bakker", (Role.HUNTER,)),
    ("priya@leadops.example", "Priya Ramdin", (Role.HUNTER,)),
    ("mei@leadops.example", "Mei-Lin Chen", (Role.HUNTER, Role.FARMER)),
    ("piet@leadops.example", "Piet Postma", (Role.FARMER,)),
)
TEAMS = {
    "Nieuwe klanten": ("sanne", ("daan", "youssef", "mark", "noor", "priya")),
    "Klantbeheer": ("gerard", ("femke", "piet", "mei")),
}


@dataclass(frozen=True, slots=True)
class Manner:
    """How a rep goes about leads of marketing.

    `never` is the share that they never take up, `late` the share of the others that they take up after the promise,
    `rejects` the share that they send back unseen, `pace` the part of the promise that passes before a usual first
    call. They sit down to call at `slots` (working minutes) of every `every`-th day.
    """

    never: float
    late: float
    rejects: float
    pace: float
    slots: tuple[int, ...]
    every: int = 1
    own: float = 1.0
    weight: int = 2
    years: float = 5
    quota: int = 100
    is_tracked_by_results: bool = False
    away: tuple[tuple[int, int, str], ...] = ()


# All farmers are away in one week: nobody noticed beforehand.
OFTEN = tuple(range(25, 500, 90))
TWICE = (70, 355)
REPS = {
    "daan": Manner(0.2, 0.12, 0.04, 0.22, (40, 160, 280, 400), weight=3, years=1.5, quota=96, away=((-97, -92, "Vakantie"),)),
    "youssef": Manner(
        0.2, 0.08, 0.03, 0.08, OFTEN, weight=3, years=7, quota=128, is_tracked_by_results=True, away=((-60, -55, "Vakantie"),)
    ),
    "mark": Manner(0.74, 0.55, 0.02, 0.7, (380,), 2, weight=3, years=0.8, quota=58, away=((-27, -22, "Vakantie"),)),
    "noor": Manner(
        0.6, 0.25, 0.05, 0.5, TWICE, 2, own=4.0, years=11, quota=134, is_tracked_by_results=True, away=((-88, -83, "Vakantie"),)
    ),
    "priya": Manner(0.34, 0.2, 0.3, 0.3, TWICE, years=3, quota=91, away=((-26, -21, "Herfstvakantie"),)),
    "femke": Manner(0.24, 0.12, 0.04, 0.2, (55, 190, 330, 450), own=0.6, years=4, quota=104, away=((-74, -69, "Vakantie"),)),
    "piet": Manner(
        0.52, 0.35, 0.05, 0.55, TWICE, 2, own=0.8, years=16, quota=87, away=((-74, -69, "Vakantie"), (-3, 3, "Ziek"))
    ),
    "mei": Manner(0.36, 0.2, 0.06, 0.3, (100, 300), own=0.6, weight=1, years=2.5, quota=109, away=((-75, -69, "Vakantie"),)),
}  # fmt: skip
# Whoever logs in has been more diligent lately than is usual for them: what is left of the share never taken up.
LOGGED_IN = {"daan": 0.4, "femke": 0.9}
OPEN_CAP, WEEKLY_CAP = 90, 70
