"""The worker's part: entries become messages, messages become mail."""

from datetime import timedelta

import pytest

from shuzheng.data.registers.rules import DIFFERENCE_REPORTED
from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.journal.operations import append
from shuzheng.infrastructure.journal.queries import list_entries_of_case
from shuzheng.support.messages import operations
from shuzheng.support.messages.jobs import mail, mail_gathered, tell
from shuzheng.support.messages.models import Message
from shuzheng.support.messages.operations import FolderMail, send
from shuzheng.support.messages.queries import list_messages
from tests.cities import apply_kinds


@pytest.fixture
def folder(tmp_path):
    before = list(operations._mail)
    operations.use_mail(FolderMail(tmp_path))
    yield tmp_path
    operations._mail[:] = before


def test_a_dispute_reaches_the_data_steward(db, at):
    apply_kinds("message", at=at)
    append(
        actor=system("tests"),
        kind=DIFFERENCE_REPORTED,
        subject="register:persons/x",
        at=at,
        facts={"name": "联系电话"},
        case="QZ-1",
        person="person-1",
    )
    tell(list_entries_of_case("QZ-1")[0])
    (message,) = list_messages(post="data.steward")
    assert message.title.endswith("联系电话")
    assert list_messages(person="person-1") == ()


def test_the_jobs_mail_what_waits(db, folder, at):
    for is_digest in (False, True):
        send(title="t", body="b", person="person-1", at=at)
        Message.objects.filter(mailed_at=None).update(is_digest=is_digest)
        job = mail_gathered if is_digest else mail
        due = at + timedelta(minutes=1)
        job(timestamp=int(due.timestamp()))
        assert Message.objects.filter(mailed_at=due).exists()
        Message.objects.all().delete()
