"""The texts an opinion or a ruling may begin with."""

from shuzheng.support.cases.models import OpinionTemplate
from shuzheng.support.cases.rules.opinions import OpinionText


def list_opinion_texts(*, work: str, department: str, matter: str) -> tuple[OpinionText, ...]:
    """Return the texts offered for that work of a department on a matter, by key."""
    rows = OpinionTemplate.objects.filter(definition__work=work).order_by("key")
    texts = (OpinionText.model_validate(row.definition) for row in rows)
    return tuple(
        text for text in texts if text.fits(work=work, department=department, matter=matter)
    )
