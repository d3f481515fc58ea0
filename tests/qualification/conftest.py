"""What every test of qualification stands on."""

import pytest

from leadops.foundation import lay


@pytest.fixture(autouse=True)
def laid(db):
    """Roles, company, calendar and queues, as every installation has them."""
    lay()
