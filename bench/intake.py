"""How many enquiries a second does the API keep, token and idempotency checked, beside a bare view with one insert?"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadops.settings")
django.setup()

from django.db import connection  # noqa: E402 - Django first
from django.utils import timezone  # noqa: E402

from bench.load import Loaded, load  # noqa: E402
from bench.measuring import is_served, percentile  # noqa: E402
from leadops import embedded  # noqa: E402
from leadops.accounts import tokens  # noqa: E402
from leadops.accounts.models import Token, User  # noqa: E402
from leadops.accounts.tokens import Scope  # noqa: E402
from leadops.supervision import web_command  # noqa: E402
from leads.models import Intake  # noqa: E402

TABLE = "CREATE TABLE IF NOT EXISTS bench_intake (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, payload jsonb, received_at timestamptz)"
GONE = "DROP TABLE IF EXISTS bench_intake"


def requests(value: str, *, keyed: bool) -> Iterator[bytes]:
    """Enquiries of people who were not seen before, each under a key of its own."""
    run = f"{time.time_ns():x}"
    for n in itertools.count():
        body = json.dumps(
            {"full_name": f"Jane Doe {n}", "email": f"jane.{run}.{n}@acme.example", "organisation": f"Acme {n % 5000}",
             "phone": f"020 {n % 10_000_000:07}", "campaign": "Measured", "channel": "web"}
        )  # fmt: skip
        key = f"Idempotency-Key: {run}-{n}\r\n" if keyed else ""
        head = f"POST /api/v1/leads/ HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {value}\r\n{key}"
        yield f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()


def say(name: str, runs: list[Loaded], *, of: list[Loaded] | None = None) -> None:
    """Print the median rate, the latencies, what was not 202, and the ratio to the reference."""
    rate = statistics.median(run.rate for run in runs)
    took = [seconds for run in runs for seconds in run.took]
    p50, p99 = percentile(took, 0.5) * 1000, percentile(took, 0.99) * 1000
    wrong = {status: count for run in runs for status, count in run.statuses.items() if status != 202}
    ratio = f"  {rate / statistics.median(run.rate for run in of):5.2f} of the reference" if of else ""
    print(f"{name:40} {rate:8,.0f}/s  p50 {p50:6.1f} ms  p99 {p99:6.1f} ms  not 202: {wrong or 'none'}{ratio}")


def bare(port: int, given: argparse.Namespace) -> Loaded:
    """Load a bare view for one run."""
    server = subprocess.Popen(web_command("127.0.0.1", port, "bench.bare_intake:application"))
    try:
        wait_for(port)
        return load(port, requests("none", keyed=False), connections=given.connections, seconds=given.seconds)
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int) -> None:
    """Wait for a server to listen."""
    for _ in range(150):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.2)
        else:
            time.sleep(1)  # for its other worker
            return


def judged(until: float) -> None:
    """Wait for the worker to judge what was kept, and say how fast that went."""
    begun, waiting = time.monotonic(), Intake.objects.filter(judged_at__isnull=True)
    first = left = waiting.count()
    while left and time.monotonic() < begun + until:
        time.sleep(1)
        left = waiting.count()
    took = time.monotonic() - begun
    print(
        f"{'judged by the worker after the last run':40} {(first - left) / took:8,.0f}/s  {first:,} waited, {left:,} are left"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--backlog", type=float, default=30, help="seconds to watch the worker judge what was kept")
    given = parser.parse_args()
    if not is_served(given.port):
        sys.exit(f"nothing answers on port {given.port}: start 'manage.py up --port {given.port}' first")
    with embedded.hold("postgres"):
        measure(given)


def measure(given: argparse.Namespace) -> None:
    """Load both in turns, with a token made for it and taken back."""
    user = User.objects.with_role("marketer", "admin").first()
    if user is None:
        sys.exit("there is nobody here who may see leads: seed a base first")
    token, value = tokens.issue("Measured", user=user, scopes=[Scope.LEADS_WRITE], at=timezone.now())
    ours, reference = [], []
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
    for _ in range(given.runs):
        reference.append(bare(given.port + 1, given))
        sent = requests(value, keyed=True)
        ours.append(load(given.port, sent, connections=given.connections, seconds=given.seconds))
    with connection.cursor() as cursor:
        cursor.execute(GONE)
    say("a bare view and one insert", reference)
    say("an enquiry kept by the API", ours, of=reference)
    tokens.revoke(Token.objects.filter(pk=token.pk), at=timezone.now())
    judged(given.backlog)


if __name__ == "__main__":
    main()
