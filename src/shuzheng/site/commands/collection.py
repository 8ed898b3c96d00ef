"""``collect`` and ``feeds``: departments' files into the registers, and invented ones."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
import yaml
from django.conf import settings

if TYPE_CHECKING:
    from shuzheng.data.collection import queries

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("folder", type=FOLDER, required=False)
def collect(folder: Path | None) -> None:
    """Take every feed of the city's ``collection`` folder; those taken before change nothing."""
    take_feeds((folder or settings.CITY_FOLDER) / "collection")


def take_feeds(folder: Path) -> None:
    """Take the feed of each dataset and say what came of it."""
    from shuzheng.data.collection import operations, queries
    from shuzheng.infrastructure.access.rules import system
    from shuzheng.institutions.calendar.queries import get_calendar

    for dataset in queries.list_datasets():
        path = folder / dataset.feed
        if not path.is_file():
            click.echo(f"· {dataset.name}：没有文件 {path}")
            continue
        now = datetime.now(UTC)
        batch = operations.collect(
            dataset=dataset.key,
            filename=path.name,
            content=path.read_bytes(),
            on=get_calendar().local_day(now),
            by=system("shuzheng collect"),
            at=now,
        )
        if not batch.is_repeat:
            counts = f"{batch.rows_good} 行归集，{batch.rows_bad} 行隔离"
            click.echo(f"· {dataset.name}：{counts}{_endings(batch)}")


def _endings(batch: "queries.BatchRow") -> str:
    if batch.is_held:
        return f"；{batch.records_absent} 条不在文件里，等数据管理员确认：{batch.held_because}"
    return f"，{batch.records_ended} 条终止" if batch.records_ended else ""


@click.command()
@click.argument("folder", type=FOLDER, required=False)
@click.option("--check", "only_check", is_flag=True, help="只比较，不写。Compare only.")
def feeds(folder: Path | None, *, only_check: bool) -> None:
    """Write the invented feeds of a city from ``collection/invented.places.yaml``."""
    from shuzheng.data.collection.rules.inventing import Places, invent_feeds

    place = (folder or settings.CITY_FOLDER) / "collection"
    data = yaml.safe_load((place / "invented.places.yaml").read_text(encoding="utf-8"))
    made = invent_feeds(Places.model_validate(data))
    for name, content in made.items():
        path = place / name
        if only_check and (not path.is_file() or path.read_bytes() != content):
            raise click.ClickException(f"{path} 与 invented.places.yaml 不一致。")
        if not only_check:
            path.write_bytes(content)
    click.echo(f"{place}：{len(made)} 个文件。")


COMMANDS = (collect, feeds)
