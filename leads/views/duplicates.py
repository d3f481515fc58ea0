"""Which records may be one person, and what does somebody say of it?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from leadops.accounts.requests import Request, key_in, posted_from
from leads import duplicates, search, tasks
from leads.forms.duplicates import DecisionForm, SidesForm
from leads.merging import MergeRefused
from leads.models import Contact, DuplicatePair, DuplicateScan, Lead, Merge
from leads.querysets import ContactQuerySet, DuplicatePairQuerySet

MERGES_SHOWN, MOST_COUNTED, PEOPLE_SHOWN = 20, 500, 20
may_merge = permission_required("leads.merge_contacts", raise_exception=True)


@require_safe
@login_required
@may_merge
def duplicate_list(request: Request) -> HttpResponse:
    """The likeliest pair that nobody decided on, and what was merged last."""
    at = timezone.now()
    return _page(request, _waiting(at).order_by("-score", "pk").first(), at)


@require_safe
@login_required
@may_merge
def duplicate_detail(request: Request, pk: int) -> HttpResponse:
    """One pair, as it would be with what is chosen."""
    return _page(request, get_object_or_404(DuplicatePair.objects.with_people(), pk=pk), timezone.now())


def _waiting(at: datetime) -> DuplicatePairQuerySet:
    return DuplicatePair.objects.undecided(at).with_people()


def _page(request: Request, pair: DuplicatePair | None, at: datetime, **extra: Any) -> HttpResponse:
    """The page with a pair, or none; only the pair where htmx asks."""
    context = {"at": at, "pair": pair} | (_beside(request, pair, at) if pair else {}) | extra
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "leads/duplicates/_pair.html", context)
    waiting = DuplicatePair.objects.undecided(at)[: MOST_COUNTED + 1].count()
    context |= {
        "waiting": min(waiting, MOST_COUNTED),
        "is_more": waiting > MOST_COUNTED,
        "scan": DuplicateScan.objects.order_by("-pk").first(),
        "blocks": len(duplicates.BLOCKS),
        "merges": _merges().order_by("-pk")[:MERGES_SHOWN],
    }
    return render(request, "leads/duplicates/list.html", context)


def _merges() -> QuerySet[Merge]:
    standing = Merge.objects.filter(unmerged_at__isnull=True)
    return standing.select_related("winner__organisation", "loser__organisation", "by")


def _beside(request: Request, pair: DuplicatePair, at: datetime) -> dict[str, Any]:
    form = SidesForm(request.GET)
    form.is_valid()
    waiting = DuplicatePair.objects.undecided(at)
    is_open = pair.decision != DuplicatePair.Decision.MERGED and pair.score is not None
    both = Lead.objects.still_open().filter(family_id__in=(pair.left.family_id, pair.right.family_id)).count()
    return {
        "keeps_right": form.sides["keeps_right"],
        "rows": duplicates.rows(pair.left, pair.right, **form.sides),
        "reasons": duplicates.said(pair.reasons),
        "is_sure": (pair.score or 0) >= duplicates.MERGE,
        "is_likely": (pair.score or 0) >= duplicates.ASK,
        "is_apart": pair.decision == DuplicatePair.Decision.DIFFERENT,
        "contact": (contact := form.cleaned_data.get("contact")),
        "carried": f"&contact={contact}" if contact else "",
        "is_open": is_open and pair.left.merged_into_id is None and pair.right.merged_into_id is None,
        "closes_one": both > 1,
        "following": waiting.after(pair).first() if is_open else waiting.order_by("-score", "pk").first(),
        "previous": waiting.before(pair).first() if is_open else None,
    }


@posted_from("leads:duplicate")
@login_required
@may_merge
def duplicate_decision(request: Request, pk: int) -> HttpResponse:
    """Say what a pair is, and go on to the next one."""
    at = timezone.now()
    pair = get_object_or_404(DuplicatePair, pk=pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise Http404
    following = DuplicatePair.objects.undecided(at).after(pair).with_people()
    try:
        said = form.cleaned_data
        done = duplicates.decide(pk, said["decision"], by=request.user, at=at, seen=said["seen"], **form.sides)
        told: dict[str, Any] = {"done": done}
    except (duplicates.DecidedBefore, MergeRefused) as refused:
        told = {"refused": str(refused)}
    if said["contact"]:
        return _back(request, said["contact"], **told)
    return _onward(request, following.first(), at, **told)


def _onward(request: Request, pair: DuplicatePair | None, at: datetime, **told: Any) -> HttpResponse:
    """The pair that comes next, or the likeliest of those that were passed over, with what was just done."""
    pair = pair or _waiting(at).order_by("-score", "pk").first()
    if request.htmx:
        response = _page(request, pair, at, **told)
        response["HX-Push-Url"] = _address(pair)
        return response
    _tell(request, **told)
    return redirect(_address(pair))


def _back(request: Request, contact: int, **told: Any) -> HttpResponse:
    """The person from whose page a pair was brought together, with what was just done."""
    _tell(request, **told)
    address = reverse("leads:contact", args=[contact])
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


def _tell(request: Request, done: DuplicatePair | None = None, refused: str = "") -> None:
    if done is None:
        messages.warning(request, refused)
    else:
        messages.success(request, done.get_decision_display())


def _address(pair: DuplicatePair | None) -> str:
    return reverse("leads:duplicate", args=[pair.pk]) if pair else reverse("leads:duplicates")


@posted_from("leads:duplicates")
@login_required
@may_merge
def duplicate_scans(request: Request) -> HttpResponse:
    """Have the whole base looked through."""
    duplicates.ask(at=timezone.now(), by=request.user)
    tasks.ring_for_duplicates()
    messages.success(request, _("The whole base is being looked through. What is found appears here."))
    return redirect("leads:duplicates")


@require_POST
@login_required
@may_merge
def merge_undoing(request: Request, pk: int) -> HttpResponse:
    """Give both records back, and say what could not be put back."""
    merge = get_object_or_404(Merge, pk=pk)
    done = duplicates.put_back(pk, by=request.user, at=timezone.now())
    if done is None:
        messages.warning(request, _("This was taken back before."))
    else:
        messages.success(request, _("Both records are back as they were."))
        for told in duplicates.left_behind(done):
            messages.warning(request, told)
    if "contact" in request.POST:
        return redirect("leads:contact", merge.winner_id)
    pair = DuplicatePair.objects.filter(
        left=min(merge.winner_id, merge.loser_id), right=max(merge.winner_id, merge.loser_id)
    )
    return redirect(_address(pair.first()))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_merge
def contact_duplicates(request: Request, pk: int) -> HttpResponse:
    """Who else may be this person, and which records were folded into theirs; posted to, the first pair to review.

    Somebody whom nothing points to is looked for by words.
    """
    at = timezone.now()
    contact = get_object_or_404(Contact.objects.visible_to(request.user), pk=pk)
    if request.method == "POST":
        pairs = duplicates.keep_around([pk], at=at).filter(decision__in=("", "later")).order_by("-score", "pk")
        pair = pairs.first()
        return redirect(_from(contact, pair) if pair else _address(None))
    context = {
        "at": at,
        "contact": contact,
        "others": _others(pk),
        "merges": _merges().filter(winner__family_id=contact.family_id),
    } | _sought(request, contact)
    template = "leads/duplicates/_contact.html" if request.htmx else "leads/duplicates/contact.html"
    return render(request, template, context)


def _sought(request: Request, contact: Contact) -> dict[str, Any]:
    """The people whom the reader looked for by words, by name; no more than a glance takes."""
    asked = request.GET.get("who", "").strip()[:200]
    found = list(search.people(_other_people(request, contact), asked, PEOPLE_SHOWN + 1))
    shown = sorted(found[:PEOPLE_SHOWN], key=lambda one: (str(one).lower(), one.pk))
    return {"asked": asked, "sought": shown, "are_many": len(found) > PEOPLE_SHOWN}


def _other_people(request: Request, contact: Contact) -> ContactQuerySet:
    """Everybody whom the reader may see and who can be the same person as a contact."""
    people = Contact.objects.visible_to(request.user).filter(erased_at__isnull=True)
    return people.exclude(family_id=contact.family_id).select_related("organisation")


@posted_from("leads:contact")
@login_required
@may_merge
def contact_pairs(request: Request, pk: int) -> HttpResponse:
    """Compare a person with another one whom the reader takes for the same, as any pair is compared; theirs is kept."""
    contact = get_object_or_404(Contact.objects.visible_to(request.user).roots(), pk=pk, erased_at__isnull=True)
    others = _other_people(request, contact).roots()
    other = get_object_or_404(others, pk=key_in(request.POST.get("other")) or 0)
    pair = duplicates.bring_together(pk, other.pk, at=timezone.now())
    return redirect(_from(contact, pair))


def _from(contact: Contact, pair: DuplicatePair) -> str:
    """The pair as it is looked at from the page of one of both, who is kept unless something else is said."""
    side = "left" if pair.left_id == contact.family_id else "right"
    return f"{_address(pair)}?keep={side}&contact={contact.family_id}"


def _others(contact: int) -> list[tuple[Contact, int, list[tuple[str, bool]]]]:
    """Those who may be the same person and of whom nobody said that they are not."""
    apart = DuplicatePair.objects.filter(decision=DuplicatePair.Decision.DIFFERENT)
    different = {*apart.filter(left=contact).values_list("right_id", flat=True)}
    different |= {*apart.filter(right=contact).values_list("left_id", flat=True)}
    found = [each for each in duplicates.around([contact]) if each.other not in different]
    people = Contact.objects.select_related("organisation").in_bulk([each.other for each in found])
    return [(people[each.other], each.score, duplicates.said(each.reasons)) for each in found]
