"""Which integrations have a key to this installation? Given here, shown once, and taken back here."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from leadops.accounts import tokens
from leadops.accounts.forms import TokenForm
from leadops.accounts.models import Token
from leadops.accounts.requests import Request
from leadops.accounts.tokens import Scope

may_manage = permission_required("accounts.manage_users", raise_exception=True)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@may_manage
def token_list(request: Request) -> HttpResponse:
    """The tokens that are valid and that were; a new one's value is on the answer to its making, and nowhere else."""
    form = TokenForm(request.POST) if request.method == "POST" else TokenForm()
    value = ""
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        _token, value = tokens.issue(said["name"], user=said["user"], scopes=said["scopes"], at=timezone.now())
        form = TokenForm()
    rows = Token.objects.select_related("user").order_by("revoked_at", "-pk")[:200]
    labels = dict(Scope.choices)
    context = {
        "form": form,
        "value": value,
        "at": timezone.now(),
        "rows": [(token, [labels.get(scope, scope) for scope in token.scopes]) for token in rows],
    }
    return render(request, "accounts/tokens.html", context, status=422 if form.errors else 201 if value else 200)


@require_POST
@login_required
@may_manage
def token_revocation(request: Request, pk: int) -> HttpResponse:
    """Take a token back: within seconds it opens nothing any more."""
    token = get_object_or_404(Token, pk=pk)
    if tokens.revoke(Token.objects.filter(pk=pk), at=timezone.now()):
        messages.success(request, _("“%(name)s” no longer opens anything.") % {"name": token})
    return redirect("settings-tokens")
