"""The table of Django's database cache: unlogged, since a crash may empty a cache."""

from django.db import migrations

CREATE = """
CREATE UNLOGGED TABLE leadops_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX leadops_cache_expires ON leadops_cache (expires);
"""


class Migration(migrations.Migration):
    """Make the cache's table."""

    dependencies: list[tuple[str, str]] = []
    operations = [migrations.RunSQL(CREATE, "DROP TABLE leadops_cache;")]
