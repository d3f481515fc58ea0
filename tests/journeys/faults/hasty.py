"""The schedule as shipped, but what is sent each quarter or whole minute is sent each second; nightly jobs stay nightly.

What is not taken up soon expires, so that a slow machine does not look for what is long done before it looks anew.
"""

from leadops.celery import app

SCHEDULE = app.conf.beat_schedule
app.conf.beat_schedule = {
    name: entry | {"schedule": 1.0, "options": {"expires": 3}} if isinstance(entry["schedule"], float) else entry
    for name, entry in SCHEDULE.items()
}
app.conf.beat_max_loop_interval = 1
