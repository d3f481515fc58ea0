"""How far do the values of a column bear out what is said of it?"""

import re
from collections.abc import Callable

from leads.importing.sample_values import Profile

EMPTY = 0.87
UNPROVEN = {"external_id": 0.0, "tags": 0.0, "interest": 0.0, "salutation": 0.85}
"""What a mere hint is worth over a column without values, where that is less than elsewhere."""
LETTERS = re.compile(r".*[^\W\d_].*[^\W\d_]", re.DOTALL)
SHORT_NUMBER = re.compile(r"[+(]?\d[\d ()/.-]{2,}")
"""A number inside a company, which has few digits."""
WAY_OF_CALL = re.compile(r"(in|out)(bound|coming|going|gehend)?|ein-?gehend|ausgehend|inkomend|uitgaand", re.IGNORECASE)
CONFIRMED = 1.05
REFUSED = 0.0
Bearing = Callable[[Profile, bool], float]
"""How far values bear a field out: nought refuses, 1 is neutral, more confirms. The flag says that the header only hinted."""


def bearing(field: str, profile: Profile, is_hint: bool) -> float:
    if not profile.count:
        return UNPROVEN.get(field, EMPTY) if is_hint else EMPTY
    return BEARINGS.get(field, words)(profile, is_hint)


def shaped(shape: str, needed: float, else_: float = REFUSED) -> Bearing:
    """Confirmed when enough values have a shape."""
    return lambda profile, _is_hint: CONFIRMED if profile.share(shape) >= needed else else_


def words(profile: Profile, is_hint: bool) -> float:
    """Any words, not numbers, dates, addresses of mail or yes and no."""
    if any(profile.share(shape) >= 0.5 for shape in ("number", "date", "email", "uuid")):
        return REFUSED
    return REFUSED if profile.share("yes_no") >= 0.8 and profile.length < 6 else 1.0


def place(profile: Profile, is_hint: bool) -> float:
    return REFUSED if profile.length > 60 or profile.share("link") >= 0.5 else words(profile, is_hint)


def phone(profile: Profile, is_hint: bool) -> float:
    """Digits as of phone numbers in a good part of the values, or what a spreadsheet makes of them."""
    if profile.share("email") >= 0.5 or (
        profile.share("date") >= 0.7 and profile.length > 7.5 and profile.share("phone") < 0.7
    ):
        return REFUSED
    looks = profile.part(lambda value: len(re.sub(r"\D", "", value)) >= (7 if value.isdigit() else 6))
    if looks >= 0.5:
        return CONFIRMED
    short = profile.part(SHORT_NUMBER.fullmatch) >= 0.5
    return 0.9 if not is_hint and (looks >= 0.2 or short) else REFUSED


def person(profile: Profile, is_hint: bool) -> float:
    """Names of people rather than of companies or things."""
    if words(profile, is_hint) == REFUSED or profile.length > 60 or not is_lettered(profile):
        return REFUSED
    if not is_hint:
        doubt = 0.35 if profile.share("legal_form") >= 0.25 else 0.2 if is_of_things(profile) else 0.0
        return 1.0 - doubt
    if len(profile.values) <= 5 and profile.count >= 15:
        return REFUSED
    return 0.85 + 0.3 * profile.share("person") - 0.9 * profile.share("legal_form")


def is_of_things(profile: Profile) -> bool:
    """Whether several words are said, and hardly ever as the names of people are: "Website rebuild"."""
    worded = profile.part(lambda value: " " in value)
    return profile.count > 2 and worded >= 0.5 and profile.share("person") < 0.5


def company(profile: Profile, is_hint: bool) -> float:
    if not is_hint and profile.count >= 5 and len(profile.values) == 1:
        return 0.85
    if not is_hint:
        return 0.4 if profile.numeric >= 0.8 or profile.share("uuid") >= 0.5 else REFUSED if is_flag(profile) else 1.0
    if words(profile, is_hint) == REFUSED or profile.length > 80 or not is_lettered(profile):
        return REFUSED
    is_one = profile.count > 2 and len(profile.values) == 1
    return 0.87 + 0.6 * profile.share("legal_form") - (0.0 if is_one else 0.12 * profile.share("person"))


def is_lettered(profile: Profile) -> bool:
    """Whether the values have letters as names do, which "#1001" has not."""
    return profile.part(LETTERS.match) >= 0.5


def is_flag(profile: Profile) -> bool:
    return profile.share("yes_no") >= 0.8


def name_part(profile: Profile, is_hint: bool) -> float:
    if words(profile, is_hint) == REFUSED or profile.length > 40:
        return REFUSED
    return 1.0 - (0.3 if is_hint and profile.share("legal_form") > 0.2 else 0.0)


