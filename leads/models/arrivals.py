"""What does a row that arrived say, in normal form, before anyone judged it?"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

NO_BATCH = 0


def _text() -> models.TextField:
    return models.TextField(blank=True, db_default="")


def _flag() -> models.BooleanField:
    return models.BooleanField(db_default=False)


class Arrival(models.Model):
    """A row on its way from a file, a form or the API to a contact and a lead.

    The table is unlogged: a crash of the database empties it, and it is built again from the kept file. `problem`
    and `notes` are sentences as `Problem.stored` keeps them; `folded_into` is the row of the file that takes this
    one in; `past` is what a row of history tells of its lead. Rows of no file belong to batch 0 and are gone when their transaction ends.
    """

    pk = models.CompositePrimaryKey("batch_id", "n")
    batch_id = models.BigIntegerField()
    n = models.BigIntegerField()
    line = models.BigIntegerField(null=True)
    raw = ArrayField(models.TextField(), null=True)
    problem = _text()
    notes = _text()
    folded_into = models.BigIntegerField(null=True)

    salutation = _text()
    initials = _text()
    first_name = _text()
    infix = _text()
    last_name = _text()
    first_key = _text()
    last_key = _text()
    name_key = _text()
    email = _text()
    email_key = _text()
    is_shared_email = _flag()
    phone = _text()
    phone_e164 = _text()
    mobile = _text()
    mobile_e164 = _text()
    job_title = _text()
    department = _text()
    street = _text()
    house_number = _text()
    postcode = _text()
    city = _text()
    region = _text()
    country = _text()
    language = _text()
    linkedin_url = _text()
    birth_date = models.DateField(null=True)
    external_id = _text()
    tags = ArrayField(models.TextField(), null=True)
    attributes = models.JSONField(null=True)

    organisation = _text()
    organisation_key = _text()
    domain = _text()
    website = _text()
    industry = _text()
    employees = models.BigIntegerField(null=True)
    revenue = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    legal_form = _text()
    is_customer = _flag()

    campaign = _text()
    channel = _text()
    kind = _text()
    detail = _text()
    interest = _text()
    attended_minutes = models.BigIntegerField(null=True)
    occurred_at = models.DateTimeField(null=True)
    requested_owner_id = models.BigIntegerField(null=True)
    consent_email = _flag()
    consent_phone = _flag()
    opt_out_email = _flag()
    opt_out_phone = _flag()
    past = models.JSONField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["batch_id"],
                condition=models.Q(opt_out_email=True) | models.Q(opt_out_phone=True),
                name="arrival_opting_out",
            )
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.n}"
