"""How does somebody new get in? By a link that sets their password, once."""

from __future__ import annotations

import structlog
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from leadops.accounts.models import User

log = structlog.get_logger(__name__)
HOURS = settings.PASSWORD_RESET_TIMEOUT // 3600


def link(user: User, request: HttpRequest) -> str:
    """A link with which to choose a password; it works once, and for HOURS at most."""
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return request.build_absolute_uri(reverse("account_reset_password_from_key", kwargs=key))


def mails_go_out() -> bool:
    """Tell whether mail reaches people, and not the log."""
    return not settings.EMAIL_BACKEND.endswith("console.EmailBackend")


def mail(user: User, address: str, by: User) -> bool:
    """Mail somebody their link, in their language; return whether the mail went out."""
    with translation.override(user.language):
        said = {"by": str(by), "address": address, "hours": HOURS, "name": user.get_short_name() or user.email}
        body = _(
            "Hello %(name)s,\n\n%(by)s invites you to LeadOps. Choose your password here, within %(hours)s hours:\n\n%(address)s\n"
        )
        message = EmailMessage(_("Your account in LeadOps"), body % said, to=[user.email])
    try:
        return mails_go_out() and bool(message.send())
    except OSError as error:
        log.warning("invitation_not_mailed", user=user.pk, error=str(error))
        return False
