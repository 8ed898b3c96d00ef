"""Where each post finds its work: links by what it may do, and the figures of its first screen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from shuzheng.data.collection.rules import COLLECT_DATA
from shuzheng.data.registers.queries import list_differences, list_objections
from shuzheng.data.registers.rules import DECIDE_DISPUTES
from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.content.rules import APPLY_CONTENT
from shuzheng.infrastructure.web.rules import Figure, Link
from shuzheng.institutions.laws.rules import IMPORT_LAWS
from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.cases.queries import TaskRow
from shuzheng.support.cases.rules import AUDIT_CASES, SUPERVISE_CASES
from shuzheng.support.decisions.rules.entries import PUBLISH_DECISION
from shuzheng.support.identity.rules import MANAGE_ACCOUNTS
from shuzheng.support.matters.operations import PUBLISH_MATTER
from shuzheng.support.workflow.rules.entries import SEE_FLOWS

DISPUTES = "/data/disputes/"
CARDS = (
    (
        SUPERVISE_CASES,
        gettext_noop("提级督办"),
        "/desk/#tasks",
        gettext_noop(
            "超过期限没有办的、所在岗位暂无人员的任务会提级到这里，并发消息；打开任务就能督促或处理。"
        ),
    ),
    (
        DECIDE_DISPUTES,
        gettext_noop("数据异议和查阅异议"),
        DISPUTES,
        gettext_noop("当事人说登记有误、查阅不当的，在这里核实、答复。"),
    ),
    (
        COLLECT_DATA,
        gettext_noop("数据归集"),
        "/data/collection/",
        gettext_noop("各部门送来的批次，隔离的行和原因。"),
    ),
    (
        AUDIT_CASES,
        gettext_noop("办件留痕"),
        "/desk/cases/",
        gettext_noop("按编号打开一个办件的全部留痕，下载任何人都能核验的证明。"),
    ),
    (
        MANAGE_ACCOUNTS,
        gettext_noop("账号"),
        "/desk/accounts/",
        gettext_noop("工作人员的账号和任岗；停用、恢复，签发一次性登录链接。"),
    ),
    (
        APPLY_CONTENT,
        gettext_noop("城市内容"),
        "/desk/content/",
        gettext_noop("已应用的内容和摘要，谁在什么时候为什么应用。"),
    ),
    (
        PUBLISH_DECISION,
        gettext_noop("决策规则"),
        "/desk/decisions/",
        gettext_noop("查看、试算、修改和发布决策表；每个版本都留着。"),
    ),
    (
        PUBLISH_MATTER,
        gettext_noop("办事指南"),
        "/matters/",
        gettext_noop("本平台发布的事项和它们的依据；改动从城市内容库应用。"),
    ),
    (
        IMPORT_LAWS,
        gettext_noop("法律法规"),
        "/laws/",
        gettext_noop("条文库，本市引用了哪些条文，是否仍然有效。"),
    ),
)


@dataclass(frozen=True, slots=True)
class Card:
    """A page a post works with, and what it is for."""

    title: str
    href: str
    text: str


def data_links(actor: Actor) -> Iterator[Link]:
    """Yield the pages about the registers that the post may open."""
    if actor.may(DECIDE_DISPUTES):
        yield Link(gettext("数据异议和查阅异议"), DISPUTES)
    if actor.may(COLLECT_DATA):
        yield Link(gettext("数据归集"), "/data/collection/")


def management_links(actor: Actor) -> Iterator[Link]:
    """Yield the pages about the house itself that the post may open."""
    if actor.may(MANAGE_ACCOUNTS):
        yield Link(gettext("账号"), "/desk/accounts/")
    if actor.may(APPLY_CONTENT):
        yield Link(gettext("城市内容"), "/desk/content/")


def reference_links(actor: Actor) -> tuple[Link, ...]:
    """Return what every official looks up: guides, flows, rules, clauses, decisions, areas."""
    flows = (Link(gettext("办理流程"), "/desk/flows/"),) if actor.may(SEE_FLOWS) else ()
    return (
        Link(gettext("办事指南"), "/matters/"),
        *flows,
        Link(gettext("决策规则"), "/desk/decisions/"),
        Link(gettext("法律法规"), "/laws/"),
        Link(gettext("行政许可决定公开"), "/decisions/"),
        Link(gettext("核验证照和文书"), "/verify/"),
        Link(gettext("行政区划"), "/areas/"),
    )


def cards_of(actor: Actor) -> Iterator[Card]:
    """Yield what a post without a queue of its own works with, each with a sentence."""
    for permission, title, href, text in CARDS:
        if actor.may(permission):
            yield Card(gettext(title), href, gettext(text))


def figures_of(actor: Actor, rows: Sequence[TaskRow]) -> Iterator[Figure]:
    """Yield the numbers a post answers for beside its own tasks, each opening what it counts."""
    unit = gettext("件")
    if actor.may(SUPERVISE_CASES):
        raised = sum(row.is_escalated for row in rows)
        yield Figure(gettext("提级督办"), raised, href="/desk/#tasks", unit=unit)
    if actor.may(DECIDE_DISPUTES):
        yield from _disputes(unit)


def _disputes(unit: str) -> Iterator[Figure]:
    values = sum(each.state == "open" for each in list_differences())
    readings = sum(each.answered_at is None for each in list_objections())
    yield Figure(gettext("待处理数据异议"), values, href=DISPUTES, unit=unit)
    yield Figure(gettext("待答复查阅异议"), readings, href=DISPUTES, unit=unit)
