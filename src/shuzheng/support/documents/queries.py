"""Which templates there are."""

from shuzheng.support.documents.models import DocumentTemplate
from shuzheng.support.documents.rules import Template, UnknownTemplate


def get_template(key: str) -> Template:
    """Return the template with this key.

    Raises:
        UnknownTemplate: there is none.
    """
    row = DocumentTemplate.objects.filter(key=key).first()
    if row is None:
        raise UnknownTemplate(template=key)
    return _template(row)


def list_templates() -> tuple[Template, ...]:
    """Return every template, ordered by key."""
    return tuple(_template(row) for row in DocumentTemplate.objects.order_by("key"))


def _template(row: DocumentTemplate) -> Template:
    return Template(row.key, row.title, row.source, row.schema, row.digest, row.word)
