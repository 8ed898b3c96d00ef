"""Decision tables, matched rules and values as the shell's components draw them."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext

from shuzheng.infrastructure.web.operations import in_english, listed
from shuzheng.infrastructure.web.rules import Cell, Link, SummaryRow, Table
from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.decisions.queries import Version
from shuzheng.support.decisions.rules import (
    Change,
    Finding,
    MatchedRule,
    Model,
    Wording,
    labels_of,
    word_of,
)
from shuzheng.support.decisions.rules.checks.coverage import ANY_INPUT
from shuzheng.support.decisions.rules.definitions import TableBox

_CLAUSE = re.compile(
    r"《(?P<law>[^》]+)》\((?P<version>\d{4}-\d{2}-\d{2})\)"
    r"(?P<article>第[〇零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)"
)
_ITEM = re.compile(r'true|false|"[^"\\]*"')
_PLAIN = re.compile(rf"(?:{_ITEM.pattern})(?:\s*,\s*(?:{_ITEM.pattern}))*")
PLACES = {
    "table-added": gettext_noop("新增决策表“%(table)s”"),
    "table-removed": gettext_noop("删除决策表“%(table)s”"),
    "element-added": gettext_noop("新增%(column)s“%(table)s”"),
    "element-removed": gettext_noop("删除%(column)s“%(table)s”"),
    "requirement": gettext_noop("“%(table)s”取决于"),
    "renamed": gettext_noop("“%(table)s”在模型中的名称"),
    "label": gettext_noop("“%(table)s”的叫法"),
    "item": gettext_noop("数据类型“%(table)s”"),
    "note-added": gettext_noop("“%(table)s”新增说明列“%(column)s”"),
    "note-removed": gettext_noop("“%(table)s”删除说明列“%(column)s”"),
    "type": gettext_noop("“%(table)s”的类型"),
    "logic": gettext_noop("“%(table)s”的表达式"),
    "policy": gettext_noop("“%(table)s”的命中策略"),
    "input-added": gettext_noop("“%(table)s”新增条件“%(column)s”"),
    "input-removed": gettext_noop("“%(table)s”删除条件“%(column)s”"),
    "output-added": gettext_noop("“%(table)s”新增结论“%(column)s”"),
    "output-removed": gettext_noop("“%(table)s”删除结论“%(column)s”"),
    "column": gettext_noop("“%(table)s”的列“%(column)s”"),
    "rule-added": gettext_noop("新增第 %(rule)s 条规则"),
    "rule-removed": gettext_noop("删除原第 %(rule)s 条规则"),
    "rule-moved": gettext_noop("规则移动位置"),
    "cell": gettext_noop("第 %(rule)s 条规则，%(column)s"),
}
KINDS = {
    "inputData": gettext_noop("输入"),
    "decision": gettext_noop("决策"),
    "businessKnowledgeModel": gettext_noop("知识模型"),
    "knowledgeSource": gettext_noop("知识来源"),
    "decisionService": gettext_noop("决策服务"),
}
POLICIES = {
    "UNIQUE": gettext_noop("唯一：至多一条规则适用"),
    "FIRST": gettext_noop("首条：自上而下，第一条适用的规则决定"),
    "ANY": gettext_noop("任意：可有多条适用，结论须相同"),
    "PRIORITY": gettext_noop("优先：适用的规则中取优先的结论"),
    "COLLECT": gettext_noop("汇总：收集所有适用规则的结论"),
    "RULE ORDER": gettext_noop("按规则次序列出所有适用规则的结论"),
    "OUTPUT ORDER": gettext_noop("按结论的优先次序列出"),
}


def draw_tables(
    model: Model,
    labels: Mapping[str, str],
    matched: Collection[tuple[str, int]] = (),
    *,
    words: Wording,
) -> list[tuple[str, Table]]:
    """Draw all tables of a model, each with the id of what it decides.

    ``matched`` names the rules to mark by table and number.
    """
    return [
        (
            model.parts[name].element.id,
            draw_table(
                labels.get(name, name),
                table.box,
                {number for label, number in matched if label == name},
                words=words,
                answers=name,
            ),
        )
        for name, table in model.tables.items()
    ]


def labels_for(version: Version) -> dict[str, str]:
    """Return what people call the inputs, decisions and conclusions of a version, by name."""
    return {version.decision: version.title} | labels_of(version.model)


def list_clauses(version: Version) -> tuple[Link, ...]:
    """Return every clause that the rules of a version name, each once."""
    found = {
        link.href: link
        for table in version.model.tables.values()
        for rule in table.box.rules
        for text in rule.annotations.values()
        for link in clause_links(text)
    }
    return tuple(found.values())


def draw_table(
    name: str, box: TableBox, matched: Collection[int] = (), *, words: Wording, answers: str
) -> Table:
    """Draw a decision table; the numbers of the rules that matched are marked.

    ``answers`` is the name under which the words for a conclusion without a name are found.
    """
    asked = [words.get(each.expression, {}) for each in box.inputs]
    concluded = [words.get(each.name or answers, {}) for each in box.outputs]
    notes = tuple(dict.fromkeys(label for rule in box.rules for label in rule.annotations))
    columns = (
        gettext("规则"),
        *(in_english(each.label) for each in box.inputs),
        *(f"→ {in_english(each.label) or gettext('结论')}" for each in box.outputs),
        *notes,
    )
    rows = [
        [
            _number(number, is_matched=number in matched),
            *map(draw_cell, rule.inputs, asked),
            *(
                draw_cell(text, said) if text else "-"
                for text, said in zip(rule.outputs, concluded, strict=True)
            ),
            *(_clause(rule.annotations.get(label, "")) for label in notes),
        ]
        for number, rule in enumerate(box.rules, 1)
    ]
    return Table(f"{name}（{gettext(POLICIES[box.hit_policy])}）", columns, rows)


def _number(number: int, *, is_matched: bool) -> Cell:
    return Cell(f"{number} ✓ {gettext('适用')}", tag="green") if is_matched else Cell(number)


def draw_cell(text: str, words: Mapping[str, str]) -> str:
    """Write a cell as people say it; what is no plain value stays as the rule writes it."""
    if text in {"", "-"}:
        return gettext("任意")
    if not _PLAIN.fullmatch(text):
        return text
    values = ({"true": True, "false": False}.get(each, each[1:-1]) for each in _ITEM.findall(text))
    return listed(say(each, {}, {"": words}) for each in values)


def _clause(text: str) -> Cell:
    links = clause_links(text)
    return Cell(text, href=links[0].href) if links else Cell(text)


def clause_links(text: str) -> tuple[Link, ...]:
    """Return the places in the policy library that a clause names."""
    return tuple(
        Link(found[0], href) for found in _CLAUSE.finditer(text) if (href := _address(found))
    )


def _address(found: re.Match[str]) -> str:
    try:
        return reverse("laws:article", kwargs=found.groupdict())
    except NoReverseMatch:
        return ""


def draw_matched(matched: tuple[MatchedRule, ...], labels: Mapping[str, str]) -> Table:
    """Draw the rules that decided, with what stands beside them."""
    rows = [
        [
            labels.get(rule.table, rule.table),
            Cell(rule.number, numeric=True),
            _clause(rule.clause),
            listed(
                gettext("%(where)s：%(said)s") % {"where": label, "said": text}
                for label, text in rule.annotations.items()
                if text != rule.clause
            ),
        ]
        for rule in matched
    ]
    columns = (gettext("决策表"), gettext("规则"), gettext("依据"), gettext("说明"))
    return Table(gettext("起作用的规则"), columns, rows, empty=gettext("没有规则适用。"))


def draw_values(values: Any, version: Version) -> tuple[SummaryRow, ...]:
    """Draw a mapping of JSON values line by line; any other value is one line."""
    labels: Mapping[str, str] = labels_for(version)
    words = version.words
    if isinstance(values, dict):
        return tuple(
            SummaryRow(in_english(labels.get(key, key)), say(each, labels, words, key))
            for key, each in values.items()
        )
    return (SummaryRow(gettext("结果"), say(values, labels, words, version.decision)),)


def say(value: Any, labels: Mapping[str, str], words: Wording, name: str = "") -> str:
    """Write a JSON value in words; ``name`` is the input or conclusion it is a value of."""
    if value is None:
        return gettext("（无）")
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, list):
        return listed(say(each, labels, words, name) for each in value) or gettext("（空）")
    if isinstance(value, dict):
        return (", " if get_language() == "en" else "，").join(
            gettext("%(where)s：%(said)s")
            % {"where": in_english(labels.get(key, key)), "said": say(each, labels, words, key)}
            for key, each in value.items()
        )
    return in_english(word_of(words, name, str(value)))


def say_finding(finding: Finding) -> str:
    """Write a finding in the reader's language."""
    facts = {name: _in_words(fact) for name, fact in finding.facts.items()}
    return gettext(finding.template).format_map(facts)


