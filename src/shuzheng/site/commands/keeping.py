"""``shuzheng backup`` and ``shuzheng restore``: data in one place, keys in another."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import click
from django.conf import settings

PLACE = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.argument("folder", type=PLACE)
@click.option("--keys", "keys_folder", type=PLACE, required=True, help="密钥另存于此。")
def backup(folder: Path, *, keys_folder: Path) -> None:
    """Back up database and files into FOLDER, the keys into another one; the house may run."""
    from shuzheng.infrastructure.backup import operations
    from shuzheng.infrastructure.journal import operations as journal
    from shuzheng.site.preparation import owner_url, reachable_database

    data = settings.DATA_FOLDER
    data.mkdir(parents=True, exist_ok=True)
    with reachable_database(), tempfile.TemporaryDirectory(dir=data) as place:
        # The log before the database, for a table that knows less than its log is not sealed on.
        log = Path(place) / "log"
        journal.copy_log(log)
        operations.back_up(
            target=folder,
            url=owner_url(),
            folders=[data / "files", log],
            keys=data / "keys",
            keys_target=keys_folder,
            at=datetime.now(UTC),
        )
    click.echo(f"已备份到 {folder}，密钥在 {keys_folder}。请分开保管。")


@click.command()
@click.argument("folder", type=PLACE)
@click.option("--keys", "keys_folder", type=PLACE, required=True, help="密钥的备份。")
def restore(folder: Path, *, keys_folder: Path) -> None:
    """Bring a backup into an empty database and data folder; checks every hash first."""
    from shuzheng.infrastructure.backup import operations
    from shuzheng.site.preparation import migrate, owner_url, reachable_database

    data = settings.DATA_FOLDER
    data.mkdir(parents=True, exist_ok=True)
    with reachable_database():
        operations.restore(
            source=folder,
            url=owner_url(),
            folder=data,
            keys_source=keys_folder,
            keys=data / "keys",
        )
        migrate()
    click.echo(f"已从 {folder} 恢复到 {data}。")


COMMANDS = (backup, restore)
