"""Who may make an account of their own? Nobody: people are invited by an administrator."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Log-in as allauth does it, without sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
