"""Settings: each reader's own, and what administrators and sales managers arrange for everybody."""
