"""What the rooms are told from above: folders, and which operations a flow may call."""

from django.conf import settings

from shuzheng.infrastructure.journal import operations as journal
from shuzheng.infrastructure.keys import operations as keys
from shuzheng.infrastructure.storage import operations as storage
from shuzheng.support.messages import operations as messages

NARROWER_GRANTS = ("journal_grant",)
"""Procedures by which a room leaves the application's role less than reading and writing rows."""


def wire() -> None:
    """Hand settings down to the rooms; called once when the application starts."""
    keys.use_folder(settings.DATA_FOLDER / "keys")
    storage.use_folder(settings.DATA_FOLDER / "files")
    journal.use_folder(settings.DATA_FOLDER / "log")
    if settings.DEMONSTRATION:
        messages.use_mail(messages.FolderMail(settings.DATA_FOLDER / "mail"))
