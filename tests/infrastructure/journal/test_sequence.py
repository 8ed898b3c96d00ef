"""Numbers against real transactions that commit late, side by side."""

import threading

import psycopg
import pytest
from django.db import connection, transaction

from shuzheng.infrastructure.journal import operations
from shuzheng.infrastructure.journal.operations.sequence import SEQUENCER_LOCK
from shuzheng.infrastructure.journal.rules import declare_subscription


@pytest.mark.django_db
def test_numbers_follow_the_order_of_writing_without_gaps(write, numbers):
    for place in range(5):
        write(f"case:{place}")

    assert operations.sequence() == 5
    assert operations.sequence() == 0
    write()
    assert operations.sequence() == 1
    assert numbers() == [1, 2, 3, 4, 5, 6]


class Elsewhere:
    """A transaction in another thread that writes and commits when it is told to."""

    def __init__(self, write):
        self._write = write
        self._written, self._may_end = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run)

    def begin(self, subject):
        self._subject = subject
        self._thread.start()
        assert self._written.wait(10)

    def commit(self):
        self._may_end.set()
        self._thread.join(10)

    def _run(self):
        with transaction.atomic():
            self._write(self._subject)
            self._written.set()
            self._may_end.wait(10)
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_late_commit_never_slips_behind_a_reader(write, numbers, at):
    taken = []
    declare_subscription(
        "reader", kinds=("testing.happened",), handler=lambda entry: taken.append(entry.subject)
    )
    late = Elsewhere(write)
    late.begin("late")
    write("early")
    operations.run_pending(at=at)
    assert numbers() == [1]
    late.commit()
    operations.run_pending(at=at)

    # The late one was written first, and is numbered after what readers have passed.
    assert numbers() == [2, 1]
    assert taken == ["early", "late"]


@pytest.mark.django_db(transaction=True)
def test_one_numbers_at_a_time(write, numbers):
    write()
    parameters = connection.get_connection_params()
    fields = {
        key: parameters[key]
        for key in ("dbname", "user", "password", "host", "port")
        if parameters.get(key)
    }
    with psycopg.connect(**fields) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [SEQUENCER_LOCK])
        assert operations.sequence() == 0
        assert numbers() == [None]

    assert operations.sequence() == 1
    assert numbers() == [1]


@pytest.mark.django_db(transaction=True)
def test_many_writers_and_numberers_leave_no_gap_and_no_double(write, numbers):
    stop = threading.Event()

    def number():
        while not stop.is_set():
            operations.sequence()
        connection.close()

    def work(name):
        for place in range(20):
            with transaction.atomic():
                write(f"{name}:{place}")
                write(f"{name}:{place}")
        connection.close()

    numberers = [threading.Thread(target=number) for _ in range(2)]
    writers = [threading.Thread(target=work, args=(name,)) for name in "abc"]
    for thread in (*numberers, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    for thread in numberers:
        thread.join()
    operations.sequence()

    assert sorted(numbers()) == list(range(1, 121))
