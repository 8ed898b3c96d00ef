"""``plan``, ``apply``, ``export``, ``check`` and ``schemas``: a city's content and the tables."""

from datetime import UTC, datetime
from pathlib import Path

import click
from django.conf import settings

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
MARKS = {"add": "+", "change": "~", "remove": "-"}
OVERWRITE = click.option(
    "--overwrite", multiple=True, metavar="KIND:KEY", help="以文件为准。The files prevail."
)


@click.command()
@click.argument("folder", type=FOLDER)
@click.option("--texts", is_flag=True, help="列出没有英文的句子。List what has no English.")
def check(folder: Path, *, texts: bool) -> None:
    """Say everything that is wrong with a city's files; needs no database.

    Sentences without English are a notice, no fault: English readers see them in Chinese.
    """
    from shuzheng.infrastructure.content import operations

    problems = operations.check_city(folder=folder)
    for problem in problems:
        click.echo(str(problem))
    if problems:
        raise click.ClickException(f"{folder}:{len(problems)} 处问题。")
    click.echo(f"{folder}：没有问题。")
    untranslated = operations.list_untranslated(folder=folder, language="en")
    for text in untranslated if texts else ():
        click.echo(f"· {text}")
    if untranslated:
        click.echo(f"· 提示：{len(untranslated)} 句没有英文，英文页面显示中文；--texts 列出。")


@click.command()
@click.argument("folder", type=FOLDER)
@OVERWRITE
def plan(folder: Path, *, overwrite: tuple[str, ...]) -> None:
    """Show what applying a city's files would change; changes nothing."""
    from shuzheng.infrastructure.content import operations

    found = operations.plan_city(folder=folder, overwrite=overwrite, at=datetime.now(UTC))
    for problem in found.problems:
        click.echo(str(problem))
    for change in found.changes:
        click.echo(f"{MARKS[change.action]} {change.kind} {change.key}")
    for mark, edited in (("=", found.kept), ("!", found.conflicts)):
        for each in edited:
            click.echo(f"{mark} {each}")
    if found.problems:
        raise click.ClickException(f"{len(found.problems)} 处问题，不能应用。")
    if found.conflicts:
        raise click.ClickException(f"{len(found.conflicts)} 处冲突，不能应用。")
    click.echo(f"{len(found.changes)} 处变化。")


@click.command()
@click.argument("folder", type=FOLDER)
@click.option("--by", required=True, help="谁应用。Who applies it.")
@click.option("--reason", required=True, help="为什么。Why.")
@OVERWRITE
@click.option("--keep-published", is_flag=True, help="以网页上发布的为准。The browser prevails.")
def apply(
    folder: Path, *, by: str, reason: str, overwrite: tuple[str, ...], keep_published: bool
) -> None:
    """Bring the tables to what a city's files say, all of it or nothing."""
    from shuzheng.infrastructure.access.rules import system
    from shuzheng.infrastructure.content import operations

    done = operations.apply_city(
        folder=folder,
        by=system(by),
        reason=reason,
        overwrite=overwrite,
        keep_published=keep_published,
        at=datetime.now(UTC),
    )
    for each in (*done.kept, *done.conflicts):
        click.echo(f"= {each}")
    click.echo(f"{done.city}：应用了 {len(done.changes)} 处变化。")


@click.command()
@click.argument("folder", type=FOLDER)
@OVERWRITE
def export(folder: Path, *, overwrite: tuple[str, ...]) -> None:
    """Write what was published in the browser into a city's files."""
    from shuzheng.infrastructure.content import operations

    written = operations.export_city(folder=folder, overwrite=overwrite)
    for path in written:
        click.echo(str(path))
    click.echo(f"{folder}：写了 {len(written)} 个文件。")


@click.command()
@click.option("--check", "only_check", is_flag=True, help="只比较，不写。Compare only.")
def schemas(*, only_check: bool) -> None:
    """Write one JSON Schema a kind of content into ``cities/schema``."""
    from shuzheng.infrastructure.content.rules import registered_kinds, schema_files

    folder = settings.PROJECT_FOLDER / "cities" / "schema"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = schema_files(registered_kinds())
    present = {path.name: path.read_text() for path in folder.glob("*.json")}
    if only_check and wanted != present:
        raise click.ClickException("cities/schema 与代码不一致，请运行 shuzheng schemas。")
    for name in set(present) - set(wanted):
        (folder / name).unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text)
    click.echo(f"{folder}:{len(wanted)} 个。")


COMMANDS = (check, plan, apply, export, schemas)
