"""A rule published in the browser and the city's files: neither silently undoes the other."""

import shutil

import pytest
from click.testing import CliRunner
from django.conf import settings

from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.content.operations import apply_city, export_city, plan_city
from shuzheng.infrastructure.content.rules import EditedInBrowser, NotEdited
from shuzheng.infrastructure.journal.models import Entry
from shuzheng.site.command import main
from shuzheng.support.decisions.models import DecisionVersion
from shuzheng.support.decisions.operations import (
    publish_draft,
    review_draft,
    save_draft,
    send_to_review,
    withdraw_decision,
)
from shuzheng.support.decisions.queries import get_decision
from shuzheng.support.decisions.rules import Case, write_cases
from shuzheng.support.decisions.rules.entries import (
    DRAFT_DECISION,
    PUBLISH_DECISION,
    REVIEW_DECISION,
)
from tests.support.decisions.models_of_rules import table_model

pytestmark = pytest.mark.django_db
EXAMPLE = settings.PROJECT_FOLDER / "cities" / "example"
SMALL = Case(name="五十平方米是小的", given={"area": 50}, expect="small")


def model(bound):
    rules = ((f"<= {bound}", '"small"'), (f"> {bound}", '"large"'))
    return table_model(("area",), rules, types=("number",))


@pytest.fixture
def folder(tmp_path, at):
    """A city with one decision, applied."""
    city = shutil.copytree(EXAMPLE, tmp_path / "qingshi")
    decisions = city / "decisions"
    decisions.mkdir()
    (decisions / "area.yaml").write_text("key: area\ntitle: 面积\ndepartment: hall\n")
    (decisions / "area.dmn").write_bytes(model(50))
    apply(city, at)
    return city


@pytest.fixture
def publish(official, at):
    """Publish a bound and examples in the browser."""

    def run(bound, cases=(SMALL,)):
        drafter = official(DRAFT_DECISION, post="market.reviewer", department="hall")
        draft = save_draft(
            base=get_decision("area").id,
            xml=model(bound),
            cases=write_cases(cases),
            reasons="调整",
            by=drafter,
            at=at,
        )
        send_to_review(draft=draft, by=drafter, at=at)
        chief = official(REVIEW_DECISION, post="market.chief", department="hall")
        review_draft(draft=draft, verdict="approve", reasons="", by=chief, at=at)
        return publish_draft(
            draft=draft, by=official(PUBLISH_DECISION, post="data.administrator"), at=at
        )

    return run


def apply(folder, at, **more):
    return apply_city(folder=folder, by=system("tests"), reason="试", at=at, **more)


def in_force():
    return get_decision("area").model.decide("decision", {"area": 55}).value


def test_files_that_did_not_change_leave_what_was_published(folder, publish, at):
    publish(60)
    plan = apply(folder, at)
    assert [each.name for each in plan.kept] == ["decision:area"]
    assert (plan.changes, get_decision("area").number, in_force()) == ((), 2, "small")
    entry = Entry.objects.get(kind="content.edited")
    assert (entry.subject, entry.facts["published_as"]) == ("content:decision:area", "第 2 版")


def test_changed_files_against_what_was_published_are_refused_whole(folder, publish, at):
    publish(60)
    (folder / "decisions/area.dmn").write_bytes(model(40))
    (folder / "decisions/other.yaml").write_text("key: other\ntitle: 另一张\n")
    (folder / "decisions/other.dmn").write_bytes(model(10))
    assert [each.name for each in plan_city(folder=folder, at=at).conflicts] == ["decision:area"]
    with pytest.raises(EditedInBrowser, match=r"official-data\.administrator"):
        apply(folder, at)
    assert list(DecisionVersion.objects.values_list("key", "number")) == [("area", 2), ("area", 1)]
    assert Entry.objects.filter(kind="content.applied").count() == 1
    assert in_force() == "small"


def test_a_start_keeps_what_was_published_and_applies_the_rest(folder, publish, at):
    publish(60)
    (folder / "decisions/area.dmn").write_bytes(model(40))
    (folder / "decisions/other.yaml").write_text("key: other\ntitle: 另一张\n")
    (folder / "decisions/other.dmn").write_bytes(model(10))
    plan = apply(folder, at, keep_published=True)
    assert [str(each) for each in plan.changes] == ["新增 decision other"]
    assert (get_decision("other").number, in_force()) == (1, "small")
    with pytest.raises(EditedInBrowser):
        apply(folder, at)


