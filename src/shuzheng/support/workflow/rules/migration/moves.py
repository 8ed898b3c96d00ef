"""What a migration does with a token, in words an official can check."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from shuzheng.policy.refusals import Conflict, Refusal, Sentence, gettext_noop
from shuzheng.support.workflow.rules.comparing import name_of
from shuzheng.support.workflow.rules.graph import Flow
from shuzheng.support.workflow.rules.refusals import WorkflowRefusal

WHY = {
    "same": gettext_noop("步骤未变。"),
    "changed": gettext_noop("步骤仍在，定义有改动；已开始的照旧。"),
    "renamed": gettext_noop("同名同类的步骤换了标识。"),
    "rejoined": gettext_noop("已完成的分支在合并前没有新增步骤。"),
    "replayed": gettext_noop("合并之前新增了步骤，从“{source}”之后继续，不跳过新增步骤。"),
    "added": gettext_noop("并行环节新增了分支，办件尚未走完该环节，补上新增步骤。"),
    "watched": gettext_noop("步骤新增了边界事件。"),
    "unwatched": gettext_noop("步骤去掉了边界事件。"),
    "chosen": gettext_noop("由工作人员指定。"),
    "counted": gettext_noop("由工作人员认定该分支已办完。"),
    "undecided": gettext_noop("取决于各办件的数据，迁移时逐件判断。"),
}
STAYS = {
    "removed": gettext_noop("新版没有这一步，不能判断应去哪里。"),
    "kind": gettext_noop("这一步的类型变了（{old} → {new}）。"),
    "level": gettext_noop("这一步移到了另一层子流程。"),
    "repetition": gettext_noop("这一步的循环或多实例变了。"),
    "event": gettext_noop("等待的事件变了。"),
    "join": gettext_noop("合并前的路径变了，不能判断已完成的分支。"),
    "branch": gettext_noop("并行环节的分支“{branch}”含有原有步骤，不能判断是否已办。"),
    "crowded": gettext_noop("原来并行的两步在新版中同在一个分支，继续会重复办理，合并时等不齐。"),
    "compensation": gettext_noop("已完成、可能要补偿的步骤在新版中没有了。"),
    "stuck": gettext_noop("迁移后将无法继续。"),
    "failed": gettext_noop("系统未能迁移（{error}）。"),
}


Facts = tuple[tuple[str, str], ...]
ELEMENTS = frozenset({"branch", "source"})
"""Facts that are elements of the new version."""


@dataclass(frozen=True, slots=True)
class Move:
    """Where a token goes and why; ``element`` is empty for a token that is new."""

    element: str
    target: str
    code: str
    facts: Facts = ()

    @property
    def sentence(self) -> Sentence:
        """Why, in no language yet."""
        return Sentence(self.code, WHY[self.code], dict(self.facts))

    @property
    def why(self) -> str:
        """Why, in Chinese."""
        return str(self.sentence)


@dataclass(frozen=True, slots=True)
class Stay:
    """Why a case stays under its version.

    ``choose`` names the doubt where an official can settle it; empty where nobody can. What some
    other rule refuses brings its own ``template``.
    """

    element: str
    code: str
    facts: Facts = ()
    choose: str = ""
    template: str = ""

    @property
    def sentence(self) -> Sentence:
        """Why, in no language yet."""
        return Sentence(self.code, self.template or STAYS[self.code], dict(self.facts))

    @property
    def why(self) -> str:
        """Why, in Chinese."""
        return str(self.sentence)


def in_names(sentence: Sentence, flow: Flow) -> Sentence:
    """Return a sentence of this list with the names of elements where it has their ids."""
    facts = {
        name: name_of(flow.nodes[fact]) if name in ELEMENTS and fact in flow.nodes else fact
        for name, fact in sentence.facts.items()
        if isinstance(fact, str)
    }
    return Sentence(sentence.code, sentence.template, facts)


class MigrationAmbiguous(WorkflowRefusal, Conflict):
    """It cannot be told where the case belongs in the new version; it stays under its own."""

    code = "workflow.migration-ambiguous"
    template = gettext_noop("办件不能自动迁移到新版流程：{reasons}")
    remedy = gettext_noop("请按原版办完，或由流程管理员逐件处理。")

    def __init__(self, stays: tuple[Stay, ...]) -> None:
        self.stays = stays
        super().__init__(reasons=";".join(f"{stay.element} {stay.why}" for stay in stays))


def move(element: str, target: str, code: str, **facts: str) -> Move:
    """Return a move for a reason of this list."""
    return Move(element, target, code, tuple(facts.items()))


def stay(element: str, code: str, **facts: str) -> Stay:
    """Return a reason of this list to stay."""
    return Stay(element, code, tuple(facts.items()), facts.get("branch", element))


def stay_refused(refusal: Refusal) -> Stay:
    """Return the reason to stay that what is to be done in the new version is refused."""
    facts = tuple((name, str(fact)) for name, fact in refusal.facts.items())
    return Stay("", refusal.code, facts, template=refusal.template)


def read_stay(value: Mapping[str, Any]) -> Stay:
    """Return the stay that ``write_stay`` wrote."""
    facts = tuple((name, fact) for name, fact in value["facts"])
    return Stay(value["element"], value["code"], facts, value["choose"], value["template"])


def write_stay(stays: Stay) -> dict[str, Any]:
    """Return a stay as JSON."""
    return asdict(stays)
