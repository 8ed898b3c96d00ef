"""Logs say what broke, and nobody's data."""

import logging
import sys

import pytest
from django.db import IntegrityError, connection, transaction

from shuzheng.site.logs import WithoutValues

PHONE = "13800000001"


@pytest.fixture
def refused(db) -> IntegrityError:
    """Return what PostgreSQL says of a second row with the same phone number."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE contact (phone text CONSTRAINT phone_once UNIQUE)")
        cursor.execute("INSERT INTO contact VALUES (%s)", [PHONE])
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            cursor.execute("INSERT INTO contact VALUES (%s)", [PHONE])
        cursor.execute("DROP TABLE contact")
    return error.value


def line(message: str, *args: object, error: BaseException | None = None) -> str:
    told = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("shuzheng", logging.ERROR, __file__, 1, message, args, told)
    return WithoutValues("{levelname} {message}", style="{").format(record)


def test_a_traceback_names_the_constraint_and_not_the_value(refused) -> None:
    assert PHONE in str(refused)
    text = line("cannot save", error=refused)
    assert PHONE not in text
    assert "IntegrityError: SQLSTATE 23505 contact phone_once" in text
    assert "UniqueViolation: SQLSTATE 23505 contact phone_once" in text
    assert "DETAIL" not in text


def test_an_error_behind_another_quotes_nothing_either(refused) -> None:
    try:
        try:
            raise refused
        except IntegrityError as error:
            raise RuntimeError("the job failed") from error
    except RuntimeError:
        text = line("job", error=sys.exc_info()[1])
    assert PHONE not in text
    assert "RuntimeError: the job failed" in text


def test_an_error_told_in_a_sentence_quotes_nothing_either(refused) -> None:
    told = line("case %s: %s", "QZ-1", refused)
    assert told == "ERROR case QZ-1: SQLSTATE 23505 contact phone_once"


def test_other_errors_are_told_as_they_are() -> None:
    assert line("no: %s", ValueError("the file is empty")) == "ERROR no: the file is empty"


def test_the_house_writes_its_logs_so(settings) -> None:
    assert settings.LOGGING["formatters"]["line"]["()"] == "shuzheng.site.logs.WithoutValues"
