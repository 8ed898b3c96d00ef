"""Somebody opens a restaurant in Quzhou from a phone; four departments handle it together."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.houses import House
from tests.journeys.moves import (
    accept,
    answer,
    ask_correction,
    choose_place,
    confirm_visit,
    do_task,
    everybody_grants,
    fill_in,
    find_guide,
    grant,
    record_visit,
    refuse,
    submit,
    until,
    upload_again,
    upload_everything,
)
from tests.journeys.people import Person, people_of

pytestmark = pytest.mark.journey
ANSWERS = {
    "makes_fumes": "true",
    "subject": "new",
    "drains": "public_sewer",
    "signboard": "large_advertising",
    "fire_commitment": "true",
}
FORM = {
    "you": {},
    "shop": {"business_name": "衢州市柯城区大勺饭店", "seats": "120"},
    "business": {
        "manager_name": "郑大勺",
        "grease_trap_cubic_metres": "2.5",
        "advertising_square_metres": "20",
        "fire_exits": "2",
    },
    "confirm": {},
}


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_a_restaurant_opens(house: House, width: str, tmp_path: Path) -> None:
    with people_of(house, reads_english=True) as people:
        citizen = people.be("zhengdashao", width)
        number = _apply(citizen)
        do_task(
            people.be("window"),
            number,
            ask_correction("店铺布局图看不清，请重新上传"),
            picture="desk-receive",
        )
        _correct(citizen, number)
        do_task(people.be("window"), number, accept)
        do_task(people.be("firechief"), number, grant)
        do_task(people.be("market"), number, grant)
        until_opened(people.be("market"), number, "食品经营许可")
        do_task(
            people.be("market"),
            number,
            record_visit(datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()),
        )
        confirm_visit(people.be("housing"), number)
        _suspend_and_resume(people.be("market"), number)
        everybody_grants(
            people,
            number,
            [
                ("market", "review"),
                ("marketchief", "rule"),
                ("housing", "review"),
                ("housingchief", "rule"),
                ("enforcement", "review"),
            ],
        )
        do_task(people.be("enforcementchief"), number, refuse("广告位超出建筑轮廓。"))
        _receive(citizen, number, tmp_path)
        _look_back(citizen)
        _check_as_anyone(people.visitor(width), citizen, number)
        _sign_for_hand_over(people.be("market"), number)
        _audit(people.be("auditor"), number, tmp_path)
        for reader in (citizen, people.be("market"), people.be("marketchief")):
            _read_messages(reader)
        assert people.faults == []


def _apply(citizen: Person) -> str:
    find_guide(citizen, "我要开饭店")
    citizen.check_access()
    citizen.picture("guide")
    number = choose_place(citizen, "信安天街")
    answer(citizen, **ANSWERS)
    assert citizen.reads("选址核验通过")
    assert citizen.reads("需要办理 5 个事项")
    citizen.picture("overview")
    fill_in(citizen, number, FORM, ["hot", "cold"])
    upload_everything(citizen, number)
    submit(citizen, number)
    assert citizen.reads(number)
    citizen.picture("submitted")
    return number


def _correct(citizen: Person, number: str) -> None:
    citizen.go(f"/my/cases/{number}/")
    assert citizen.reads("店铺布局图看不清")
    citizen.click("去补正")
    upload_again(citizen, number, "layout_plan")
    submit(citizen, number, "提交补正")


def until_opened(official: Person, number: str, title: str) -> None:
    """Wait until the worker has opened what waited for the registration."""
    official.go(f"/desk/cases/{number}/")
    until(official, title)


def _suspend_and_resume(reviewer: Person, number: str) -> None:
    reviewer.go(f"/desk/cases/{number}/")
    reviewer.click("食品经营许可")
    reviewer.unfold("启动特别程序")
    reviewer.page.select_option('main [name="kind"]', "expert_review")
    reviewer.fill("reason", "冷食间设置需要专家评审")
    reviewer.click("启动特别程序")
    assert reviewer.reads("期限已中止")
    reviewer.picture("desk-suspended")
    reviewer.fill("result", "专家同意冷食间设置")
    reviewer.click("结束特别程序")
    assert not reviewer.reads("期限已中止")


def _receive(citizen: Person, number: str, folder: Path) -> None:
    citizen.go(f"/my/cases/{number}/")
    until(citizen, "已办结")
    until(citizen, "食品经营许可证")
    assert citizen.reads("广告位超出建筑轮廓")
    for each in citizen.page.locator('main summary:has-text("不服怎么办")').all():
        each.click()
    assert citizen.reads("行政复议")
    citizen.check_access()
    citizen.picture("case")
    with citizen.page.expect_download() as download:
        citizen.page.click('main a:has-text("食品经营许可证")')
    licence = folder / "licence.pdf"
    download.value.save_as(licence)
    said = subprocess.run(["pdfsig", licence], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in said
    citizen.page.check("main #level-5")
    citizen.click("提交评价")
    assert citizen.reads("5 分")


def _read_messages(reader: Person) -> None:
    reader.go("/messages/")
    reader.check_access()
    reader.page.locator('main a[href^="/messages/"]').first.click()
    reader.check_access()


def _look_back(citizen: Person) -> None:
    citizen.go("/my/data-access/")
    assert citizen.reads("综合窗口")
    citizen.check_access()
    citizen.picture("data-access")


def _check_as_anyone(visitor: Person, citizen: Person, number: str) -> None:
    citizen.go(f"/my/cases/{number}/")
    address = citizen.page.get_attribute('main a[href^="/verify/"]', "href")
    assert address is not None
    visitor.go(address)
    assert visitor.reads("真实，现行有效")
    visitor.check_access()
    visitor.picture("verify")
    visitor.go("/decisions/")
    assert visitor.reads("衢州市柯城区大勺饭店")
    visitor.go(f"/my/cases/{number}/")
    assert "/accounts/login/" in visitor.page.url


def _sign_for_hand_over(official: Person, number: str) -> None:
    official.go("/desk/hand-overs/")
    assert official.reads(number)
    official.click("签收")
    assert official.reads("已签收")


def _audit(auditor: Person, number: str, folder: Path) -> None:
    auditor.go(f"/desk/cases/{number}/journal/")
    assert auditor.reads("受理")
    assert auditor.reads("期限中止")
    auditor.check_access()
    auditor.picture("desk-journal")
    with auditor.page.expect_download() as download:
        auditor.page.click('main a:has-text("下载证明")')
    proof = folder / "proof.json"
    download.value.save_as(proof)
    log = auditor.house.folder / "log"
    for place in (log, proof):
        command = ["journal", "verify", str(place), "--key", str(log / "keys")]
        told = subprocess.run(
            [sys.executable, "-m", "shuzheng.site.command", *command],
            capture_output=True,
            text=True,
            check=False,
        )
        assert told.returncode == 0, told.stdout + told.stderr