def job_title(profile: Profile, is_hint: bool) -> float:
    if words(profile, is_hint) == REFUSED or profile.share("salutation") >= 0.5:
        return REFUSED
    if is_hint and profile.distinct < 0.2 and not profile.share("job"):
        return 0.5
    return CONFIRMED if profile.share("job") >= 0.15 else 0.95 if not is_hint else 0.87 if profile.length < 45 else 0.5


def website(profile: Profile, is_hint: bool) -> float:
    if profile.share("email") >= 0.5 or profile.share("linkedin") >= 0.5:
        return REFUSED
    if profile.share("link") >= 0.5 or (not is_hint and profile.share("domain") >= 0.5):
        return CONFIRMED
    return 0.85 if profile.share("link") >= 0.2 and not is_hint else REFUSED


def linkedin(profile: Profile, is_hint: bool) -> float:
    if profile.share("linkedin") >= 0.3:
        return CONFIRMED
    return REFUSED if is_hint or is_flag(profile) or profile.numeric >= 0.5 else 0.8


def amount(profile: Profile, is_hint: bool) -> float:
    """Numbers or ranges of numbers."""
    counted = profile.part(lambda value: any(letter.isdigit() for letter in value) and len(value) <= 40)
    return CONFIRMED if counted >= 0.6 and profile.share("email") < 0.1 and profile.share("date") < 0.6 else REFUSED


def employees(profile: Profile, is_hint: bool) -> float:
    if profile.share("number") + profile.share("range") < 0.5 or profile.largest > 5_000_000:
        return REFUSED
    return CONFIRMED if not is_hint or profile.share("range") >= 0.4 or profile.largest > 20 else REFUSED


def channel(profile: Profile, is_hint: bool) -> float:
    """Names of our channels make a source a channel; else the words only hint."""
    if words(profile, is_hint) == REFUSED:
        return REFUSED
    if profile.share("true_channel") >= 0.6:
        return 1.55 if is_hint else CONFIRMED
    known = profile.share("channel")
    return (0.95 if known >= 0.5 else REFUSED) if is_hint else (1.0 if known >= 0.3 else 0.8)


def source(profile: Profile, is_hint: bool) -> float:
    if words(profile, is_hint) == REFUSED:
        return REFUSED
    return 1.0 if not is_hint else 0.9


def moment(profile: Profile, is_hint: bool) -> float:
    if profile.share("date") >= 0.5:
        return CONFIRMED
    serial = profile.numeric >= 0.8 and (30_000 < profile.largest < 60_000 or profile.largest > 1e9)
    return 0.9 if serial and not is_hint else 0.7 if not is_hint and profile.share("date") >= 0.2 else REFUSED


def birth(profile: Profile, is_hint: bool) -> float:
    return (
        CONFIRMED
        if profile.share("date") >= 0.4
        or profile.part(re.compile(r"\d{1,2}[-/.]\d{1,2}([-/.]\d+)?|(19|20)\d\d").fullmatch) >= 0.5
        else REFUSED
    )


def department(profile: Profile, is_hint: bool) -> float:
    """Any words but those of which way a call went, which "Direction" says in English."""
    return REFUSED if profile.part(WAY_OF_CALL.fullmatch) >= 0.5 else words(profile, is_hint)


def flag(profile: Profile, is_hint: bool) -> float:
    """Yes and no, or a few set phrases."""
    if profile.share("yes_no") >= 0.6:
        return CONFIRMED
    few = len(profile.values) <= 3 and profile.count > 3 and profile.numeric < 0.5 and profile.share("date") < 0.5
    return 0.9 if few and not is_hint else REFUSED


def prose(profile: Profile, is_hint: bool) -> float:
    if (
        profile.numeric >= 0.6
        or profile.share("email") >= 0.5
        or is_flag(profile)
        or profile.length < 2.5
        or profile.share("date") >= 0.6
        or is_one_question(profile)
    ):
        return REFUSED
    return 1.0 if not is_hint or profile.length >= 15 else 0.85


def is_one_question(profile: Profile) -> bool:
    """Whether every row has the same question, whose answers stand in another column."""
    return profile.count > 2 and len(profile.values) == 1 and next(iter(profile.values)).endswith("?")


def status(profile: Profile, is_hint: bool) -> float:
    if profile.numeric >= 0.8 or profile.share("email") >= 0.3 or profile.length > 45 or profile.share("date") >= 0.5:
        return REFUSED
    return 1.0 if not is_hint or len(profile.values) <= max(20, profile.count * 0.3) else REFUSED


def score(profile: Profile, is_hint: bool) -> float:
    return CONFIRMED if profile.numeric >= 0.8 and profile.largest <= 10_000 else REFUSED


