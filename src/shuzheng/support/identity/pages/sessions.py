"""Who is signed in, which every page asks: session and account, each by a statement made once."""

from functools import cache
from typing import Any, TypeVar

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import BigIntegerField, CharField, DateTimeField, Model
from django.utils import timezone

from shuzheng.infrastructure.database.queries import Parameter, Prepared
from shuzheng.support.identity.models import Account

M = TypeVar("M", bound=Model)


class SessionStore(db.SessionStore):
    """Django's sessions in the database; its name for the engine is fixed."""

    def _get_session_from_db(self) -> Session | None:
        values = {"session_key": self.session_key, "now": timezone.now()}
        session = _first(Session, _open_session(), values) if self.session_key else None
        if session is None:
            self._session_key = None
        return session


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]
    """The sign-in's own backend."""

    def get_user(self, user_id: int) -> Account | None:
        """Return the account of a session, unless it was suspended."""
        account = _first(Account, _account(), {"id": user_id})
        return account if account and self.user_can_authenticate(account) else None


def _first(model: type[M], prepared: Prepared, values: dict[str, Any]) -> M | None:
    for row in prepared.ask(**values):
        return model.from_db(connection.alias, row._fields, row)
    return None


@cache
def _open_session() -> Prepared:
    rows = Session.objects.filter(
        session_key=Parameter("session_key", CharField()),
        expire_date__gt=Parameter("now", DateTimeField()),
    )
    return Prepared(rows.values_list(*_columns(Session), named=True))


@cache
def _account() -> Prepared:
    rows = Account.objects.filter(pk=Parameter("id", BigIntegerField()))
    return Prepared(rows.values_list(*_columns(Account), named=True))


def _columns(model: type[Model]) -> tuple[str, ...]:
    fields = model._meta.concrete_fields  # noqa: SLF001 - documented by Django
    return tuple(field.attname for field in fields)
