"""What keeps a flow from beginning by itself is told before: in content and on publishing."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.content.operations import check_city
from shuzheng.support.cases.rules.start_checks import Use, messages_begun_by_several, problems_of
from shuzheng.support.workflow.models import FlowVersion
from shuzheng.support.workflow.operations import publish_flow
from shuzheng.support.workflow.rules import FlowInvalid
from tests.support.cases.beginnings import CLOSE, TASK, begun_by, condition, start
from tests.support.cases.drawn import MESSAGE, message, timer
from tests.support.cases.play import AT
from tests.support.workflow.flow_drawing import drawing, flow_of

QUZHOU = settings.PROJECT_FOLDER / "cities" / "quzhou"
FOR_ONE = (Use("a", "甲", is_offered=False, has_entries=False),)
FOR_ENTRIES = (Use("a", "甲", is_offered=False, has_entries=True),)
OFFERED = (Use("a", "甲", is_offered=True, has_entries=False),)
PLAIN = start("")
BY_MESSAGE = start(message(), key="m1")
BY_CONDITION = start(condition("bad &gt; 0"), key="k")
Check = Callable[..., list[str]]


def codes(starts: str, *uses: Use, task: str = TASK, close: str = CLOSE) -> list[str]:
    """Return what is wrong with a flow of one task that begins so."""
    ids = [each.partition('"')[0] for each in starts.split('<startEvent id="')[1:]]
    edges = " ".join(f"{each}>t" for each in ids)
    flow = flow_of(f"{starts}{task}{close}", f"{edges} t>c c>e", head=MESSAGE)
    return [each.code for each in problems_of(flow, uses)]


@pytest.mark.parametrize(
    ("starts", "uses", "expected"),
    [
        (PLAIN, (), []),
        (PLAIN, OFFERED, []),
        (BY_MESSAGE, FOR_ONE, []),
        (BY_CONDITION, FOR_ENTRIES, []),
        (PLAIN, FOR_ENTRIES, []),
        (BY_MESSAGE + PLAIN, FOR_ENTRIES, []),
        (BY_MESSAGE, (), ["start-of-no-matter"]),
        (BY_MESSAGE, OFFERED, ["start-of-application"]),
        (PLAIN, (Use("a", "甲", True, True),), ["opened-by-application"]),
        (BY_MESSAGE, (*FOR_ONE, Use("b", "乙", False, False)), ["start-of-many-matters"]),
        (PLAIN, FOR_ONE, ["start-missing"]),
        (BY_MESSAGE + PLAIN, FOR_ONE, ["start-unreachable"]),
        (BY_CONDITION, FOR_ONE, ["start-unreachable"]),
        (BY_CONDITION + PLAIN, FOR_ENTRIES, ["start-unreachable"]),
        (BY_MESSAGE, FOR_ENTRIES, ["start-by-entry-missing"]),
        (start(message() + condition("x")), FOR_ONE, ["start-unreachable", "start-needs-several"]),
        (start(timer("timeCycle", "R/P1M")), FOR_ONE, []),
        (start(timer("timeDate", "2026-12-01T08:00:00")), FOR_ONE, []),
        (start(timer("timeDuration", "due")), FOR_ONE, ["start-timer-unreadable"]),
        (start(timer("timeCycle", "P1D")), FOR_ONE, ["start-timer-unreadable"]),
        (start(timer("timeCycle", "R0/P1D")), FOR_ONE, ["start-timer-unreadable"]),
        (start(timer("timeDate", "2026-13-01")), FOR_ONE, ["start-timer-unreadable"]),
        (start(timer("timeCycle", "R/PT5S")), FOR_ONE, ["start-timer-too-often"]),
    ],
)
def test_a_start_is_refused_by_its_code(
    starts: str, uses: tuple[Use, ...], expected: list[str]
) -> None:
    assert codes(starts, *uses) == expected


@pytest.mark.parametrize(
    ("task", "close", "expected"),
    [
        ('<userTask id="t" shuzheng:assignee="applicant"/>', CLOSE, "start-without-applicant"),
        ('<userTask id="t" shuzheng:duty="rule:{matter}"/>', CLOSE, "start-without-applicant"),
        (
            '<serviceTask id="t" shuzheng:operation="cases.accept"/>',
            CLOSE,
            "start-without-applicant",
        ),
        (TASK, '<userTask id="c"/><endEvent id="e"/>', "start-never-closed"),
    ],
)
def test_what_needs_an_applicant_or_never_closes_is_refused(
    task: str, close: str, expected: str
) -> None:
    assert codes(BY_MESSAGE, *FOR_ONE, task=task, close=close) == [expected]


def test_one_message_begins_one_matter() -> None:
    flow = flow_of(BY_MESSAGE + TASK + CLOSE, "m1>t t>c c>e", head=MESSAGE)
    found = list(messages_begun_by_several({"a": flow, "b": flow}))
    assert [(matter, each.code) for matter, each in found] == [
        ("a", "message-begins-several"),
        ("b", "message-begins-several"),
    ]
    assert "papers" in found[0][1].message
    assert list(messages_begun_by_several({"a": flow})) == []


# In a city's files


@pytest.fixture
def check_with(tmp_path: Path) -> Check:
    """Change one place of one file of a copy of Quzhou; returns the new problems."""

    def check(name: str, old: str, new: str) -> list[str]:
        folder = tmp_path / "quzhou"
        shutil.copytree(QUZHOU, folder)
        path = folder / name
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))
        return [
            f"{each.path.name} {each.field} {each.message}" for each in check_city(folder=folder)
        ]

    return check


@pytest.mark.parametrize(
    ("name", "old", "new", "where", "code"),
    [
        (
            *("matters/data_correction.yaml", "offered: false", "offered: true"),
            *("data_correction.bpmn rows_put_aside", "start-of-application"),
        ),
        (
            *("matters/data_correction.yaml", "flow: data_correction", "flow: registration"),
            *("data_correction.bpmn rows_put_aside", "start-of-no-matter"),
        ),
        (
            *("matters/data_correction.yaml", "collection.batch_collected", "quality.fault_found"),
            *("data_correction.yaml opened_by.0.entry", "entry-unknown"),
        ),
        (
            *("matters/data_correction.yaml", "fact: bad,", "fact: worse,"),
            *("data_correction.yaml opened_by.0.facts", "fact-unknown"),
        ),
        (
            *(
                "matters/data_correction.yaml",
                "offered: false",
                "offered: false\nsteps: [{title: 一, who: 二}]",
            ),
            *("data_correction.yaml steps", "matter-without-applicant"),
        ),
        (
            *(
                "bundles/open_restaurant.yaml",
                "matter: small_restaurant",
                "matter: data_correction",
            ),
            *("data_correction.yaml offered", "member-without-applicant"),
        ),
        (
            *("flows/data_correction.bpmn", "cases.close", "cases.close_member"),
            *("data_correction.bpmn close", "start-without-applicant"),
        ),
    ],
)
def test_a_citys_files_say_where_and_why(
    check_with: Check, name: str, old: str, new: str, where: str, code: str
) -> None:
    found = check_with(name, old, new)
    assert [each for each in found if each.startswith(where) and f"({code})" in each], found


# On publishing


@pytest.mark.usefixtures("city")
@pytest.mark.django_db
def test_a_drawing_that_no_matter_has_or_that_two_begin_with_is_not_published() -> None:
    begun_by("audit", BY_MESSAGE, head=MESSAGE)
    begun_by("other", start(timer("timeCycle", "R/P1D")))
    before = FlowVersion.objects.count()
    xml = drawing(BY_MESSAGE + TASK + CLOSE, "m1>t t>c c>e", head=MESSAGE)
    assert _refused("nobody", xml) == ["start-of-no-matter"]
    assert _refused("open_restaurant", xml) == ["start-of-application"]
    assert _refused("other", xml) == ["message-begins-several"]
    assert FlowVersion.objects.count() == before
    longer = drawing(start(timer("timeCycle", "R/P7D")) + TASK + CLOSE, "s>t t>c c>e")
    publish_flow(key="other", title="乙", xml=longer, by=system("tests"), at=AT)
    assert FlowVersion.objects.count() == before + 1


def _refused(key: str, xml: bytes) -> Any:
    with pytest.raises(FlowInvalid) as caught:
        publish_flow(key=key, title=key, xml=xml, by=system("tests"), at=AT)
    return [each.code for each in caught.value.problems]
