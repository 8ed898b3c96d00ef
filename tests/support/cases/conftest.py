"""What cases are checked for after a test, and who moves them."""

from collections.abc import Callable, Iterator

import pytest

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.support.cases.models import Case
from shuzheng.support.cases.queries.passages import passage_between, what_becomes_of
from shuzheng.support.cases.rules.migrations import MIGRATE_CASES
from shuzheng.support.workflow.queries import get_flow_version
from shuzheng.support.workflow.rules.entries import PUBLISH_FLOW
from tests.support.cases.flows import check_replay


@pytest.fixture
def replayed(db: None) -> Iterator[None]:
    """After the test every case of it can be played again."""
    yield
    check_replay(*Case.objects.values_list("number", flat=True))


@pytest.fixture
def replayed_over_moves(db: None) -> Iterator[None]:
    """After the test every case of it that began can be played again, over its moves."""
    passage_between.cache_clear()
    what_becomes_of.cache_clear()
    get_flow_version.cache_clear()
    yield
    check_replay(*Case.objects.exclude(flow_state=None).values_list("number", flat=True))


@pytest.fixture
def mover(official: Callable[..., Actor]) -> Actor:
    return official(MIGRATE_CASES, PUBLISH_FLOW, post="data.administrator", department="data")
