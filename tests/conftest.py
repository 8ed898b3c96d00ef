"""What tests share: the moment, people who act, a data folder, a city, a running house."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import settings as property_settings

from shuzheng.infrastructure.access.rules import Actor, Permission
from shuzheng.site.wiring import wire
from tests.databases import CityDatabases
from tests.houses import House, free_port, run_house
from tests.support.decisions.figures import pytest_terminal_summary  # noqa: F401 - a hook

# A busy machine makes an example slow, not wrong.
property_settings.register_profile("house", deadline=None)
property_settings.load_profile("house")
CITY = settings.PROJECT_FOLDER / "cities" / "quzhou"


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    """Begin each test in Chinese, whatever the page before was read in."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def at() -> datetime:
    """A Monday, ten in the morning in Quzhou."""
    return datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def citizen() -> Actor:
    """Somebody acting for themselves."""
    return Actor(kind="person", account="citizen-1", name="王小明", person="person-1")


@pytest.fixture
def other_citizen() -> Actor:
    """Somebody else, who may know nothing of the first one's affairs."""
    return Actor(kind="person", account="citizen-2", name="李小红", person="person-2")


@pytest.fixture
def official() -> Callable[..., Actor]:
    """Make an official on a post that holds the given permissions."""

    def make(
        *permissions: Permission,
        post: str = "service.window",
        department: str = "service",
        areas: tuple[str, ...] = ("330800",),
        account: str = "",
    ) -> Actor:
        held = frozenset(permission.key for permission in permissions)
        name = account or f"official-{post}"
        return Actor(
            kind="official",
            account=name,
            name=name,
            post=post,
            department=department,
            areas=areas,
            permissions=held,
        )

    return make


@pytest.fixture(scope="session", autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep keys, files and log of the tests apart from any house."""
    folder = tmp_path_factory.mktemp("data")
    settings.DATA_FOLDER = folder
    wire()
    return folder


@pytest.fixture(scope="session")
def city_databases(django_db_setup: None, django_db_blocker) -> Iterator[CityDatabases]:
    """Apply Quzhou once into a copy of the test database, from which modules take theirs."""
    with django_db_blocker.unblock():
        databases = CityDatabases.make(CITY)
    yield databases
    with django_db_blocker.unblock():
        databases.drop()


@pytest.fixture(scope="module")
def city(city_databases: CityDatabases, django_db_blocker) -> Iterator[Path]:
    """Give a module a database with Quzhou applied.

    The whole module sees it, so ask for it at module level and not in single tests:
    ``pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]``.
    """
    with django_db_blocker.unblock():
        city_databases.enter()
    yield CITY
    with django_db_blocker.unblock():
        city_databases.leave()


@pytest.fixture(scope="session")
def open_folder() -> Iterator[Path]:
    """Give a folder that the database's unprivileged user can pass through."""
    folder = Path(tempfile.mkdtemp(prefix="shuzheng-house-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def house(open_folder: Path) -> Iterator[House]:
    """Run a whole house, as ``./up`` does: database, web and worker, with the demonstration."""
    with run_house(folder=open_folder / "first", port=free_port()) as running:
        yield running
