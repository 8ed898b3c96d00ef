"""Files against what was published in the browser: nothing here needs a table."""

from datetime import UTC, datetime

import pytest

from shuzheng.infrastructure.content.rules import (
    Applied,
    ContentKind,
    ContentModel,
    Edit,
    load_city,
    plan_of,
)

EDIT = Edit(datetime(2026, 11, 23, tzinfo=UTC), "张三", "第 2 版")


class Menu(ContentModel):
    code: str


def nothing(*_args) -> None:
    """Apply or remove nothing."""


def kind(published):
    return ContentKind(
        name="menu",
        folder="menus",
        model=Menu,
        key=lambda value: value.code,
        companions=lambda value: (f"{value.code}.txt",),
        optional_companions=lambda value: (f"{value.code}.notes.txt",),
        apply=nothing,
        remove=nothing,
        published=lambda _item: published,
    )


@pytest.fixture
def load(tmp_path):
    """Write a menu and load it."""

    def put(published, text="面", notes=None):
        folder = tmp_path / "menus"
        folder.mkdir(exist_ok=True)
        (folder / "noodles.yaml").write_text("code: noodles\n")
        (folder / "noodles.txt").write_text(text)
        if notes is not None:
            (folder / "noodles.notes.txt").write_text(notes)
        return load_city(tmp_path, (kind(published),), ()).library

    return put


def plan(library, published, digest, **more):
    applied = {("menu", "noodles"): Applied(digest, EDIT)}
    return plan_of(library, applied, (kind(published),), city="qingshi", **more)


def digest_of(library):
    return library.get("menu", "noodles").digest


def test_unchanged_files_never_undo_what_was_published(load):
    published = {"noodles.txt": "粉".encode()}
    library = load(published)
    found = plan(library, published, digest_of(library))
    assert (found.changes, found.conflicts) == ((), ())
    assert [str(each) for each in found.kept] == [
        (
            "menu:noodles：张三 在网页上发布了第 2 版；文件没有改过，保留网页上发布的；"
            "用 shuzheng export 写回文件。"
        )
    ]


def test_files_that_changed_as_well_are_a_conflict_and_no_change(load):
    published = {"noodles.txt": "粉".encode()}
    found = plan(load(published, "饭"), published, "as-applied")
    assert (found.changes, found.kept) == ((), ())
    assert [str(each) for each in found.conflicts] == [
        (
            "menu:noodles：张三 在网页上发布了第 2 版；文件也改过；请先用 shuzheng export 写回"
            "文件再合并，或用 --overwrite menu:noodles 以文件为准。"
        )
    ]


@pytest.mark.parametrize("text", ["饭", "面"])
def test_files_prevail_where_they_are_named(load, text):
    published = {"noodles.txt": "粉".encode()}
    before = digest_of(load(published))
    found = plan(load(published, text), published, before, overwrite=("menu:noodles",))
    assert [str(each) for each in found.changes] == ["修改 menu noodles"]
    assert [each.name for each in found.overwritten] == ["menu:noodles"]
    assert (found.kept, found.conflicts) == ((), ())


@pytest.mark.parametrize("notes", [None, ""])
def test_files_that_say_what_was_published_have_caught_up(load, notes):
    published = {"noodles.txt": "粉".encode(), "noodles.notes.txt": b""}
    found = plan(load(published, "粉", notes), published, "as-applied")
    assert [str(each) for each in found.changes] == ["修改 menu noodles"]
    assert (found.kept, found.conflicts, found.overwritten) == ((), (), ())


def test_an_optional_file_belongs_to_what_was_published(load):
    published = {"noodles.txt": "面".encode(), "noodles.notes.txt": "辣".encode()}
    bare = load(published)
    assert [each.standing for each in plan(bare, published, digest_of(bare)).kept] == ["ahead"]
    noted = load(published, notes="辣")
    assert digest_of(noted) != digest_of(bare)
    assert plan(noted, published, digest_of(bare)).count("change") == 1


def test_what_was_published_is_not_removed_with_its_files(load, tmp_path):
    load({})
    (tmp_path / "menus/noodles.yaml").unlink()
    library = load_city(tmp_path, (kind({}),), ()).library
    found = plan(library, {}, "as-applied")
    assert found.changes == ()
    assert [str(each) for each in found.conflicts] == [
        (
            "menu:noodles：张三 在网页上发布了第 2 版；文件中已删去；请放回文件，或用 --overwrite "
            "menu:noodles 停用它。"
        )
    ]
    told = plan(library, {}, "as-applied", overwrite=("menu:noodles",))
    assert told.removed("menu") == ("noodles",)
