"""Find citations and periods wherever they stand in a content value."""

from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel

Where = tuple[str | int, ...]
Sought = TypeVar("Sought", bound=BaseModel)


def find_in(value: Any, sought: type[Sought], where: Where = ()) -> Iterator[tuple[Where, Sought]]:
    """Yield every value of a type inside a model, with the path of its field."""
    if isinstance(value, sought):
        yield where, value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from find_in(getattr(value, name), sought, (*where, name))
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from find_in(inner, sought, (*where, str(name)))
    elif isinstance(value, (list, tuple)):
        for index, inner in enumerate(value):
            yield from find_in(inner, sought, (*where, index))
