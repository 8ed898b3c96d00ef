"""A licence ends on a ground its law gives, in writing, by the department that issued it."""

from datetime import timedelta

import pytest

from shuzheng.infrastructure.access.rules import PostLacksPermission
from shuzheng.support.licences.models import Licence
from shuzheng.support.licences.operations import end_licence
from shuzheng.support.licences.queries import (
    get_document_by_code,
    get_licence_by_code,
    get_licence_type,
    list_changes_of_licence,
)
from shuzheng.support.licences.rules import (
    END_LICENCES,
    READ_LICENCES,
    NotFoundByCode,
    ReasonMissing,
)
from shuzheng.support.licences.rules.grounds import GroundDoesNotApply, GroundUnknown

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(official):
    return official(END_LICENCES, post="market.chief", department="market")


@pytest.mark.parametrize(
    ("ground", "state"),
    [
        ("facts_changed", "withdrawn"),
        ("by_deceit", "revoked"),
        ("penalty", "forfeited"),
        ("holder_gone", "cancelled"),
    ],
)
def test_each_ground_leads_to_its_own_end_with_a_written_decision(ground, state, issued, chief, at):
    ended = end_licence(code=issued.code, ground=ground, reasons="查明的事实", by=chief, at=at)
    assert ended.state == state
    change = list_changes_of_licence(issued.code)[-1]
    known = {each.key: each for each in get_licence_type(issued.licence_type).grounds}
    assert (change.state, change.citation) == (state, known[ground].basis)
    document = get_document_by_code(change.decision)
    assert document is not None
    assert document.template == "licence_end"
    assert document.recipient == (issued.recipient or issued.holder_reference)


def test_cancelling_after_an_end_or_expiry_needs_them(issued, chief, at):
    for ground in ("after_end", "expired"):
        with pytest.raises(GroundDoesNotApply):
            end_licence(code=issued.code, ground=ground, reasons="理由", by=chief, at=at)
    Licence.objects.update(valid_until=at.date() - timedelta(days=1))
    end_licence(code=issued.code, ground="expired", reasons="到期未延续", by=chief, at=at)
    assert get_licence_by_code(issued.code).state == "cancelled"


def test_what_was_revoked_is_cancelled_on_that_ground(issued, chief, at):
    end_licence(code=issued.code, ground="by_deceit", reasons="虚假材料", by=chief, at=at)
    with pytest.raises(GroundDoesNotApply):
        end_licence(code=issued.code, ground="force_majeure", reasons="理由", by=chief, at=at)
    end_licence(code=issued.code, ground="after_end", reasons="已撤销", by=chief, at=at)
    assert get_licence_by_code(issued.code).state == "cancelled"


def test_without_ground_or_reasons_nothing_changes(issued, chief, at):
    with pytest.raises(GroundUnknown):
        end_licence(code=issued.code, ground="mood", reasons="理由", by=chief, at=at)
    with pytest.raises(ReasonMissing):
        end_licence(code=issued.code, ground="by_deceit", reasons=" ", by=chief, at=at)
    assert get_licence_by_code(issued.code).state == "in_force"
    assert len(list_changes_of_licence(issued.code)) == 1


def test_another_department_or_a_post_without_the_permission_may_not(issued, official, at):
    given = {"code": issued.code, "ground": "by_deceit", "reasons": "理由", "at": at}
    with pytest.raises(NotFoundByCode):
        end_licence(**given, by=official(END_LICENCES, post="fire.chief", department="fire"))
    with pytest.raises(PostLacksPermission):
        end_licence(**given, by=official(READ_LICENCES, post="market.x", department="market"))
    assert get_licence_by_code(issued.code).state == "in_force"
