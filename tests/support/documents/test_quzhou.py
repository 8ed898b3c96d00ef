"""Every template of Quzhou, with the least data its schema allows."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from jsonschema import Draft202012Validator

from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.content.rules import load_city, registered_kinds
from shuzheng.support.documents.operations import render_document
from shuzheng.support.documents.queries import get_template, list_templates
from shuzheng.support.documents.rules import DataDoesNotFit, UnknownTemplate

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ISSUE = {
    "title": "标题",
    "number": "衢市监1号",
    "organ": "衢州市市场监督管理局",
    "date": "2026年11月23日",
    "code": "ABCDE-FGHJK-MNPQR-STVW0",
    "url": "http://127.0.0.1:8000/verify/ABCDEFGHJKMNPQRSTVW0",
    "city": "衢州市",
    "hotline": "12345",
    "review_organ": "衢州市人民政府",
    "court": "人民法院",
}
KEYS = (
    "acceptance_notice",
    "acceptance_revocation",
    "commitment_letter",
    "correction_notice",
    "extension_notice",
    "grant_revocation",
    "hearing_announcement",
    "hearing_record",
    "hearing_right",
    "licence_business_copy",
    "licence_drainage",
    "licence_end",
    "licence_fire_inspection",
    "licence_food",
    "licence_outdoor_advertising",
    "licence_small_restaurant",
    "non_acceptance",
    "receipt",
    "rectification_order",
    "resumption_notice",
    "ruling_grant",
    "ruling_refusal",
    "site_visit_record",
    "suspension_notice",
)
OF_THE_APPLICANT = {"commitment_letter"}
"""What the applicant declares: no organ seals it."""


@pytest.fixture
def templates(db):
    kinds = tuple(kind for kind in registered_kinds() if kind.name == "document_template")
    loaded = load_city(settings.PROJECT_FOLDER / "cities" / "quzhou", kinds, ())
    assert not [problem for problem in loaded.problems if "documents" in str(problem.path)]
    kinds[0].apply(loaded.library.list("document_template"), system("tests"), AT)


def least(schema):
    """Make the least value that a schema allows."""
    if "anyOf" in schema:
        return least(schema["anyOf"][0])
    match schema.get("type"):
        case "object":
            return {
                name: least(schema.get("properties", {}).get(name, {"type": "string"}))
                for name in schema.get("required", ())
            }
        case "array":
            return [least(schema["items"])] * schema.get("minItems", 0)
        case "integer":
            return schema.get("minimum", 1)
        case _:
            return "文字"


def test_quzhou_has_exactly_these_templates(templates):
    assert tuple(each.key for each in list_templates()) == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_the_least_data_is_enough_and_fits_one_page(key, templates):
    template = get_template(key)
    data = least(template.schema)
    Draft202012Validator(template.schema).validate(data)
    pdf = render_document(template=key, data={**data, "issue": ISSUE}, at=AT, verification_url="u")
    assert b"/Count 1" in pdf
    assert (b"(seal)" in pdf) == (key not in OF_THE_APPLICANT)


@pytest.mark.parametrize("key", KEYS)
def test_each_required_field_is_really_required(key, templates):
    template = get_template(key)
    for name in template.schema["required"]:
        data = {field: value for field, value in least(template.schema).items() if field != name}
        with pytest.raises(DataDoesNotFit):
            render_document(template=key, data={**data, "issue": ISSUE}, at=AT)


def test_a_long_document_runs_over_pages(templates):
    data = {**least(get_template("ruling_refusal").schema), "reasons": "事实清楚，理由充分。" * 400}
    pdf = render_document(template="ruling_refusal", data={**data, "issue": ISSUE}, at=AT)
    assert b"/Count 5" in pdf


def test_an_unknown_template_is_refused(db):
    with pytest.raises(UnknownTemplate) as refusal:
        render_document(template="poem", data={}, at=AT)
    assert "没有编码为“poem”的文书模板" in str(refusal.value)
