"""``shuzheng serve`` and ``shuzheng worker``: the production start."""

import signal
import sys

import click
from django.conf import settings

from shuzheng.site.secrets import make_session_key, rotate_session_key
from shuzheng.site.texts import compile_texts


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址。Address.")
@click.option(
    "--port",
    default=8000,
    envvar="PORT",
    show_default=True,
    show_envvar=True,
    help="监听端口。Port.",
)
def serve(*, host: str, port: int) -> None:
    """Prepare and start the house for real work: no demonstration people, no demonstration words.

    While nobody may administer the house, it prints a one-time link for the first administrator.
    """
    from shuzheng.site import ground, launch, preparation, wiring

    # SIGTERM while preparing must stop the database, as Ctrl-C does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with ground.clear_words_when_full():
        ground.check_secrecy(host, https=settings.HTTPS)
        ground.check_port(host, port)
        ground.check_disk(settings.DATA_FOLDER)
        ground.lock(settings.DATA_FOLDER)
        make_session_key(settings.DATA_FOLDER)
        compile_texts(settings.PROJECT_FOLDER / "src")
        preparation.collect_static_files()
        with preparation.running_database():
            preparation.migrate()
            preparation.apply_city(settings.CITY_FOLDER)
            link = wiring.invite_administrator()
    invitation = [f"首位管理员的一次性链接:http://{host}:{port}{link}"] if link else []
    words = [f"数政已启动:http://{host}:{port}/", *invitation]
    launch.serve(host=host, port=port, words=words)


@click.command()
def worker() -> None:
    """Work off the queue until SIGTERM; ``up`` and ``serve`` start one by themselves."""
    from shuzheng.site.worker import main

    main()


@click.command("rotate-session-key")
def rotate() -> None:
    """Make a new session key; who is signed in stays so until the next rotation."""
    rotate_session_key(settings.DATA_FOLDER)
    click.echo("已更换会话密钥，重新启动后生效。")


COMMANDS = (serve, worker, rotate)
