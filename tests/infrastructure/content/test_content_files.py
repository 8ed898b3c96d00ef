"""Files that people write, right and wrong: nothing here needs a table."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.infrastructure.content.rules import ContentKind, Problem, load_city
from shuzheng.infrastructure.content.rules.reading import read_entries
from tests.infrastructure.content.shops import SHOPS, Street, nothing

STREETS = ContentKind(
    name="street",
    folder="shops/streets",
    model=Street,
    key=lambda value: value.code,
    apply=nothing,
    remove=nothing,
)


@pytest.fixture
def write(tmp_path):
    """Write content files and load them."""

    def put(files: dict[str, str]):
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return load_city(tmp_path, (SHOPS, STREETS), ())

    return put


def said(problem: Problem) -> tuple[str, int, str, str, str]:
    """Return a problem with the file's name alone."""
    return (problem.path.name, problem.line, problem.field, problem.message, problem.remedy)


def test_a_file_holds_one_item_or_several(write):
    loaded = write(
        {"shops/one.yaml": "code: a\nseats: 4\n", "shops/two.yaml": "- code: b\n- code: c\n"}
    )

    assert loaded.problems == ()
    assert [(item.key, item.path.name, item.line) for item in loaded.library.list("shop")] == [
        ("a", "one.yaml", 1),
        ("b", "two.yaml", 1),
        ("c", "two.yaml", 2),
    ]


def test_the_deepest_folder_says_the_kind(write):
    loaded = write({"shops/streets/main.yaml": "code: main\n", "shops.yaml": "code: a\n"})

    assert loaded.library.get("street", "main") is not None
    assert loaded.library.get("shop", "a") is not None
    assert loaded.library.get("shop", "main") is None


def test_a_name_with_two_suffixes_is_a_companion_and_no_item(write):
    assert write({"shops/one.cases.yaml": "anything: goes\n"}).library.all() == ()


def test_an_unknown_field_is_named_with_its_line(write):
    loaded = write({"shops/one.yaml": "code: a\n\nchairs: 4\n"})

    assert [said(each) for each in loaded.problems] == [
        ("one.yaml", 3, "chairs", "没有这个字段", "请删去，或核对字段名的拼写。")
    ]


@pytest.mark.parametrize(
    ("text", "line", "field", "message"),
    [
        ("seats: 3\n", 1, "code", "缺少必填字段"),
        ("code: 12\n", 1, "code", "应当是文字"),
        ("code: a\nseats: many\n", 2, "seats", "应当是整数"),
        ("code: a\nseats: -1\n", 2, "seats", "数值太小"),
        ("code: a\nkind: 3D\n", 2, "kind", "格式不对"),
        ("code: ''\n", 1, "code", "不能为空"),
        ("- just a word\n", 1, "", "应当是一组字段"),
    ],
)
def test_a_wrong_value_is_named_with_line_and_field(write, text, line, field, message):
    loaded = write({"shops/one.yaml": text})

    assert [said(each)[1:4] for each in loaded.problems] == [(line, field, message)]


def test_a_wrong_value_in_a_list_of_items_has_the_line_of_the_item(write):
    loaded = write({"shops/one.yaml": "- code: a\n- code: b\n  seats: x\n"})

    assert [said(each)[1:3] for each in loaded.problems] == [(3, "seats")]
    assert loaded.library.get("shop", "a") is not None


def test_broken_yaml_is_named_with_its_line(write):
    loaded = write({"shops/one.yaml": "code: a\nseats: [1, 2\nkind: x\n"})

    assert len(loaded.problems) == 1
    assert loaded.problems[0].line == 3
    assert loaded.problems[0].message.startswith("YAML 写法有误")


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "文件是空的"), ("code: a\ncode: b\n", "同一字段写了两次")],
)
def test_an_empty_file_and_a_repeated_field_are_named(write, text, message):
    assert message in [each.message for each in write({"shops/one.yaml": text}).problems]


def test_a_file_in_another_encoding_is_named(tmp_path):
    path = tmp_path / "one.yaml"
    path.write_bytes("code: 店".encode("gbk"))

    assert [each.message for each in read_entries(path)[1]] == ["文件不是 UTF-8 编码"]


