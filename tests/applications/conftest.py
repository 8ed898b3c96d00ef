from collections.abc import Iterator

import pytest
import time_machine

from tests.support.cases.play import AT


@pytest.fixture(autouse=True)
def monday_morning(settings) -> Iterator[None]:
    """Let it be a Monday, ten in the morning in Quzhou, and passwords be hashed quickly."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with time_machine.travel(AT, tick=False):
        yield
