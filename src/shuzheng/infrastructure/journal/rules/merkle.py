"""The Merkle tree of RFC 6962: hashes, roots, and proofs that one leaf is in it."""

import hashlib
from collections.abc import Callable, Sequence

NodeReader = Callable[[int, int], bytes]
"""Gives the hash of the complete subtree at (level, index): its leaves are
``index << level`` up to ``(index + 1) << level``."""


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of a leaf (32 bytes)."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node above two (32 bytes)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """Return the root over the hashes of leaves, or of complete subtrees of one size.

    >>> root_of([]).hex()[:8]
    'e3b0c442'
    """
    frontier = Frontier()
    for each in hashes:
        frontier.add(each)
    return frontier.root()


class Frontier:
    """The right edge of a growing tree: the roots of its complete subtrees, largest first."""

    def __init__(self) -> None:
        self.size = 0
        self._edge: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Add the hash of the next leaf."""
        self._edge.append(leaf)
        self.size += 1
        complete = self.size
        while complete % 2 == 0:
            right = self._edge.pop()
            self._edge.append(node_hash(self._edge.pop(), right))
            complete //= 2

    def root(self) -> bytes:
        """Return the root of the tree as it stands; an empty tree has the hash of nothing."""
        return fold(self._edge)


def fold(edge: Sequence[bytes]) -> bytes:
    """Return the root over complete subtrees that shrink from left to right."""
    if not edge:
        return hashlib.sha256(b"").digest()
    root = edge[-1]
    for each in reversed(edge[:-1]):
        root = node_hash(each, root)
    return root


def root_at(size: int, node: NodeReader) -> bytes:
    """Return the root of the first `size` leaves."""
    return _range_hash(0, size, node) if size else fold(())


def inclusion_proof(*, index: int, size: int, node: NodeReader) -> tuple[bytes, ...]:
    """Return the hashes that lead from a leaf (counted from 0) to the root, lowest first.

    Raises:
        ValueError: the leaf is not in a tree of that size.
    """
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    proof: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _largest_power_below(end - start)
        if index < middle:
            proof.append(_range_hash(middle, end, node))
            end = middle
        else:
            proof.append(_range_hash(start, middle, node))
            start = middle
    return tuple(reversed(proof))


def root_from_proof(*, leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """Return the root that a proof leads to from the hash of a leaf; None if it cannot be one."""
    if not 0 <= index < size:
        return None
    node, last, root = index, size - 1, leaf
    for each in proof:
        if last == 0:
            return None
        if node % 2 or node == last:
            root = node_hash(each, root)
            while node % 2 == 0 and node:
                node, last = node // 2, last // 2
        else:
            root = node_hash(root, each)
        node, last = node // 2, last // 2
    return root if last == 0 else None


def _range_hash(start: int, end: int, node: NodeReader) -> bytes:
    """Return the hash over leaves start … end - 1, where start fits the size of the range."""
    edge = []
    while start < end:
        level = (end - start).bit_length() - 1
        edge.append(node(level, start >> level))
        start += 1 << level
    return fold(edge)


def _largest_power_below(number: int) -> int:
    return 1 << ((number - 1).bit_length() - 1)
