"""What a room will not make is said in the case, and made when its cause is mended."""

from functools import partial

import pytest

from shuzheng.infrastructure.access.rules import Actor, PostLacksPermission
from shuzheng.infrastructure.journal.queries import list_entries_of_case
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import ServiceRequest
from shuzheng.support.cases.queries import list_refused_services
from shuzheng.support.cases.rules import CaseNotFound
from shuzheng.support.cases.rules.flow_refusals import NothingRefused
from shuzheng.support.documents.rules import TemplateBroken
from shuzheng.support.licences import jobs
from shuzheng.support.messages.queries import list_messages
from tests.applications.browsers import citizen, official, words
from tests.support.cases.play import AT, NOODLES, on_post, submitted, wang, work_off
from tests.support.cases.refusals import refuses

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every document's template be broken."""

    def give_up(*_: object, **__: object) -> None:
        raise TemplateBroken(template="receipt", why="unknown variable: matter")

    monkeypatch.setattr(jobs, "issue_document", give_up)


def refused(applicant: Actor) -> str:
    number = submitted(applicant, NOODLES)
    work_off(AT)
    return number


def test_what_cannot_be_made_is_said_in_the_case_and_told_to_who_mends_it(broken) -> None:
    number = refused(wang())
    (found,) = list_refused_services(number)
    assert (found.case, found.operation) == (number, "documents.issue")
    assert "unknown variable: matter" in found.reason
    kinds = [entry.kind for entry in list_entries_of_case(number)]
    assert kinds.count("case.service_refused") == 1
    for post in ("service.supervisor", "data.administrator"):
        titles = [message.title for message in list_messages(post=post)]
        assert sum(number in title for title in titles) == 1, titles


def test_what_is_mended_is_made_when_it_is_asked_for_again(broken, monkeypatch) -> None:
    number = refused(wang())
    monkeypatch.undo()
    by = on_post("service.supervisor")
    assert cases.retry_services(number=number, by=by, at=AT) == 1
    work_off(AT)
    request = ServiceRequest.objects.get(case__number=number)
    assert (request.done_at, request.refused_at, request.refusal) == (request.done_at, None, "")
    assert request.result["document"]
    assert list_refused_services(number) == ()
    refuses(NothingRefused, cases.retry_services, number=number, by=by, at=AT)


def test_what_is_not_mended_is_refused_again(broken) -> None:
    number = refused(wang())
    cases.retry_services(number=number, by=on_post("service.supervisor"), at=AT)
    work_off(AT)
    assert len(list_refused_services(number)) == 1


def test_only_who_supervises_asks_again_and_only_the_system_refuses(broken) -> None:
    applicant = wang()
    number = refused(applicant)
    retry = partial(cases.retry_services, number=number, at=AT)
    for by in (applicant, on_post("service.window"), on_post("fire.reviewer")):
        refuses(PostLacksPermission, retry, by=by)
    refuses(
        CaseNotFound,
        cases.refuse_service,
        case_number=number,
        token="receipt",
        refusal=TemplateBroken(template="receipt", why=""),
        by=on_post("service.supervisor"),
        at=AT,
    )


def test_the_pages_say_so_and_the_supervisor_has_it_made_again(broken, monkeypatch) -> None:
    client, applicant = citizen()
    number = refused(applicant)
    assert "有一份文书或证照没有做成" in words(client.get(f"/my/cases/{number}/"))
    window = official("window")
    page = words(window.get(f"/desk/cases/{number}/"))
    assert "unknown variable: matter" in page
    assert "已改正，重新制作" not in page
    assert window.post(f"/desk/cases/{number}/retry/").status_code == 403
    supervisor = official("supervisor")
    assert "已改正，重新制作" in words(supervisor.get(f"/desk/cases/{number}/"))
    monkeypatch.undo()
    assert supervisor.post(f"/desk/cases/{number}/retry/").status_code == 302
    work_off(AT)
    assert "没有做成" not in words(client.get(f"/my/cases/{number}/"))
