"""What the house says when it will not do a thing: a fact, in the user's words, and a way out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar


def gettext_noop(template: str) -> str:
    """Mark a Chinese sentence for the English catalogue; it is translated where it is shown."""
    return template


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something the house says, in no language yet; as text it is Chinese.

    Attributes:
        code: stable name of what is said.
        template: the Chinese sentence with the facts in braces, which the catalogue translates.
        facts: values, words, lists of words, sentences, tuples of sentences.

    >>> str(Sentence("too-many", "有 {count} 项", {"count": 3}))
    '有 3 项'
    """

    code: str
    template: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return fill_in_chinese(self.template, self.facts)


def fill_in_chinese(template: str, facts: Mapping[str, object]) -> str:
    """Put facts into a Chinese sentence; words and sentences are strung together."""
    return template.format_map({name: _in_chinese(fact) for name, fact in facts.items()})


def _in_chinese(fact: object) -> object:
    if isinstance(fact, tuple):
        return "；".join(map(str, fact))
    return "、".join(map(str, fact)) if isinstance(fact, list) else fact


class Refusal(Exception):
    """A request that is not carried out; nothing has changed.

    Each room has one child as its base. ``code`` is stable and part of the API, ``template`` is the
    sentence shown, with the facts in braces, ``remedy`` says what to do instead.
    """

    code: ClassVar[str] = "refused"
    template: ClassVar[str] = gettext_noop("未能办理。")
    remedy: ClassVar[str] = ""

    def __init__(self, *, field: str = "", **facts: object) -> None:
        self.field = field
        self.facts = facts
        super().__init__(fill_in_chinese(self.template, facts) + self.remedy)

    def sentence(self) -> Sentence:
        """Return what is refused without what to do instead, to be part of another sentence."""
        return Sentence(self.code, self.template, self.facts)


class Invalid(Refusal):
    """What was entered cannot be used; the interface answers 422."""

    code = "invalid"
    template = gettext_noop("填写的内容有误。")


class NotPermitted(Refusal):
    """The actor may not do this; the interface answers 403."""

    code = "not-permitted"
    template = gettext_noop("您没有权限进行此操作。")


class NotFound(Refusal):
    """No such thing, or none that this actor may know of; the interface answers 404."""

    code = "not-found"
    template = gettext_noop("没有找到您要的内容。")


class Conflict(Refusal):
    """Somebody or something was faster, or the state forbids it; the interface answers 409."""

    code = "conflict"
    template = gettext_noop("当前状态下不能进行此操作。")
