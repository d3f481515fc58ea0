"""Print the link that makes the first administrator."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from leadops import welcome
from leadops.management.prepared import PreparedCommand


class Command(PreparedCommand):
    """Print the link while there is no administrator."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address that people reach LeadOps by."""
        parser.add_argument("--address", default="http://127.0.0.1:8000")

    def handle(self, *, address: str, **options: Any) -> None:
        """Print the link, or say that there is an administrator."""
        if not welcome.is_needed():
            raise CommandError("There is an administrator already.")
        self.stdout.write(welcome.link(address.rstrip("/")))
