"""Killed with -9, a run goes on from its last slice to the same end; so it does when PostgreSQL itself is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
ROWS = 3_000
PREPARE = """
from django.core.files.base import ContentFile
from django.utils import timezone
from leadops.accounts.models import User
from leadops.accounts.roles import Role
from leadops.foundation import give_roles, lay
from leads.importing import running
lay()
give_roles(User.objects.create_user("marketer@leadops.example", name="Marketer"), Role.MARKETER)
rows = "".join(f"Person {n % 2_870},p{n % 2_870}@firm{n % 70}.example,Firm {n % 70}\\n" for n in range(ROWS))
for copy in range(2):
    running.create(ContentFile(("Name,Email,Company\\n" + rows).encode()), "people.csv", by=None, at=timezone.now())
"""
RUN = """
import sys
from django.db import connection
from django.utils import timezone
from leads.importing import running, staging
from leads.models import ImportBatch
running.slices.SLICE, running.arriving.LARGE, staging.CHUNK = 100, 1_000, 500
batch = ImportBatch.objects.order_by("pk")[0]
with connection.cursor() as cursor:
    cursor.execute("SELECT pg_read_file('postmaster.pid')")
    print(cursor.fetchone()[0].split("\\n")[0], flush=True)
sys.exit(not running.run(batch, at=timezone.now(), on_progress=lambda b: print(b.staged, b.committed, flush=True)))
"""
TELL = """
from leads.models import Contact, Engagement, ImportBatch, ImportRow, Lead, LeadMove, Organisation
batch = ImportBatch.objects.order_by("pk")[0]
print((batch.state, batch.rows, batch.created, batch.merged, batch.committed, ImportRow.objects.count(),
    *(model.objects.count() for model in (Contact, Lead, LeadMove, Organisation, Engagement))))
"""
HELD = """
import os, sys
from leadops import embedded
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadops.settings")
with embedded.hold("postgres"):
    import django
    django.setup()
"""
EXPECTED = ("finishing", ROWS, 2_870, 130, ROWS, ROWS, 2_870, 2_870, 2_870, 70, 2_870)


class Base:
    """A base of its own, in a folder of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environment = {**os.environ, "LEADOPS_HOME": str(home), "PYTHONPATH": str(ROOT)}
        for name in ("DATABASE_URL", "REDIS_URL"):
            self.environment.pop(name, None)

    def start(self, code: str) -> subprocess.Popen[str]:
        program = HELD + "".join(f"    {line}\n" for line in code.splitlines())
        return subprocess.Popen(
            [sys.executable, "-c", program], cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True
        )

    def do(self, code: str) -> str:
        with self.start(code) as process:
            said, _errors = process.communicate()
        assert process.returncode == 0, said
        return said

    def take_up(self, patience: int = 20) -> None:
        """Run the batch to its end, once the connection of the worker before is found dead."""
        for _attempt in range(patience):
            with self.start(RUN) as process:
                said, _errors = process.communicate()
            if process.returncode == 0:
                break
            time.sleep(0.5)
        assert said.splitlines()[-1] == f"{ROWS} {ROWS}"


@pytest.fixture
def base(tmp_path: Path) -> Base:
    made = Base(tmp_path / "v")
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=made.environment, check=True, capture_output=True
    )
    made.do(PREPARE.replace("ROWS", str(ROWS)))
    return made


def wait_for(process: subprocess.Popen[str], lines: int) -> str:
    """Read so many lines, the first of which names PostgreSQL's process and the others progress; return the last."""
    assert process.stdout
    return [process.stdout.readline() for _line in range(lines)][-1]


def test_a_worker_killed_at_any_moment_is_taken_up_to_the_same_end(base: Base) -> None:
    for lines in (1, 4, 9, 8, 7):
        with base.start(RUN) as worker:
            wait_for(worker, lines)
            worker.send_signal(signal.SIGKILL)
    base.take_up()
    assert base.do(TELL).strip() == str(EXPECTED)


def test_postgresql_killed_in_the_middle_loses_nothing(base: Base) -> None:
    with base.start(RUN) as worker:
        postmaster = int(wait_for(worker, 1))
        wait_for(worker, 15)
        os.kill(postmaster, signal.SIGKILL)
        worker.communicate()
        assert worker.returncode != 0
    base.take_up()
    assert base.do(TELL).strip() == str(EXPECTED)