@pytest.mark.parametrize(
    "text",
    [
        "day: 2026-02-30\n",
        "a: &a [*a]\n",
        "a: !!python/name:os.system\n",
        "? [a]\n: b\n",
        "a: 1\n---\nb: 2\n",
    ],
)
def test_what_yaml_cannot_mean_is_a_problem_and_no_crash(tmp_path, text):
    path = tmp_path / "one.yaml"
    path.write_text(text)
    entries, problems = read_entries(path)

    assert entries == ()
    assert [each.message.startswith("YAML ") for each in problems] == [True]


def test_a_mark_at_the_start_of_the_file_does_no_harm(tmp_path):
    path = tmp_path / "one.yaml"
    path.write_text("code: a\n", encoding="utf-8-sig")

    assert read_entries(path)[0][0].data == {"code": "a"}


def test_a_key_that_stands_twice_names_both_places(write):
    loaded = write({"shops/a.yaml": "code: a\n", "shops/b.yaml": "code: a\n"})

    assert len(loaded.problems) == 1
    assert said(loaded.problems[0])[:2] == ("b.yaml", 1)
    assert "a.yaml:1 定义过" in loaded.problems[0].message


def test_a_missing_companion_is_named(write):
    loaded = write({"shops/a.yaml": "code: a\nmenu: menu.csv\n"})

    assert [each.message for each in loaded.problems] == ["缺少配套文件 menu.csv"]
    assert loaded.library.all() == ()


def test_a_companion_belongs_to_the_digest(write):
    files = {"shops/a.yaml": "code: a\nmenu: menu.csv\n", "shops/menu.csv": "soup"}
    before = write(files).library.get("shop", "a")
    after = write({"shops/menu.csv": "tea"}).library.get("shop", "a")

    assert before.digest != after.digest
    assert after.read("menu.csv") == b"tea"


def test_the_order_of_fields_and_comments_do_not_change_the_digest(write):
    before = write({"shops/a.yaml": "code: a\nseats: 3\n"}).library.get("shop", "a")
    after = write({"shops/a.yaml": "# three\nseats: 3\ncode: a\n"}).library.get("shop", "a")

    assert before.digest == after.digest


def test_a_reference_to_nothing_is_named_by_the_kinds_own_check(write):
    loaded = write({"shops/a.yaml": "code: a\nstreet: nowhere\n"})

    assert [said(each) for each in loaded.problems] == [
        ("a.yaml", 2, "street", "没有这条街", "请核对。")
    ]


def test_a_file_where_no_kind_lives_is_named(write):
    loaded = write({"shosp/a.yaml": "code: a\n"})

    assert [each.message for each in loaded.problems] == ["这个位置不属于任何内容类型"]


def test_a_folder_that_is_not_there_is_named(tmp_path):
    loaded = load_city(tmp_path / "none", (SHOPS,), ())

    assert [each.message for each in loaded.problems] == ["没有这个城市文件夹"]


def test_a_check_over_the_whole_library_sees_every_item(write, tmp_path):
    write({"shops/a.yaml": "code: a\n"})
    found = []
    load_city(tmp_path, (SHOPS,), (lambda library: found.extend(library.all()) or (),))

    assert [item.key for item in found] == ["a"]


def test_a_problem_is_one_sentence_with_place_field_and_remedy():
    problem = Problem(Path("a.yaml"), 3, "code", "格式不对。", "请改正。")

    assert str(problem) == "a.yaml:3 字段“code”：格式不对。请改正。"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on", "on"),
        ("no", "no"),
        ("012", "012"),
        ("8:30", "8:30"),
        ("true", True),
        ("12", 12),
        ("1.50", 1.5),
        ("~", None),
        ("'12'", "12"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
    ],
)
def test_yaml_guesses_only_what_people_mean(tmp_path, text, value):
    path = tmp_path / "one.yaml"
    path.write_text(f"value: {text}\n")

    assert read_entries(path)[0][0].data == {"value": value}


@given(st.integers(0, 30), st.integers(0, 5))
def test_lines_are_counted_as_an_editor_does(tmp_path_factory, comments, items):
    path = tmp_path_factory.mktemp("lines") / "one.yaml"
    path.write_text("# word\n" * comments + "- code: a\n  seats: 1\n" * (items + 1))
    entries, _ = read_entries(path)

    assert [entry.line for entry in entries] == [comments + 1 + 2 * n for n in range(items + 1)]
    assert entries[-1].lines[("seats",)] == entries[-1].line + 1
