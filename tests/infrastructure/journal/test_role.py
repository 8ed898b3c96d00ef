"""The role that pages and jobs connect as can add to the journal, and nothing more."""

from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from shuzheng.infrastructure.journal import models, operations, queries
from shuzheng.infrastructure.journal.operations import seal_pending
from shuzheng.infrastructure.journal.rules import declare_subscription
from shuzheng.infrastructure.journal.rules.permissions import ERASE_JOURNAL

pytestmark = pytest.mark.django_db


@pytest.fixture
def application_role(db):
    """Act as a role that holds what the journal grants the application."""
    name = f"application_{uuid4().hex[:12]}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {name}")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
        cursor.execute(f"CALL journal_grant('{name}')")
        cursor.execute(f"GRANT {name} TO CURRENT_USER")
        cursor.execute(f"SET LOCAL ROLE {name}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def test_the_application_can_append_number_deliver_and_seal(
    application_role, write, log_folder, at
):
    taken = []
    declare_subscription("reader", kinds=("testing.happened",), handler=taken.append)
    entry = write(facts={"a": 1})
    operations.run_pending(at=at)
    assert seal_pending(at=at) == 1

    assert [each.id for each in taken] == [entry]
    assert queries.get_entry(entry).facts == {"a": 1}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE journal_entry SET subject = 'case:2'",
        "UPDATE journal_entry SET facts = '{}', salt = NULL, erased_at = now()",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry",
        "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER journal_entry_guard ON journal_entry",
        "SELECT journal_erase(id, now()) FROM journal_entry",
        "UPDATE journal_checkpoint SET note = ''",
        "DELETE FROM journal_checkpoint",
    ],
)
def test_the_application_can_change_nothing(application_role, write, change):
    entry = write(facts={"a": 1})
    before = models.Entry.objects.get(id=entry)

    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
    after = models.Entry.objects.get(id=entry)
    assert (after.subject, after.facts, after.salt) == (before.subject, before.facts, before.salt)


def test_erasing_is_the_owners_alone_whoever_holds_the_permission(
    application_role, write, official, at
):
    entry = write(facts={"a": 1})
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        operations.erase_entry(entry=entry, reason="本人要求", by=official(ERASE_JOURNAL), at=at)
    assert queries.get_entry(entry).facts == {"a": 1}


def test_erasing_finds_the_journal_whatever_the_session_calls_by_its_name(db, write):
    """A temporary table of the same name would otherwise be erased, and the journal not."""
    entry = write(facts={"a": 1})
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE journal_entry (LIKE public.journal_entry)")
        cursor.execute("INSERT INTO pg_temp.journal_entry SELECT * FROM public.journal_entry")
        cursor.execute(
            "CREATE FUNCTION pg_temp.act() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the wrong table'; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER act BEFORE UPDATE ON pg_temp.journal_entry "
            "FOR EACH ROW EXECUTE FUNCTION pg_temp.act()"
        )
        cursor.execute("SELECT public.journal_erase(%s, now())", [entry])
        cursor.execute("SELECT facts FROM public.journal_entry WHERE id = %s", [entry])
        assert cursor.fetchone() == ("{}",)
        cursor.execute("DROP TABLE pg_temp.journal_entry")
