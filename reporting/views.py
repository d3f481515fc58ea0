"""Which pages tell what became of the leads? They read, and write nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required, permission_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from leadops.accounts.models import Company
from leadops.accounts.roles import is_admin
from leads.models import ImportedPast
from reporting import black_hole as holes
from reporting import cuts, exports, follow_up_rate, heat, lying, pictures, spend, tracking
from reporting.facts import Facts
from reporting.forms import Asked

FEW = 5
MANY = 200
# A form may hold no more than a thousand fields.
AT_ONCE = 900
BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def asked_by(request: HttpRequest) -> Asked:
    """Return what the reader asks, judged."""
    now = timezone.now()
    zone = (Company.objects.first() or Company()).time_zone
    asked = Asked(request.GET, teams=tracking.teams_offered(request.user, now), now=now, zone=zone)
    asked.is_valid()
    return asked


def seen_by(request: HttpRequest, asked: Asked) -> tracking.Shown:
    """Return whom the reader sees by name, in a team asked for its members alone."""
    shown = tracking.shown_to(request.user, asked.at)
    owners = asked.facts().owners
    return shown if owners is None else shown.only(owners)


def frame(asked: Asked) -> dict[str, Any]:
    """Return what both pages show round their figures."""
    return {
        "asked": asked,
        "query": asked.query(),
        "company": Company.objects.first() or Company(),
        "has_imported": asked.is_with_imported or ImportedPast.objects.exists(),
    }


@require_GET
@login_required
@permission_required("reporting.see_reports", raise_exception=True)
def black_hole(request: HttpRequest) -> HttpResponse:
    """Show what was never followed up."""
    asked = asked_by(request)
    report, page = holes.report(asked.facts()), frame(asked)
    table = heat.table(report.groups, seen_by(request, asked))
    page |= drawn(report, page["company"]) | {
        "report": report,
        "heat": table,
        "named": "-".join(str(owner) for owner in sorted(table.named.names)),
        "leads_url": reverse("reporting:black-hole-leads"),
        "channels": cuts.by_channel(report.channels),
    }
    if request.GET.get("why"):
        page |= why(report.facts, report.costs)
    if request.GET.get("cell"):
        page |= drilled(request, asked, report.costs)
    return render(request, "reporting/black_hole.html", page)


def drawn(report: holes.Report, company: Company) -> dict[str, Any]:
    """Return the pictures of what was never followed up, and the figures that stand in them."""
    whole, better = report.whole, pictures.points_better(report.before, report.whole)
    return {
        "steps": pictures.steps(whole),
        "seeds": pictures.seeds(whole),
        "dot": pictures.dot_size(whole),
        "ages": pictures.how_long(report.ages, whole),
        "age_rows": pictures.age_rows(report.ages),
        "median_age": holes.median_age(report.ages),
        "weeks": pictures.by_week(report.weeks, company.follow_up_target),
        "share_points": pictures.points(whole.share),
        "better": better,
        "worse": -better if better else 0,
    }


def drilled(request: HttpRequest, asked: Asked, costs: dict[int, Decimal]) -> dict[str, Any]:
    """Return the leads of the cell that is asked for; raise Http404 where there is none such."""
    shown, facts = seen_by(request, asked), asked.facts()
    named = {int(key) for key in request.GET.get("named", "").split("-") if key.isdigit()}
    of = lying.cell(request.GET.get("cell", ""), shown.only(named) if named else shown)
    if of is None:
        raise Http404
    every = lying.rows(facts, of)
    found = lying.visible(every, request.user)
    most = MANY if request.GET.get("show") == "all" else FEW
    return {
        "cell": request.GET["cell"],
        "of": of,
        "every": len(every),
        "found": found,
        "spreadable": found[:AT_ONCE],
        "leads": lying.told(found[:most], facts, costs),
        "spend": sum(costs.get(row[3], 0) for row in every),
        "reps": lying.reps_to_give_to(request.user, is_admin=is_admin(request.user)),
        "teams": tracking.teams_led(request.user),
        "named": request.GET.get("named", ""),
    }


@require_GET
@login_required
@permission_required("reporting.see_reports", raise_exception=True)
def black_hole_leads(request: HttpRequest) -> HttpResponse:
    """Show the leads of one cell alone, for the page that is open already."""
    asked = asked_by(request)
    facts = asked.facts()
    costs = spend.of_a_lead(facts.as_of, is_live=facts.is_live)
    return render(request, "reporting/_leads.html", frame(asked) | drilled(request, asked, costs))


def why(facts: Facts, costs: dict[int, Decimal]) -> dict[str, Any]:
    """Return why promises broke."""
    found = cuts.by_cause(holes.causes(facts, costs))
    return {"causes": found, "why": pictures.causes(found)}


@require_GET
@login_required
@permission_required("reporting.see_reports", raise_exception=True)
def black_hole_why(request: HttpRequest) -> HttpResponse:
    """Show why promises broke, for the page that is open already: it takes longer to find than the rest."""
    asked = asked_by(request)
    facts = asked.facts()
    costs = spend.of_a_lead(facts.as_of, is_live=facts.is_live)
    return render(request, "reporting/_causes.html", frame(asked) | why(facts, costs))


@require_GET
@login_required
@permission_required("reporting.see_reports", raise_exception=True)
def black_hole_excel(request: HttpRequest) -> FileResponse:
    """Send the report as a workbook, with the leads that the reader may see."""
    asked = asked_by(request)
    report, shown = holes.report(asked.facts()), seen_by(request, asked)
    every = lying.Cell(heat.ANY, heat.ANY, shown)
    found = lying.visible(lying.rows(report.facts, every), request.user)
    sheets = [
        (_("Channels"), cuts.by_channel(report.channels)),
        (_("Campaigns"), cuts.by_campaign(report.groups)),
        (_("Reps"), cuts.by_rep(report.groups, shown)),
        (_("Causes"), cuts.by_cause(holes.causes(report.facts, report.costs))),
    ]
    book = exports.workbook(report.facts, report.whole, sheets, lying.told(found, report.facts, report.costs))
    return sent(book, "black-hole", asked)


@require_GET
@login_required
@permission_required("reporting.see_reports", raise_exception=True)
def follow_up(request: HttpRequest) -> HttpResponse:
    """Show how many were followed up, how many in time, and how fast."""
    asked = asked_by(request)
    report, shown = follow_up_rate.report(asked.facts()), seen_by(request, asked)
    page = frame(asked)
    company = page["company"]
    page |= {
        "report": report,
        "rate": pictures.by_week(report.weeks, company.follow_up_target, nightly=report.nightly),
        "in_time": pictures.in_time_by_week(report.weeks, company.in_time_target),
        "week_rows": pictures.week_rows(report.weeks, report.nightly),
        "tables": [
            (_("Channel"), cuts.by_channel(report.channels)),
            (_("Campaign"), cuts.by_campaign(report.groups)),
            (_("Rep"), cuts.by_rep(report.groups, shown)),
        ],
    }
    return render(request, "reporting/follow_up.html", page)


@require_GET
@login_required
@permission_required("reporting.see_reports", raise_exception=True)
def follow_up_excel(request: HttpRequest) -> FileResponse:
    """Send the follow-up report as a workbook."""
    asked = asked_by(request)
    report, shown = follow_up_rate.report(asked.facts()), seen_by(request, asked)
    sheets = [
        (_("Weeks"), cuts.by_week(report.weeks)),
        (_("Channels"), cuts.by_channel(report.channels)),
        (_("Campaigns"), cuts.by_campaign(report.groups)),
        (_("Reps"), cuts.by_rep(report.groups, shown)),
    ]
    return sent(exports.workbook(report.facts, report.whole, sheets, None), "follow-up", asked)


def sent(book: Any, name: str, asked: Asked) -> FileResponse:
    """Send a workbook under a name that tells its period."""
    days = asked.days
    return FileResponse(book, as_attachment=True, filename=f"{name} {days.first} {days.last}.xlsx", content_type=BOOK)
