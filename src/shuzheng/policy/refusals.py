"""What the house says when it will not do a thing: a fact, in the user's words, and a way out."""

from typing import ClassVar


def gettext_noop(template: str) -> str:
    """Mark a Chinese sentence for the English catalogue; it is translated where it is shown."""
    return template


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
        super().__init__(self.template.format_map(facts) + self.remedy)


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
