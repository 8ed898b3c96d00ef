"""Makes the house ready before it is served: database, tables, texts, static files, the city."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.backup import operations as backup
from shuzheng.infrastructure.content import operations as content
from shuzheng.infrastructure.database import operations as database
from shuzheng.infrastructure.database import queries, rules
from shuzheng.policy.refusals import gettext_noop
from shuzheng.site.wiring import NARROWER_GRANTS

STARTING = gettext_noop("系统启动时")
"""Who applied the content, as pages say it: no person did."""
APPLIED_AT_START = "启动时应用城市内容"


def is_private() -> bool:
    """Say whether the database is the private one; ``DATABASE_URL`` points elsewhere."""
    return not os.environ.get("DATABASE_URL")


@contextmanager
def running_database() -> Iterator[None]:
    """Run the private server while something is prepared; another's is left alone."""
    if not is_private():
        yield
        return
    server = database.start_server(database.place_in(settings.DATA_FOLDER))
    try:
        yield
    finally:
        connections.close_all()
        connection.close_pool()  # type: ignore[attr-defined]
        database.stop_server(server)


@contextmanager
def reachable_database() -> Iterator[None]:
    """Use the private server that runs; start it for a while when the house is down."""
    place = database.place_in(settings.DATA_FOLDER)
    if is_private() and not queries.is_running(place):
        with running_database():
            yield
    else:
        yield


def application_url() -> str:
    """Return the address by which pages and jobs reach the database: not as its owner."""
    if not is_private():
        return os.environ["DATABASE_URL"]
    socket = rules.socket_folder(settings.DATA_FOLDER)
    return f"postgresql://{rules.APPLICATION}@/{rules.DATABASE}?host={socket}"


def migrate() -> None:
    """Bring the tables up to date; an existing database is backed up first."""
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        if executor.loader.applied_migrations:
            stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
            target = settings.DATA_FOLDER / "backups" / f"before-migration-{stamp}"
            click.echo(f"· 升级数据库之前备份到 {target}")
            backup.back_up_database(target=target, url=owner_url())
        click.echo(f"· 建立或升级数据表({len(pending)} 步)")
        call_command("migrate", verbosity=0, interactive=False)
    connection.ensure_connection()
    with transaction.atomic():
        database.grant_application_role(connection.connection, narrower=NARROWER_GRANTS)


def owner_url() -> str:
    """Return the address by which tables are made and backups taken."""
    socket = rules.socket_folder(settings.DATA_FOLDER)
    private = f"postgresql://{rules.OWNER}@/{rules.DATABASE}?host={socket}"
    return os.environ.get("DATABASE_URL") or private


def apply_city(folder: Path) -> None:
    """Bring the tables to what the city's folder says; what was published since stays."""
    if not folder.is_dir():
        words = f"没有 {folder}。请用 CITY= 指明 cities 中的一个城市。"
        raise click.ClickException(words)
    plan = content.apply_city(
        folder=folder,
        by=system(STARTING),
        reason=APPLIED_AT_START,
        keep_published=True,
        at=datetime.now(UTC),
    )
    for each in (*plan.kept, *plan.conflicts):
        click.echo(f"· {each}")
    if plan.changes:
        added, changed = plan.count("add"), plan.count("change")
        click.echo(f"· 应用 {plan.city}：新增 {added}，修改 {changed}，移除 {plan.count('remove')}")


def collect_static_files() -> None:
    """Collect and compress the static files unless they are the ones collected last."""
    mark = settings.STATIC_ROOT / ".made-from"
    wanted = _static_fingerprint()
    if mark.exists() and mark.read_text() == wanted:
        return
    click.echo("· 整理静态文件")
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    mark.write_text(wanted)


def _static_fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode())
    return digest.hexdigest()
