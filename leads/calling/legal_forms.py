"""What is an organisation by law? What is said of it wins over what its name makes one guess."""

from __future__ import annotations

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from leadops.accounts.models import User
from leads.calling import keeping_out
from leads.models import Organisation


@transaction.atomic
def say(organisation: Organisation, form: str, *, by: User) -> bool:
    """Write down the legal form of an organisation, and look anew at who of it may be called; False where it said so before."""
    with pghistory.context(user=by.pk):
        is_news = Organisation.objects.filter(pk=organisation.pk).exclude(legal_form=form).update(legal_form=form)
    if is_news:
        keeping_out.judge_organisation(organisation.pk)
    return bool(is_news)


def guess(organisation: Organisation) -> str:
    """What calling takes an organisation for as long as nobody said its legal form; empty where somebody did."""
    if organisation.legal_form:
        return ""
    is_of_persons = keeping_out.looks_like_persons(organisation.pk)
    if is_of_persons is None:
        return _("its name does not tell")
    return _("guessed: natural persons") if is_of_persons else _("guessed: a legal person")
