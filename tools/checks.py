"""Every check of the house, one after another: ``python -m tools.checks [PATH or options]``."""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.debian import has_browser
from tools.places import CHECKOUT, program
from tools.saying import say

SOURCES = [name for name in ("src", "tests", "tools", "benchmarks") if (CHECKOUT / name).exists()]
COUNTED = re.compile(r"(\d+) (passed|failed|skipped|errors?)")


def checks() -> dict[str, list[str]]:
    """Return the checks that are not tests: what each looks at, and its command."""
    shuzheng = [sys.executable, "-m", "shuzheng.site.command"]
    cities = sorted(str(path) for path in Path("cities").iterdir() if (path / "city").exists())
    return {
        "格式 format": [program("ruff"), "format", "--check", "--quiet", *SOURCES],
        "写法 lint": [program("ruff"), "check", "--quiet", *SOURCES],
        "类型 types": [program("mypy")],
        "层次 import contracts": [program("lint-imports")],
        "拼写 spelling": [program("codespell"), *SOURCES, "docs", "cities"],
        "依赖 dependencies": [program("deptry"), "src"],
        "未用代码 unused code": [program("vulture")],
        "模板 templates": [program("djlint"), "src", "--lint", "--quiet"],
        "数据表 migrations": [
            *(sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"),
        ],
        "内容格式 schemas": [*shuzheng, "schemas", "--check"],
        **{f"内容 {city}": [*shuzheng, "check", city] for city in cities},
    }


def main(words: list[str]) -> int:
    """Run everything, or the part of the tests that the words name; return the exit status."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "shuzheng.site.settings"
    _compile_texts()
    with _database_for_tests():
        if words:
            return subprocess.run([program("pytest"), *words], check=False).returncode
        failed = sum(not _passes(name, command) for name, command in checks().items())
        counts = Counter(failed=failed, passed=0)
        counts.update(_pytest("-n", "2", "--dist", "loadfile", "--ignore=tests/journeys"))
        if has_browser():
            counts.update(_pytest("--timeout=900", "tests/journeys"))
        else:
            say("没有浏览器，跳过 tests/journeys(安装 chromium 后会运行)。")
    print(f"\n{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    return 1 if counts["failed"] else 0


def _passes(name: str, command: list[str]) -> bool:
    began = time.monotonic()
    answer = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, cwd=CHECKOUT
    )
    seconds = time.monotonic() - began
    mark = "✓" if answer.returncode == 0 else "✗"
    print(f"{mark} {name} ({seconds:.1f} s)", flush=True)
    if answer.returncode != 0:
        print(answer.stdout.decode(errors="replace"), flush=True)
    return answer.returncode == 0


def _pytest(*words: str) -> Counter[str]:
    """Run pytest, pass its words on, and count what its closing line says."""
    last = ""
    with subprocess.Popen(
        [program("pytest"), *words], stdout=subprocess.PIPE, text=True, cwd=CHECKOUT
    ) as run:
        for line in run.stdout or ():
            print(line, end="", flush=True)
            last = line.strip() or last
    counts = Counter({word.rstrip("s"): int(n) for n, word in COUNTED.findall(last)})
    counts["failed"] += counts.pop("error", 0)
    # Nothing collected is no failure; an end without a count is one.
    no_tests = 5
    if run.returncode not in {0, no_tests} and not counts["failed"]:
        counts["failed"] = 1
    return counts


def _compile_texts() -> None:
    from shuzheng.site.texts import compile_texts

    compile_texts(CHECKOUT / "src")


@contextmanager
def _database_for_tests() -> Iterator[None]:
    """Run a PostgreSQL of the tests' own in a temporary folder, fast and forgetful."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    from shuzheng.infrastructure.database import operations, rules

    with tempfile.TemporaryDirectory(prefix="shuzheng-test-") as name:
        Path(name).chmod(0o755)
        place = operations.place_in(Path(name))
        server = operations.start_server(place, durable=False)
        os.environ["DATABASE_URL"] = f"postgresql://{rules.OWNER}@/shuzheng?host={place.socket}"
        os.environ["SHUZHENG_DATA"] = f"{name}/data"
        try:
            yield
        finally:
            operations.stop_server(server)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
