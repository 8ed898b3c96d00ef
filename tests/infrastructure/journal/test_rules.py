from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.infrastructure.journal.rules import (
    Entry,
    declare_entry_kind,
    declare_subscription,
    declared_subscriptions,
)
from shuzheng.infrastructure.journal.rules.backoff import next_attempt_at
from shuzheng.infrastructure.journal.rules.commitment import (
    Opening,
    canonical_json,
    commit,
    commit_private,
    opens,
    plain,
)

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ENTRY = Entry(
    number=1,
    id=UUID(int=1),
    kind="case.accepted",
    subject="case:1",
    actor_kind="official",
    actor_account="clerk",
    actor_name="王",
    actor_post="service.window",
    at=NOW,
    facts={"name": "小明"},
    purpose="受理",
    case="1",
    person="p",
)
SALT, BLIND = b"s" * 32, b"b" * 32
PRIVATE = commit_private(ENTRY, salt=SALT)
COMMITMENT = commit(ENTRY, blind=BLIND, private=PRIVATE)
OPENING = Opening(BLIND, SALT, PRIVATE)


def test_an_entry_opens_its_commitment():
    assert opens(ENTRY, OPENING, commitment=COMMITMENT)


def test_the_number_is_not_committed_to_for_it_comes_later():
    assert opens(replace(ENTRY, number=None), OPENING, commitment=COMMITMENT)


@pytest.mark.parametrize(
    "change",
    [
        {"id": UUID(int=2)},
        {"kind": "case.refused"},
        {"subject": "case:2"},
        {"actor_kind": "system"},
        {"actor_account": "other"},
        {"actor_name": "李"},
        {"actor_post": "market.chief"},
        {"at": NOW + timedelta(microseconds=1)},
        {"facts": {"name": "小红"}},
        {"purpose": ""},
        {"case": "2"},
        {"person": "q"},
    ],
)
def test_every_column_is_committed_to(change):
    assert not opens(replace(ENTRY, **change), OPENING, commitment=COMMITMENT)


def test_an_erased_entry_still_opens_and_nothing_can_be_put_in_its_place():
    erased = replace(ENTRY, actor_name="", facts={}, purpose="", person="")
    opening = Opening(BLIND, b"", PRIVATE)

    assert opens(erased, opening, commitment=COMMITMENT)
    assert not opens(replace(erased, facts={"name": "别人"}), opening, commitment=COMMITMENT)
    assert not opens(replace(erased, actor_name="别人"), opening, commitment=COMMITMENT)
    assert not opens(replace(erased, subject="case:2"), opening, commitment=COMMITMENT)


def test_the_commitment_cannot_be_guessed_without_the_salt():
    other = commit_private(ENTRY, salt=b"t" * 32)

    assert other != PRIVATE
    assert commit(ENTRY, blind=b"c" * 32, private=PRIVATE) != COMMITMENT


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@given(value=json_values)
def test_plain_values_stay_as_they_are(value):
    assert plain(plain(value)) == plain(value)
    assert canonical_json(plain(value)) == canonical_json(plain(plain(value)))


def test_waits_grow_and_then_the_entry_is_parked():
    waits = [next_attempt_at(attempts=count, at=NOW) for count in range(1, 7)]

    assert [each and (each - NOW).total_seconds() for each in waits] == [
        2,
        10,
        60,
        600,
        3600,
        None,
    ]


@pytest.mark.parametrize("name", ["accepted", "Case.accepted", "case.", "case.受理", "a.b.c"])
def test_a_kind_is_named_after_its_room_and_what_happened(name):
    with pytest.raises(ValueError, match=r"room\.what_happened"):
        declare_entry_kind(name, "发生")


def test_a_kind_has_one_meaning():
    first = declare_entry_kind("testing.declared", "声明了")

    assert declare_entry_kind("testing.declared", "声明了") == first
    with pytest.raises(ValueError, match="declared twice"):
        declare_entry_kind("testing.declared", "另一个意思")


@pytest.mark.parametrize(
    ("name", "reads_person", "is_read"),
    [
        ("testing.read", False, True),
        ("testing.looked_up", True, True),
        ("testing.reread", False, False),
    ],
)
def test_readings_of_personal_data_are_known_by_kind(name, reads_person, is_read):
    kind = declare_entry_kind(name, "查看了个人信息", reads_person=reads_person)

    assert kind.reads_person is is_read


def test_a_subscription_follows_its_kinds():
    kind = declare_entry_kind("testing.declared", "声明了")
    some = declare_subscription("some", kinds=(kind, "testing.other"), handler=print)
    every = declare_subscription("every", kinds=("*",), handler=print)

    assert [some.follows(name) for name in ("testing.declared", "testing.other", "x.y")] == [
        True,
        True,
        False,
    ]
    assert every.follows("x.y")
    assert declared_subscriptions() == (every, some)


def test_a_subscription_has_one_handler():
    declare_subscription("some", kinds=("*",), handler=print)

    with pytest.raises(ValueError, match="declared twice"):
        declare_subscription("some", kinds=("*",), handler=repr)
