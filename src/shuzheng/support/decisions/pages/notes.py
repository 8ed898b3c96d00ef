"""Remarks on a decision, in the reader's language."""

from django.utils.translation import gettext

from shuzheng.infrastructure.web.operations import say_sentence
from shuzheng.support.decisions.rules import Note


def say_note(note: Note) -> str:
    """Write why a value became null, and in which function or element."""
    said = say_sentence(note.sentence)
    where = gettext(note.where) if note.where else ""
    return gettext("%(where)s：%(said)s") % {"where": where, "said": said} if where else said
