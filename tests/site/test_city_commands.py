import json
import shutil

import pytest
from click.testing import CliRunner
from django.conf import settings

from shuzheng.infrastructure.content.models import AppliedItem
from shuzheng.infrastructure.journal.models import Entry
from shuzheng.site.command import main

EXAMPLE = settings.PROJECT_FOLDER / "cities" / "example"


@pytest.fixture
def folder(tmp_path):
    """Copy the example city, to be changed."""
    return shutil.copytree(EXAMPLE, tmp_path / "example")


def shuzheng(*words: object):
    return CliRunner().invoke(main, [str(word) for word in words])


def test_a_sound_city_has_no_problems():
    answer = shuzheng("check", EXAMPLE)
    told, notice = answer.output.splitlines()
    assert (answer.exit_code, told) == (0, f"{EXAMPLE}：没有问题。")
    assert "句没有英文" in notice


def test_what_has_no_english_is_listed_on_demand():
    listed = shuzheng("check", EXAMPLE, "--texts").output.splitlines()[1:-1]
    assert listed
    assert all(line.startswith("· ") for line in listed)


def test_a_problem_is_told_by_file_line_and_remedy(folder):
    file = next((folder / "city").glob("*.yaml"))
    file.write_text(file.read_text() + "unheard_of: 1\n")
    answer = shuzheng("check", folder)
    assert answer.exit_code == 1
    assert f"{file}:" in answer.output
    assert "unheard_of" in answer.output
    assert answer.output.endswith(f"Error: {folder}:1 处问题。\n")


@pytest.mark.django_db
def test_a_plan_shows_what_would_change_and_changes_nothing():
    answer = shuzheng("plan", EXAMPLE)
    assert answer.exit_code == 0, answer.output
    assert "+ city " in answer.output
    assert AppliedItem.objects.count() == Entry.objects.count() == 0


@pytest.mark.django_db
def test_applying_leaves_one_entry_and_nothing_is_left_to_plan():
    answer = shuzheng("apply", EXAMPLE, "--by", "邵清源", "--reason", "开始试用")
    assert answer.exit_code == 0, answer.output
    entry = Entry.objects.get(kind="content.applied")
    assert (entry.actor_name, entry.facts["reason"]) == ("邵清源", "开始试用")
    assert shuzheng("plan", EXAMPLE).output == "0 处变化。\n"


@pytest.mark.django_db
def test_applying_without_a_reason_is_refused():
    answer = shuzheng("apply", EXAMPLE, "--by", "邵清源", "--reason", " ")
    assert answer.exit_code == 1
    assert answer.output.startswith("Error: ")
    assert AppliedItem.objects.count() == Entry.objects.count() == 0


def test_schemas_are_written_and_compared(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "PROJECT_FOLDER", tmp_path)
    assert shuzheng("schemas", "--check").exit_code == 1
    assert shuzheng("schemas").exit_code == 0
    assert shuzheng("schemas", "--check").exit_code == 0
    written = {path.stem: json.loads(path.read_text()) for path in tmp_path.glob("cities/schema/*")}
    assert written["department"]["$schema"].endswith("2020-12/schema")
    (tmp_path / "cities" / "schema" / "gone.json").write_text("{}")
    assert shuzheng("schemas", "--check").exit_code == 1
    shuzheng("schemas")
    assert not (tmp_path / "cities" / "schema" / "gone.json").exists()
