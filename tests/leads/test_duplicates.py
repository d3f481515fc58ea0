"""Who may be one person is found in blocks, scored with reasons, asked about once, and decided by somebody."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leadops.accounts.models import Company
from leadops.accounts.roles import Role
from leadops.accounts.tokens import Scope
from leads import duplicates, lifecycle, merging, search
from leads.duplicates import MERGE, Person, compare
from leads.models import Contact, DuplicatePair, DuplicateScan, Merge
from tests.api import Api, told
from tests.factories import TUESDAY, make_contact, make_organisation, make_user
from tests.leads.people import labelled
from tests.pages import statements

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
JAN = Person("jan de vries", "jan@firma.example", "+31205550101", "+31612345678", "firma")
PIET = Person(
    "piet smit",
    street="Oude Delft",
    house_number="12 a",
    postcode="2611 AB",
    city="Delft",
    birth_date=date(1970, 3, 14),
)
AWAY = {"street": "", "house_number": "", "postcode": "", "city": ""}


@pytest.fixture(autouse=True)
def _in_history():
    with lifecycle.history():
        yield


def scanned(at=TUESDAY) -> DuplicateScan:
    scan = duplicates.ask(at=at, by=None)
    while duplicates.go_on(at):
        pass
    scan.refresh_from_db()
    return scan


def pairs() -> set[tuple[int, int]]:
    return set(DuplicatePair.objects.values_list("left_id", "right_id"))


def make_pair(**fields: Any) -> DuplicatePair:
    """Two records of one person, found."""
    known = {"last_name": "Vries", "first_name": "Jan", "name_key": "jan vries", "organisation": make_organisation()}
    known |= {"email": fields.pop("email", "jan@firma.example")}
    make_contact(**known)
    make_contact(**known | fields)
    scanned()
    return DuplicatePair.objects.latest("pk")


def test_of_labelled_people_what_is_sure_is_right_and_nearly_all() -> None:
    _people, same = labelled(seed=7, people=1_000)
    scanned()
    sure = set(DuplicatePair.objects.filter(score__gte=MERGE).values_list("left_id", "right_id"))
    right = len(sure & same)
    precision, recall = right / len(sure), right / len(same)
    assert precision >= 0.95
    assert recall >= 0.90


@pytest.mark.parametrize(
    ("other", "score", "reasons"),
    [
        (JAN, 100, ("same_email", "same_mobile", "same_name", "same_organisation")),
        (Person("vries jan", "jan@firma.example"), 100, ("same_email", "swapped_name")),
        (Person("jan de vires", mobile_e164="+31612345678"), 94, ("same_mobile", "misspelt_name")),
        (Person("j vries", "", "+31205550101", "", "firma"), 80, ("same_organisation", "initial_fits", "same_office_phone")),
        (Person("els de vries", "els@firma.example", "+31205550101", "", "firma"), 17, ("same_organisation", "colleagues_email", "other_first_name", "same_office_phone")),
        (Person("kees smit", "jan@firma.example", "", "+31612345678", "firma"), 80, ("same_email", "same_mobile", "same_organisation", "other_name")),
    ],
)  # fmt: skip
def test_a_score_is_the_sum_of_its_reasons(other: Person, score: int, reasons: tuple[str, ...]) -> None:
    assert compare(JAN, other) == compare(other, JAN)
    assert compare(JAN, other) == (score, reasons)


@pytest.mark.parametrize(
    ("fields", "score", "reasons"),
    [
        ({"postcode": "2611ab", "house_number": "12A"}, 100, ("same_name", "same_birth_date", "same_address")),
        ({"name_key": "piet simt", **AWAY, "street": "oude delf", "city": "Delf"}, 99, ("same_birth_date", "misspelt_name", "same_street")),
        ({"name_key": "pieet simt", "birth_date": date(1970, 3, 4), "house_number": "21"}, 70, ("misspelt_names", "same_street", "misspelt_birth_date")),
        ({"name_key": "pie tsmit"}, 100, ("same_birth_date", "misspelt_name", "same_address")),
        # A namesake of the same day is asked about, and one at the same address who is older.
        ({**AWAY, "city": "Delft"}, 80, ("same_name", "same_birth_date", "same_city")),
        ({"birth_date": date(1941, 7, 2)}, 65, ("same_name", "same_address", "other_birth_date")),
        # Married, or a twin.
        ({"name_key": "piet bakker"}, 65, ("same_birth_date", "same_address", "other_last_name")),
        ({"name_key": "kees smit"}, 65, ("same_birth_date", "same_address", "other_first_name")),
        # The rest of the household.
        ({"name_key": "kees smit", "birth_date": None}, 22, ("same_address", "other_first_name")),
        ({"name_key": "", "birth_date": None}, 54, ("same_address", "name_unknown")),
        ({"name_key": "smit", "birth_date": None}, 55, ("same_address", "part_of_name")),
    ],
)  # fmt: skip
def test_where_people_live_and_when_they_were_born_counts(
    fields: dict[str, Any], score: int, reasons: tuple[str, ...]
) -> None:
    assert compare(PIET, PIET._replace(**fields)) == compare(PIET._replace(**fields), PIET) == (score, reasons)


def test_who_registers_colleagues_with_an_own_address_is_none_of_them() -> None:
    registered = [JAN._replace(name_key=name, mobile_e164="") for name in ("kees smit", "anna bakker", "omar kaya")]
    assert [compare(JAN, one).score < duplicates.ASK for one in registered] == [True, True, True]


def test_people_are_found_by_their_birth_and_by_their_house() -> None:
    known = {"first_name": "Piet", "last_name": "Smit", "name_key": "piet smit", "birth_date": "1970-03-14"}
    home = {"postcode": "2611 AB", "house_number": "12 a", "street": "Oude Delft"}
    piet = make_contact(**known, **home)
    married = make_contact(**known | {"last_name": "Bakker", "name_key": "piet bakker"}, **home)
    by_house = make_contact(last_name="Simt", name_key="pieet simt", postcode="2611AB", house_number="12A")
    by_street = make_contact(name_key="piet smit", street="oudedelft 12", city="Delft")
    scanned()
    assert {(piet.pk, married.pk), (piet.pk, by_house.pk)} <= pairs()
    assert {one.other for one in duplicates.candidates([piet.pk])} == {married.pk, by_house.pk}
    assert by_street.pk not in {key for pair in pairs() for key in pair}


def test_a_key_that_many_share_does_not_count() -> None:
    for _n in range(21):
        make_contact(last_name="", email="info@firma.example")
    scanned()
    assert pairs() == set()
    assert duplicates.candidates([Contact.objects.earliest("pk").pk]) == []


def test_a_contact_finds_the_same_pairs_as_the_scan_in_one_look() -> None:
    people, _same = labelled(seed=3, people=60)
    scanned()
    with CaptureQueriesContext(connection) as asked:
        found = duplicates.candidates([contact.pk for contact in people])
    assert {(min(c.contact, c.other), max(c.contact, c.other)) for c in found} == pairs()
    assert len(asked) == 2


def test_a_scan_goes_on_where_it_stopped_and_keeps_what_was_decided() -> None:
    pair = make_pair()
    duplicates.decide(pair.pk, "different", by=make_user(Role.MARKETER), at=TUESDAY)
    first = duplicates.ask(at=TUESDAY, by=None)
    assert duplicates.go_on(TUESDAY)
    assert duplicates.ask(at=TUESDAY, by=None).pk == first.pk
    assert DuplicateScan.objects.get(pk=first.pk).blocks_done == 1
    scanned()
    assert DuplicatePair.objects.values_list("decision", flat=True).get() == "different"
    assert not DuplicatePair.objects.undecided(TUESDAY + 365 * DAY).exists()


def test_what_became_unlike_is_not_asked_about() -> None:
    pair = make_pair()
    Contact.objects.filter(pk=pair.right_id).update(first_name="Els", name_key="els smit", email_key="els@x.example")
    scanned()
    assert pairs() == set()


def test_what_is_sure_is_merged_without_asking_where_the_company_wants_that() -> None:
    pair, marketer = make_pair(), make_user(Role.MARKETER)
    assert (pair.score, pair.decision) == (100, "")
    Company.objects.update_or_create(pk=1, defaults={"merges_from": 85})
    scanned()
    merge = Merge.objects.get()
    assert (merge.winner_id, merge.loser_id, merge.by) == (pair.left_id, pair.right_id, None)
    duplicates.put_back(merge.pk, by=marketer, at=TUESDAY)
    scanned()
    assert not Merge.objects.filter(unmerged_at=None).exists()
    assert DuplicatePair.objects.undecided(TUESDAY).filter(pk=pair.pk).exists()


def test_what_is_not_sure_is_asked_about_also_then() -> None:
    Company.objects.update_or_create(pk=1, defaults={"merges_from": 85})
    pair = make_pair(email_key="j.vries@elders.example")
    assert (pair.score, pair.decision) == (82, "")


def test_later_comes_back_after_a_week() -> None:
    pair = make_pair()
    duplicates.decide(pair.pk, "later", by=make_user(Role.MARKETER), at=TUESDAY)
    assert not DuplicatePair.objects.undecided(TUESDAY + 7 * DAY).exists()
    assert DuplicatePair.objects.undecided(TUESDAY + 8 * DAY).get() == pair


def test_only_marketing_sees_the_page(client: Any) -> None:
    pair = make_pair()
    paths = ["/duplicates/", f"/duplicates/{pair.pk}/", f"/contacts/{pair.left_id}/duplicates/"]
    for role, status in ((Role.HUNTER, 403), (Role.SALES_MANAGER, 403), (Role.MARKETER, 200), (Role.ADMIN, 200)):
        client.force_login(make_user(role))
        assert [client.get(path).status_code for path in paths] == [status] * 3
    client.force_login(make_user(Role.HUNTER))
    assert client.post(f"/duplicates/{pair.pk}/decision/", {"decision": "merged"}).status_code == 403
    assert DuplicatePair.objects.get().decision == ""


def test_the_page_takes_the_same_statements_for_any_number_of_pairs(client: Any) -> None:
    make_pair()
    client.force_login(make_user(Role.MARKETER))
    few = statements(client, "/duplicates/")
    labelled(seed=5, people=60)
    scanned()
    assert DuplicatePair.objects.count() > 20
    assert statements(client, "/duplicates/") == few


def test_a_pair_is_merged_as_chosen_and_taken_back(client: Any) -> None:
    pair = make_pair(job_title="CEO", city="Delft")
    Contact.objects.filter(pk=pair.left_id).update(job_title="CIO")
    client.force_login(make_user(Role.MARKETER))
    shown = client.get(f"/duplicates/{pair.pk}/?of-job_title=right")
    assert [(row.group, row.wins) for row in shown.context["rows"] if row.is_different] == [
        ("address", "right"),
        ("job_title", "right"),
    ]
    said = {"decision": "merged", "keep": "left", "of-job_title": "right"}
    answer = client.post(f"/duplicates/{pair.pk}/decision/", said)
    assert answer["Location"] == "/duplicates/"
    pair.refresh_from_db()
    left = Contact.objects.get(pk=pair.left_id)
    assert (pair.decision, pair.merge.loser_id, left.job_title, left.city) == ("merged", pair.right_id, "CEO", "Delft")
    again = client.post(f"/duplicates/{pair.pk}/decision/", said, follow=True)
    assert [str(message) for message in again.context["messages"]] == [
        "Merged",
        "Somebody decided on this pair before.",
    ]
    Contact.objects.filter(pk=left.pk).update(city="Gouda")
    merges = client.get(f"/contacts/{left.pk}/duplicates/").context["merges"]
    assert list(merges) == [pair.merge]
    back = client.post(f"/merges/{pair.merge_id}/undoing/", {"contact": "1"}, follow=True)
    assert back.redirect_chain == [(f"/contacts/{left.pk}/", 302)]
    assert [str(message) for message in back.context["messages"]] == [
        "Both records are back as they were.",
        "Changed since, and left as it is: address.",
    ]
    assert DuplicatePair.objects.undecided(timezone.now()).get() == pair


def test_htmx_swaps_in_the_next_pair(client: Any) -> None:
    first, second = make_pair(), make_pair(email="jan@other.example")
    client.force_login(make_user(Role.MARKETER))
    answer = client.post(
        f"/duplicates/{first.pk}/decision/", {"decision": "different", "keep": "left"}, headers={"HX-Request": "true"}
    )
    assert answer["HX-Push-Url"] == f"/duplicates/{second.pk}/"
    assert answer.context["pair"] == second
    assert b"<html" not in answer.content


def test_a_contact_is_compared_at_once(client: Any) -> None:
    known = {"last_name": "Vries", "name_key": "jan vries", "email": "jan@firma.example"}
    one, other = make_contact(**known), make_contact(**known)
    client.force_login(make_user(Role.MARKETER))
    assert [row[0] for row in client.get(f"/contacts/{other.pk}/duplicates/").context["others"]] == [one]
    answer = client.post(f"/contacts/{other.pk}/duplicates/")
    assert answer["Location"] == f"/duplicates/{DuplicatePair.objects.get().pk}/?keep=right&contact={other.pk}"


def test_who_is_like_a_record_that_was_merged_is_offered_too(client: Any) -> None:
    stays, folded = make_contact(last_name="Bos", name_key="bos"), make_contact(last_name="Vos", name_key="jan vos")
    Contact.objects.filter(pk=folded.pk).update(email="vos@firma.example", email_key="vos@firma.example")
    merging.merge([merging.Fold(stays.pk, folded.pk)], at=TUESDAY, by=None)
    Contact.objects.filter(pk=stays.pk).update(email="", email_key="")
    third = make_contact(last_name="Vos", name_key="jan vos", email="vos@firma.example")
    client.force_login(make_user(Role.MARKETER))
    assert [row[0] for row in client.get(f"/contacts/{stays.pk}/duplicates/").context["others"]] == [third]
    page = client.post(f"/contacts/{stays.pk}/duplicates/", follow=True)
    assert (page.context["pair"].left, page.context["pair"].right, page.context["is_open"]) == (stays, third, True)


def test_a_scan_is_asked_for(client: Any) -> None:
    client.force_login(make_user(Role.MARKETER))
    client.post("/duplicates/scans/")
    assert DuplicateScan.objects.filter(finished_at=None).count() == 1


def test_other_programs_read_pairs_and_decide() -> None:
    pair = make_pair()
    api = Api(make_user(Role.MARKETER), Scope.DUPLICATES_READ, Scope.DUPLICATES_WRITE)
    (row,) = told(api.get("duplicates/"), 200)["results"]
    assert (row["id"], row["left"]["id"], row["right"]["id"], row["score"]) == (
        pair.pk,
        pair.left_id,
        pair.right_id,
        100,
    )
    path = f"duplicates/{pair.pk}/decision/"
    decided = told(api.post(path, {"decision": "merged", "keep": "right"}), 201)
    assert (decided["decision"], Merge.objects.get().winner_id) == ("merged", pair.right_id)
    assert told(api.post(path, {"decision": "different"}), 409)["detail"] == "Somebody decided on this pair before."
    assert told(api.get("duplicates/?decision=merged"), 200)["results"] == [decided]
    told(Api(make_user(Role.MARKETER), Scope.LEADS_READ).get("duplicates/"), 403)
    told(Api(make_user(Role.HUNTER)).get("duplicates/"), 403)


def together(client: Any, one: Contact, other: Contact) -> str:
    """Bring two people together from the page of the first; the address of their comparison."""
    return str(client.post(f"/contacts/{one.pk}/pairs/", {"other": other.pk})["Location"])


@pytest.mark.parametrize(
    "asked", ["Smit", "piet smit", "p.smit@elders.example", "elders.ex", "06 1234 5678", "ELDERS B.V."]
)
def test_who_is_one_person_though_nothing_says_so_is_looked_for(client: Any, asked: str) -> None:
    one = make_contact(last_name="Bakker", name_key="bakker", email="bakker@firma.example")
    other = make_contact(
        first_name="Piet", last_name="Smit", name_key="piet smit", email="p.smit@elders.example",
        mobile_e164="+31612345678", organisation=make_organisation("Elders B.V."),
    )  # fmt: skip
    gone = make_contact(first_name="Piet", last_name="Smit", name_key="piet smit", erased_at=TUESDAY)
    while search.fill():
        pass
    client.force_login(make_user(Role.MARKETER))
    shown = client.get(f"/contacts/{one.pk}/duplicates/", {"who": asked})
    assert (shown.context["others"], shown.context["sought"], gone.pk > other.pk) == ([], [other], True)
    assert shown.text.count(f'value="{asked}"') == 1
    assert client.get(f"/contacts/{other.pk}/duplicates/", {"who": asked}).context["sought"] == []


def test_of_many_who_fit_some_are_shown_and_said_so(client: Any) -> None:
    people = [make_contact(last_name=f"Smit {n:02}", name_key=f"smit {n:02}") for n in range(22)]
    while search.fill():
        pass
    client.force_login(make_user(Role.MARKETER))
    shown = client.get(f"/contacts/{people[0].pk}/duplicates/", {"who": "smit"})
    assert (len(shown.context["sought"]), shown.context["are_many"]) == (20, True)
    few = client.get(f"/contacts/{people[0].pk}/duplicates/", {"who": "smit 07"})
    assert (few.context["sought"], few.context["are_many"]) == ([people[7]], False)


def test_two_people_are_brought_together_merged_and_taken_back(client: Any) -> None:
    other = make_contact(last_name="Smit", name_key="smit", email="smit@elders.example", job_title="CEO")
    one = make_contact(last_name="Bakker", name_key="bakker", email="bakker@firma.example", job_title="CIO")
    client.force_login(make_user(Role.MARKETER))
    address = together(client, one, other)
    pair = DuplicatePair.objects.get()
    assert address == f"/duplicates/{pair.pk}/?keep=right&contact={one.pk}"
    shown = client.get(address).context
    assert (pair.left, shown["keeps_right"], shown["is_open"], shown["is_likely"]) == (other, True, True, False)
    said = {"decision": "merged", "keep": "right", "of-job_title": "left", "contact": one.pk}
    answer = client.post(f"/duplicates/{pair.pk}/decision/", said, follow=True)
    assert answer.redirect_chain == [(f"/contacts/{one.pk}/", 302)]
    assert [str(message) for message in answer.context["messages"]] == ["Merged"]
    one.refresh_from_db()
    assert (Contact.objects.get(pk=other.pk).family_id, one.last_name, one.job_title) == (one.pk, "Bakker", "CEO")
    client.post(f"/merges/{Merge.objects.get().pk}/undoing/", {"contact": "1"})
    one.refresh_from_db()
    assert (Contact.objects.get(pk=other.pk).family_id, one.job_title) == (other.pk, "CIO")
    assert together(client, one, other) == address


def test_who_was_told_apart_is_merged_by_who_saw_that(client: Any) -> None:
    one, other = make_contact(), make_contact()
    marketer = make_user(Role.MARKETER)
    client.force_login(marketer)
    pair = duplicates.bring_together(one.pk, other.pk, at=TUESDAY)
    duplicates.decide(pair.pk, "different", by=marketer, at=TUESDAY)
    with pytest.raises(duplicates.DecidedBefore):
        duplicates.decide(pair.pk, "merged", by=marketer, at=TUESDAY)
    shown = client.get(together(client, one, other))
    assert (shown.context["is_apart"], shown.context["is_open"]) == (True, True)
    said = {"decision": "merged", "seen": "different", "contact": one.pk}
    client.post(f"/duplicates/{pair.pk}/decision/", said, headers={"HX-Request": "true"})
    assert Merge.objects.get().loser == other


def test_nobody_is_brought_together_with_themselves_or_with_who_is_gone(client: Any) -> None:
    one, folded, gone = make_contact(), make_contact(), make_contact(erased_at=TUESDAY)
    merging.merge([merging.Fold(one.pk, folded.pk)], at=TUESDAY, by=None)
    client.force_login(make_user(Role.MARKETER))
    asked = [one.pk, folded.pk, gone.pk, gone.pk + 1, "x", ""]
    assert [client.post(f"/contacts/{one.pk}/pairs/", {"other": key}).status_code for key in asked] == [404] * 6
    client.force_login(make_user(Role.HUNTER))
    assert client.post(f"/contacts/{one.pk}/pairs/", {"other": gone.pk}).status_code == 403
    assert not DuplicatePair.objects.exists()


def test_a_pair_brought_together_waits_for_nobody_and_goes_with_the_next_scan() -> None:
    one, other = make_contact(last_name="Bakker", name_key="bakker"), make_contact(last_name="Smit", name_key="smit")
    duplicates.bring_together(one.pk, other.pk, at=TUESDAY)
    assert (pairs(), DuplicatePair.objects.undecided(TUESDAY).exists()) == ({(one.pk, other.pk)}, False)
    scanned()
    assert pairs() == set()
