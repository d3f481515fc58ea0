"""When does the company work?"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


def office_hours() -> list[list[list[str]]]:
    """Monday to Friday nine to half past five: a list of intervals for each day of the week, Monday first."""
    return [[["09:00", "17:30"]]] * 5 + [[], []]


class BusinessCalendar(models.Model):
    """Working hours by day of the week, minus public holidays and closed days; the default one carries the promises."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    time_zone = models.CharField(_("time zone"), max_length=50, default="Europe/Amsterdam")
    country = models.CharField(_("holidays of country"), max_length=2, default="NL")
    hours = models.JSONField(_("working hours"), default=office_hours)
    is_good_friday_closed = models.BooleanField(_("closed on Good Friday"), default=False)
    closed_on = ArrayField(models.DateField(), default=list, blank=True, verbose_name=_("also closed on"))
    open_on = ArrayField(models.DateField(), default=list, blank=True, verbose_name=_("open all the same on"))
    is_default = models.BooleanField(_("the company's own"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["is_default"], condition=models.Q(is_default=True), name="one_default_calendar"
            )
        ]

    def __str__(self) -> str:
        return self.name
