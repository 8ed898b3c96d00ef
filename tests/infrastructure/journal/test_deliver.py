from datetime import timedelta
from importlib import import_module

import pytest

from shuzheng.infrastructure.journal import models, operations, queries
from shuzheng.infrastructure.journal.rules import (
    DeliveryFailed,
    declare_entry_kind,
    declare_subscription,
)

READ = declare_entry_kind("testing.read", "查看了个人信息")

pytestmark = pytest.mark.django_db


class Reader:
    """A subscription that remembers what it took and fails on the subjects it is told to."""

    def __init__(self, name="reader", *, kinds=("testing.happened",), wanted=None):
        self.taken = []
        self.failing = set()
        self.subscription = declare_subscription(name, kinds=kinds, handler=self, wanted=wanted)

    def __call__(self, entry):
        # A handler writes before it fails, so that the tests see its writes undone.
        models.Checkpoint.objects.create(size=entry.number, root=b"", sealed_at=entry.at, note="")
        if entry.subject in self.failing:
            raise RuntimeError("接收方没有应答")
        self.taken.append((entry.number, entry.subject))
        models.Checkpoint.objects.filter(size=entry.number).delete()

    def __eq__(self, other):
        return self is other

    __hash__ = object.__hash__


@pytest.fixture
def reader():
    return Reader()


def drain(reader, at):
    operations.sequence()
    batch = operations.deliver(reader.subscription, at=at)
    while batch.is_behind:
        batch = operations.deliver(reader.subscription, at=at)


def test_entries_arrive_in_order_and_once(write, reader, at):
    for place in range(120):
        write(f"case:{place % 7}")
    drain(reader, at)
    drain(reader, at)

    assert reader.taken == [(place + 1, f"case:{place % 7}") for place in range(120)]


def test_only_the_kinds_followed_arrive_and_the_place_moves_past_the_others(write, at):
    reader = Reader(kinds=("testing.read",))
    write()
    write()
    drain(reader, at)

    assert reader.taken == []
    assert models.Position.objects.get().number == 2


def test_entries_without_number_do_not_arrive(write, reader, at):
    write()
    operations.deliver(reader.subscription, at=at)

    assert reader.taken == []


def test_what_content_wants_at_present_arrives_and_the_rest_is_passed_over_for_good(write, at):
    wanted = set()
    reader = Reader(kinds=("*",), wanted=lambda: frozenset(wanted))
    write("case:1")
    drain(reader, at)
    wanted.add("testing.read")
    write("case:2")
    write("case:3", kind=READ)
    drain(reader, at)
    wanted.clear()
    write("case:4", kind=READ)
    drain(reader, at)

    assert reader.taken == [(3, "case:3")]
    assert models.Position.objects.get().number == 4


def test_a_new_subscription_begins_at_the_beginning(write, reader, at):
    write()
    drain(reader, at)
    later = Reader("later")
    drain(later, at)

    assert later.taken == [(1, "case:1")]


def test_an_entry_that_fails_holds_up_its_subject_and_no_other(write, reader, at):
    for subject in ("case:1", "case:2", "case:1", "case:3"):
        write(subject)
    reader.failing = {"case:1"}
    drain(reader, at)

    assert reader.taken == [(2, "case:2"), (4, "case:3")]
    [stuck] = queries.list_failed_deliveries()
    assert (stuck.number, stuck.kind, stuck.subject, stuck.attempts, stuck.behind) == (
        1,
        "testing.happened",
        "case:1",
        1,
        1,
    )
    assert stuck.error == "RuntimeError: 接收方没有应答"
    assert (stuck.failed_at, stuck.due_at) == (at, at + timedelta(seconds=2))


def test_what_a_failing_handler_wrote_is_undone(write, reader, at):
    write()
    reader.failing = {"case:1"}
    drain(reader, at)

    assert models.Checkpoint.objects.count() == 0


def test_a_subject_catches_up_in_order_once_its_entry_is_taken(write, reader, at):
    for _ in range(3):
        write("case:1")
    reader.failing = {"case:1"}
    drain(reader, at)
    reader.failing = set()
    write("case:1")
    drain(reader, at + timedelta(seconds=1))
    assert reader.taken == []
    drain(reader, at + timedelta(seconds=2))

    assert reader.taken == [(number, "case:1") for number in (1, 2, 3, 4)]
    assert models.Delivery.objects.count() == 0


def test_an_entry_that_keeps_failing_is_parked_and_its_subject_waits(write, reader, at):
    write("case:1")
    write("case:1")
    reader.failing = {"case:1"}
    for hours in range(8):
        drain(reader, at + timedelta(hours=2 * hours))
    write("case:2")
    drain(reader, at + timedelta(days=30))

    assert reader.taken == [(3, "case:2")]
    [parked] = queries.list_parked_deliveries()
    assert (parked.number, parked.attempts, parked.due_at, parked.behind) == (1, 6, None, 1)


def test_a_slow_batch_ends_early_and_goes_on_where_it_stopped(write, reader, at, monkeypatch):
    delivering = import_module("shuzheng.infrastructure.journal.operations.deliver")
    monkeypatch.setattr(delivering, "BATCH_SECONDS", 0)
    for _ in range(3):
        write()
    operations.sequence()
    first = operations.deliver(reader.subscription, at=at)

    assert (first.taken, first.is_behind) == (1, True)
    drain(reader, at)
    assert [number for number, _ in reader.taken] == [1, 2, 3]


def test_draining_delivers_what_handlers_append_too(write, at):
    second = Reader("second", kinds=("testing.read",))

    def react(entry):
        write(entry.subject, kind=READ)

    declare_subscription("first", kinds=("testing.happened",), handler=react)
    write("case:1")

    assert operations.run_pending(at=at) == 2
    assert second.taken == [(2, "case:1")]


def test_draining_says_which_handler_failed_after_delivering_the_rest(write, reader, at):
    other = Reader("other")
    write("case:1")
    write("case:2")
    reader.failing = {"case:1"}

    with pytest.raises(DeliveryFailed) as refusal:
        operations.run_pending(at=at)

    assert str(refusal.value) == (
        "订阅“reader”处理第 1 条记录（testing.happened）时失败：接收方没有应答。系统会稍后重试。"
    )
    assert reader.taken == [(2, "case:2")]
    assert other.taken == [(1, "case:1"), (2, "case:2")]


def test_how_far_each_subscription_has_come_can_be_seen(write, reader, at):
    Reader("behind")
    write("case:1")
    write("case:2")
    reader.failing = {"case:1"}
    drain(reader, at)

    states = {each.subscription: each for each in queries.list_subscription_states()}
    assert (states["behind"].position, states["behind"].lag) == (0, 2)
    assert (states["reader"].position, states["reader"].lag, states["reader"].set_aside) == (
        2,
        0,
        1,
    )
    behind = queries.list_subscriptions_behind(at=at)
    assert [each.name for each in behind] == ["behind"]
    later = queries.list_subscriptions_behind(at=at + timedelta(seconds=2))
    assert [each.name for each in later] == ["behind", "reader"]
