"""Through which doors do enquiries come to the demo company of late: the forms on its site, and what an advertiser's program tells?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from leadops.demo.company import Staff
from leadops.demo.scene import Case
from leads import hooks, tracking_links
from leads.importing.fields import LEFT_OUT
from leads.models import CaptureForm, Hook, TrackingLink
from leads.public import sending
from leads.public.sending import Sent

SINCE = -12
"""The working day on which the forms and the webhook took over from the programs before them."""
WORDING = "Ja, Polderpost ICT mag mij mailen over dit onderwerp. Ik kan dat altijd intrekken."
ASKED = ("first_name", "last_name", "email", "phone", "organisation", "job_title")
# What each form asks beside, how it is headed, and what is said when it was sent.
FORMS = {
    "Contactformulier": ("notes", "Stel ons je vraag", "Dank je. We bellen of mailen je binnen een werkdag."),
    "Whitepaper NIS2": ("interest", "Vraag de whitepaper aan", "Dank je. De whitepaper is naar je onderweg."),
}
# Where the links to the forms stand: what each is called, and what it says in utm_source and utm_medium.
LINKS = (("Knop op de site", "site", "website"), ("Advertentie bij Google", "google", "cpc"))
OURS = ("campaign", "occurred_at")
HOOK = "LinkedIn-advertenties"
# As such a program names its questions.
TOLD = {
    "first_name": "firstName",
    "last_name": "lastName",
    "email": "emailAddress",
    "phone": "phoneNumber",
    "organisation": "companyName",
    "job_title": "jobTitle",
    "employees": "companySize",
    "industry": "industry",
    "country": "country",
    "interest": "question",
}


def build(staff: Staff, at: datetime) -> None:
    """Put the forms on the site, and the webhook where the advertiser's program posts to."""
    for name, (beside, title, thanks) in FORMS.items():
        fields = [{"field": field, "label": "", "is_required": field == "email"} for field in (*ASKED, beside)]
        staff.forms[name] = CaptureForm.objects.create(
            name=name, campaign=staff.campaigns[name], language="nl", title=title, thanks=thanks, fields=fields,
            email_wording=WORDING, origins=["https://www.polderpost.example"], created_at=at,
        )  # fmt: skip
        TrackingLink.objects.bulk_create(
            TrackingLink(
                campaign=staff.campaigns[name], name=called, address="https://www.polderpost.example/", source=source,
                medium=medium, by=staff.campaigns[name].owner, created_at=at,
            )
            for called, source, medium in LINKS
        )  # fmt: skip
    mapping = {"id": LEFT_OUT} | {f"lead.{word}": field for field, word in TOLD.items()}
    staff.hook = Hook.objects.create(name=HOOK, campaign=staff.campaigns[HOOK], mapping=mapping, created_at=at)


def enter(staff: Staff, case: Case, said: Mapping[str, str], at: datetime) -> bool:
    """Have an enquiry come in by the door of its campaign; False where there is none, or not yet."""
    nonce = f"{case.n}-{int(at.timestamp())}"
    if case.campaign in staff.forms:
        asked = {field: value for field, value in said.items() if field not in OURS and value}
        agreed = {"email": WORDING} if case.n % 3 == 0 else {}
        sent = Sent(asked, agreed, _visit(case, staff))
        return sending.keep(staff.forms[case.campaign], sent, nonce=nonce, sender="", at=at) is not None
    if staff.hook and case.campaign == HOOK:
        lead = {word: said[field] for field, word in TOLD.items() if said[field]}
        return hooks.receive(staff.hook, [{"id": nonce, "lead": lead}], at=at, delivery=nonce) == 1
    return False


def _visit(case: Case, staff: Staff) -> dict[str, str]:
    """What the page tells of a visit: by which link they came."""
    _called, source, medium = LINKS[case.n % len(LINKS)]
    marks = {
        "utm_source": source,
        "utm_medium": medium,
        "utm_campaign": tracking_links.key(staff.campaigns[case.campaign]),
    }
    return {"landing_page": "https://www.polderpost.example/"} | marks
