"""Finds uv, or fetches its wheel: by pip if there is one, else from the package index itself."""

import hashlib
import html.parser
import io
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

from tools.places import CACHE
from tools.saying import say, stop

PYPI = "https://pypi.org/simple"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
TIMEOUT_SECONDS = 60


def find_uv() -> str:
    """Return the path of a uv program, fetched into the user's cache when there is none."""
    kept = CACHE / "uv" / "uv"
    found = os.environ.get("UV") or shutil.which("uv") or (str(kept) if kept.exists() else "")
    if found:
        return found
    say("获取 uv(包安装工具)… fetching uv, the installer")
    try:
        wheel = _wheel_by_pip() or _wheel_from_index()
    except (urllib.error.URLError, OSError) as error:
        stop(f"取不到 uv:{error}。请检查网络，或用 PIP_INDEX_URL 指明软件源，或先自行安装 uv。")
    _unpack(wheel, kept)
    return str(kept)


def _wheel_by_pip() -> bytes | None:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        answer = subprocess.run(
            [*command, "--only-binary=:all:", "--dest", folder, "uv"],
            capture_output=True,
            check=False,
        )
        wheels = list(Path(folder).glob("uv-*.whl"))
        return wheels[0].read_bytes() if answer.returncode == 0 and wheels else None


def _wheel_from_index() -> bytes:
    page_url = urllib.parse.urljoin(index_url().rstrip("/") + "/", "uv/")
    links = _Links()
    links.feed(_get(page_url).decode())
    links.close()
    fitting = [link for link in links.found if _fits(link)]
    if not fitting:
        stop(f"{page_url} 上没有适合本机({platform.machine()})的 uv。请先自行安装 uv。")
    newest = max(fitting, key=_version)
    address, _, digest = urllib.parse.urljoin(page_url, newest).partition("#sha256=")
    wheel = _get(address)
    if digest and hashlib.sha256(wheel).hexdigest() != digest:
        stop(f"{address} 的校验和不符，未使用。")
    return wheel


def certificates() -> dict[str, str]:
    """Let uv trust what the system trusts; a network may have an authority of its own."""
    return {"UV_SYSTEM_CERTS": "1"} if CERTIFICATES.exists() else {}


def index_url() -> str:
    """Return the package index that the user's environment names, else PyPI."""
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL", "UV_INDEX"):
        if value := os.environ.get(name, "").split():
            return value[0].rpartition("=")[2] if name == "UV_INDEX" else value[0]
    return PYPI


class _Links(html.parser.HTMLParser):
    """Collects the addresses of a simple index page (PEP 503), without the withdrawn ones."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "a" and values.get("href") and "data-yanked" not in values:
            self.found.append(str(values["href"]))


def _fits(link: str) -> bool:
    name = _file_name(link)
    libc = "musllinux" if platform.libc_ver()[0] != "glibc" else "manylinux"
    return name.endswith(f"_{platform.machine()}.whl") and libc in name and _version(link) > (0,)


def _file_name(link: str) -> str:
    return urllib.parse.unquote(urllib.parse.urlsplit(link).path.rpartition("/")[2])


def _version(link: str) -> tuple[int, ...]:
    """Return the release of a wheel's name as numbers; (0,) for previews."""
    parts = _file_name(link).split("-")[1].split(".")
    return tuple(int(part) for part in parts) if all(part.isdigit() for part in parts) else (0,)


def _get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
        return bytes(answer.read())


def _unpack(wheel: bytes, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        member = next(name for name in archive.namelist() if name.endswith("/scripts/uv"))
        fresh = target.with_suffix(".new")
        fresh.write_bytes(archive.read(member))
    fresh.chmod(0o755)
    fresh.replace(target)
