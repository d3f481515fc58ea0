"""The schedule as shipped, but what is sent each quarter or whole minute is sent each second; nightly jobs stay nightly."""

from leadops.celery import app

SCHEDULE = app.conf.beat_schedule
app.conf.beat_schedule = {
    name: entry | {"schedule": 1.0} if isinstance(entry["schedule"], float) else entry
    for name, entry in SCHEDULE.items()
}
app.conf.beat_max_loop_interval = 1
