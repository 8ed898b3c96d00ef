"""What changes something leaves an entry in the journal, in the same transaction."""

import ast

from tests.architecture.tree import Module, calls, dotted, modules, sample

APPLIED = "由应用城市内容的一笔事务调用，该事务留有 content.applied"
WITHOUT_ENTRY = {
    "shuzheng.infrastructure.storage.operations.put": "存放系统自己产生的内容，由产生它的操作留痕",
    "shuzheng.support.documents.operations.replace_templates": APPLIED,
    "shuzheng.support.documents.operations.remove_templates": APPLIED,
    "shuzheng.support.licences.operations.content.replace_licence_types": APPLIED,
    "shuzheng.support.licences.operations.content.remove_licence_types": APPLIED,
    "shuzheng.support.seals.operations.content.replace_seals": APPLIED,
    "shuzheng.support.seals.operations.content.remove_seals": APPLIED,
    "shuzheng.support.cases.operations.running.noticing.notice_entry": (
        "转交日志中已有的一条，启动办件时另留 case.opened"
    ),
    "shuzheng.support.messages.operations.mail_messages": "寄出已有的消息，消息产生时已留痕",
    "shuzheng.support.messages.operations.mail_digests": "寄出已有的消息，消息产生时已留痕",
}
"""Operations that leave none, each with the reason."""


def is_atomic(function: ast.FunctionDef) -> bool:
    """Say whether a function is one transaction."""
    names = (
        dotted(each.func if isinstance(each, ast.Call) else each)
        for each in function.decorator_list
    )
    return any(name.endswith("atomic") for name in names)


def without_entry(module: Module) -> list[str]:
    """Return the public atomic functions that neither append nor call an operation that does."""
    functions = {node.name: node for node in module.tree.body if isinstance(node, ast.FunctionDef)}
    writers = _writers(module)
    leaving: set[str] = set()
    while True:
        more = {
            name
            for name, node in functions.items()
            if name not in leaving
            and any(
                called in writers | leaving or called.split(".")[0] in writers
                for called, _ in calls(node)
            )
        }
        if not more:
            break
        leaving |= more
    return [
        f"{module.name}.{name}"
        for name, node in functions.items()
        if not name.startswith("_") and is_atomic(node) and name not in leaving
    ]


def _writers(module: Module) -> set[str]:
    """Return the names in a module that stand for an operation: of a room, or of this one."""
    found: set[str] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("shuzheng."):
            is_operation = ".operations" in f"{node.module}."
            for alias in node.names:
                if is_operation or alias.name == "operations":
                    found.add(alias.asname or alias.name)
    return found


def test_every_operation_leaves_an_entry():
    found = [
        name
        for module in modules()
        if module.layer == "operations" and module.room != "infrastructure.journal"
        for name in without_entry(module)
    ]
    assert [name for name in found if name not in WITHOUT_ENTRY] == []


def test_an_exception_that_is_no_longer_needed_is_noticed():
    found = {name for module in modules() for name in without_entry(module)}
    assert [name for name in WITHOUT_ENTRY if name not in found] == []


def test_a_silent_operation_is_noticed():
    source = """
from shuzheng.infrastructure.journal import operations as journal

@transaction.atomic
def silent(): row.save()

@transaction.atomic
def told(): _tell()

def _tell(): journal.append(kind=KIND)

@transaction.atomic
def _own(): row.save()
"""
    name = "shuzheng.support.cases.operations"
    assert without_entry(sample(name, source)) == [f"{name}.silent"]
