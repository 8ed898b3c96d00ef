"""Debian packages the house wants: installed as root with a word about each, else named."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools.saying import say

OLDEST_POSTGRESQL = 15


@dataclass(frozen=True)
class Package:
    """A Debian package: how to tell it is there, what it is for, what is missing without it."""

    name: str
    is_there: Callable[[], bool]
    purpose: str
    without: str
    oldest: int = 0
    """The oldest major version that is of use; an older one is not installed."""


def has_postgresql() -> bool:
    """Say whether PostgreSQL 15 or newer stands where Debian puts it, or on the path."""
    versions = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    return bool(shutil.which("postgres")) or any(
        int(path.parts[-3]) >= OLDEST_POSTGRESQL for path in versions if path.parts[-3].isdigit()
    )


def has_browser() -> bool:
    """Say whether a Chromium is installed."""
    return any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))


def _has_fonts() -> bool:
    return any(Path("/usr/share/fonts").rglob("NotoSansCJK*"))


TO_RUN = (
    Package(
        "ca-certificates",
        lambda: Path("/etc/ssl/certs/ca-certificates.crt").exists(),
        "核对软件源的证书",
        "可能无法访问软件源",
    ),
    Package("fonts-noto-cjk", _has_fonts, "中文字体，用于证照和印章", "证照上的汉字显示不全"),
    Package(
        "postgresql",
        has_postgresql,
        "数据库",
        "改用 PyPI 上的 PostgreSQL,多占约 150 MB",
        oldest=OLDEST_POSTGRESQL,
    ),
)
TO_TEST = (
    Package("chromium", has_browser, "浏览器，用于走查全流程", "跳过浏览器测试"),
    Package(
        "poppler-utils",
        lambda: bool(shutil.which("pdfsig")),
        "用 pdfsig 独立验章",
        "跳过独立验章测试",
    ),
)


def provide(packages: tuple[Package, ...]) -> None:
    """Install what is missing where that is possible, and say what is missing where it is not."""
    missing = [package for package in packages if not package.is_there()]
    if not missing:
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _install(missing)
    for package in missing:
        if not package.is_there():
            say(f"未安装 {package.name}({package.purpose}):{package.without}。")


def _install(packages: list[Package]) -> None:
    """Install what the machine's sources offer; one name they lack must not hold up the others.

    Ubuntu has no ``chromium`` package (a snap stands for it), and 22.04 has PostgreSQL 14.
    """
    _run("apt-get", "update", "-qq")
    offered = [package for package in packages if _major_offered(package.name) >= package.oldest]
    for package in offered:
        say(f"安装 {package.name}:{package.purpose}")
    if any(package.name == "postgresql" for package in offered):
        _want_no_system_cluster()
    for package in packages:
        if package not in offered:
            say(f"软件源中没有可用的 {package.name}。")
    if offered:
        names = [package.name for package in offered]
        _run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *names)


def _major_offered(name: str) -> int:
    """Return the major version that apt would install; -1 if its sources have none."""
    command = ["apt-cache", "policy", name]
    answer = subprocess.run(
        command,
        env={**os.environ, "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return major_of(answer.stdout)


def major_of(policy: str) -> int:
    r"""Read the candidate's major version from ``apt-cache policy``; -1 if there is none.

    >>> major_of("postgresql:\n  Installed: (none)\n  Candidate: 1:14+238\n")
    14
    """
    found = re.search(r"^  Candidate: (?:\d+:)?(\d+|\S)", policy, re.MULTILINE)
    if found is None or found[1] == "(":
        return -1
    return int(found[1]) if found[1].isdigit() else 0


def _want_no_system_cluster() -> None:
    """Debian would start a cluster of its own; only the programs are wanted."""
    folder = Path("/etc/postgresql-common/createcluster.d")
    if not Path("/etc/postgresql").exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "shuzheng.conf").write_text("create_main_cluster = false\n")


def _run(*command: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    answer = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    if answer.returncode != 0:
        words = answer.stderr.decode(errors="replace").strip()[-300:]
        say(f"{' '.join(command[:2])} 未成功：{words}")
