"""What did the demo's marketing do in half a year, what did it cost, and how were its leads received?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leads.stages import Channel

DAYS = 130
EVENT, WEB, PHONE, SOCIAL, PARTNER = Channel.EVENT, Channel.WEB, Channel.TELEMARKETING, Channel.SOCIAL, Channel.PARTNER


@dataclass(frozen=True, slots=True)
class Effort:
    """A campaign: from which working day to which, how many leads it opens and what they are like.

    `files` are the days on which a list of them comes in; without them enquiries come in by themselves. `odds`
    multiplies the odds that sales never goes after a lead: 1 is as usual.
    """

    name: str
    channel: Channel
    first: int
    last: int
    leads: int
    meets: float
    budget: int
    actual: int
    odds: float = 1.0
    customers: float = 0.2
    files: tuple[int, ...] = ()
    style: str = "scan"
    is_agreed: bool = True
    is_lost: bool = False

    @property
    def marketer(self) -> str:
        """Who looks after it."""
        return "lotte" if self.leads > 150 else "bas"

    def sizes(self, scale: float) -> dict[int, int]:
        """How many leads come in on each day of a file."""
        total, count = round(self.leads * scale), len(self.files)
        return {day: total // count + (n < total % count) for n, day in enumerate(self.files)}


EFFORTS = (
    Effort("Beurs ICT Noord", EVENT, -118, -117, 340, 0.4, 22_000, 24_350, 1.9, 0.15, (-115,)),
    Effort("Vakdagen Digitale Zorg", EVENT, -84, -82, 310, 0.38, 19_500, 18_900, 1.6, 0.2, (-81,)),
    Effort("Gemeentedag Digitaal", EVENT, -58, -58, 190, 0.42, 9_800, 9_640, 1.4, 0.25, (-56,)),
    Effort(
        "Beurs Industrie Digitaal", EVENT, -36, -34, 300, 0.38, 21_000, 26_800, 30.0, 0.1, (-25,),
        is_agreed=False, is_lost=True,
    ),
    Effort("Infradag Zuid", EVENT, -10, -10, 180, 0.4, 12_500, 12_150, 1.6, 0.2, (-8, -6)),
    Effort("Ontbijtseminar NIS2", EVENT, -103, -103, 64, 0.62, 3_200, 3_050, 0.7, 0.4, (-102,), "guests"),
    Effort("Rondetafel zorg-ICT", EVENT, -69, -69, 44, 0.7, 2_400, 2_610, 0.6, 0.5, (-68,), "guests"),
    Effort("Klantendag", EVENT, -44, -44, 96, 0.7, 8_500, 8_940, 0.8, 0.95, (-43,), "guests"),
    Effort("Ontbijtseminar back-up", EVENT, -15, -15, 58, 0.62, 3_200, 2_890, 0.7, 0.4, (-14,), "guests"),
    Effort("Webinar Werkplek van morgen", WEB, -111, -111, 150, 0.36, 2_800, 2_640, 1.1, 0.3, (-110,), "webinar"),
    Effort("Webinar Veilig mailen", WEB, -77, -77, 140, 0.34, 2_800, 2_450, 1.1, 0.3, (-76,), "webinar"),
    Effort("Webinar Bellen in de cloud", WEB, -39, -39, 130, 0.36, 2_800, 2_710, 1.1, 0.35, (-38,), "webinar"),
    Effort("Webinar NIS2 in een uur", WEB, -2, -2, 84, 0.45, 2_800, 2_580, 1.0, 0.22, (-1,), "webinar"),
    Effort(
        "Belronde zorg", PHONE, -126, -92, 156, 0.56, 14_000, 14_000, 0.7, 0.15,
        (-115, -105, -94), "calls",
    ),
    Effort(
        "Belronde logistiek", PHONE, -86, -52, 156, 0.54, 14_000, 13_400, 0.8, 0.15,
        (-81, -68, -56), "calls",
    ),
    Effort(
        "Belronde onderwijs en gemeenten", PHONE, -46, -3, 160, 0.56, 16_000, 14_800, 0.8, 0.2,
        (-38, -25, -14, -4), "calls",
    ),
    Effort("Contactformulier", WEB, -130, -1, 440, 0.66, 1_500, 1_380, 0.3, 0.4),
    Effort("Whitepaper NIS2", WEB, -130, -1, 640, 0.25, 9_000, 8_460, 1.3, 0.2),
    Effort("Whitepaper Kosten van stilstand", WEB, -88, -1, 380, 0.25, 7_500, 7_120, 1.3, 0.2),
    Effort("LinkedIn-advertenties", SOCIAL, -125, -4, 420, 0.2, 15_000, 16_240, 1.7, 0.1),
    Effort("Zoekadvertenties", WEB, -130, -1, 280, 0.32, 11_000, 10_900, 0.9, 0.1),
    Effort("Partner Kabelaar", PARTNER, -120, -10, 96, 0.5, 4_000, 3_600, 0.9, 0.1, (-94, -25), "calls"),
)  # fmt: skip
OWN_LEADS = 230


def lists(scale: float) -> Iterator[tuple[int, Effort, int]]:
    """Each file that comes in: the day, the campaign and how many leads it opens."""
    for effort in EFFORTS:
        for day, size in effort.sizes(scale).items() if effort.files else ():
            yield day, effort, size


def enquiries(effort: Effort, since: float, until: float, scale: float) -> int:
    """How many enquire by themselves between two moments, in days of the story; spread evenly to the last one."""
    return 0 if effort.files else _by(effort, until, scale) - _by(effort, since, scale)


def _by(effort: Effort, day: float, scale: float) -> int:
    part = (day - effort.first) / (effort.last + 1 - effort.first)
    return int(round(effort.leads * scale) * min(max(part, 0.0), 1.0))
