"""Chinese text cut into words, the same way for an index and for a question to it."""

import logging
from pathlib import Path

_folder: list[Path] = []


def use_folder(folder: Path) -> None:
    """Say where the dictionary's cache lies: the default is a folder that everybody can write."""
    _folder[:] = [folder]


def cut(text: str) -> tuple[str, ...]:
    """Return the words of a text in small letters; signs are left out.

    >>> cut("开一家饭店！")
    ('开', '一家', '饭店')
    """
    # Only a search needs the dictionary, 100 MB of it; a process at rest goes without.
    import jieba

    if _folder and not jieba.dt.initialized:
        jieba.setLogLevel(logging.WARNING)
        jieba.dt.tmp_dir = str(_folder[0])
    words = (word.strip() for word in jieba.cut_for_search(text.lower(), HMM=False))
    return tuple(word for word in words if any(sign.isalnum() for sign in word))
