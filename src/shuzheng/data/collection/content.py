"""The datasets of a city."""

from collections.abc import Iterable
from datetime import datetime

from shuzheng.data.collection.models import Batch, DatasetDefinition
from shuzheng.data.collection.rules import Dataset
from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.content.rules import (
    ContentKind,
    Item,
    Library,
    Problem,
    register_kind,
)


def check(item: Item, library: Library) -> Iterable[Problem]:
    """Say what the schema cannot: departments, registers, fields and columns that are not there."""
    dataset: Dataset = item.value
    if library.get("department", dataset.department) is None:
        yield item.problem("department", message=f"没有部门“{dataset.department}”")
    for field in ("key_column", "as_of_column"):
        if getattr(dataset, field) not in dataset.headings:
            yield item.problem(field, message=f"没有列“{getattr(dataset, field)}”")
    register = library.get("register", dataset.register_key)
    if register is None:
        yield item.problem("register_key", message=f"没有基础数据库“{dataset.register_key}”")
        return
    sources = {field.key: field.dataset for field in register.value.fields}
    for index, column in enumerate(dataset.columns):
        if column.field and sources.get(column.field) != dataset.key:
            yield item.problem(
                "columns",
                index,
                "field",
                message=f"“{register.value.name}”的字段“{column.field}”不由本数据集提供",
                remedy="一数一源：请核对基础数据库的定义。",
            )


def apply(items: tuple[Item, ...], _by: Actor, _at: datetime) -> None:
    """Write new and changed datasets."""
    for item in items:
        DatasetDefinition.objects.update_or_create(
            key=item.key, defaults={"definition": item.value.model_dump(mode="json")}
        )


def remove(keys: tuple[str, ...], _by: Actor, _at: datetime) -> None:
    """Take away datasets that the folder no longer has."""
    DatasetDefinition.objects.filter(key__in=keys).delete()


def use(key: str) -> str:
    """Say that a dataset with deliveries is in use."""
    count = Batch.objects.filter(dataset=key).count()
    return f"已归集 {count} 批" if count else ""


register_kind(
    ContentKind(
        name="dataset",
        folder="collection/datasets",
        model=Dataset,
        key=lambda dataset: str(dataset.key),
        check=check,
        apply=apply,
        remove=remove,
        use=use,
        after=("register",),
    )
)
