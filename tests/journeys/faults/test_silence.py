"""After hours in which no job ran, and with every job running twice, all is caught up once and in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from celery.beat import PersistentScheduler
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from handoff.models import BrokenPromise, Escalation, Handoff
from leadops import supervision
from leadops.accounts.models import Notice
from leads import intake, lifecycle
from leads.models import ImportBatch, Intake, Lead, Promotion
from reporting import snapshots
from reporting.models import FollowUpDay
from tests.factories import make_lead
from tests.handoff.at_once import at_once
from tests.handoff.factories import make_assigned, make_mql
from tests.journeys.faults.hasty import app
from tests.journeys.faults.installation import Installation, wait_for
from tests.journeys.faults.scene import bring_in, is_at_rest, lay_scene, rows
from tests.journeys.faults.state import difference, state

SILENCE = timedelta(days=10)


def lay_arrears(now: datetime) -> tuple[ImportBatch, list[Lead]]:
    """What lies there after ten days in which no job ran: a file, enquiries, leads past their moments, nights not kept."""
    then = now - SILENCE
    reps = lay_scene(then - timedelta(days=1))
    with lifecycle.history():
        snapshots.keep(then)
        lying = [make_assigned(reps[n % 3], at=then, email=f"lies{n}@lies.example") for n in range(6)]
        make_mql(at=then, email="pool@lies.example")
        make_lead(at=then, email="unqualified@lies.example", job_title="Student")
    enquiries = [{"full_name": f"Web {n}", "email": f"web{n}@web.example", "job_title": "CEO"} for n in range(40)]
    intake.store(enquiries, source=Intake.Source.FORM, at=then)
    return bring_in(rows(600)), lying


def remember(installation: Installation, sent_at: datetime) -> None:
    """Let beat find in its schedule that it sent everything then."""
    scheduler = PersistentScheduler(app=app, schedule_filename=str(installation.home / "beat-schedule"))
    for entry in scheduler.schedule.values():
        entry.last_run_at = sent_at
    scheduler.close()


def add_second(installation: Installation, name: str, *options: str) -> None:
    """Another worker or beat beside the first."""
    first = installation.family[name]
    command = [part for part in first.command if not part.startswith("--schedule")]
    installation.family[f"{name} 2"] = supervision.Child(
        f"{name} 2", [*command, *options], first.log.with_name(f"{name}-2.log")
    )


def is_caught_up(batch: ImportBatch) -> bool:
    is_judged = not Intake.objects.filter(judged_at__isnull=True).exists()
    return is_judged and not nights_missing() and is_at_rest(batch) and not Notice.objects.unsent().exists()


def nights_missing() -> list[date]:
    return snapshots.missing(timezone.now(), snapshots.company_zone(), None)


def told(kind: str) -> int:
    """About how many leads of reps somebody was told: notices about one, and about several of one holder."""
    notices = Notice.objects.filter(kind=kind, facts__gaps__holder__startswith="Rep ")
    return sum(notice.facts["gaps"].get("count", 1) for notice in notices)


def test_after_silence_two_of_each_catch_up_once_and_in_order(installation: Installation) -> None:
    now = timezone.now()
    batch, lying = lay_arrears(now)
    remember(installation, now - SILENCE)
    add_second(installation, "worker", "--hostname=second@%h")
    add_second(installation, "beat", f"--schedule={installation.home / 'beat-schedule-2'}")
    twice = ("worker", "beat", "worker 2", "beat 2")
    installation.start(*twice)
    steps = Escalation.objects.filter(lead__in=lying)
    wait_for("the leads that lie to be escalated", lambda: steps.filter(step="escalate").count() == len(lying))
    wait_for("all to be caught up", lambda: is_caught_up(batch))
    for lead in lying:
        assert list(steps.filter(lead=lead).order_by("pk").values_list("step", flat=True)) == ["remind", "escalate"]
    assert told("remind") == told("escalate") == len(lying)
    assert set(BrokenPromise.objects.values_list("promotion", flat=True)) == set(
        Promotion.objects.filter(promised_by__lt=now).values_list("pk", flat=True)
    )
    assert not [lead for lead, count in Counter(Handoff.objects.values_list("lead", flat=True)).items() if count > 1]
    days = sorted(set(FollowUpDay.objects.values_list("day", flat=True)))
    assert days == [days[0] + snapshots.DAY * n for n in range(SILENCE.days + 1)]
    installation.stop()
    mails = "".join(installation.log(name) for name in twice)
    assert mails.count(f"\n{settings.LEADOPS_URL}/") == Notice.objects.count()
    call_command("check_conservation")


def everything() -> dict[str, str]:
    """A digest of each table, save what is only a list of leads to look at, and how far a sweep came."""
    tables = set(connection.introspection.table_names()) - {"leads_leadtouch", "handoff_sweep"}
    with connection.cursor() as cursor:
        found = {}
        for table in sorted(tables):
            cursor.execute(f"SELECT md5(string_agg(t::text, ' ' ORDER BY t::text)) FROM {table} t")
            found[table] = cursor.fetchone()[0]
    return found


def jobs() -> list[Callable[[], None]]:
    """Each message that beat sends, as the call that a worker makes of it."""
    app.loader.import_default_modules()
    entries = settings.CELERY_BEAT_SCHEDULE.values()
    return [partial(app.tasks[entry["task"]], **entry.get("kwargs", {})) for entry in entries]


def rounds(do: Callable[[Callable[[], None]], object]) -> dict[str, list[str]]:
    """Run every job, two rounds, so that nothing is left to do; return what the base says then."""
    for _ in range(2):
        for job in jobs():
            do(job)
    return state()


def test_every_job_twice_or_twice_at_once_does_what_it_does_once(installation: Installation) -> None:
    now = timezone.now()
    lay_arrears(now)

    def twice(job: partial[None]) -> None:
        job()
        once = everything()
        job()
        assert [name for name, digest in everything().items() if digest != once[name]] == [], job

    def at_the_same_time(job: partial[None]) -> None:
        assert at_once(job, job) == [None, None], job

    one_after_another = rounds(twice)
    installation.renew()
    lay_arrears(now)
    assert difference(rounds(at_the_same_time), one_after_another) == {}
    call_command("check_conservation")
