"""Serve LeadOps on this machine: database, broker, web, worker and beat, until Ctrl-C."""

import contextlib
import io
import os
import signal
from argparse import ArgumentParser, ArgumentTypeError
from functools import partial
from types import FrameType
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import connections

from leadops import embedded, static_files, supervision, welcome
from leadops.management.prepared import is_pending, migrate


class Command(BaseCommand):
    """Start everything, say where it is, and stop everything in reverse order."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to listen and whether to show demo data."""
        parser.add_argument("--demo", action="store_true", help="load demo data into an empty base")
        parser.add_argument("--port", type=port_number, default=8000)
        parser.add_argument("--host", default="127.0.0.1")

    def handle(self, *, demo: bool, port: int, host: str, **options: Any) -> None:
        """Serve until SIGINT, SIGTERM or SIGHUP."""
        address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        os.environ.setdefault("LEADOPS_URL", address)
        self.is_stopping = self.is_serving = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.stop)
        with supervision.only_one(settings.LEADOPS_HOME / "lock" / "up", address) as running:
            if running:
                self.say(f"LeadOps already runs at {running}")
                return
            supervision.check_port(host, port)
            with contextlib.suppress(KeyboardInterrupt):
                self.serve(demo, host, port, address)
            embedded.wait_until_stopped("redis", "postgres")
        self.say("Stopped")

    def serve(self, demo: bool, host: str, port: int, address: str) -> None:
        """Hold the servers, prepare the base, and tend the rest; the web server comes first."""
        home = settings.LEADOPS_HOME
        keepers = supervision.NewLines(home / "log" / "keepers.log")
        self.tend = partial(supervision.tend, say=self.say, keepers=keepers)
        family = supervision.children(host, port, home / "log", home / "beat-schedule")
        with embedded.hold("postgres", "redis"):
            guests = self.prepare(demo)
            self.is_serving = True
            with supervision.ending(family):
                self.tend(family[:1], until=lambda: self.is_over() or supervision.answers(address))
                if not self.is_over():
                    self.announce(address, guests)
                self.tend(family, until=self.is_over)

    def prepare(self, demo: bool) -> str:
        """Migrate, collect static files, load demo data into an empty base; return what is to be said to guests."""
        if is_pending():
            migrate(self.say)
        if static_files.make_missing():
            self.say("Made the typeface and the translations")
        static_files.collect()
        if demo and "demo" in get_commands():
            return self.load_demo()
        return ""

    def load_demo(self) -> str:
        """Load the demo data where there are no leads yet; return the log-ins."""
        settings.LEADOPS_DEMO, os.environ["LEADOPS_DEMO"] = True, "1"
        if not apps.get_model("leads", "Lead").objects.exists():
            self.say("Loading demo data ...")
        said = io.StringIO()
        call_command("demo", stdout=said)
        return said.getvalue().strip()

    def announce(self, address: str, guests: str) -> None:
        """Say where LeadOps is, and how to get in."""
        self.say(f"\nLeadOps runs at {address}  (Ctrl-C stops it; logs are in {settings.LEADOPS_HOME / 'log'})")
        if guests:
            self.say(guests)
        elif welcome.is_needed():
            self.say(f"Make the first administrator here, within a day:\n  {welcome.link(address)}")
        connections.close_all()

    def stop(self, number: int, frame: FrameType | None) -> None:
        """Note that it is over; the rest follows in order. What is only being prepared breaks off."""
        if not self.is_stopping:
            self.is_stopping = True
            self.say("\nStopping ...")
            if not self.is_serving:
                raise KeyboardInterrupt

    def is_over(self) -> bool:
        """Tell whether we were asked to stop."""
        return self.is_stopping

    def say(self, line: str) -> None:
        """Print a line at once."""
        self.stdout.write(line)
        self.stdout.flush()


def port_number(text: str) -> int:
    """Read a port's number."""
    if not (text.isdecimal() and 0 < int(text) < 65536):
        raise ArgumentTypeError(f"{text} is no port; a port is a number from 1 to 65535")
    return int(text)
