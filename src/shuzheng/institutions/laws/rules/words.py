"""Cut Chinese text into words, the same way for the index and for the query."""

import logging

import jieba

jieba.setLogLevel(logging.WARNING)


def cut(text: str) -> str:
    """Return the words of a text separated by blanks; signs and single letters are left out."""
    words = (word.strip() for word in jieba.cut_for_search(text, HMM=False))
    return " ".join(word for word in words if any(c.isalnum() for c in word))
