"""``shuzheng serve`` and ``shuzheng worker``: the production start."""

import signal
import sys

import click
from django.conf import settings

from shuzheng.site.secrets import make_session_key, rotate_session_key


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址。Address.")
@click.option("--port", default=8000, show_default=True, help="监听端口。Port.")
def serve(*, host: str, port: int) -> None:
    """Prepare and start the house for real work: no demonstration people, no demonstration words.

    While nobody may administer the house, it prints a one-time link for the first administrator.
    """
    from shuzheng.site import ground, launch, preparation

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with ground.clear_words_when_full():
        ground.check_port(host, port)
        ground.check_disk(settings.DATA_FOLDER)
        ground.lock(settings.DATA_FOLDER)
        make_session_key(settings.DATA_FOLDER)
        preparation.compile_texts()
        preparation.collect_static_files()
        with preparation.running_database():
            preparation.migrate()
            preparation.apply_city(settings.CITY_FOLDER)
            invite = _invite_administrator(f"http://{host}:{port}")
    launch.serve(host=host, port=port, words=[f"数政已启动:http://{host}:{port}/", *invite])


def _invite_administrator(address: str) -> list[str]:
    """Return the line with the one-time link, nothing when there is an administrator."""
    from shuzheng.site import wiring

    link = wiring.invite_administrator()
    return [f"首位管理员的一次性链接 / first administrator: {address}{link}"] if link else []


@click.command()
def worker() -> None:
    """Work off the queue until SIGTERM; ``up`` and ``serve`` start one by themselves."""
    from shuzheng.site.worker import main

    main()


@click.command("rotate-session-key")
def rotate() -> None:
    """Make a new session key; who is signed in stays so until the next rotation."""
    rotate_session_key(settings.DATA_FOLDER)
    click.echo("已更换会话密钥,重新启动后生效。")


COMMANDS = (serve, worker, rotate)
