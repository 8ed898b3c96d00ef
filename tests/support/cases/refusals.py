"""What a refusal leaves behind: nothing. Rows are compared before and after."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps

from shuzheng.infrastructure.access.rules import VISITOR, Actor
from shuzheng.infrastructure.journal.models import Entry
from shuzheng.policy.refusals import Refusal
from tests.support.cases.play import on_post

LI = Actor(kind="person", account="account-li", name="李小红", person="person-li")


def rows() -> dict[str, Any]:
    """Return every row of cases and how many entries the journal has."""
    models = apps.get_app_config("cases").get_models()
    kept = {model.__name__: list(model.objects.order_by("pk").values()) for model in models}
    return {**kept, "entries": Entry.objects.count()}


@contextmanager
def nothing_changes() -> Iterator[None]:
    """Fail if a row of cases or the journal differs afterwards."""
    before = rows()
    yield
    assert rows() == before


def refuses(expected: type[Refusal], act: Callable[..., Any], **given: Any) -> Refusal:
    """Do it, expect exactly that refusal and that nothing changed; returns the refusal."""
    with nothing_changes(), pytest.raises(expected) as caught:
        act(**given)
    assert type(caught.value) is expected
    return caught.value


def outcomes(
    acts: Mapping[str, Callable[[Actor], Any]], actors: Mapping[str, Actor]
) -> dict[str, dict[str, str]]:
    """Let each actor try each act; returns the code of the refusal by act and actor."""
    with nothing_changes():
        return {
            name: {who: _code(act, actor) for who, actor in actors.items()}
            for name, act in acts.items()
        }


def _code(act: Callable[[Actor], Any], actor: Actor) -> str:
    try:
        act(actor)
    except Refusal as refusal:
        return refusal.code
    return "done"


def actors(**posts: str) -> dict[str, Actor]:
    """Return a visitor, another citizen and officials on these posts."""
    officials = {name: on_post(code) for name, code in posts.items()}
    return {"visitor": VISITOR, "other citizen": LI, **officials}
