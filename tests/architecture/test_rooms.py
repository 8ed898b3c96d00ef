"""Every room explains itself and is tested where one looks for it."""

from pathlib import Path

from django.apps import apps

from tests.architecture.tree import CHECKOUT, SOURCE, rooms


def is_unexplained(room: Path) -> bool:
    """Say whether a room has no README, or one that says nothing of law or standard."""
    readme = room / "README.md"
    return not readme.exists() or not {"law", "standard"} & set(
        readme.read_text().lower().replace(":", " ").split()
    )


def test_every_room_says_what_it_is_and_which_law_or_standard_it_follows():
    assert [room.name for room in rooms() if is_unexplained(room)] == []


def test_every_room_has_tests_in_the_mirror():
    tested = {
        room.relative_to(SOURCE)
        for room in rooms()
        if list((CHECKOUT / "tests" / room.relative_to(SOURCE)).rglob("test_*.py"))
    }
    assert (
        sorted(
            str(room.relative_to(SOURCE))
            for room in rooms()
            if room.relative_to(SOURCE) not in tested
        )
        == []
    )


def test_every_room_goes_by_its_own_name():
    for room in rooms():
        config = apps.get_app_config(room.name)
        assert config.name == f"shuzheng.{room.parent.name}.{room.name}"


def test_a_room_without_a_word_is_noticed(tmp_path):
    assert is_unexplained(tmp_path)
    (tmp_path / "README.md").write_text("# room\n")
    assert is_unexplained(tmp_path)
    (tmp_path / "README.md").write_text("# room\nLaw: 行政许可法.\n")
    assert not is_unexplained(tmp_path)
