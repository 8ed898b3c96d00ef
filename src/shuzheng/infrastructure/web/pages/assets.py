"""Where the built front end is: Vite's manifest names the files of each entry."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.templatetags.static import static

BUILT = Path(__file__).resolve().parents[1] / "static" / "built"


@dataclass(frozen=True, slots=True)
class BuiltFiles:
    """Addresses of an entry's files; none if the front end was not built."""

    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()


def built_files(entry: str) -> BuiltFiles:
    """Return the files of an entry, such as ``site``."""
    manifest = _manifest(_built_at())
    chunk = manifest.get(f"src/{entry}.js")
    if chunk is None:
        return BuiltFiles()
    return BuiltFiles(
        scripts=(static(f"built/{chunk['file']}"),),
        styles=tuple(static(f"built/{style}") for style in _styles(manifest, chunk)),
    )


def _styles(manifest: dict[str, Any], chunk: dict[str, Any]) -> list[str]:
    """Return the styles of a chunk and of those it shares with other entries, each once."""
    found, waiting, seen = [], [chunk], set()
    while waiting:
        one = waiting.pop(0)
        found += [style for style in one.get("css", ()) if style not in found]
        names = [name for name in one.get("imports", ()) if name not in seen]
        seen.update(names)
        waiting += [manifest[name] for name in names]
    return found


def _built_at() -> int:
    try:
        return (BUILT / "manifest.json").stat().st_mtime_ns
    except FileNotFoundError:
        return 0


@cache
def _manifest(built_at: int) -> dict[str, Any]:
    if not built_at:
        return {}
    read: dict[str, Any] = json.loads((BUILT / "manifest.json").read_text("utf-8"))
    return read
