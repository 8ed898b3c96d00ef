"""``laws``: the policy library — import, cite, stamp citations, seed the validity table."""

from datetime import UTC, datetime
from pathlib import Path

import click

DAY = click.DateTime(["%Y-%m-%d"])
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group()
def laws() -> None:
    """法律条文库。The library of law texts."""


@laws.command("import")
@click.argument("folder", type=FOLDER)
@click.option("--by", default="laws.import", help="谁导入。Who imports them.")
@click.option("--snapshot", type=DAY, help="快照日期。The day of the snapshot, 2025-04-30.")
def import_(folder: Path, *, by: str, snapshot: datetime | None) -> None:
    """Replace the library by the Markdown texts of a folder."""
    from shuzheng.infrastructure.access.rules import system
    from shuzheng.institutions.laws import operations

    day = snapshot.date() if snapshot else None
    count, articles = operations.import_laws(
        folder=folder, by=system(by), at=datetime.now(UTC), snapshot_on=day
    )
    click.echo(f"导入了 {count} 部法律文本，{articles} 条。")


@laws.command()
@click.argument("law")
@click.argument("version", type=DAY)
@click.argument("article")
def cite(law: str, version: datetime, article: str) -> None:
    """Print the YAML of a citation with the hash of the article's text."""
    from shuzheng.institutions.laws import operations

    shelf = operations.get_shelf()
    if shelf is None:
        raise click.ClickException("没有条文文件夹；请设置 SHUZHENG_SHARED。")
    day = version.date()
    text = shelf.find(law, day)
    found = text.article(article) if text else None
    if found is None:
        held = "、".join(each.isoformat() for each in shelf.versions(law)) or "无"
        raise click.ClickException(f"没有《{law}》({day}){article}。有的版本：{held}。")
    click.echo(found.text, err=True)
    click.echo(
        f"law: {law}\nversion: {day}\narticle: {article}\n"
        f"says: # 用自己的话写一句\nsha256: {found.sha256}\nverified: true"
    )


@laws.command()
@click.argument("folder", type=FOLDER)
def stamp(folder: Path) -> None:
    """Add the missing hashes to citations marked as verified in a city's YAML files."""
    from shuzheng.institutions.laws import operations
    from shuzheng.institutions.laws.rules.stamping import stamp_text

    shelf = operations.get_shelf()
    if shelf is None:
        raise click.ClickException("没有条文文件夹；请设置 SHUZHENG_SHARED。")
    for path in sorted(folder.rglob("*.yaml")):
        before = path.read_text(encoding="utf-8")
        after = stamp_text(before, shelf)
        if after != before:
            path.write_text(after, encoding="utf-8")
            click.echo(f"{path}")


@laws.command()
@click.argument("folder", type=FOLDER)
def seed(folder: Path) -> None:
    """Print the validity table that the texts' 「同时废止」 give."""
    from shuzheng.institutions.laws.rules import Shelf, repeals_among

    for repeal in repeals_among(Shelf(folder).laws()):
        click.echo(
            f"- law: {repeal.law}\n  version: {repeal.version}\n"
            f"  to_on: {repeal.ends_on}\n  source: {repeal.by} 同时废止"
        )


COMMANDS = (laws,)