def _in_words(fact: Any) -> Any:
    return gettext(fact) if fact == ANY_INPUT else fact


def draw_changes(
    changes: tuple[Change, ...], labels: Mapping[str, str], title: str = ""
) -> Table | None:
    """Draw what changed, one line for each cell; nothing if nothing did."""
    if not changes:
        return None
    rows = [
        [
            _place(each, labels),
            _said(each, each.before, labels) or "—",
            _said(each, each.after, labels) or "—",
        ]
        for each in changes
    ]
    columns = (gettext("位置"), gettext("原来"), gettext("现在"))
    return Table(title or gettext("改了什么"), columns, rows)


def _place(change: Change, labels: Mapping[str, str]) -> str:
    return gettext(PLACES[change.kind]) % {
        "table": labels.get(change.table, change.table),
        "rule": change.rule,
        "column": gettext(KINDS.get(change.column, change.column)),
    }


def _said(change: Change, text: str, labels: Mapping[str, str]) -> str:
    """Write what stood or stands there; requirements by what people call them."""
    if change.kind == "policy":
        policy, _, aggregation = text.partition("/")
        return gettext(POLICIES[policy]) + (f" {aggregation}" if aggregation else "")
    if change.kind == "requirement":
        return "、".join(labels.get(name, name) for name in text.split("\n") if name)
    return text
