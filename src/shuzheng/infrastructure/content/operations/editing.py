"""What is published in the browser: remembered beside the files, and written back into them."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.content.models import AppliedItem
from shuzheng.infrastructure.content.operations.turns import one_at_a_time
from shuzheng.infrastructure.content.queries import list_applied
from shuzheng.infrastructure.content.rules import (
    ContentInvalid,
    EditedInBrowser,
    EditedItem,
    Item,
    NotEdited,
    differing,
    edited_items,
    load_city,
    registered_kinds,
)
from shuzheng.infrastructure.content.rules.entries import CONTENT_EDITED
from shuzheng.infrastructure.journal.operations import append


@transaction.atomic
def note_edit(*, kind: str, key: str, published_as: str, by: Actor, at: datetime) -> None:
    """Remember that an item is being published in the browser, so that files do not undo it.

    Called first in the publishing operation's transaction, which has asked whether it may: from
    here on nobody applies content until that transaction ends.

    Args:
        published_as: what it becomes, in words, such as “第 3 版”.
    """
    one_at_a_time()
    AppliedItem.objects.filter(kind=kind, key=key).update(
        edited_at=at, edited_by=by.name or by.account, edited_as=published_as
    )
    facts = {"kind": kind, "key": key, "published_as": published_as}
    append(actor=by, kind=CONTENT_EDITED, subject=f"content:{kind}:{key}", at=at, facts=facts)


def export_city(*, folder: Path, overwrite: Collection[str] = ()) -> tuple[Path, ...]:
    """Write what was published in the browser into a city's files and return the written ones.

    The tables stay as they are; the next apply finds that the files have caught up.

    An item that is gone from the files is left to whoever removed it.

    Args:
        overwrite: names (``kind:key``) of items whose changed files may be written over.

    Raises:
        ContentInvalid: the files cannot be read.
        EditedInBrowser: files changed as well and would be lost; nothing is written.
        NotEdited: what is to be overwritten was not published in the browser.
    """
    kinds = {kind.name: kind for kind in registered_kinds()}
    loaded = load_city(folder, tuple(kinds.values()), ())
    if loaded.problems:
        raise ContentInvalid(loaded.problems)
    edited = tuple(edited_items(loaded.library, list_applied(), kinds.values()))
    _require_free(edited, overwrite)
    return tuple(
        path
        for each in edited
        if each.item
        for path in _write(each.item, kinds[each.kind].published(each.item))
    )


def _require_free(edited: tuple[EditedItem, ...], overwrite: Collection[str]) -> None:
    for name in set(overwrite) - {each.name for each in edited}:
        raise NotEdited(name=name)
    changed = [each for each in edited if each.standing == "conflict" and each.item]
    if lost := tuple(each for each in changed if each.name not in overwrite):
        raise EditedInBrowser(lost)


def _write(item: Item, published: Mapping[str, bytes]) -> Iterator[Path]:
    for name in tuple(differing(item, published)):
        path = item.path.parent / name
        if published[name]:
            path.write_bytes(published[name])
        else:
            path.unlink()
        yield path
