"""The Python environment ``.venv``, exactly as ``uv.lock`` says."""

import hashlib
import os
import subprocess
import sys

from tools.debian import has_postgresql
from tools.places import CHECKOUT, ENVIRONMENT
from tools.saying import say, stop
from tools.uv import PYPI, certificates, find_uv, index_url


def provide(*, for_tests: bool) -> None:
    """Bring ``.venv`` in step with the lock; nothing is done when it is already."""
    choices = _choices(for_tests=for_tests)
    mark = ENVIRONMENT / "in-step"
    wanted = _fingerprint(choices)
    if mark.exists() and wanted in mark.read_text().split():
        return
    say("安装 Python 依赖(.venv)… installing the locked dependencies")
    _sync(choices)
    # What holds the test tools also holds all that running needs.
    also = _fingerprint(_choices(for_tests=False)) if for_tests else ""
    mark.write_text(f"{wanted} {also}\n")


def _choices(*, for_tests: bool) -> list[str]:
    own_postgresql = os.environ.get("DATABASE_URL") or has_postgresql()
    extras = [] if own_postgresql else ["--extra", "embedded"]
    return [*extras, "--all-groups"] if for_tests else extras


def _fingerprint(choices: list[str]) -> str:
    files = (CHECKOUT / "uv.lock", CHECKOUT / "pyproject.toml")
    content = b"\0".join(file.read_bytes() for file in files)
    words = " ".join([*choices, sys.version])
    return hashlib.sha256(content + words.encode()).hexdigest()


def _sync(choices: list[str]) -> None:
    if index_url().rstrip("/") == PYPI:
        _uv("sync", "--locked", "--inexact", *choices)
        return
    # The lock names PyPI's files; another index serves the same ones, told by their hashes.
    wanted = str(ENVIRONMENT / "requirements.txt")
    index = ("--default-index", index_url())
    _uv("venv", "--allow-existing", str(ENVIRONMENT))
    _uv("export", "--frozen", "--no-emit-project", *choices, "--output-file", wanted)
    _uv("pip", "install", "--require-hashes", *index, "--requirement", wanted)
    _uv("pip", "install", "--no-deps", *index, "--editable", str(CHECKOUT))


def _uv(*words: str) -> None:
    environment = {
        **certificates(),
        **os.environ,
        "UV_COMPILE_BYTECODE": "1",
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_PROJECT_ENVIRONMENT": str(ENVIRONMENT),
        "VIRTUAL_ENV": str(ENVIRONMENT),
    }
    if words[0] != "pip":
        environment.setdefault("UV_PYTHON", sys.executable)
    command = [find_uv(), "--quiet", *words]
    if subprocess.run(command, cwd=CHECKOUT, env=environment, check=False).returncode != 0:
        stop("依赖安装未成功，原因见上。网络恢复后再运行一次即可。")
