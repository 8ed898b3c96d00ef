"""Whatever is drafted by one person and reviewed by another is so in the database too."""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import models
from django.db.models import F, Q

ANOTHER = Q(reviewed_by="") | ~Q(reviewed_by=F("drafted_by"))


def own_reviews(tables: Iterable[type[models.Model]]) -> Iterator[str]:
    """Yield the tables of drafts that would let the drafter review."""
    for table in tables:
        columns = {field.name for field in table._meta.get_fields()}
        if {"drafted_by", "reviewed_by"} <= columns and ANOTHER not in _conditions(table):
            yield table.__name__


def _conditions(table: type[models.Model]) -> list[Q]:
    checks = (each for each in table._meta.constraints if isinstance(each, models.CheckConstraint))
    return [each.condition for each in checks]


def test_no_draft_is_reviewed_by_its_drafter():
    assert list(own_reviews(apps.get_models())) == []


def test_there_are_drafts_to_look_at():
    columns = {
        table.__name__: {field.name for field in table._meta.get_fields()}
        for table in apps.get_models()
    }
    reviewed = {name for name, found in columns.items() if {"drafted_by", "reviewed_by"} <= found}
    assert reviewed == {"DecisionDraft", "FlowDraft"}


def test_a_draft_its_drafter_could_review_is_noticed():
    class Loose(models.Model):
        drafted_by = models.CharField(max_length=80)
        reviewed_by = models.CharField(max_length=80)

        class Meta:
            app_label = "elsewhere"
            managed = False

    apps.all_models.pop("elsewhere")
    assert list(own_reviews([Loose])) == ["Loose"]
