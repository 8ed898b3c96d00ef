"""Writing licence types of the city's content; the content room guards and journals the change."""

from dataclasses import asdict

from django.db import transaction

from shuzheng.support.licences import models
from shuzheng.support.licences.rules import LicenceType


@transaction.atomic
def replace_licence_types(*, types: tuple[LicenceType, ...]) -> None:
    """Write new and changed types."""
    for each in types:
        models.LicenceType.objects.update_or_create(
            key=each.key,
            defaults={"title": each.title, "definition": asdict(each), "digest": each.digest},
        )


@transaction.atomic
def remove_licence_types(*, keys: tuple[str, ...]) -> None:
    """Take away types of which no licence was issued."""
    models.LicenceType.objects.filter(key__in=keys).delete()


def use_of_licence_type(key: str) -> str:
    """Return a sentence if licences of the type were issued, else nothing."""
    count = models.Licence.objects.filter(licence_type=key).count()
    return f"已核发 {count} 份该类型的证照，不能删除。" if count else ""
