"""Turns this process into the supervisor of the house's processes."""

import json
import os
import signal
import sys
from typing import Any, NoReturn

from django.conf import settings

from shuzheng.infrastructure.database import operations as database
from shuzheng.infrastructure.database import queries, rules
from shuzheng.site.preparation import application_url, is_private
from shuzheng.site.secrets import write_private

WEB_THREADS = 4


def serve(*, host: str, port: int, words: list[str]) -> NoReturn:
    """Become the supervisor of database, web and worker; does not return."""
    environment = {"DATABASE_URL": application_url()}
    members = [
        *([_database_member()] if is_private() else []),
        _web_member(host, port, environment),
        {
            "name": "worker",
            "command": [sys.executable, "-m", "shuzheng.site.command", "worker"],
            "environment": environment,
        },
    ]
    logs = settings.DATA_FOLDER / "logs"
    logs.mkdir(mode=0o700, parents=True, exist_ok=True)
    plan = settings.DATA_FOLDER / "plan.json"
    write_private(plan, json.dumps({"members": members, "logs": str(logs), "words": words}))
    os.environ["SHUZHENG_DATA"] = str(settings.DATA_FOLDER)
    sys.stdout.flush()
    command = [sys.executable, "-m", "shuzheng.site.supervisor", str(plan)]
    os.execv(sys.executable, command)  # noqa: S606


def _database_member() -> dict[str, Any]:
    place = database.place_in(settings.DATA_FOLDER)
    programs = queries.get_programs(place.data)
    probe = [*programs.command("pg_isready"), "-q", "-h", str(place.socket), "-U", rules.OWNER]
    return {
        "name": "postgresql",
        "command": database.server_command(place, programs),
        "probe": [*probe, "-d", rules.DATABASE],
        "stop_signal": int(signal.SIGINT),
        "stop_seconds": database.STOP_SECONDS,
    }


def _web_member(host: str, port: int, environment: dict[str, str]) -> dict[str, Any]:
    options = {
        "--interface": "wsgi",
        "--host": host,
        "--port": str(port),
        "--workers": os.environ.get("SHUZHENG_WEB_PROCESSES") or str(_web_processes()),
        "--blocking-threads": str(WEB_THREADS),
        "--workers-kill-timeout": "10",
        "--log-level": "warning",
    }
    words = [word for pair in options.items() for word in pair]
    own = f"[{host}]" if ":" in host else host
    return {
        "name": "web",
        "command": [
            *(sys.executable, "-m", "granian", *words),
            *("--no-ws", "--respawn-failed-workers", "shuzheng.site.wsgi:application"),
        ],
        "environment": environment,
        "probe": f"http://{own}:{port}/",
    }


def _web_processes() -> int:
    """Return one for each core, two at most: what one machine's database keeps busy."""
    return min(2, os.cpu_count() or 1)
