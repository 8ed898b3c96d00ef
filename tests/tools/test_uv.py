import http.server
import io
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from platform import machine

import pytest

from tools import uv

INDEX_VARIABLES = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL", "UV_INDEX")


@pytest.fixture(autouse=True)
def _no_index_of_ours(monkeypatch):
    for name in INDEX_VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("name", INDEX_VARIABLES)
def test_the_index_is_the_one_the_user_names(monkeypatch, name):
    monkeypatch.setenv(name, "https://mirror.example/simple")
    assert uv.index_url() == "https://mirror.example/simple"


def test_a_named_index_is_known_by_its_address(monkeypatch):
    monkeypatch.setenv("UV_INDEX", "mirror=https://mirror.example/simple other=https://o.example")
    assert uv.index_url() == "https://mirror.example/simple"


def test_without_a_word_it_is_pypi():
    assert uv.index_url() == "https://pypi.org/simple"


def wheel() -> bytes:
    """Make a wheel whose uv says its version."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("uv-0.10.0.data/scripts/uv", "#!/bin/sh\necho uv 0.10.0\n")
    return stream.getvalue()


@pytest.fixture
def index(monkeypatch) -> Iterator[dict[str, bytes]]:
    """Serve a package index whose pages are this dictionary."""
    pages: dict[str, bytes] = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path in pages else 404)
            self.end_headers()
            self.wfile.write(pages.get(self.path, b""))

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{server.server_port}/simple")
    yield pages
    server.shutdown()


def offer(pages: dict[str, bytes], digest: str) -> None:
    """Offer uv in several versions and for several machines, the newest one withdrawn."""
    fitting = f"py3-none-manylinux_2_17_{machine()}.manylinux2014_{machine()}.whl"
    pages["/files/uv-0.10.0-" + fitting] = wheel()
    links = (
        f'<a href="/files/uv-0.9.9-{fitting}#sha256=0">old</a>'
        f'<a href="/files/uv-0.10.0-{fitting}#sha256={digest}">new</a>'
        f'<a href="/files/uv-0.11.0rc1-{fitting}">preview</a>'
        f'<a href="/files/uv-0.12.0-{fitting}" data-yanked="">withdrawn</a>'
        '<a href="/files/uv-0.10.0-py3-none-macosx_11_0_arm64.whl">another machine</a>'
        '<a href="/files/uv-0.10.0.tar.gz">source</a>'
    )
    pages["/simple/uv/"] = f"<html><body>{links}</body></html>".encode()


def test_the_newest_wheel_for_this_machine_is_fetched_and_runs(index, tmp_path):
    offer(index, sha256(wheel()).hexdigest())
    target = tmp_path / "tools" / "uv"
    uv._unpack(uv._wheel_from_index(), target)
    answer = subprocess.run([target], capture_output=True, text=True, check=True)
    assert answer.stdout == "uv 0.10.0\n"
    assert [path.name for path in target.parent.iterdir()] == ["uv"]


def test_a_wheel_that_is_not_what_the_index_says_is_refused(index):
    offer(index, "0" * 64)
    with pytest.raises(SystemExit, match="校验和不符"):
        uv._wheel_from_index()


def test_an_index_without_a_fitting_wheel_is_told(index):
    index["/simple/uv/"] = b"<a href='/files/uv-0.10.0.tar.gz'>source</a>"
    with pytest.raises(SystemExit, match="请先自行安装 uv"):
        uv._wheel_from_index()


def test_an_old_python_is_told_what_is_needed():
    code = (
        "import shutil, sys; sys.version_info = (3, 9); shutil.which = lambda _: None;"
        "__file__ = 'up'; exec(open('up').read())"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 1
    assert answer.stderr.startswith(
        "数政需要 Python 3.11 或更新版本。Shuzheng needs Python 3.11 or newer.\n"
    )
