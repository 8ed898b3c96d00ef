"""Work of a post nobody holds: who above sees it instead."""

from collections.abc import Collection, Iterable

from shuzheng.infrastructure.journal.rules import declare_entry_kind

POST_VACANT = declare_entry_kind(
    "task.post_vacant",
    "岗位暂无人员，转上级岗位",
    facts=("number", "matter", "task", "post", "from_post", "from_name", "link"),
)


def nearest_held(above: Iterable[str], held: Collection[str]) -> str:
    """Return the nearest post above that somebody holds, nothing if nobody does.

    >>> nearest_held(("chief", "mayor"), {"mayor"}), nearest_held(("chief",), {"mayor"})
    ('mayor', '')
    """
    return next((post for post in above if post in held), "")


def is_unseen(*, post: str, raised_to: str, held: Collection[str]) -> bool:
    """Say whether a task lies where nobody looks: neither on its post nor where it was raised to.

    >>> is_unseen(post="clerk", raised_to="chief", held={"chief"})
    False
    """
    return not {post, raised_to} & set(held)
