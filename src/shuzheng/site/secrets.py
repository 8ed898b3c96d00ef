"""The session key: a file outside the database, made at the first start, then rotated."""

import os
import secrets
from pathlib import Path

FOR_TESTS = "only-for-tests-replaced-at-start"


class SessionKeyMissing(RuntimeError):
    """No session key was made; whoever knows the source could sign any cookie."""

    def __init__(self) -> None:
        super().__init__(
            "没有会话密钥；请用 ./up 或 shuzheng serve 启动，或设置 SHUZHENG_SESSION_KEY。"
        )


def session_keys(data: Path) -> list[str]:
    """Return the session key and, while a rotation lasts, the one before it."""
    if named := os.environ.get("SHUZHENG_SESSION_KEY"):
        return [named]
    files = (data / "keys" / "session-key", data / "keys" / "session-key.previous")
    return [file.read_text().strip() for file in files if file.exists()] or [FOR_TESTS]


def require_session_key(key: str) -> None:
    """Refuse to serve with the key that everybody can read in the source.

    Raises:
        SessionKeyMissing: the house was started past ``up`` and ``serve``, which make one.
    """
    if key == FOR_TESTS:
        raise SessionKeyMissing


def make_session_key(data: Path) -> str:
    """Make the session key unless there is one, readable by its owner alone; return it."""
    file = data / "keys" / "session-key"
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not file.exists():
        write_private(file, secrets.token_urlsafe(48))
    return file.read_text().strip()


def rotate_session_key(data: Path) -> None:
    """Make a new session key; cookies signed with the one before stay good until the next turn."""
    file = data / "keys" / "session-key"
    if file.exists():
        write_private(file.with_suffix(".previous"), file.read_text())
        file.unlink()
    make_session_key(data)


def write_private(file: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    fresh = file.with_name(f"{file.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(text)
    fresh.replace(file)
