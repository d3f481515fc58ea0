"""Which call lists are there, who is on them and who is kept out, and what do callers ask?"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from leadops.accounts.requests import Request, posted_from, sent
from leads import tasks
from leads.calling import figures, hours, lists, scripts, sheets
from leads.forms.call_lists import CallListForm, RuleForm, SourceForm
from leads.forms.scripts import ScriptForm, rows
from leads.models import CallingRule, CallList, CallTarget, Campaign
from leads.views.asked import OfAddress, asked_before
from leads.views.choosing import chosen_keys

SHOWN, PAGE, UNFIT = 50, 12, 422
may_call = permission_required("leads.make_calls", raise_exception=True)
may_manage = permission_required("leads.manage_calls", raise_exception=True)


@require_safe
@login_required
@may_call
def call_lists(request: Request) -> HttpResponse:
    """The lists that the reader sees, those under way first, and how far each is."""
    found = CallList.objects.visible_to(request.user).select_related("campaign")
    shown = list(found.order_by("closed_at", "-pk")[:SHOWN])
    counted = figures.of_lists([one.pk for one in shown])
    own = set(CallList.objects.called_by(request.user).values_list("pk", flat=True))
    lines = [(one, counted[one.pk], one.pk in own) for one in shown]
    return render(request, "leads/calls/lists.html", {"lines": lines, "at": timezone.now()})


def lists_of(campaign: Campaign, request: Request) -> list[tuple[CallList, figures.Figures]]:
    """The lists of a campaign that the reader sees, newest first, and how far each is."""
    if not request.user.has_perm("leads.make_calls"):
        return []
    found = list(CallList.objects.visible_to(request.user).filter(campaign=campaign).order_by("-pk")[:SHOWN])
    counted = figures.of_lists([one.pk for one in found]) if found else {}
    return [(one, counted[one.pk]) for one in found]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_manage
@transaction.atomic
def call_list_new(request: Request) -> HttpResponse:
    """Describe a new list: of the leads that were asked for in the lead list, or of a view or an import chosen here."""
    is_post, at = request.method == "POST", timezone.now()
    data = request.POST if is_post else request.GET
    asked = asked_before(data.get("asked", ""), request.user) if is_post else OfAddress(data, reader=request.user)
    keys = chosen_keys(data)
    is_given = asked.is_narrowed or keys is not None
    source = None if is_given else SourceForm(sent(request), reader=request.user, initial=data.get("source", ""))
    begun = CallList(name=str(asked.view or ""))
    form = CallListForm(sent(request), instance=begun, initial={"callers": [request.user.pk]})
    if is_post and asked.is_sound and form.is_valid() and (source is None or source.is_valid()):
        kept = asked.of(keys).as_kept() if source is None else source.asked
        questions = scripts.fitting(scripts.first())
        made = form.made(by=request.user, asked=kept, questions=questions, at=at)
        scripts.register(questions, at=at)
        lists.tell(made, by=request.user, at=at)
        tasks.ring_for_errands()
        messages.success(request, _("The list is being filled. Below is what callers ask: change it as you like."))
        return redirect("leads:call-list", made.pk)
    said = sheets.asked_in_words(asked.asking.as_kept())
    context = {"form": form, "source": source, "asked": asked, "keys": keys, "said": said}
    return render(request, "leads/calls/form.html", context, status=UNFIT if is_post else 200)


def _list(request: Request, pk: int) -> CallList:
    found: CallList = get_object_or_404(
        CallList.objects.visible_to(request.user).select_related("campaign", "by").prefetch_related("callers"), pk=pk
    )
    return found


@require_safe
@login_required
@may_call
def call_list(request: Request, pk: int) -> HttpResponse:
    """One list: how far it is, who is kept out and why, what each caller did, what was answered, and the script."""
    return _page(request, _list(request, pk))


def _page(request: Request, found: CallList, script: ScriptForm | None = None) -> HttpResponse:
    at, manages = timezone.now(), request.user.has_perm("leads.manage_calls")
    counted = figures.of_lists([found.pk])[found.pk]
    questions = script.questions if script else found.questions
    context: dict[str, Any] = {
        "list": found,
        "at": at,
        "figures": counted,
        "promoted": figures.promoted(found.pk),
        "reasons": [(CallTarget.KeptOut(key), count) for key, count in sorted(counted.reasons.items())],
        "callers": figures.of_callers(found.pk, None if manages else request.user.pk),
        "answers": figures.answers(found),
        "asked": sheets.asked_in_words(found.asked),
        "opens_at": hours.next_open(found, at),
        "is_caller": request.user in found.callers.all(),
        "rows": rows(questions),
        "kinds": scripts.QuestionKind.choices,
        "targets": scripts.targets_of(one["fills"] for one in questions),
        "problem": script.problem if script else "",
    }
    if manages:
        context |= _kept_out(request, found)
    return render(request, "leads/calls/detail.html", context, status=UNFIT if script else 200)


def _kept_out(request: Request, found: CallList) -> dict[str, Any]:
    """Who is kept out, for the reason that the address names, or for any. Rides target_by_state."""
    reason = request.GET.get("reason", "")
    kept = found.targets.filter(state=CallTarget.State.KEPT_OUT).select_related("lead__contact__organisation")
    kept = kept.filter(kept_out=reason) if reason in CallTarget.KeptOut.values and reason else kept
    return {"kept": Paginator(kept.order_by("pk"), PAGE).get_page(request.GET.get("page")), "chosen": reason}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_manage
@transaction.atomic
def call_list_edit(request: Request, pk: int) -> HttpResponse:
    """Describe a list anew; which leads it asks for stays as it is."""
    found = get_object_or_404(CallList.objects.select_for_update(no_key=True), pk=pk)
    form = CallListForm(sent(request), instance=found)
    if form.is_valid():
        form.save()
        lists.tell(found, by=request.user, at=timezone.now())
        lists.look_again(CallList.objects.filter(pk=pk))
        tasks.ring_for_errands()
        messages.success(request, _("Saved."))
        return redirect("leads:call-list", pk)
    return render(request, "leads/calls/form.html", {"form": form, "list": found}, status=UNFIT if form.errors else 200)


@posted_from("leads:call-list")
@login_required
@may_manage
@transaction.atomic
def call_list_script(request: Request, pk: int) -> HttpResponse:
    """Add, order, word and drop questions; what was typed is kept whatever was pressed."""
    found = get_object_or_404(CallList.objects.select_for_update(no_key=True), pk=pk)
    form = ScriptForm(request.POST, found)
    if not form.problem:
        scripts.keep(found, form.questions, at=timezone.now())
    if request.htmx:
        context = {"list": found, "rows": rows(form.questions), "kinds": scripts.QuestionKind.choices}
        targets = scripts.targets_of(one["fills"] for one in form.questions)
        context |= {"targets": targets, "problem": form.problem}
        return render(request, "leads/calls/_script.html", context)
    if form.problem:
        return _page(request, found, form)
    return redirect(reverse("leads:call-list", args=[pk]) + "#script")


@require_POST
@login_required
@may_manage
def call_list_filling(request: Request, pk: int) -> HttpResponse:
    """Look again which leads fit, and who may be called."""
    if lists.look_again(CallList.objects.filter(pk=pk)):
        tasks.ring_for_errands()
    return redirect("leads:call-list", pk)


@require_POST
@login_required
@may_manage
def call_list_closing(request: Request, pk: int) -> HttpResponse:
    """Stop calling a list, or go on."""
    one = CallList.objects.filter(pk=pk)
    if request.POST.get("is_closed") == "1":
        lists.close(one, at=timezone.now())
        messages.success(request, _("The list is closed: nobody is called for it any more."))
    elif lists.open_again(one):
        tasks.ring_for_errands()
        messages.success(request, _("The list is open again."))
    return redirect("leads:call-list", pk)


@require_safe
@login_required
@may_call
def call_list_progress(request: Request, pk: int) -> HttpResponse:
    """A fragment: how far the filling is. Once it is done the reader's page is read anew."""
    found = _list(request, pk)
    if request.GET.get("state") != found.state:
        return HttpResponseClientRefresh()
    return render(request, "leads/listing/_progress.html", {"errand": found, "address": request.path})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_manage
@transaction.atomic
def calling_rule(request: Request) -> HttpResponse:
    """Say of which natural persons a yes is needed before they are called; lists under way are looked at anew."""
    form = RuleForm(sent(request), instance=CallingRule.objects.first() or CallingRule(pk=1))
    if form.is_valid():
        form.save()
        lists.look_again(CallList.objects.all())
        tasks.ring_for_errands()
        messages.success(request, _("Saved. Call lists are being looked at anew."))
        return redirect("leads:calling-rule")
    return render(request, "leads/calls/rule.html", {"form": form}, status=UNFIT if form.errors else 200)
