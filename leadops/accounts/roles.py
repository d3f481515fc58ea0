"""What may this user do? Roles are groups; a role's rights are written here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from rules.permissions import add_perm
from rules.predicates import predicate

if TYPE_CHECKING:
    from leadops.accounts.models import User


class Role(models.TextChoices):
    MARKETER = "marketer", _("Marketer")
    HUNTER = "hunter", _("Hunter")
    FARMER = "farmer", _("Farmer")
    SALES_MANAGER = "sales_manager", _("Sales manager")
    ADMIN = "admin", _("Administrator")


REPS = frozenset({Role.HUNTER, Role.FARMER})


def roles_of(user: User) -> frozenset[str]:
    """Return the names of the user's roles; none for whom is not active or not logged in."""
    return user.role_names if user.is_active else frozenset()


def has_role(user: User, *wanted: Role) -> bool:
    return not roles_of(user).isdisjoint(wanted)


@predicate
def is_admin(user: User) -> bool:
    return has_role(user, Role.ADMIN)


@predicate
def is_marketer(user: User) -> bool:
    return has_role(user, Role.MARKETER)


@predicate
def is_sales_manager(user: User) -> bool:
    return has_role(user, Role.SALES_MANAGER)


@predicate
def is_rep(user: User) -> bool:
    return has_role(user, *REPS)


add_perm("leads.import_leads", is_marketer | is_admin)
add_perm("leads.enter_leads", is_rep | is_marketer | is_admin)
add_perm("leads.see_all_leads", is_marketer | is_admin)
add_perm("leads.record_consent", is_rep | is_marketer | is_sales_manager | is_admin)
add_perm("leads.lift_suppressions", is_marketer | is_admin)
add_perm("leads.export_consents", is_admin)
add_perm("leads.act_in_bulk", is_marketer | is_admin)
add_perm("leads.merge_contacts", is_marketer | is_admin)
add_perm("leads.see_campaigns", is_marketer | is_sales_manager | is_rep | is_admin)
add_perm("leads.manage_campaigns", is_marketer | is_admin)
add_perm("leads.manage_forms", is_marketer | is_admin)
add_perm("leads.manage_calls", is_marketer | is_admin)
add_perm("leads.make_calls", is_rep | is_marketer | is_admin)
add_perm("leads.staff_stands", is_rep | is_marketer | is_admin)
add_perm("leads.agree_to_campaigns", is_sales_manager)
add_perm("handoff.work_queue", is_rep)
add_perm("handoff.reassign", is_sales_manager | is_admin)
add_perm("handoff.manage_reps", is_sales_manager | is_admin)
add_perm("qualification.sign_for_marketing", is_marketer)
add_perm("qualification.sign_for_sales", is_sales_manager)
add_perm("reporting.see_reports", is_marketer | is_sales_manager | is_admin)
add_perm("accounts.manage_users", is_admin)