def test_files_prevail_where_somebody_says_so(folder, publish, at):
    publish(60)
    (folder / "decisions/area.dmn").write_bytes(model(40))
    with pytest.raises(NotEdited, match="decision:elsewhere"):
        apply(folder, at, overwrite=("decision:area", "decision:elsewhere"))
    apply(folder, at, overwrite=("decision:area",))
    assert (get_decision("area").number, in_force()) == (3, "large")
    told = Entry.objects.filter(kind="content.applied", facts__overwritten=["decision:area"])
    assert told.count() == 1
    (folder / "decisions/area.dmn").write_bytes(model(30))
    assert apply(folder, at).count("change") == 1


def test_what_was_published_is_written_back_into_the_files(folder, publish, at):
    publish(60)
    written = export_city(folder=folder)
    assert [path.name for path in written] == ["area.dmn", "area.cases.yaml"]
    assert (folder / "decisions/area.dmn").read_bytes() == model(60)
    plan = apply(folder, at)
    assert (plan.count("change"), plan.kept, get_decision("area").number) == (1, (), 2)
    assert export_city(folder=folder) == ()
    assert apply(folder, at).changes == ()
    (folder / "decisions/area.dmn").write_bytes(model(70))
    apply(folder, at)
    assert get_decision("area").number == 3


def test_examples_that_were_all_removed_go_from_the_files_too(folder, publish, at):
    publish(60)
    export_city(folder=folder)
    apply(folder, at)
    publish(60, cases=())
    assert [path.name for path in export_city(folder=folder)] == ["area.cases.yaml"]
    assert not (folder / "decisions/area.cases.yaml").exists()
    assert apply(folder, at).conflicts == ()
    assert get_decision("area").number == 3


def test_writing_back_does_not_lose_what_changed_in_the_files(folder, publish, at):
    publish(60)
    (folder / "decisions/area.dmn").write_bytes(model(40))
    with pytest.raises(EditedInBrowser):
        export_city(folder=folder)
    assert (folder / "decisions/area.dmn").read_bytes() == model(40)
    export_city(folder=folder, overwrite=("decision:area",))
    assert (folder / "decisions/area.dmn").read_bytes() == model(60)
    assert apply(folder, at).conflicts == ()


def test_a_published_rule_does_not_go_with_its_files_unless_told(folder, publish, at):
    publish(60)
    for path in (folder / "decisions").iterdir():
        path.unlink()
    with pytest.raises(EditedInBrowser, match="文件中已删去"):
        apply(folder, at)
    assert export_city(folder=folder) == ()
    assert get_decision("area").number == 2
    apply(folder, at, overwrite=("decision:area",))
    assert not DecisionVersion.objects.filter(withdrawn_at=None).exists()


def test_what_was_published_and_then_withdrawn_stays_withdrawn(folder, publish, at):
    publish(60)
    withdraw_decision(key="area", by=system("tests"), at=at)
    plan = apply(folder, at)
    assert ([each.name for each in plan.kept], plan.changes) == (["decision:area"], ())
    assert not DecisionVersion.objects.filter(withdrawn_at=None).exists()


def test_the_commands_say_the_same(folder, publish):
    publish(60)

    def shuzheng(*words):
        return CliRunner().invoke(main, [str(word) for word in words])

    kept = shuzheng("plan", folder)
    assert (kept.exit_code, kept.output.splitlines()[-1]) == (0, "0 处变化。")
    assert kept.output.startswith("= decision:area：official-data.administrator 在网页上发布了第 2")
    (folder / "decisions/area.dmn").write_bytes(model(40))
    conflict = shuzheng("plan", folder)
    assert conflict.exit_code == 1
    assert conflict.output.startswith("! decision:area：")
    assert conflict.output.endswith("Error: 1 处冲突，不能应用。\n")
    refused = shuzheng("apply", folder, "--by", "邵清源", "--reason", "试")
    assert refused.exit_code == 1
    assert "--overwrite decision:area" in refused.output
    refused = shuzheng("export", folder)
    assert refused.exit_code == 1
    assert (folder / "decisions/area.dmn").read_bytes() == model(40)
    written = shuzheng("export", folder, "--overwrite", "decision:area")
    assert written.output.endswith(f"{folder}：写了 2 个文件。\n")
    applied = shuzheng("apply", folder, "--by", "邵清源", "--reason", "试")
    assert (applied.exit_code, applied.output) == (0, f"{folder.name}：应用了 1 处变化。\n")
