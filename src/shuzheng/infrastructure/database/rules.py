"""What a private cluster is made of: programs, places, settings and the words when it cannot be."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from shuzheng.policy.refusals import Conflict, Refusal, gettext_noop

OWNER: Final = "shuzheng"
APPLICATION: Final = "shuzheng_app"
SUPERUSER: Final = "postgres"
DATABASE: Final = "shuzheng"
OLDEST_MAJOR: Final = 15
LONGEST_SOCKET_PATH: Final = 100


class DatabaseRefusal(Refusal):
    """The private database cannot be used as things stand; nothing has been changed."""

    code = "database"


class NoPostgreSQL(DatabaseRefusal, Conflict):
    """There are no programs to run."""

    code = "no-postgresql"
    template = gettext_noop("本机没有 PostgreSQL {oldest} 或更新版本。")
    remedy = gettext_noop(
        "请执行 apt-get install postgresql，或设置 DATABASE_URL 指向已有的数据库。"
    )


class ClusterOfAnotherVersion(DatabaseRefusal, Conflict):
    """The data belong to another major version, whose programs are gone."""

    code = "cluster-of-another-version"
    template = gettext_noop(
        "{folder} 中的数据由 PostgreSQL {found} 写成，本机只有 {installed}，"
        "不能直接打开，数据未动。"
        "请安装 PostgreSQL {found} 后执行 shuzheng backup，"
        "再用 ./up --reset 重建并执行 shuzheng restore；或用 pg_upgrade 升级。"
    )


class ClusterDoesNotStart(DatabaseRefusal, Conflict):
    """The server ended or stayed silent; its last words are told."""

    code = "cluster-does-not-start"
    template = gettext_noop("数据库没有启动：{words} 详情见 {log}。")


class WayBarred(DatabaseRefusal, Conflict):
    """The unprivileged user cannot reach the data; nobody's permissions are changed for that."""

    code = "way-barred"
    template = gettext_noop("运行数据库的用户 {user} 不能进入 {folder}。")
    remedy = gettext_noop(
        "请用 SHUZHENG_DATA 另指一个各级文件夹都可进入的位置，例如 /srv/shuzheng。"
    )


@dataclass(frozen=True, slots=True)
class Programs:
    """A folder of PostgreSQL's programs, their major version, and libraries that come with them."""

    folder: Path
    major: int
    libraries: Path | None = None

    def command(self, name: str) -> list[str]:
        """Return the command that runs one program."""
        path = str(self.folder / name)
        return ["env", f"LD_LIBRARY_PATH={self.libraries}", path] if self.libraries else [path]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cluster lives and which unprivileged user runs it (empty: whoever we are)."""

    data: Path
    socket: Path
    log: Path
    user: str = ""


def choose_programs(found: tuple[Programs, ...], *, cluster_major: int | None) -> Programs | None:
    """Return the programs that open the cluster, or for a new one the newest; None if none do.

    >>> installed = (Programs(Path("/a"), 15), Programs(Path("/b"), 17))
    >>> choose_programs(installed, cluster_major=15).major
    15
    """
    fitting = [each for each in found if each.major >= OLDEST_MAJOR]
    if cluster_major is not None:
        fitting = [each for each in fitting if each.major == cluster_major]
    return max(fitting, key=lambda each: each.major, default=None)


def major_of(words: str) -> int:
    """Read the major version from ``postgres --version``; 0 when it says none.

    >>> major_of("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)")
    15
    """
    found = re.search(r"\) (\d+)", words)
    return int(found.group(1)) if found else 0


def socket_folder(data: Path) -> Path:
    """Return where the socket stands: below the data folder, unless the path is too long for one.

    >>> socket_folder(Path("/srv/city/.data"))
    PosixPath('/srv/city/.data/run')
    """
    inside = data / "run"
    if len(str(inside / ".s.PGSQL.5432")) <= LONGEST_SOCKET_PATH:
        return inside
    mark = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    return Path("/tmp") / f"shuzheng-{mark}"  # noqa: S108 (made for one owner, see operations)


def without_values(error: BaseException) -> str:
    """Return what an error says; a database's own without the values that it quotes.

    Any of its sentences may hold somebody's data (``Key (phone)=(138…) already exists``); its code
    and the table, column and constraint do not.

    >>> without_values(ValueError("no such case"))
    'no such case'
    """
    diagnosis: Any = getattr(error, "diag", None) or getattr(error.__cause__, "diag", None)
    if diagnosis is None or not diagnosis.sqlstate:
        return str(error)
    places = (diagnosis.table_name, diagnosis.column_name, diagnosis.constraint_name)
    where = " ".join(each for each in places if each)
    return f"SQLSTATE {diagnosis.sqlstate} {where}".strip()


def server_settings(place: Place, *, durable: bool) -> dict[str, str]:
    """Return the server's settings; one that is not durable is for tests, and faster."""
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(place.socket),
        "shared_buffers": "128MB",
        "max_connections": "60",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_line_prefix": "%m [%p] %u ",
        # A failed statement and its details quote people's data; the log says which rule it broke.
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
        "jit": "off",
    }
    hasty = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    return settings if durable else {**settings, **hasty, "max_wal_size": "2GB"}
