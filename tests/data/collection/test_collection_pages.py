"""The steward sees what came in and what was put aside; nobody else does."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from shuzheng.data.collection.models import DatasetDefinition
from shuzheng.data.collection.operations import collect
from shuzheng.infrastructure.access.rules import system
from shuzheng.support.identity.models import Account
from shuzheng.support.identity.operations import create_account
from tests.cities import apply_kinds
from tests.data.collection.test_collecting import CONTENT
from tests.data.collection.test_snapshots import PEOPLE, file, take


@pytest.fixture
def batch(registers, at):
    return collect(
        dataset="police_persons",
        filename="police_persons.csv",
        content=CONTENT,
        on=date(2026, 11, 23),
        by=system("tests"),
        at=at,
    )


def browser_of(staff_number, at):
    row = create_account(
        username=staff_number.lower(),
        display_name="x",
        staff_number=staff_number,
        by=system("tests"),
        at=at,
    )
    browser = Client()
    browser.force_login(Account.objects.get(public_id=row.id))
    return browser


def test_the_steward_sees_deliveries_and_why_rows_were_put_aside(batch, at):
    apply_kinds("department", "post", "staff", at=at)
    steward = browser_of("QZ0015", at)
    assert "人口基础信息" in steward.get("/data/collection/").content.decode()
    page = steward.get(f"/data/collection/{batch.id}/").content.decode()
    assert "“公民身份号码”不是有效的公民身份号码" in page
    assert "330000198805219004" not in page
    assert steward.get(f"/data/collection/{uuid4()}/").status_code == 404


def test_nobody_else_does(batch, at):
    apply_kinds("department", "post", "staff", at=at)
    clerk = browser_of("QZ0001", at)
    for address in ("/data/collection/", f"/data/collection/{batch.id}/"):
        assert clerk.get(address).status_code == 403
        assert Client().get(address).status_code == 302


def test_the_steward_decides_at_the_page_what_a_whole_file_left_out(registers, at):
    apply_kinds("department", "post", "staff", at=at)
    definition = DatasetDefinition.objects.get(key="police_persons")
    definition.definition |= {"delivers": "everything"}
    definition.save()
    take(file(*PEOPLE), at)
    held = take(file(PEOPLE[0], day="2026-02-01"), at)
    address = f"/data/collection/{held.id}/"
    steward = browser_of("QZ0015", at)
    assert "4 条中有 3 条不在文件里，超过 5%" in steward.get(address).content.decode()
    assert "等待确认" in steward.get("/data/collection/").content.decode()
    answer = {"decision": "end", "reason": ""}
    assert steward.post(f"{address}endings/", answer).status_code == 422
    assert browser_of("QZ0001", at).post(f"{address}endings/", answer).status_code == 403
    answer["reason"] = "已向公安核实"
    assert steward.post(f"{address}endings/", answer).status_code == 302
    assert "3 条记录已终止" in steward.get(address).content.decode()
