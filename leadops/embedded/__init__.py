"""PostgreSQL and the Redis-compatible server that come with pip: started for as long as a command needs them.

Every command that needs a server holds a shared lock on a file; a small keeper process per server starts it,
restarts it, and stops it once it gets the lock for itself. The kernel drops the lock of a command however that
command ends, so nobody has to count.
"""

from leadops.embedded.holding import hold, wait_until_stopped
from leadops.embedded.places import database_url, redis_url
from leadops.embedded.problems import Unavailable

__all__ = ["Unavailable", "database_url", "hold", "redis_url", "wait_until_stopped"]
