"""``flows``: bring running cases to the version of their flow that is in force."""

from datetime import UTC, datetime

import click


@click.group()
def flows() -> None:
    """流程与在办件。Flows and their running cases."""


@flows.command()
@click.argument("key")
def plan(key: str) -> None:
    """Show what would become of the running cases of flow KEY; changes nothing."""
    from shuzheng.support.cases.queries import plan_migration
    from shuzheng.support.workflow.queries import get_flow

    version = get_flow(key)
    found = plan_migration(version.id)
    click.echo(f"{version.title} → 第 {version.version} 版：{found.total} 件在办。")
    for group in found.groups:
        places = "、".join(dict.fromkeys(str(place.name) for place in group.places)) or "尚未开始"
        whys = [each.why for each in group.stays] + [each.why for each in group.moves]
        reasons = dict.fromkeys(whys)
        mark = "=" if group.stays else "→"
        click.echo(f"{mark} 第 {group.version} 版 {places}：{group.count} 件 {' '.join(reasons)}")
    click.echo(f"可迁移 {found.total - found.staying} 件，留在旧版 {found.staying} 件。")


@flows.command()
@click.argument("key")
@click.option("--by", required=True, help="谁迁移。Who migrates them.")
@click.option("--reason", required=True, help="为什么。Why.")
def migrate(key: str, *, by: str, reason: str) -> None:
    """Open a migration of the running cases of flow KEY; the worker carries it out."""
    from shuzheng.infrastructure.access.rules import system
    from shuzheng.support.cases.operations import open_migration
    from shuzheng.support.cases.queries import get_migration
    from shuzheng.support.workflow.queries import get_flow

    version = get_flow(key).id
    at = datetime.now(UTC)
    migration = open_migration(version=version, reasons=reason, by=system(by), at=at)
    click.echo(f"迁移 {migration}：{get_migration(migration).total} 件，由 worker 分批办理。")


@flows.command()
@click.argument("key", default="")
def progress(key: str) -> None:
    """Show how far the migrations are, of flow KEY or of all."""
    from shuzheng.support.cases.queries import list_migrations

    for row in list_migrations(key):
        ended = "已完成" if row.state == "finished" else "进行中"
        click.echo(
            f"{row.id} {row.title} → 第 {row.version} 版 {ended}：已迁移 {row.moved}，"
            f"待迁移 {row.waiting}，留在旧版 {row.stays}，已无须迁移 {row.left}"
        )


COMMANDS = (flows,)
