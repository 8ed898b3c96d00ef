"""Plan and apply, on a copy of the invented city."""

import shutil
from datetime import timedelta

import pytest
from django.conf import settings

from shuzheng.infrastructure.access.rules import PostLacksPermission, system
from shuzheng.infrastructure.content import operations
from shuzheng.infrastructure.content.models import AppliedItem
from shuzheng.infrastructure.content.queries import get_digest, list_applied, one_version
from shuzheng.infrastructure.content.rules import (
    APPLY_CONTENT,
    ContentInUse,
    ContentInvalid,
    ReasonMissing,
)
from shuzheng.infrastructure.journal.queries import list_entries_of_subject
from shuzheng.institutions.organisation.models import Department, Post
from shuzheng.institutions.organisation.queries import get_department, get_post

pytestmark = pytest.mark.django_db
EXAMPLE = settings.PROJECT_FOLDER / "cities" / "example"


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(EXAMPLE, tmp_path / "qingshi")


@pytest.fixture
def apply(folder, at):
    def run(reason="第一次应用", by=None, days=0):
        return operations.apply_city(
            folder=folder, by=by or system("test"), reason=reason, at=at + timedelta(days=days)
        )

    return run


def edit(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_first_plan_adds_everything_and_changes_nothing(folder, at):
    plan = operations.plan_city(folder=folder, at=at)

    assert plan.problems == ()
    assert {change.action for change in plan.changes} == {"add"}
    assert Department.objects.count() == 0
    assert list_applied() == {}


def test_applying_writes_the_rows_the_digests_and_one_entry(folder, apply, at):
    plan = apply()

    assert Department.objects.count() == 2
    assert get_post("hall.agent").superior == "hall.window"
    assert AppliedItem.objects.count() == len(plan.changes)
    entries = list_entries_of_subject("content:qingshi")
    assert [(entry.kind, entry.at) for entry in entries] == [("content.applied", at)]
    assert entries[0].facts["reason"] == "第一次应用"
    assert entries[0].facts["added"] == len(plan.changes)
    assert entries[0].facts["digests"]["department:hall"] == get_digest(
        kind="department", key="hall"
    )


def test_applying_again_changes_nothing_and_leaves_no_entry(apply):
    apply()
    plan = apply("再次应用", days=1)

    assert plan.changes == ()
    assert len(list_entries_of_subject("content:qingshi")) == 1


def test_a_change_touches_only_its_item(folder, apply, at):
    apply()
    edit(folder, "organisation/posts.yaml", "name: 综合窗口", "name: 一窗受理")
    plan = apply("改名", days=1)

    assert [str(change) for change in plan.changes] == ["修改 post hall.window"]
    assert get_post("hall.window").name == "一窗受理"
    row = AppliedItem.objects.get(kind="post", key="hall.window")
    assert (row.reason, row.applied_at) == ("改名", at + timedelta(days=1))


def test_what_is_gone_from_the_folder_is_removed_even_where_it_used_each_other(folder, apply):
    apply()
    (folder / "organisation/posts.yaml").write_text(
        'code: office.director\nname: 主任\ndepartment: office\nareas: ["990100"]\n'
    )
    edit(folder, "people/staff.yaml", "hall.window", "office.director")
    plan = apply("撤并", days=1)

    assert plan.removed("post") == ("hall.agent", "hall.window")
    assert list(Post.objects.values_list("code", flat=True)) == ["office.director"]


def test_a_department_whose_posts_still_stand_is_not_loadable_without_them(folder, apply):
    apply()
    edit(folder, "organisation/departments.yaml", "code: hall", "code: window")

    with pytest.raises(ContentInvalid) as caught:
        apply("改编码", days=1)

    assert [(each.line, each.field) for each in caught.value.problems] == [
        (9, "department"),
        (15, "department"),
    ]
    assert "没有编码为“hall”的部门" in str(caught.value)
    assert Department.objects.filter(code="hall").exists()
    assert not Department.objects.filter(code="window").exists()


def test_removing_what_rows_outside_the_content_use_is_refused(folder, apply, at):
    apply()
    hall = Department.objects.get(code="hall")
    Post.objects.create(code="hall.kept", name="另设岗位", department=hall)
    edit(folder, "organisation/posts.yaml", "department: hall", "department: office")
    edit(folder, "organisation/departments.yaml", "code: hall", "code: window")

    for attempt in (
        lambda: apply("撤销大厅", days=1),
        lambda: operations.plan_city(folder=folder, at=at),
    ):
        with pytest.raises(ContentInUse, match=r"不能删除 department hall:它还有岗位 hall\.kept"):
            attempt()

    assert get_post("hall.window").department == "hall"
    assert not Department.objects.filter(code="window").exists()
    assert len(list_entries_of_subject("content:qingshi")) == 1


def test_a_city_with_one_fault_is_not_applied_at_all(folder, apply):
    (folder / "calendar/days/bad.yaml").write_text("day: soon\nname: 某日\nis_working_day: false\n")

    with pytest.raises(ContentInvalid) as caught:
        apply()

    assert [(each.path.name, each.line, each.field) for each in caught.value.problems] == [
        ("bad.yaml", 1, "day"),
        ("bad.yaml", 1, "source"),
    ]
    assert list_applied() == {}
    assert Department.objects.count() == 0


def test_what_there_is_one_of_is_changed_and_not_added(folder, apply):
    apply()
    edit(folder, "calendar/calendar.yaml", "Asia/Shanghai", "Asia/Urumqi")

    assert [str(change) for change in apply("改时区").changes] == ["修改 calendar city"]


def test_a_post_without_the_permission_may_not_apply(apply, official):
    with pytest.raises(PostLacksPermission):
        apply(by=official())

    assert list_applied() == {}


def test_a_post_with_the_permission_may_apply(apply, official):
    assert apply(by=official(APPLY_CONTENT)).count("add") > 0


def test_a_reason_must_be_given(apply):
    with pytest.raises(ReasonMissing):
        apply(reason="  ")

    assert list_applied() == {}


def test_checking_needs_no_table(folder):
    edit(folder, "organisation/posts.yaml", "[content.apply]", "[content.explode]")

    problems = operations.check_city(folder=folder)

    assert [(each.line, each.field, each.message) for each in problems] == [
        (5, "permissions", "没有声明过权限“content.explode”")
    ]


def test_a_plan_leaves_nothing_behind_in_what_is_kept(folder, apply, at):
    apply()
    edit(folder, "organisation/departments.yaml", get_department("hall").name, "改名后的部门")

    with one_version():
        operations.plan_city(folder=folder, at=at)
        assert get_department("hall").name != "改名后的部门"
        apply(reason="改名", days=1)
        assert get_department("hall").name == "改名后的部门"
