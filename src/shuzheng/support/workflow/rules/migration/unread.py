"""Variables that must not be read: what is said of all cases in a state rests on none of them."""

from collections.abc import Iterator, Mapping
from typing import Any


class VariablesRead(Exception):
    """The variables matter."""


class Unread(Mapping[str, Any]):
    """Variables nobody knows."""

    def __getitem__(self, name: str) -> Any:
        raise VariablesRead

    def __iter__(self) -> Iterator[str]:
        raise VariablesRead

    def __len__(self) -> int:
        raise VariablesRead

    def update(self, _values: Mapping[str, Any]) -> None:
        raise VariablesRead
