"""``./up`` and ``./test``: the same preparation, then the house or its checks."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from tools import assets, debian, environment
from tools.places import CHECKOUT, program
from tools.saying import stop


def up(words: list[str]) -> NoReturn:
    """Prepare the machine and become ``shuzheng up``."""
    with _clear_words():
        debian.provide(() if os.environ.get("DATABASE_URL") else debian.TO_RUN)
        environment.provide(for_tests=False)
        assets.provide()
    _become("shuzheng.site.command", "up", *words)


def test(words: list[str]) -> NoReturn:
    """Prepare the machine, with the tools of the tests, and become the checks."""
    with _clear_words():
        debian.provide(debian.TO_RUN + debian.TO_TEST)
        environment.provide(for_tests=True)
        assets.provide()
    _become("tools.checks", *words)


@contextmanager
def _clear_words() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        stop("已中断。再运行一次会从中断处继续。")
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            where = error.filename or CHECKOUT
            stop(f"磁盘已满({where})。腾出空间后再运行一次，已有数据未受影响。")
        raise


def _become(module: str, *words: str) -> NoReturn:
    os.chdir(CHECKOUT)
    python = program("python")
    # Five processes read a thousand modules each: compiled once, not at every start.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.stdout.flush()
    os.execv(python, [python, "-m", module, *words])  # noqa: S606
