"""What do tests ask of every page? That nothing runs or is styled inline, and that it takes no more statements than it should."""

from __future__ import annotations

import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|\shx-on|<script(?![^>]*(\ssrc=|application/json))", re.IGNORECASE)


def statements(client: Client, path: str) -> int:
    """How many statements a page takes once everything that is kept is warm."""
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)
