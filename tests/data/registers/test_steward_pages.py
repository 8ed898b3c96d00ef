"""Who looked at my data, and the steward's desk, as pages."""

from datetime import timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from shuzheng.data.registers.operations import read_record, report_difference
from shuzheng.data.registers.queries import list_differences, list_objections
from shuzheng.data.registers.rules import READ_RECORDS
from shuzheng.infrastructure.access.rules import Actor, system
from shuzheng.infrastructure.journal.queries import list_reads_of_person
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.support.identity.models import Account
from shuzheng.support.identity.operations import create_account
from tests.cities import apply_kinds
from tests.data.conftest import ID_NUMBER

ADDRESS = "/my/data-access/"
ZONE = ZoneInfo("Asia/Shanghai")


def browser_of(username, at, **who):
    row = create_account(
        username=username, display_name=username, password="x", by=system("tests"), at=at, **who
    )
    browser = Client()
    browser.force_login(Account.objects.get(public_id=row.id))
    return browser


@pytest.fixture
def citizen_browser(person, at):
    return browser_of("xiaoman", at, id_number=ID_NUMBER)


@pytest.fixture
def steward_browser(person, at):
    apply_kinds("department", "post", "staff", at=at)
    return browser_of("steward", at, staff_number="QZ0015")


@pytest.fixture
def reading(person, official, at):
    apply_kinds("department", "post", "staff", at=at)
    read_record(
        register="persons",
        reference=person,
        fields=("name", "address"),
        purpose="审查收件",
        case="QZ-9",
        by=official(READ_RECORDS),
        at=at,
    )
    return list_reads_of_person(person)[0].id


def test_a_person_sees_who_read_what_why_and_for_which_case(citizen_browser, reading):
    page = citizen_browser.get(ADDRESS).content.decode()
    for words in ("综合窗口", "人口库：姓名、户籍地址", "审查收件", "QZ-9", "提出异议"):
        assert words in page


def test_a_person_objects_on_the_page(citizen_browser, reading):
    page = citizen_browser.get(f"{ADDRESS}{reading}/").content.decode()
    assert "审查收件" in page
    assert citizen_browser.post(f"{ADDRESS}{reading}/", {"text": ""}).status_code == 422
    assert list_objections() == ()
    assert citizen_browser.post(f"{ADDRESS}{reading}/", {"text": "不是我的件"}).status_code == 302
    assert list_objections()[0].text == "不是我的件"
    assert "正在核实" in citizen_browser.get(f"{ADDRESS}{reading}/").content.decode()


def test_readings_of_others_are_not_there(reading, other_person, at):
    other = browser_of("other", at, id_number="330000199502149014")
    assert "还没有人查阅过您的信息" in other.get(ADDRESS).content.decode()
    assert other.get(f"{ADDRESS}{reading}/").status_code == 404
    assert other.post(f"{ADDRESS}{reading}/", {"text": "x"}).status_code == 404
    assert list_objections() == ()


def test_a_visitor_is_led_to_the_sign_in(db):
    assert Client().get(ADDRESS).status_code == 302


def test_the_steward_answers_an_objection(citizen_browser, steward_browser, reading):
    citizen_browser.post(f"{ADDRESS}{reading}/", {"text": "不是我的件"})
    (row,) = list_objections()
    assert "不是我的件" in steward_browser.get("/data/disputes/").content.decode()
    address = f"/data/objections/{row.id}/"
    assert steward_browser.post(address, {"answer": ""}).status_code == 422
    assert steward_browser.post(address, {"answer": "已核实"}).status_code == 302
    assert "已核实" in citizen_browser.get(f"{ADDRESS}{reading}/").content.decode()


def test_the_steward_sees_both_values_and_decides(citizen_browser, steward_browser, person, at):
    number = report_difference(
        register="persons",
        reference=person,
        field="address",
        claimed="县学街1号",
        case="QZ-9",
        by=Actor(kind="person", account="a", name="陈小满", person=person),
        at=at,
    )
    address = f"/data/disputes/{number}/"
    page = steward_browser.get(address).content.decode()
    assert "县学街1号" in page
    assert "浙江省衢州市柯城区水亭街198号" in page
    assert steward_browser.post(address, {"reason": "属实"}).status_code == 422
    decision = {"outcome": "upheld", "reason": "属实"}
    assert steward_browser.post(address, decision).status_code == 302
    assert list_differences()[0].state == "upheld"
    assert steward_browser.post(address, decision).status_code == 409
    assert "处理数据异议" in citizen_browser.get(ADDRESS).content.decode()


def test_nobody_else_opens_the_stewards_desk(citizen_browser, person):
    for address in (
        "/data/disputes/",
        f"/data/disputes/{uuid4()}/",
        f"/data/objections/{uuid4()}/",
    ):
        assert citizen_browser.get(address).status_code == 403
        assert Client().get(address).status_code == 302


def test_what_is_not_there_is_not_found(steward_browser):
    assert steward_browser.get(f"/data/disputes/{uuid4()}/").status_code == 404
    assert steward_browser.get(f"/data/objections/{uuid4()}/").status_code == 404


def test_a_wrong_name_in_the_register_is_told_to_the_steward(citizen_browser, person):
    told = {"field": "name", "claimed": "陈小曼"}
    assert "登记的信息有误" in citizen_browser.get(ADDRESS).content.decode()
    assert citizen_browser.post(f"{ADDRESS}wrong/", {}).status_code == 422
    same = citizen_browser.post(f"{ADDRESS}wrong/", {**told, "claimed": "陈小满"})
    assert (same.status_code, "与登记的相同" in same.content.decode()) == (422, True)
    assert list_differences() == ()
    assert citizen_browser.post(f"{ADDRESS}wrong/", told).status_code == 200
    (row,) = list_differences()
    assert (row.field, row.case, row.state) == ("name", "", "open")


def test_equal_readings_of_a_day_are_one_row_with_their_times(
    citizen_browser, person, official, at
):
    apply_kinds("department", "post", "staff", at=at)
    for minutes in (0, 1, 1, 60 * 24):
        read_record(
            register="persons",
            reference=person,
            fields=("name",),
            purpose="审查收件",
            case="QZ-9",
            by=official(READ_RECORDS),
            at=at + timedelta(minutes=minutes),
        )
    page = citizen_browser.get(ADDRESS).content.decode()
    first, second = (f"{(at + timedelta(minutes=each)).astimezone(ZONE):%H:%M}" for each in (0, 1))
    day = get_calendar().local_day(at).isoformat()
    assert f"{day}，3 次：{second}、{first}" in page
    assert page.count("审查收件") == 2


def test_what_the_system_compared_is_told_without_the_programs_name(citizen_browser, person, at):
    read_record(
        register="persons",
        reference=person,
        fields=("name",),
        purpose="核验注册人的真实身份",
        case="",
        by=system("identity.real_name"),
        at=at,
    )
    page = citizen_browser.get(ADDRESS).content.decode()
    assert "系统自动核对" in page
    assert "identity.real_name" not in page
