"""Making documents. Pure products: nothing is stored here, whoever issues one journals it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from shuzheng.support.documents.models import DocumentTemplate
from shuzheng.support.documents.queries import get_template
from shuzheng.support.documents.rules import Template, check_data, typeset


def render_document(
    *, template: str, data: Mapping[str, Any], at: datetime, verification_url: str = ""
) -> bytes:
    """Typeset a document as PDF/A-2b; the QR code carries ``verification_url``.

    Text in ``data`` is shown as it is: it can never become typst code.

    Raises:
        UnknownTemplate: no template has this key.
        DataDoesNotFit: ``data`` does not meet the template's JSON Schema; names the field.
        TemplateBroken: the template cannot be typeset.
        NoChineseFont: no Chinese font is installed.
    """
    found = get_template(template)
    check_data(found, data)
    return typeset(found, data, qr_text=verification_url, at=at)


@transaction.atomic
def replace_templates(*, templates: tuple[Template, ...]) -> None:
    """Write templates of the city's content; the content room guards and journals the change."""
    for each in templates:
        DocumentTemplate.objects.update_or_create(
            key=each.key,
            defaults={
                "title": each.title,
                "source": each.source,
                "schema": dict(each.schema),
                "digest": each.digest,
                "word": each.word,
            },
        )


@transaction.atomic
def remove_templates(*, keys: tuple[str, ...]) -> None:
    """Take templates away that left the city's content; documents already made stay."""
    DocumentTemplate.objects.filter(key__in=keys).delete()
