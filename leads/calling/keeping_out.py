"""Who of a call list may not be called now, and why? Asked when a list is filled, and again of each before a caller gets them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from leads import consent, emails
from leads.consent import DOMAIN, EMAIL
from leads.models import CallingRule, CallList, CallTarget, Organisation, Suppression
from leads.stages import HELD_BY_REP, Stage

WITH_SALES = sorted({Stage.MQL, *HELD_BY_REP})
HOME = "+31%"
FORMS_OF_PERSONS = [str(form) for form in Organisation.OF_PERSONS]
# Where nobody said the legal form it is guessed. Names of sole traders and partnerships, whose partners are natural persons; and legal forms of legal persons.
OF_PERSONS = r"\m(v\.?\s?o\.?\s?f\.?|c\.?\s?v\.?|maatschap|eenmanszaak|zzp)(\M|\s|$)"
OF_LEGAL_PERSONS = (
    r"\m(b\.?\s?v\.?|n\.?\s?v\.?|b\.?\s?v\.?\s?b\.?\s?a\.?|u\.?\s?a\.?|stichting|vereniging|co[oö]peratie|co[oö]peratieve|"
    r"gemeente|provincie|ministerie|universiteit|waterschap|gmbh|ag|kg|ltd|limited|plc|llc|inc|corp|corporation|s\.?a\.?|"
    r"sarl|s\.?p\.?a\.?|srl|ab|oy|aps|se|holding)(\M|\s|$)"
)

# The person's last word on calls about what the list is for. Rides contact_family and the index of a contact's consents; asked of few.
_LAST_WORD = f"""
    SELECT {{said}} FROM leads_contact k JOIN leads_consent w ON w.contact_id = k.id
    WHERE k.family_id = c.family_id AND w.channel = 'phone' AND {consent.ABOUT.format(purpose="b.purpose")} AND w.voids_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM leads_consent v WHERE v.voids_id = w.id)
    ORDER BY coalesce(w.withdrawn_at, w.given_at) DESC, w.id DESC LIMIT 1
"""
_OBJECTED = _LAST_WORD.format(said="w.given_at IS NULL")
_AGREED = _LAST_WORD.format(said="w.given_at IS NOT NULL")
_NATURAL = """
    CASE WHEN %(rule)s = 'nothing' THEN false WHEN o.legal_form <> '' THEN o.legal_form = ANY(%(forms_of_persons)s)
        ELSE o.id IS NULL OR o.name ~* %(of_persons)s
        OR %(rule)s = 'unproven' AND o.kvk_number = '' AND o.name !~* %(of_legal_persons)s END
"""

# The first reason that holds; a call back that was promised is made, whoever has the lead by then. Rides on_a_call_list_once, or the keys of the rows that are asked about.
_JUDGE = f"""
    WITH judged AS (
        SELECT t.id, CASE
            WHEN l.closed_at IS NOT NULL THEN 'closed'
            WHEN c.is_phone_suppressed THEN CASE WHEN ({_OBJECTED}) THEN 'objected' ELSE 'listed' END
            WHEN t.id = ANY(%(barred)s) THEN 'listed'
            WHEN b.purpose <> 'sales' AND ({_OBJECTED}) THEN 'objected'
            WHEN c.phone_e164 = '' AND c.mobile_e164 = '' THEN 'no_phone'
            WHEN l.stage = ANY(%(with_sales)s) AND NOT b.calls_sales AND t.disposition <> 'call_back'
                THEN 'with_sales'
            WHEN coalesce(nullif(c.mobile_e164, ''), c.phone_e164) LIKE %(home)s AND {_NATURAL}
                AND NOT coalesce(o.is_customer, false) AND ({_AGREED}) IS NOT TRUE THEN 'no_basis'
            ELSE '' END AS reason
        FROM leads_calltarget t
        JOIN leads_calllist b ON b.id = t.call_list_id
        JOIN leads_lead l ON l.id = t.lead_id
        JOIN leads_contact c ON c.id = l.contact_id
        LEFT JOIN leads_organisation o ON o.id = c.organisation_id
        WHERE t.state <> 'ended' AND {{which}}
    ), changed AS (
        UPDATE leads_calltarget t SET kept_out = j.reason, state = CASE j.reason WHEN '' THEN 'to_call' ELSE 'kept_out' END
        FROM judged j WHERE j.id = t.id AND t.kept_out <> j.reason
    )
    SELECT id, reason FROM judged WHERE reason <> ''
