"""Running cases are brought to a new version from the command line."""

from typing import Any

import pytest
from click.testing import CliRunner

from shuzheng.infrastructure.journal.models import Entry
from shuzheng.site.command import main
from shuzheng.support.cases.operations import migrate_batch
from shuzheng.support.cases.queries import list_open_migrations
from tests.support.cases.flows import begin, publish
from tests.support.cases.play import AT

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
ENDS = '<startEvent id="s"/><endEvent id="e"/>'


def user(*names: str) -> str:
    task = '<userTask id="{0}" name="{0}" shuzheng:duty="supervise:open_restaurant"/>'
    return ENDS + "".join(map(task.format, names))


def run(*arguments: str, code: int = 0) -> list[str]:
    result: Any = CliRunner().invoke(main, ["flows", *arguments])
    assert result.exit_code == code, result.output
    lines: list[str] = result.output.splitlines()
    return lines


def test_planned_migrated_and_followed() -> None:
    begin(publish("shop", user("a", "b"), "s>a a>b b>e"))
    publish("shop", user("a", "c", "b"), "s>a a>c c>b b>e")
    assert run("plan", "shop") == [
        "shop → 第 2 版：1 件在办。",
        "→ 第 1 版 a：1 件 步骤未变。",
        "可迁移 1 件，留在旧版 0 件。",
    ]
    assert list_open_migrations() == ()
    (said,) = run("migrate", "shop", "--by", "邵清源", "--reason", "增加一步")
    (migration,) = list_open_migrations()
    assert said == f"迁移 {migration}：1 件，由 worker 分批办理。"
    entry = Entry.objects.get(kind="flow.migration_opened")
    assert (entry.actor_account, entry.facts["reasons"]) == ("邵清源", "增加一步")
    while migrate_batch(migration=migration, at=AT):
        pass
    assert run("progress") == [
        f"{migration} shop → 第 2 版 已完成：已迁移 1，待迁移 0，留在旧版 0，已无须迁移 0"
    ]


def test_a_flow_that_is_not_there_is_refused() -> None:
    (said,) = run("plan", "none", code=1)
    assert said == "Error: 没有找到流程 none。请先发布该流程。"
