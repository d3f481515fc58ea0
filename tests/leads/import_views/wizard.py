"""What a marketer does on the pages that bring a file in: a file uploaded, its columns said, its rows checked."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from leads.models import ImportBatch

NEW = "/imports/new/"
PEOPLE = (
    "Naam;E-mail;Telefoon;Datum;Code\n"
    "Marieke van den Broek;m.broek@bouw.example;06 24819033;13-11-2025;A1\n"
    "Piet Hoekstra;p.hoekstra@zorg,example;0624-81;14-11-2025;A2\n"
    "Ingrid Bakker;i.bakker@staal.example;;15-11-2025;A3\n"
    ";;;16-11-2025;A4\n"
)
MAPPING = ["full_name", "email", "phone", "occurred_at", ""]
CHOSEN = {"has_choices": "1", "is_routable": "1", "is_told": "1", "template_name": ""}
BAD = "Naam;E-mail;Datum\nA;a@zorg,example;13-11-2025\nB;b@gmial.com;11-14-2025\nC;c@hotmial.com;15-11-2025\n"
BAD_MAPPING = ["full_name", "email", "occurred_at"]


def file(content: str | bytes = PEOPLE, name: str = "people.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def uploaded(client: Client, content: str | bytes = PEOPLE, **fields: Any) -> ImportBatch:
    answer = client.post(NEW, {"file": file(content), **fields})
    assert answer.status_code == 302, answer.context["form"].errors
    return ImportBatch.objects.get(pk=answer.url.split("/")[2])


def address(name: str, batch: ImportBatch) -> str:
    return reverse(f"leads:{name}", args=[batch.pk])


def sent(mapping: list[str], **fields: str) -> dict[str, Any]:
    return {"column": mapping, "country": "NL", **fields}


def checked(client: Client, content: str | bytes = PEOPLE, mapping: list[str] = MAPPING, **fields: Any) -> ImportBatch:
    batch = uploaded(client, content, **fields)
    answer = client.post(address("import-columns", batch), sent(mapping, go="1"))
    assert (answer.status_code, answer.url) == (302, address("import-detail", batch))
    batch.refresh_from_db()
    return batch
