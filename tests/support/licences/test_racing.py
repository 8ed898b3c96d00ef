"""Two workers at once: no serial is skipped, none is given twice, no request is issued twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from shuzheng.standards.licence_identifier import read_identifier
from shuzheng.support.licences.models import Licence
from tests.support.licences.conftest import issue

pytestmark = pytest.mark.django_db(transaction=True)


def race(at, tokens):
    def work(token):
        try:
            return issue(at=at, token=token)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        return list(workers.map(work, tokens))


def test_serials_have_no_gap_and_no_double(register, at):
    issued = race(at, [f"token-{number}" for number in range(8)])
    serials = sorted(read_identifier(each.identifier).serial for each in issued)
    assert serials == [f"2026{number:07d}" for number in range(1, 9)]


def test_one_request_at_once_from_two_workers_is_issued_once(register, at):
    issued = race(at, ["same"] * 4)
    assert len({each.code for each in issued}) == 1
    assert Licence.objects.count() == 1
