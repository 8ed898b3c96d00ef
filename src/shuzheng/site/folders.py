"""Where the data of this checkout live."""

import hashlib
import os
import pwd
from pathlib import Path

WAY_IN = 0o001
"""A folder's mode bit that lets a stranger pass through it."""


def data_folder(checkout: Path) -> Path:
    """Return ``SHUZHENG_DATA``, else ``.data`` in the checkout, else a folder of the system.

    As root the database runs as another user, who may be unable to enter the checkout; nobody's
    permissions are changed for that: the data then live below ``/var/lib/shuzheng``.
    """
    if named := os.environ.get("SHUZHENG_DATA"):
        return Path(named).absolute()
    inside = checkout / ".data"
    if os.geteuid() != 0 or os.environ.get("DATABASE_URL") or can_pass(inside.parent):
        return inside
    mark = hashlib.sha256(str(checkout).encode()).hexdigest()[:12]
    return Path("/var/lib/shuzheng") / mark


def can_pass(folder: Path) -> bool:
    """Say whether any user can pass through the folder and all above it."""
    return all(each.stat().st_mode & WAY_IN for each in (folder, *folder.parents))


def owner_name(folder: Path) -> str:
    """Return the name of the user a folder belongs to."""
    return pwd.getpwuid(folder.stat().st_uid).pw_name
