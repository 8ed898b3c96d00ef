"""A whole house of its own for a benchmark: private PostgreSQL, web and worker, real HTTP.

The house is prepared as a demonstration (for the invented registers) and then started as
``shuzheng serve`` starts one for real work. Each citizen calls from a loopback address of their
own (127.0.x.y), so that the limits per account and per address stand as they are and are not hit.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

START_SECONDS = 180
STOP_SECONDS = 60
STARTED = "数政已启动"
FIRST_BIRTHDAY = date(1960, 1, 1)


@dataclass(frozen=True)
class House:
    """A running house: its port and its data folder."""

    port: int
    folder: Path

    @property
    def owner_url(self) -> str:
        """The address by which the benchmark reaches the tables."""
        return f"postgresql://shuzheng@/shuzheng?host={self.folder / 'run'}"

    @property
    def supervisor(self) -> int:
        """The process that all others of the house descend from."""
        return int((self.folder / "run.lock").read_text())


@dataclass(frozen=True)
class Caller:
    """Somebody signed in: their session, their own loopback address, who they are."""

    session: str
    address: str
    account: str
    name: str
    person: str = ""


@contextmanager
def run_house(*, is_served: bool = True) -> Iterator[House]:
    """Prepare a house in a folder of its own, start it, stop it, take the folder away.

    One that is not served has its database alone: no web, no worker.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = Path(tempfile.mkdtemp(prefix="shuzheng-benchmark-", dir="/var/tmp"))
    folder.chmod(0o755)
    try:
        house = House(free_port(), folder)
        prepare(house)
        set_up(house)
        with serve(house) if is_served else database_alone():
            yield house
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a house of its own, with none of ours."""
    ours = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "SHUZHENG_DEMONSTRATION"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {**kept, "SHUZHENG_DATA": str(folder), "SHUZHENG_DEMO_PASSWORD": "only-for-benchmarks"}


def prepare(house: House) -> None:
    command = [sys.executable, "-m", "shuzheng.site.command", "up", "--no-serve"]
    subprocess.run(
        command, env=environment(house.folder), check=True, stdout=subprocess.DEVNULL, timeout=180
    )


@contextmanager
def serve(house: House) -> Iterator[None]:
    output = house.folder / "serve.out"
    command = [sys.executable, "-m", "shuzheng.site.command", "serve", "--port", str(house.port)]
    with output.open("w") as stream:
        process = subprocess.Popen(
            command, env=environment(house.folder), stdout=stream, stderr=subprocess.STDOUT
        )
    try:
        until = time.monotonic() + START_SECONDS
        while STARTED not in output.read_text():
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(output.read_text())
            time.sleep(0.2)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(STOP_SECONDS)


@contextmanager
def database_alone() -> Iterator[None]:
    from shuzheng.site.preparation import running_database

    with running_database():
        yield


def set_up(house: House) -> None:
    """Let this process reach the house's tables, to prepare and to count."""
    os.environ.update(environment(house.folder))
    os.environ.pop("DATABASE_URL", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "shuzheng.site.settings"
    import django

    django.setup()


def make_citizens(count: int) -> list[Caller]:
    """Make citizens whom the register knows, each with an account and a session."""
    from shuzheng.data.registers import operations as registers
    from shuzheng.data.registers.operations import Row
    from shuzheng.data.registers.queries import reference_of
    from shuzheng.infrastructure.access.rules import system
    from shuzheng.standards.citizen_id import build_synthetic
    from shuzheng.support.identity.models import Account

    at = datetime.now(UTC)
    numbers = [
        build_synthetic(
            province="33",
            born_on=FIRST_BIRTHDAY + timedelta(days=place),
            is_female=bool(place % 2),
            serial=45,
        )
        for place in range(count)
    ]
    registers.record_values(
        register="persons",
        dataset="police_persons",
        rows=[Row(each, {"id_number": each, "name": "王基准"}, at.date()) for each in numbers],
        batch="benchmark",
        by=system("benchmark"),
        at=at,
    )
    accounts = Account.objects.bulk_create(
        Account(
            username=f"benchmark-{place}",
            display_name="王基准",
            person=reference_of("persons", number),
            assurance=Account.Assurance.REGISTER,
            password="!",
            created_at=at,
        )
        for place, number in enumerate(numbers)
    )
    return [sign_in(account, place) for place, account in enumerate(accounts)]


def make_officials(username: str, post: str, count: int) -> list[Caller]:
    """Open several sessions of one demonstration official, on that post."""
    from shuzheng.support.identity.models import Account

    account = Account.objects.get(username=username)
    account.post = post
    account.save(update_fields=["post"])
    return [sign_in(account, place) for place in range(count)]


def sign_in(account: "object", place: int) -> Caller:
    """Open a session as the sign-in page does after the password, which is not measured here."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from shuzheng.support.identity.models import Account
    from shuzheng.support.identity.pages.sessions import AccountBackend, SessionStore

    assert isinstance(account, Account)
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = f"{AccountBackend.__module__}.{AccountBackend.__name__}"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return Caller(
        session=str(session.session_key),
        address=f"127.0.{1 + place // 250}.{1 + place % 250}",
        account=str(account.public_id),
        name=account.display_name,
        person=account.person,
    )
