from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.storage.queries import read_file
from shuzheng.policy.citations import Citation
from shuzheng.support.licences.operations import correct_licence, revoke_licence
from tests.support.licences.conftest import issue

REVOCATION = Citation(
    law="行政许可法",
    version=date(2019, 4, 23),
    article="第六十九条",
    says="可以撤销",
    verified=True,
)


@pytest.fixture(autouse=True)
def _frozen(at):
    with time_machine.travel(at, tick=False):
        yield


def show(client: Client, code: str, status: int = 200) -> str:
    answer = client.get(reverse("licences:verify", args=[code]))
    assert answer.status_code == status
    return answer.content.decode()


def compare(client: Client, code: str, content: bytes) -> str:
    upload = SimpleUploadedFile("licence.pdf", content, content_type="application/pdf")
    answer = client.post(reverse("licences:verify", args=[code]), {"file": upload})
    assert answer.status_code == 200
    return answer.content.decode()


def test_anyone_sees_that_a_licence_is_in_force_but_not_its_holder(issued, client):
    shown = show(client, issued.code)
    assert "真实，现行有效" in shown
    assert issued.identifier in shown
    assert issued.sha256 in shown
    assert "衢州市****亭面馆" in shown
    assert "水亭面馆" not in shown
    assert "王小明" not in shown
    assert "person-1" not in shown


def test_a_revoked_licence_is_shown_as_revoked_with_the_law(issued, client, at):
    revoke_licence(
        code=issued.code, reasons="隐瞒情况", citation=REVOCATION, by=system("tests"), at=at
    )
    shown = show(client, issued.code)
    assert "已撤销" in shown
    assert "现行有效" not in shown
    assert "《行政许可法》(2019-04-23)第六十九条" in shown
    assert "隐瞒情况" not in shown


def test_an_expired_licence_is_shown_as_expired(issued, client):
    with time_machine.travel(datetime(2031, 11, 22, 20, tzinfo=UTC), tick=False):
        assert "已过有效期" in show(client, issued.code)
    with time_machine.travel(datetime(2031, 11, 22, 2, tzinfo=UTC), tick=False):
        assert "真实，现行有效" in show(client, issued.code)


def test_a_replaced_licence_does_not_give_away_the_new_code(issued, client, at):
    new = correct_licence(code=issued.code, facts={}, reasons="更正", by=system("tests"), at=at)
    shown = show(client, issued.code)
    assert "已换发新版" in shown
    assert new.code not in shown


def test_a_document_is_shown_with_its_recipient_masked(ruled, client):
    shown = show(client, ruled.code)
    assert "真实的文书" in shown
    assert "王**" in shown
    assert "王小明" not in shown


def test_an_unknown_code_is_not_found(db, client):
    assert "没有查到这个核验码" in show(client, "ABCDEFGHJKMNPQRSTVW0", status=404)


def test_a_typed_code_leads_to_its_page_and_a_wrong_one_is_kept(db, client):
    address = reverse("licences:enter_code")
    answer = client.get(address, {"code": "abcde-fghjk-mnpqr-stvwo"})
    assert answer["Location"] == reverse("licences:verify", args=["ABCDEFGHJKMNPQRSTVW0"])
    wrong = client.get(address, {"code": "<b>zu kurz"})
    assert wrong.status_code == 422
    assert "&lt;b&gt;zu kurz" in wrong.content.decode()
    assert client.get(address).status_code == 200


def test_the_issued_file_is_recognised(issued, client):
    assert "一个字节也没有改动" in compare(client, issued.code, read_file(issued.sha256))


def test_a_tampered_file_is_refused(issued, client):
    content = bytearray(read_file(issued.sha256))
    content[2000] ^= 1
    assert "文件不一致" in compare(client, issued.code, bytes(content))


def test_a_page_added_after_the_seal_is_refused(issued, client):
    content = read_file(issued.sha256) + b"\n% added\n"
    assert "文件不一致" in compare(client, issued.code, content)


def test_the_file_of_another_licence_is_told_apart(issued, client, at):
    other = issue(at=at, token="token-2")
    assert "不是这一份" in compare(client, issued.code, read_file(other.sha256))


def test_what_is_no_pdf_or_too_large_or_missing_gets_a_clear_word(issued, client):
    assert "不是 PDF 文件" in compare(client, issued.code, b"\xff\xd8 photo")
    assert "文件太大" in compare(client, issued.code, b"%PDF" + bytes(5 * 2**20))
    answer = client.post(reverse("licences:verify", args=[issued.code]))
    assert "没有选择文件" in answer.content.decode()


def test_codes_cannot_be_tried_without_end(db, client):
    """Twice what a minute allows: it may turn in between, by the database's clock."""
    path = reverse("licences:verify", args=["ABCDEFGHJKMNPQRSTVW0"])
    assert any(client.get(path).status_code == 429 for _ in range(2 * 60 + 1))
