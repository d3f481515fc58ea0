"""How large may a file be that is sent in, and where does it wait?"""

from __future__ import annotations

from django.core.files.uploadhandler import TemporaryFileUploadHandler

LARGEST = 200_000_000


class Bounded(TemporaryFileUploadHandler):
    """Keeps a file on disk up to the limit. What comes after is counted and not kept: the form then says so."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start < LARGEST:
            super().receive_data_chunk(raw_data, start)
