"""The applicant asks that somebody not handle the case, and reads what became of it."""

import pytest

from shuzheng.support.cases.models import Recusal
from tests.applications.browsers import browser, citizen, official, stranger, words
from tests.support.cases.play import NOODLES, submitted, task

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


def test_the_applicant_names_a_handler_and_reads_the_decision() -> None:
    client, applicant = citizen()
    found = task(submitted(applicant, NOODLES), "receive")
    path = f"/my/cases/{found.case.number}/"
    assert "申请工作人员回避" not in words(client.get(path))
    official("window").post(f"/desk/tasks/{found.pk}/claim/")
    assert "window（收件审查）" in words(client.get(path))
    typed = {"task": str(found.pk), "grounds": ""}
    assert client.post(f"{path}recusal/", typed).status_code == 422
    assert client.post(f"{path}recusal/", {**typed, "task": "x"}).status_code == 404
    assert stranger().post(f"{path}recusal/", {**typed, "grounds": "有纠纷"}).status_code == 404
    assert client.post(f"{path}recusal/", {**typed, "grounds": "有纠纷"}).status_code == 302
    assert "待决定，办理不停止" in words(client.get(path))
    head = browser("supervisor", staff_number="QZ0003")
    decide = f"/desk/recusals/{Recusal.objects.get().pk}/"
    head.post(decide, {"verdict": "yes", "reasons": "确有纠纷"})
    assert "已回避 · 确有纠纷" in words(client.get(path))
