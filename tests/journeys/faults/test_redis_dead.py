"""The broker is a doorbell: emptied, killed or deaf, nothing is lost, and nobody who works waits for it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

from django.core.management import call_command
from django.utils import timezone

from handoff.models import FollowUp, Handoff
from leadops import supervision
from leadops.accounts.models import User
from leads import intake
from leads.importing import running
from leads.models import ImportBatch, Intake, Lead
from tests.handoff.factories import make_assigned
from tests.journeys.faults.installation import Installation, wait_for
from tests.journeys.faults.scene import bring_in, file_of, is_at_rest, lay_scene, rows
from tests.journeys.faults.visitor import Visitor

PASSWORD = "correct horse battery"
LONGEST_RING = 1.5


def may_log_in(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def test_an_emptied_broker_loses_nothing(installation: Installation) -> None:
    lay_scene(timezone.now())
    batch = bring_in(rows(600))
    enquiries = [{"full_name": f"Web {n}", "email": f"web{n}@web.example"} for n in range(50)]
    intake.store(enquiries, source=Intake.Source.FORM, at=timezone.now())
    installation.start("worker", "beat")

    def emptied_again() -> bool:
        installation.flush_redis()
        return is_at_rest(batch) and not Intake.objects.filter(judged_at__isnull=True).exists()

    wait_for("all to be done while the broker is emptied all the time", emptied_again)
    call_command("check_conservation")
    assert ImportBatch.objects.get().committed == 600
    assert Intake.objects.exclude(verdict="created").count() == 0


def killed(installation: Installation) -> Callable[[], None]:
    installation.kill_redis()
    return installation.revive_redis


def deaf(installation: Installation) -> Callable[[], None]:
    """Let the broker accept connections and never answer; return what wakes it."""
    pid = installation.redis_pid()
    os.kill(pid, signal.SIGSTOP)
    return lambda: os.kill(pid, signal.SIGCONT)


def test_without_a_broker_people_work_on_and_all_is_caught_up_later(installation: Installation) -> None:
    at = timezone.now()
    rep = may_log_in(lay_scene(at)[0])
    marketer = may_log_in(User.objects.get(name="Marja"))
    leads = [make_assigned(rep, at=at, job_title="CEO", email=f"ceo{n}@firm.example") for n in range(3)]
    batches = [bring_in(rows(300, start=1_000 * n), is_asked=False) for n in range(3)]
    installation.start("web", "worker", "beat")
    address = f"http://127.0.0.1:{installation.port}"
    wait_for("the web server", lambda: supervision.answers(address))
    assert all(running.check(batch, at=timezone.now()) for batch in batches)
    worker = installation.family["worker"].process
    usual = work(installation, rep, marketer, leads[0], batches[0])
    for n, hurt in enumerate((deaf, killed), start=1):
        revive = hurt(installation)
        try:
            slow = work(installation, rep, marketer, leads[n], batches[n])
        finally:
            revive()
        assert slow - usual < LONGEST_RING, hurt.__name__
    for batch in batches:
        wait_for("each file, once the broker is back", lambda batch=batch: is_at_rest(batch))
    assert worker is not None
    assert worker.poll() is None
    assert list(FollowUp.objects.order_by("pk").values_list("lead", flat=True)) == [lead.pk for lead in leads]
    call_command("check_conservation")


def work(installation: Installation, rep: User, marketer: User, lead: Lead, batch: ImportBatch) -> float:
    """A rep's and a marketer's work, from logging in; return the slowest answer in seconds."""
    visitors = [Visitor(installation.port) for _ in range(2)]
    for visitor, user in zip(visitors, (rep, marketer), strict=True):
        visitor.log_in(user.email, PASSWORD)
    visitors[0].open(f"/queue/{lead.pk}/")
    handoff = Handoff.objects.get(lead=lead)
    visitors[0].post(f"/handoffs/{handoff.pk}/follow-ups/", kind="call", disposition="no_answer")
    visitors[1].open("/imports/new/")
    uploaded = visitors[1].upload(
        "/imports/new/", "small.csv", file_of(rows(30, start=5_000)), campaign=f"By {lead.pk}"
    )
    assert uploaded.endswith("/columns/")
    visitors[1].post(f"/imports/{batch.pk}/run/")
    return max(visitor.slowest for visitor in visitors)
