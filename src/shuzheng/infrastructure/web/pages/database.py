"""What the database refused, in the user's words: the last net below the rules of a room."""

from django.db import DataError, IntegrityError

from shuzheng.policy.refusals import Conflict, Invalid, Refusal, gettext_noop

TEXT_TOO_LONG, ALREADY_THERE = "22001", "23505"
"""SQLSTATE of a text that its column cannot hold, and of a second row where one may be."""


class TextTooLong(Invalid):
    """Somebody wrote more than a field keeps."""

    code = "text-too-long"
    template = gettext_noop("填写的内容有一项太长，没有保存。")
    remedy = gettext_noop("请缩短后再提交。")


class DoneMeanwhile(Conflict):
    """Two did the same at once; the other was first."""

    code = "done-meanwhile"
    template = gettext_noop("同样的操作刚刚已经有人做了。")
    remedy = gettext_noop("请刷新页面查看最新情况。")


def read_database(failure: Exception) -> Refusal | None:
    """Return what a failure means to who asked, nothing if it is ours to mend.

    The operation has been rolled back as a whole.
    """
    state = getattr(failure.__cause__, "sqlstate", "")
    if isinstance(failure, DataError) and state == TEXT_TOO_LONG:
        return TextTooLong()
    if isinstance(failure, IntegrityError) and state == ALREADY_THERE:
        return DoneMeanwhile()
    return None


def constraint_of(failure: Exception) -> str:
    """Return the name of the constraint for the log; the failure's own words quote the row."""
    diagnosis = getattr(failure.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""
