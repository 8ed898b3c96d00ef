"""What a migration does with a token, in words an official can check."""

from dataclasses import dataclass

from shuzheng.policy.refusals import Conflict, gettext_noop
from shuzheng.support.workflow.rules.refusals import WorkflowRefusal

WHY = {
    "same": "步骤未变。",
    "changed": "步骤仍在，定义有改动；已开始的照旧。",
    "renamed": "同名同类的步骤换了标识。",
    "rejoined": "已完成的分支在合并前没有新增步骤。",
    "replayed": "合并之前新增了步骤，从“{source}”之后继续，不跳过新增步骤。",
    "added": "并行环节新增了分支，办件尚未走完该环节，补上新增步骤。",
    "watched": "步骤新增了边界事件。",
    "unwatched": "步骤去掉了边界事件。",
    "chosen": "由工作人员指定。",
    "counted": "由工作人员认定该分支已办完。",
}
STAYS = {
    "removed": "新版没有这一步，不能判断应去哪里。",
    "kind": "这一步的类型变了({old} → {new})。",
    "level": "这一步移到了另一层子流程。",
    "repetition": "这一步的循环或多实例变了。",
    "event": "等待的事件变了。",
    "join": "合并前的路径变了，不能判断已完成的分支。",
    "branch": "并行环节的分支“{branch}”含有原有步骤，不能判断是否已办。",
    "compensation": "已完成、可能要补偿的步骤在新版中没有了。",
    "stuck": "迁移后将无法继续。",
}


@dataclass(frozen=True, slots=True)
class Move:
    """Where a token goes and why; ``element`` is empty for a token that is new."""

    element: str
    target: str
    code: str
    why: str


@dataclass(frozen=True, slots=True)
class Stay:
    """Why a case stays under its version.

    ``choose`` names the doubt where an official can settle it; empty where nobody can.
    """

    element: str
    code: str
    why: str
    choose: str = ""


class MigrationAmbiguous(WorkflowRefusal, Conflict):
    """It cannot be told where the case belongs in the new version; it stays under its own."""

    code = "workflow.migration-ambiguous"
    template = gettext_noop("办件不能自动迁移到新版流程：{reasons}")
    remedy = gettext_noop("请按原版办完，或由流程管理员逐件处理。")

    def __init__(self, stays: tuple[Stay, ...]) -> None:
        self.stays = stays
        super().__init__(reasons=";".join(f"{stay.element} {stay.why}" for stay in stays))


def move(element: str, target: str, code: str, **facts: object) -> Move:
    """Return a move in the words of its code."""
    return Move(element, target, code, WHY[code].format_map(facts))


def stay(element: str, code: str, **facts: object) -> Stay:
    """Return a reason to stay in the words of its code."""
    choose = str(facts.get("branch", element))
    return Stay(element, code, STAYS[code].format_map(facts), choose)
