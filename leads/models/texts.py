"""By which words is a person found? One text a family, in a table of its own, so that writing a contact stays cheap."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from leads import laws

_OWN = "id, family_id, first_name, initials, infix, last_name, name_key, email_key, phone_e164, mobile_e164, external_id, organisation_id"
_CHANGED = f"""SELECT family_id FROM (SELECT {_OWN} FROM new_rows EXCEPT SELECT {_OWN} FROM old_rows) n
    UNION SELECT family_id FROM (SELECT {_OWN} FROM old_rows EXCEPT SELECT {_OWN} FROM new_rows) o"""
_RENAMED = """SELECT c.family_id FROM leads_contact c WHERE c.organisation_id IN (
    SELECT id FROM (SELECT id, name, name_key FROM new_rows EXCEPT SELECT id, name, name_key FROM old_rows) o)"""
# Written over where it is there, so that a sweep that takes it waits for whoever changed the family last.
_DUE = """
    INSERT INTO leads_familytextdue (family_id) SELECT DISTINCT d.family_id FROM ({families}) d ORDER BY d.family_id
    ON CONFLICT (family_id) DO UPDATE SET family_id = excluded.family_id;
    RETURN NULL;
"""


def _due(name: str, operation: pgtrigger.Operation, families: str) -> pgtrigger.Trigger:
    return laws.after(name, operation, _DUE.format(families=families))


# Of contacts and of organisations: whose text is due to be put together anew.
CONTACT_TRIGGERS = [
    _due("text_due_on_insert", pgtrigger.Insert, "SELECT family_id FROM new_rows"),
    _due("text_due_on_update", pgtrigger.Update, _CHANGED),
]
ORGANISATION_TRIGGERS = [_due("text_due_on_update", pgtrigger.Update, _RENAMED)]


class FamilyText(models.Model):
    """Names, addresses, numbers and organisations of one person, folded to small letters, each word after a blank."""

    family_id = models.BigIntegerField(primary_key=True)
    text = models.TextField()

    class Meta:
        indexes: ClassVar = [GinIndex(OpClass("text", name="gin_trgm_ops"), name="family_text")]

    def __str__(self) -> str:
        return self.text


class FamilyTextDue(models.Model):
    """A family whose text is to be put together anew: what the sweep claims."""

    family_id = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return str(self.family_id)
