"""What the rooms are told from above: folders, and which operations a flow may call."""

from collections.abc import Mapping
from datetime import UTC, datetime

from django.conf import settings

from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.content.queries import kept
from shuzheng.infrastructure.journal import operations as journal
from shuzheng.infrastructure.keys import operations as keys
from shuzheng.infrastructure.storage import operations as storage
from shuzheng.infrastructure.web import operations as web
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.institutions.city.queries import get_city, list_english
from shuzheng.institutions.laws import operations as laws
from shuzheng.policy import words
from shuzheng.support.cases.queries.starting import list_start_problems
from shuzheng.support.identity import operations as identity
from shuzheng.support.licences import operations as licences
from shuzheng.support.matters.queries import list_titles_in_english
from shuzheng.support.messages import operations as messages
from shuzheng.support.workflow import operations as workflow

NARROWER_GRANTS = ("journal_grant",)
"""Procedures by which a room leaves the application's role less than reading and writing rows."""


def wire() -> None:
    """Hand settings down to the rooms; called once when the application starts."""
    keys.use_folder(settings.DATA_FOLDER / "keys")
    storage.use_folder(settings.DATA_FOLDER / "files")
    journal.use_folder(settings.DATA_FOLDER / "log")
    web.use_city(_city_words)
    web.use_english(_english)
    web.use_language_keeper(identity.choose_language)
    licences.use_public_address(settings.PUBLIC_ADDRESS)
    words.use_folder(settings.DATA_FOLDER)
    workflow.use_check(list_start_problems)
    laws.use_texts(settings.SHARED_FOLDER / "data" / "laws")
    if settings.DEMONSTRATION:
        messages.use_mail(messages.FolderMail(settings.DATA_FOLDER / "mail"))
        identity.use_real_name_provider(identity.RegisterCheck())


def invite_administrator() -> str:
    """Return the address of the first administrator's link, nothing if there is one."""
    now = datetime.now(UTC)
    on = get_calendar().local_day(now)
    token = identity.invite_administrator(on=on, by=system("shuzheng serve"), at=now)
    return f"/accounts/link/{token}/" if token else ""


@kept
def _english() -> Mapping[str, str]:
    """Return what the city says in English: its sentences, and the titles of what it handles."""
    return {**list_titles_in_english(), **list_english()}


def _city_words() -> web.CityWords:
    city = get_city()
    return web.CityWords(name=city.name, name_en=city.name_en, hotline=city.hotline)
