"""The worker as shipped, but it reads and writes a file in parts of a tenth: a file of a thousand rows has several."""

from celery.signals import worker_process_init

from leadops.celery import app

SLICE, CHUNK = 1_000, 400

__all__ = ["CHUNK", "SLICE", "app"]


@worker_process_init.connect
def in_small_parts(**_: object) -> None:
    from leads.importing import staging
    from leads.importing.running import arriving, slices

    slices.SLICE = arriving.LARGE = SLICE
    staging.CHUNK = CHUNK
