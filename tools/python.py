"""The Python that the house needs; read by older ones too, so nothing newer is written here."""

import os
import shutil
import sys

OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")


def require(program):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    """Go on with this Python if it is new enough, else with a newer one, else say where to get it.

    Ubuntu 22.04 calls 3.10 ``python3`` and has ``python3.11`` beside it.
    """
    if sys.version_info >= OLDEST:
        return
    found = [path for path in map(shutil.which, NEWER) if path]
    if found:
        os.execv(found[0], [found[0], program, *sys.argv[1:]])  # noqa: S606
    sys.exit(
        "数政需要 Python 3.11 或更新版本。Shuzheng needs Python 3.11 or newer.\n"
        "Debian/Ubuntu: sudo apt-get install python3.11 (Ubuntu 22.04 在 universe 中),"
        "或 python3.12、python3.13，再运行一次即可。"
    )
