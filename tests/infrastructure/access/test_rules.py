import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.infrastructure.access.rules import (
    VISITOR,
    Actor,
    Permission,
    PostLacksPermission,
    covers,
    declare_permission,
    declared_permissions,
    guard,
    system,
)

ACCEPT = Permission("testing.accept", "受理办件")


def test_a_post_with_the_permission_passes(official):
    guard(official(ACCEPT), ACCEPT)


@pytest.mark.parametrize(
    "actor",
    [
        VISITOR,
        Actor(kind="person", account="citizen-1"),
        Actor(kind="official", account="clerk", permissions=frozenset({"testing.other"})),
    ],
)
def test_whoever_lacks_the_permission_is_refused_in_its_words(actor):
    with pytest.raises(PostLacksPermission) as refusal:
        guard(actor, ACCEPT)

    words = "您当前的岗位不能受理办件。请切换到有此职责的岗位，或联系管理员。"
    assert str(refusal.value) == words
    assert refusal.value.code == "post-lacks-permission"


def test_the_system_passes_and_says_which_job_it_is():
    actor = system("timers")

    guard(actor, ACCEPT)
    assert (actor.kind, actor.account, actor.name) == ("system", "timers", "timers")


def test_a_permission_is_declared_once():
    first = declare_permission("testing.declared", "做一件事")

    assert declare_permission("testing.declared", "做一件事") is not None
    with pytest.raises(ValueError, match="declared twice"):
        declare_permission("testing.declared", "做另一件事")
    assert [each for each in declared_permissions() if each.key == first.key] == [first]


def test_declared_permissions_are_ordered_by_key():
    declare_permission("testing.z", "末")
    declare_permission("testing.a", "首")

    keys = [each.key for each in declared_permissions()]

    assert keys == sorted(keys)


@pytest.mark.parametrize(
    ("areas", "area", "is_covered"),
    [
        (("330000",), "330802", True),
        (("330800",), "330802005001", True),
        (("330802",), "330802005001", True),
        (("330802005",), "330802005001", True),
        (("330802",), "330803", False),
        (("330802005001",), "330802005", False),
        (("330802", "330803"), "330803001", True),
        ((), "330802", False),
    ],
)
def test_a_parent_area_covers_its_children_and_nothing_else(areas, area, is_covered):
    assert covers(areas, area) is is_covered


def test_a_post_without_area_covers_nothing():
    assert covers(("",), "330802") is False


@given(code=st.from_regex(r"33[0-9]{4}", fullmatch=True))
def test_every_area_covers_itself(code):
    assert covers((code,), code)


def test_a_town_that_ends_in_zeros_is_not_taken_for_its_county():
    assert covers(("330802100",), "330802200") is False