"""


def rule() -> str:
    """Of which natural persons the company needs a yes."""
    said = CallingRule.objects.values_list("natural_persons", flat=True).first()
    return said or CallingRule.Needs.UNPROVEN


def judge_list(call_list: int) -> int:
    """Keep out of a list whoever may not be called now, and let in again who may; return how many are kept out."""
    return len(_judge("t.call_list_id = %(key)s", call_list, CallTarget.objects.filter(call_list=call_list)))


def judge(target: int) -> str:
    """The same for one of a list; return the reason, empty where there is none."""
    return _judge("t.id = %(key)s", target, CallTarget.objects.filter(pk=target)).get(target, "")


def judge_organisation(organisation: int) -> int:
    """The same for everybody of an organisation, on all lists that are under way; return how many are kept out."""
    targets = CallTarget.objects.filter(lead__contact__organisation=organisation, call_list__closed_at__isnull=True)
    return len(_judge("c.organisation_id = %(key)s AND b.closed_at IS NULL", organisation, targets))


_GUESS = """
    SELECT CASE WHEN name ~* %(of_persons)s THEN true WHEN kvk_number <> '' OR name ~* %(of_legal_persons)s THEN false END
    FROM leads_organisation WHERE id = %(key)s
"""


def looks_like_persons(organisation: int) -> bool | None:
    """Whether an organisation is one of natural persons, guessed as the rule does; None where nothing tells it."""
    with connection.cursor() as cursor:
        cursor.execute(_GUESS, {"key": organisation, "of_persons": OF_PERSONS, "of_legal_persons": OF_LEGAL_PERSONS})
        found = cursor.fetchone()
    return found[0] if found else None


def _judge(which: str, key: int, targets: QuerySet[CallTarget]) -> dict[int, str]:
    values: dict[str, Any] = {
        "key": key,
        "barred": _barred(targets),
        "rule": rule(),
        "with_sales": WITH_SALES,
        "home": HOME,
        "forms_of_persons": FORMS_OF_PERSONS,
        "of_persons": OF_PERSONS,
        "of_legal_persons": OF_LEGAL_PERSONS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_JUDGE.format(which=which), values)
        return dict(cursor.fetchall())


def _barred(targets: QuerySet[CallTarget]) -> list[int]:
    """Those whose mail address, or its domain, was put on the list by hand; who only asked for no mail may be called.

    Whoever is on the list is marked, so that few are looked at.
    """
    marked = targets.exclude(state=CallTarget.State.ENDED).filter(lead__contact__is_mail_suppressed=True)
    addresses = dict(marked.values_list("pk", "lead__contact__email_key"))
    digests = {key: _digests(address) for key, address in addresses.items() if address}
    listed = _by_hand({digest for of_one in digests.values() for digest in of_one})
    return [key for key, of_one in digests.items() if not listed.isdisjoint(of_one)]


def _digests(address: str) -> set[str]:
    hosts = consent.hosts(emails.domain(address))
    return {consent.digest(EMAIL, address), *(consent.digest(DOMAIN, host) for host in hosts)}


def _by_hand(digests: Collection[str]) -> set[str]:
    if not digests:
        return set()
    standing = Suppression.objects.filter(lifted_at__isnull=True, by__isnull=False, channel__in=(EMAIL, DOMAIN))
    return set(standing.filter(digest__in=list(digests)).values_list("digest", flat=True))


def judge_all() -> int:
    """Look again at every list that is under way; return how many are kept out of them."""
    open_lists = CallList.objects.under_way().filter(state=CallList.State.DONE).order_by("pk")
    return sum(judge_list(key) for key in open_lists.values_list("pk", flat=True))