def owner(profile: Profile, is_hint: bool) -> float:
    if profile.numeric >= 0.5 or profile.share("uuid") >= 0.5 or profile.share("date") >= 0.5 or is_flag(profile):
        return REFUSED
    return (
        1.0
        if not is_hint or profile.share("person") >= 0.4 or profile.share("email") >= 0.5 or profile.distinct < 0.6
        else 0.5
    )


def external_id(profile: Profile, is_hint: bool) -> float:
    """Codes that are nearly all different."""
    if (profile.share("date") >= 0.6 and profile.numeric < 0.6) or profile.share("email") >= 0.5 or profile.length > 80:
        return REFUSED
    if is_hint and counts_rows(profile):
        return REFUSED
    spaced = profile.part(lambda value: " " in value)
    if not is_hint and profile.distinct < 0.6:
        return 0.75 if len(profile.values) > 5 else REFUSED
    if (profile.distinct < 0.95 and is_hint) or (
        is_hint and (spaced > 0.2 or profile.part(re.compile(r".*\d").match) < 0.8)
    ):
        return REFUSED
    return 0.97 if profile.share("uuid") >= 0.8 else 1.0


def counts_rows(profile: Profile) -> bool:
    """Whether the values are 1, 2, 3 and so on, which number the rows of this file and nobody in another."""
    return profile.count > 1 and all(str(place) == value for place, value in enumerate(profile.values, 1))


def tags(profile: Profile, is_hint: bool) -> float:
    if profile.numeric >= 0.5 or is_flag(profile):
        return REFUSED
    return 1.0 if not is_hint or profile.part(re.compile(r".*(;|\||,\s?\S|:::).*").fullmatch) >= 0.15 else REFUSED


def minutes(profile: Profile, is_hint: bool) -> float:
    lasting = profile.part(
        re.compile(
            r"\d{1,4}([.,]\d+)?\s?(m|min|mins|minutes?|minuten)?\.?|(\d+:)?\d{1,2}:\d\d|(\d+\s?(h|hrs?|hours?|uur|std)\.?\s?)?(\d+\s?(m|min|minutes?|minuten)\.?)?\s?(\d+\s?(s|sec|seconds?)\.?)?",
            re.IGNORECASE,
        ).fullmatch
    )
    return CONFIRMED if lasting >= 0.6 else REFUSED


def house_number(profile: Profile, is_hint: bool) -> float:
    return CONFIRMED if profile.share("house_number") >= 0.6 and profile.length < 9 else REFUSED


def street(profile: Profile, is_hint: bool) -> float:
    if profile.share("email") >= 0.3 or profile.numeric >= 0.8 or profile.share("link") >= 0.5:
        return REFUSED
    return 1.0


def salutation(profile: Profile, is_hint: bool) -> float:
    if profile.share("salutation") >= (0.7 if is_hint else 0.4):
        return 1.3 if is_hint and profile.length > 1.2 else 1.0
    return REFUSED


def postcode(profile: Profile, is_hint: bool) -> float:
    return CONFIRMED if profile.share("postcode") >= 0.4 else REFUSED if is_hint or profile.length > 14 else 0.8


def country(profile: Profile, is_hint: bool) -> float:
    if is_hint and profile.share("country") < 0.5:
        return REFUSED
    return CONFIRMED if profile.share("country") >= 0.5 else place(profile, is_hint)


def language(profile: Profile, is_hint: bool) -> float:
    return CONFIRMED if profile.share("language") >= 0.5 else REFUSED if is_hint else words(profile, is_hint) * 0.8


def initials(profile: Profile, is_hint: bool) -> float:
    return CONFIRMED if profile.share("initials") >= 0.6 and profile.length < 9 else REFUSED


def infix(profile: Profile, is_hint: bool) -> float:
    return (1.3 if is_hint else CONFIRMED) if profile.share("infix") >= 0.6 else REFUSED


BEARINGS: dict[str, Bearing] = {
    "full_name": person,
    "salutation": salutation,
    "initials": initials,
    "first_name": name_part,
    "infix": infix,
    "last_name": name_part,
    "email": shaped("email", 0.4),
    "phone": phone,
    "mobile": phone,
    "job_title": job_title,
    "department": department,
    "organisation": company,
    "website": website,
    "street": street,
    "house_number": house_number,
    "postcode": postcode,
    "city": place,
    "region": place,
    "country": country,
    "language": language,
    "employees": employees,
    "revenue": amount,
    "legal_form": shaped("name_of_form", 0.6),
    "channel": channel,
    "source_detail": source,
    "occurred_at": moment,
    "consent_email": flag,
    "consent_phone": flag,
    "opt_out_email": flag,
    "opt_out_phone": flag,
    "notes": prose,
    "lead_status": status,
    "score": score,
    "owner": owner,
    "external_id": external_id,
    "tags": tags,
    "linkedin_url": linkedin,
    "birth_date": birth,
    "is_customer": flag,
    "attended_minutes": minutes,
}
