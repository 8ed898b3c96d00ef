"""Writing seals of the city's content; the content room guards and journals the change."""

from django.db import transaction

from shuzheng.support.seals.models import Certificate, Seal
from shuzheng.support.seals.queries import SealRow


@transaction.atomic
def replace_seals(*, seals: tuple[SealRow, ...]) -> None:
    """Write new and changed seals."""
    for each in seals:
        Seal.objects.update_or_create(
            code=each.code,
            defaults={
                "name": each.name,
                "short_name": each.short_name,
                "department": each.department,
                "organisation": each.organisation,
                "purpose": each.purpose,
                "millimetres": each.millimetres,
                "withdrawn_on": each.withdrawn_on,
            },
        )


@transaction.atomic
def remove_seals(*, codes: tuple[str, ...]) -> None:
    """Take seals away that were never used."""
    Seal.objects.filter(code__in=codes).delete()


def use_of_seal(code: str) -> str:
    """Return a sentence if a certificate was issued for the seal, else nothing."""
    if Certificate.objects.filter(holder=f"of-{code}").exists():
        return f"印章 {code} 已签发证书并可能盖过文书；请填写 withdrawn_on 停用，不要删除。"
    return ""
