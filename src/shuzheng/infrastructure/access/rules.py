"""Who acts, and what a post lets them do: permissions are declarations, nobody is a super-user."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from shuzheng.policy.refusals import NotPermitted, gettext_noop

ActorKind = Literal["visitor", "person", "official", "system"]


@dataclass(frozen=True, slots=True)
class Permission:
    """What a post may do: a key ``room.verb`` and the plain sentence of what it allows."""

    key: str
    sentence: str


_declared: dict[str, Permission] = {}


def declare_permission(key: str, sentence: str) -> Permission:
    """Declare a permission once, beside the operations it guards.

    Raises:
        ValueError: the key is declared already with another sentence.
    """
    permission = Permission(key, sentence)
    if _declared.setdefault(key, permission) != permission:
        raise ValueError(f"permission {key!r} is declared twice")
    return permission


def declared_permissions() -> tuple[Permission, ...]:
    """Return every declared permission, ordered by key."""
    return tuple(sorted(_declared.values(), key=lambda each: each.key))


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a visitor, a person for themselves, an official on a post, or the system itself.

    Attributes:
        account: public identifier of the account, or the job's name for the system.
        name: the name shown.
        person: reference of the natural person in the register (keyed hash), empty if unknown.
        post: code of the post an official acts on; empty for everyone else.
        department: code of that post's department.
        areas: area codes whose matters the post handles; a parent covers its children.
        permissions: keys the post holds.
        demonstration: the account was made for a demonstration.
        is_acting: they stand in on the post for a time; ``name`` says so too.
    """

    kind: ActorKind
    account: str = ""
    name: str = ""
    person: str = ""
    post: str = ""
    department: str = ""
    areas: tuple[str, ...] = ()
    permissions: frozenset[str] = field(default_factory=frozenset)
    demonstration: bool = False
    is_acting: bool = False

    def may(self, permission: Permission) -> bool:
        """Say whether the actor holds the permission; the system holds them all."""
        return self.kind == "system" or permission.key in self.permissions


VISITOR = Actor(kind="visitor")


def system(name: str) -> Actor:
    """Return the actor of a job or command that no person started."""
    return Actor(kind="system", account=name, name=name)


class PostLacksPermission(NotPermitted):
    """The post the actor is on does not carry the permission."""

    code = "post-lacks-permission"
    template = gettext_noop("您当前的岗位不能{sentence}。")
    remedy = gettext_noop("请切换到有此职责的岗位，或联系管理员。")


def guard(actor: Actor, permission: Permission) -> None:
    """Let the actor pass or refuse.

    Raises:
        PostLacksPermission: the actor does not hold the permission.
    """
    if not actor.may(permission):
        raise PostLacksPermission(sentence=permission.sentence)


def covers(areas: Iterable[str], area: str) -> bool:
    """Say whether one of the areas is the given one or a parent of it (codes by GB/T 2260 prefix).

    >>> covers(("330800",), "330802005001"), covers(("330802",), "330803")
    (True, False)
    """
    return any(each and area.startswith(_prefix(each)) for each in areas)


def _prefix(area: str) -> str:
    """Cut the padding of a six-digit province or city code; longer codes have none."""
    while len(area) in {4, 6} and area.endswith("00"):
        area = area[:-2]
    return area
