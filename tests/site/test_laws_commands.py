"""The commands of the policy library, on a folder of invented laws."""

import pytest
import yaml
from click.testing import CliRunner

from shuzheng.institutions.laws import operations, queries
from shuzheng.policy.citations import Citation
from shuzheng.site.commands.laws import laws

TEXT = (
    "# 面馆法\n2019年4月23日 通过\n<!-- INFO END -->\n第一条 面要热。\n"
    "第二条 本法自2019年6月1日起施行，《炉灶办法》同时废止。\n"
)
OLD = "# 炉灶办法\n1990年1月1日 通过\n<!-- INFO END -->\n第一条 炉灶要好。\n"


@pytest.fixture
def texts(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/面馆法(2019-04-23).md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "texts/炉灶办法(1990-01-01).md").write_text(OLD, encoding="utf-8")
    before = dict(operations._texts)
    operations.use_texts(tmp_path / "texts")
    yield tmp_path / "texts"
    operations._texts.clear()
    operations._texts.update(before)


def run(*words):
    return CliRunner().invoke(laws, [str(word) for word in words])


def test_cite_prints_a_block_that_is_a_citation(texts):
    answer = run("cite", "面馆法", "2019-04-23", "第一条")
    block = yaml.safe_load(answer.stdout)

    assert answer.exit_code == 0
    assert answer.stderr == "面要热。\n"
    assert Citation(**block | {"says": "面应当是热的"}).reference == "《面馆法》(2019-04-23)第一条"


def test_cite_names_the_versions_there_are(texts):
    answer = run("cite", "面馆法", "2018-01-01", "第一条")

    assert answer.exit_code == 1
    assert "没有《面馆法》(2018-01-01)第一条。有的版本：2019-04-23。" in answer.stderr


def test_cite_asks_for_a_day(texts):
    assert run("cite", "面馆法", "soon", "第一条").exit_code == 2


def test_without_a_folder_the_commands_say_what_to_set(texts):
    operations.use_texts(texts / "nowhere")

    for words in (("cite", "面馆法", "2019-04-23", "第一条"), ("stamp", texts)):
        answer = run(*words)
        assert answer.exit_code == 1
        assert "请设置 SHUZHENG_SHARED" in answer.stderr


def test_stamp_writes_the_hash_and_names_the_file(texts, tmp_path):
    path = tmp_path / "one.yaml"
    path.write_text(
        "law: 面馆法\nversion: 2019-04-23\narticle: 第一条\nsays: 热\nverified: true\n",
        encoding="utf-8",
    )
    first, second = run("stamp", tmp_path), run("stamp", tmp_path)

    assert (first.stdout, second.stdout) == (f"{path}\n", "")
    assert len(yaml.safe_load(path.read_text(encoding="utf-8"))["sha256"]) == 64


def test_seed_prints_the_repeals_as_content(texts):
    rows = yaml.safe_load(run("seed", texts).stdout)

    assert [(row["law"], row["to_on"].isoformat()) for row in rows] == [("炉灶办法", "2019-05-31")]


@pytest.mark.django_db
def test_import_fills_the_library_and_keeps_the_day_of_the_snapshot(texts):
    answer = run("import", texts, "--snapshot", "2025-04-30")

    assert answer.stdout == "导入了 2 部法律文本，3 条。\n"
    assert queries.get_snapshot_on().isoformat() == "2025-04-30"
