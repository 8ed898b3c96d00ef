"""``shuzheng up``: a demonstration on this machine, from nothing to a running house."""

import os
import secrets
import shutil
import signal
import sys

import click
from django.conf import settings

from shuzheng.site.secrets import make_session_key, write_private
from shuzheng.site.texts import compile_texts

HOST = "127.0.0.1"
KEPT_AT_RESET = frozenset({"backups", "run.lock"})


@click.command()
@click.option("--no-serve", is_flag=True, help="只准备，不启动。Prepare only.")
@click.option("--reset", is_flag=True, help="清空演示数据后重来。Begin again from nothing.")
def up(*, no_serve: bool, reset: bool) -> None:
    """Prepare and start a demonstration of the city; Ctrl-C stops everything."""
    from shuzheng.site import ground

    port = int(os.environ.get("PORT", "8000"))
    # SIGTERM while preparing must stop the database, as Ctrl-C does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with ground.clear_words_when_full():
        if not no_serve:
            ground.check_port(HOST, port)
        ground.check_disk(settings.DATA_FOLDER)
        ground.lock(settings.DATA_FOLDER)
        if reset:
            _empty()
        password = _prepare()
    if no_serve:
        click.echo("· 已准备好。再次运行 ./up 即可启动。")
        return
    _serve(port, password)


def _serve(port: int, password: str) -> None:
    from shuzheng.site import launch

    words = [
        f"数政已启动:http://{HOST}:{port}/  (Ctrl-C 停止 / stops everything)",
        f"演示账号的密码 / demonstration password: {password}",
        f"数据、日志 / data, logs: {settings.DATA_FOLDER}",
    ]
    launch.serve(host=HOST, port=port, words=words)


def _empty() -> None:
    """Remove what a demonstration made; backups stay."""
    for path in settings.DATA_FOLDER.iterdir():
        if path.name in KEPT_AT_RESET:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _prepare() -> str:
    from shuzheng.site import preparation

    make_session_key(settings.DATA_FOLDER)
    password = _password()
    compile_texts(settings.PROJECT_FOLDER / "src")
    preparation.collect_static_files()
    with preparation.running_database():
        preparation.migrate()
        preparation.apply_city(settings.CITY_FOLDER)
        _make_demonstration()
    return password


def _password() -> str:
    """Return the demonstration accounts' password: the one asked for, else one made once."""
    file = settings.DATA_FOLDER / "keys" / "demonstration-password"
    asked = os.environ.get("SHUZHENG_DEMO_PASSWORD", "")
    if asked or not file.exists():
        write_private(file, asked or secrets.token_urlsafe(9))
    os.environ["SHUZHENG_DEMO_PASSWORD"] = file.read_text()
    return file.read_text()


def _make_demonstration() -> None:
    """Run ``shuzheng demonstration``, the rooms' people and accounts, where there is one."""
    context = click.get_current_context()
    house = context.find_root().command
    if isinstance(house, click.Group) and (command := house.commands.get("demonstration")):
        context.invoke(command)


COMMANDS = (up,)
