"""Questions about users, teams and notices."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import Group
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q

if TYPE_CHECKING:
    from leadops.accounts.models import User

_COMING_BACK = """
    SELECT u.*, ARRAY(
        SELECT g.name FROM auth_group g JOIN accounts_user_groups m ON m.group_id = g.id WHERE m.user_id = u.id) AS group_names
    FROM accounts_user u WHERE u.id = %s
"""


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def with_group_names(self) -> models.QuerySet[User]:
        """With the names of each one's groups, for `role_names`, in the same statement."""
        names = Group.objects.filter(user=OuterRef("pk")).values("name")
        return self.get_queryset().annotate(group_names=ArraySubquery(names))

    def coming_back(self, key: int) -> User | None:
        """One user with the names of their groups; every request asks for it, so it is not made anew from a queryset."""
        return next(iter(self.raw(_COMING_BACK, [key])), None)

    def with_role(self, *roles: str) -> models.QuerySet[User]:
        return self.get_queryset().filter(is_active=True, groups__name__in=roles).distinct()


class TeamMembershipQuerySet(models.QuerySet):
    def current(self, at: datetime) -> TeamMembershipQuerySet:
        return self.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at)


class NoticeQuerySet(models.QuerySet):
    def unsent(self) -> NoticeQuerySet:
        return self.filter(sent_at__isnull=True)
