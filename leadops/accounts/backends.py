"""Who comes in with this address and password, and who is it that comes back?"""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from leadops.accounts.models import User


class AddressBackend(AuthenticationBackend):
    """Log-in by email address. What a user may do stands in roles.py alone: no right is stored, so none is looked up."""

    def get_user(self, user_id: Any) -> User | None:
        """Return the user with their roles, in one statement; None for who may not come in."""
        user = User.objects.coming_back(user_id)
        return user if user and self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return False

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return False
