"""Which pages are there, and who opens them? Every address of the product is in one of these lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, get_resolver, reverse

from leads.models import Queue
from tests.journeys.pages.company import Company

EVERYBODY = ("marketer", "manager", "hunter", "farmer", "admin")
ADMINISTERING = ("admin", "marketer")
MARKETING, STEERING, REPS = ("marketer", "admin"), ("marketer", "manager", "admin"), ("hunter",)

# Answers with no page of their own: what is posted to, files, and doors that lead on.
NO_PAGE = frozenset({
    "account_confirm_email", "account_confirm_login_code", "account_email", "account_email_verification_sent",
    "account_inactive", "account_reset_password_from_key",
    "account_reset_password_from_key_done", "account_set_password", "account_signup",
    "choose-language", "choose-theme", "health", "mfa_activate_totp", "mfa_add_webauthn", "mfa_authenticate", "mfa_deactivate_totp",
    "mfa_download_recovery_codes", "mfa_edit_webauthn", "mfa_generate_recovery_codes", "mfa_list_webauthn",
    "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_view_recovery_codes", "welcome",
    "handoff:acceptance", "handoff:claim", "handoff:follow-ups", "handoff:follow-ups-of-lead", "handoff:later",
    "handoff:lost", "handoff:opportunities", "handoff:reassignments", "handoff:rejection", "handoff:retraction",
    "handoff:transfer", "handoff:won",
    "leads:act-progress", "leads:act-undoing", "leads:export-file", "leads:export-progress", "leads:view-list",
    "leads:view-removal",
    "leads:contact-consents", "leads:contact-legal-form", "leads:contact-lifting", "leads:contact-objections", "leads:contact-pairs", "leads:contact-proof", "leads:proof",
    "leads:suppression-lifting",
    "leads:duplicate-decision", "leads:duplicate-scans", "leads:merge-undoing",
    "leads:call-leaving", "leads:call-list-closing", "leads:call-list-filling", "leads:call-list-progress", "leads:call-list-script",
    "leads:call-made", "leads:call-put-off", "leads:call-undoing",
    "leads:campaign-agreement", "leads:campaign-link-archival", "leads:campaign-cost-void", "leads:campaign-costs", "leads:import-errors",
    "leads:import-cancellation", "leads:import-corrections", "leads:import-pause", "leads:import-progress", "leads:import-resumption",
    "leads:import-run", "leads:import-sheet", "leads:import-suggestion", "leads:import-template", "leads:import-template-edit", "leads:import-template-removal",
    "leads:form-activity", "leads:form-fields", "leads:form-preview", "leads:hook-mapping", "leads:hook-secret",
    "leads:stand-devices", "leads:stand-manifest", "leads:stand-renewal", "leads:stand-revocation", "leads:stand-worker",
    "leads:public-confirm", "leads:public-form", "leads:public-objection", "leads:public-thanks", "leads:public-withdraw",
    "qualification:force", "qualification:signatures", "reporting:black-hole-excel", "reporting:follow-up-excel",
    "settings-day-removal", "settings-days", "settings-deactivation", "settings-invitation", "settings-leave-end", "settings-membership-end",
    "settings-memberships", "settings-notices-reading", "settings-reactivation", "settings-release", "settings-token-revocation",
    "team-absence-end", "team-absences",
})  # fmt: skip


def names() -> set[str]:
    """The names of every address of ours; the API itself and the administration of the tables have their own tests."""
    return {name for name in _named(get_resolver(), "") if not name.startswith(("admin:", "api-v1:", "api-schema"))}


def _named(resolver: URLResolver, space: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _named(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif pattern.name:
            yield f"{space}{pattern.name}"


def pages(company: Company) -> list[tuple[str, str, tuple[str, ...]]]:
    """Each page as its name, its address, and the roles that open it."""
    batches, lead, hunter = company.batches, company.late, company.people["hunter"].pk
    given: list[tuple[str, list[Any], str, tuple[str, ...]]] = [
        ("home", [], "", STEERING),
        ("account_login", [], "", ()),
        ("account_reset_password", [], "", ()),
        ("account_reset_password_done", [], "", ()),
        ("account_logout", [], "", REPS),
        ("account_change_password", [], "", REPS),
        ("mfa_index", [], "", REPS),
        ("account_reauthenticate", [], "", REPS),
        ("handoff:queue", [], "", ("hunter", "farmer")),
        ("handoff:queue", [], "?tab=later", REPS),
        ("handoff:queue", [], "?tab=done", REPS),
        ("handoff:queue-lead", [lead.pk], "", REPS),
        ("handoff:queue-lead", [company.fresh.pk], "", REPS),
        ("handoff:queue-lead", [company.business.lead_id], "", REPS),
        ("handoff:queue-lead-part", [lead.pk], "", REPS),
        ("handoff:detail", [company.handoff.pk], "", ("hunter", "manager")),
        ("handoff:story", [lead.pk], "", REPS),
        ("handoff:of-lead", [lead.pk], "", ("hunter", "manager")),
        ("leads:list", [], "", EVERYBODY),
        ("handoff:new-lead", [], "", ("marketer", "hunter")),
        ("leads:list", [], "?stage=closed", MARKETING),
        ("leads:list", [], "?q=nobody", MARKETING),
        ("leads:list", [], f"?view={company.view.pk}", MARKETING),
        ("leads:list-condition", [], f"?view={company.view.pk}", MARKETING),
        ("leads:list-columns", [], f"?view={company.view.pk}", MARKETING),
        ("leads:list-count", [], "", ADMINISTERING),
        ("leads:view-new", [], "?stage=won", ADMINISTERING),
        ("leads:view", [company.view.pk], "", ("marketer",)),
        ("leads:exports", [], "", ADMINISTERING),
        ("leads:export-new", [], f"?which=chosen&lead={lead.pk}", ADMINISTERING),
        ("leads:export", [company.export.pk], "", ADMINISTERING),
        ("leads:acts", [], "", ADMINISTERING),
        ("leads:act-new", [], "?which=all", ADMINISTERING),
        ("leads:act-new", [], "?which=all&act=disqualify", ADMINISTERING),
        ("leads:act", [company.bulk.pk], "", ADMINISTERING),
        ("leads:detail", [lead.pk], "", ("marketer", "manager", "hunter", "admin")),
        ("leads:detail", [company.waiting.pk], "", ("hunter", "marketer")),
        ("leads:contact", [lead.contact_id], "", ("marketer", "hunter")),
        ("leads:duplicates", [], "", MARKETING),
        ("leads:duplicate", [company.pair.pk], "?keep=right", MARKETING),
        ("leads:contact-duplicates", [company.pair.left_id], "", MARKETING),
        ("leads:contact-duplicates", [company.pair.left_id], "?who=example", MARKETING),
        ("leads:campaigns", [], "", EVERYBODY),
        ("leads:campaign-new", [], "", MARKETING),
        ("leads:campaign", [company.campaign.pk], "", ("marketer", "manager", "admin")),
        ("leads:campaign-edit", [company.campaign.pk], "", MARKETING),
        ("leads:campaign-links", [company.campaign.pk], "", MARKETING),
        ("leads:campaign-link", [company.campaign.pk, company.link.pk], "", STEERING),
        ("leads:stand", [company.campaign.pk], "", ("marketer", "hunter")),
        ("leads:call-lists", [], "", ("marketer", "hunter")),
        ("leads:call-list-new", [], "", MARKETING),
        ("leads:call-list-new", [], f"?view={company.view.pk}", MARKETING),
        ("leads:call-list", [company.calls.pk], "", ("marketer", "hunter")),
        ("leads:call-list-edit", [company.calls.pk], "", MARKETING),
        ("leads:call-next", [company.calls.pk], "", ("marketer", "hunter")),
        ("leads:calling-rule", [], "", MARKETING),
        ("leads:forms", [], "", MARKETING),
        ("leads:form-new", [], "", MARKETING),
        ("leads:form", [company.form.pk], "", MARKETING),
        ("leads:form-edit", [company.form.pk], "", MARKETING),
        ("leads:passed-over", [], "", MARKETING),
        ("leads:hooks", [], "", MARKETING),
        ("leads:hook-new", [], "", MARKETING),
        ("leads:hook", [company.hook.pk], "", MARKETING),
        ("leads:hook-edit", [company.hook.pk], "", MARKETING),
        ("leads:imports", [], "", MARKETING),
        ("leads:import-new", [], "", MARKETING),
        ("leads:import-columns", [batches["mapping"].pk], "", MARKETING),
        ("leads:import-columns", [batches["history"].pk], "", MARKETING),
        ("leads:import-detail", [batches["moving"].pk], "", MARKETING),
        ("leads:import-header", [batches["mapping"].pk], "", MARKETING),
        ("leads:import-templates", [], "", MARKETING),
        ("leads:import-detail", [batches["paused"].pk], "", MARKETING),
        ("leads:import-detail", [batches["checked"].pk], "", MARKETING),
        ("leads:import-detail", [batches["done"].pk], "", MARKETING),
        ("leads:import-detail", [batches["undone"].pk], "", MARKETING),
        ("leads:import-undoing", [batches["done"].pk], "", MARKETING),
        ("qualification:definition", [], "", EVERYBODY),
        ("qualification:score", [lead.pk], "", ("marketer", "hunter")),
        ("reporting:black-hole", [], "", STEERING),
        ("reporting:black-hole-leads", [], f"?cell={company.campaign.pk}.{hunter}", ("manager",)),
        ("reporting:black-hole-why", [], "", STEERING),
        ("reporting:follow-up", [], "", STEERING),
        ("reporting:campaign", [company.campaign.pk], "", STEERING),
        ("settings", [], "", EVERYBODY),
        ("settings-notices", [], "", REPS),
        ("settings-leave", [], "", REPS),
        ("leads:suppressions", [], "", MARKETING),
        ("settings-company", [], "", ("admin",)),
        ("settings-people", [], "", ("admin",)),
        ("settings-people", [], "?show=gone", ("admin",)),
        ("settings-person", [hunter], "", ("admin",)),
        ("settings-person-new", [], "", ("admin",)),
        ("settings-teams", [], "", ("admin",)),
        ("settings-team", [company.team.pk], "", ("admin",)),
        ("settings-queues", [], "", ("admin",)),
        ("settings-queue", [Queue.objects.get(kind=Queue.Kind.HUNTERS).pk], "", ("admin",)),
        ("settings-queue-new", [], "", ("admin",)),
        ("settings-calendar", [], "", ("admin",)),
        ("settings-tokens", [], "", ("admin",)),
        ("api-docs", [], "", ("admin",)),
        ("team", [], "", ("manager", "admin")),
        ("team-rep", [hunter], "", ("manager", "admin")),
    ]
    return [(name, reverse(name, args=args) + query, roles) for name, args, query, roles in given]
