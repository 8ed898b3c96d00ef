"""After a task is done the desk says what happened and what comes next; texts help to write."""

import pytest

from tests.applications.browsers import citizen, official, words
from tests.support.cases.play import NOODLES, accepted, member, submitted, task, wang

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


def test_what_was_done_is_said_with_what_comes_next_and_the_next_task() -> None:
    first, second = submitted(wang(), NOODLES), submitted(wang(), NOODLES)
    found, other = task(first, "receive"), task(second, "receive")
    window = official("window")
    answer = window.post(f"/desk/tasks/{found.pk}/accept/")
    page = window.get(answer.headers["Location"])
    said = words(page)
    assert "已受理" in said
    assert "下一步 ：" in said or "下一步：" in said
    assert "审查（市场监管审查岗" in said
    assert f"办下一件：收件审查 {second}" in said
    assert f'href="/desk/tasks/{other.pk}/"' in page.content.decode()


def test_what_somebody_else_did_is_not_said() -> None:
    found = task(submitted(wang(), NOODLES), "receive")
    official("window").post(f"/desk/tasks/{found.pk}/accept/")
    other = official("window2")
    for done in (found.pk, "x", "99999999999999999999"):
        assert "已提交" not in words(other.get(f"/desk/?done={done}")).partition("今天要做的")[0]
    client, _ = citizen()
    assert client.get(f"/desk/?done={found.pk}").status_code == 403


def test_a_text_is_chosen_edited_and_sent() -> None:
    shop = member(accepted(wang(), NOODLES), "small_restaurant")
    found = task(shop, "review")
    market = official("market")
    page = words(market.get(f"/desk/tasks/{found.pk}/"))
    assert f"经审查，{shop}“小餐饮店登记”" in page or "建议准予" in page
    chosen = market.get(f"/desk/tasks/{found.pk}/?text=review_refuse").content.decode()
    assert 'value="refuse" checked' in chosen
    assert "存在以下不符合法定条件的情形" in chosen.partition('name="opinion"')[2]
    typed = {"advice": "refuse", "opinion": "改过的意见"}
    market.post(f"/desk/tasks/{found.pk}/review/", typed)
    found.refresh_from_db()
    assert found.outcome["opinion"] == "改过的意见"
