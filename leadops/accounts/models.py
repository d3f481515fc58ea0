"""Who uses LeadOps, in which team, for which company, and what are they told?"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from leadops.accounts.querysets import NoticeQuerySet, TeamMembershipQuerySet, UserManager


class Language(models.TextChoices):
    ENGLISH = "en", "English"
    DUTCH = "nl", "Nederlands"


class Mailed(models.TextChoices):
    ALL = "all", _("Every message")
    URGENT = "urgent", _("Only what is urgent")
    NONE = "none", _("None")


class User(AbstractBaseUser, PermissionsMixin):
    """A person who logs in, by email address. Users are deactivated, never deleted."""

    email = models.EmailField(_("email address"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=5, choices=Language, default=Language.ENGLISH)
    time_zone = models.CharField(_("time zone"), max_length=50, default="Europe/Amsterdam")
    mailed = models.CharField(
        _("messages by mail"),
        max_length=6,
        choices=Mailed,
        default=Mailed.ALL,
        db_default=Mailed.ALL,
        help_text=_(
            "Urgent is what has passed its agreed moment, or keeps leads from sales. All of them stay under Messages."
        ),
    )
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.name or self.email

    @cached_property
    def role_names(self) -> frozenset[str]:
        """The user's roles, read once for each user object; a superuser is an administrator too."""
        read = self.__dict__.get("group_names")
        names = frozenset(self.groups.values_list("name", flat=True) if read is None else read)
        return names | {"admin"} if self.is_superuser else names

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]


class Team(models.Model):
    name = models.CharField(_("name"), max_length=200, unique=True)
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="managed_teams",
        verbose_name=_("manager"),
    )

    def __str__(self) -> str:
        return self.name


class TeamMembership(models.Model):
    """From when until when a user belongs to a team; dated, so that past reports keep their cut."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    objects = TeamMembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["team", "user"], condition=models.Q(until__isnull=True), name="one_current_membership"
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="membership_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.team}"


class Company(models.Model):
    """The one company of this installation: its zone, its currency, its targets in whole percents.

    `merges_from` is the score from which two contacts are merged each night without somebody who says so; None asks.
    """

    name = models.CharField(_("name"), max_length=200)
    time_zone = models.CharField(_("time zone"), max_length=50, default="Europe/Amsterdam")
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    follow_up_target = models.PositiveSmallIntegerField(
        _("target for the follow-up rate, in percent"), default=90, validators=[MaxValueValidator(100)]
    )
    in_time_target = models.PositiveSmallIntegerField(
        _("target for the in-time rate, in percent"), default=80, validators=[MaxValueValidator(100)]
    )
    merges_from = models.PositiveSmallIntegerField(_("merged without asking"), null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_company"),
            models.CheckConstraint(
                condition=models.Q(follow_up_target__lte=100, in_time_target__lte=100), name="targets_are_percents"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Token(models.Model):
    """An integration's key to the API; only its digest is kept."""

    name = models.CharField(_("name"), max_length=200)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Notice(models.Model):
    """Something a user is to be told: the outbox that every app writes to and one sweep sends."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200, unique=True)
    facts = models.JSONField(default=dict)
    path = models.CharField(max_length=300, blank=True)
    is_urgent = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["created_at"], condition=models.Q(sent_at__isnull=True), name="notice_unsent"),
            models.Index(fields=["user", "-created_at"], name="notice_by_user"),
        ]

    def __str__(self) -> str:
        return self.key
