"""A small library of invented laws."""

from datetime import date
from pathlib import Path

import pytest

from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.content.rules import load_city
from shuzheng.institutions.laws import operations
from shuzheng.institutions.laws.content import VALIDITIES
from shuzheng.institutions.laws.operations import import_laws
from tests.institutions.laws.citing import RULES

NOODLES = """# 中华人民共和国面馆法

2003年8月27日 第一次会议通过

2019年4月23日 第二次会议修正

<!-- INFO END -->

## 第一章 总 则

第一条 为了让人吃上面，制定本法。

第二条 本法所称面馆，是指卖面的店。

前款所称面，包括粉。

## 第二章 许可

### 第一节 受理

第三条 行政机关应当自受理之日起五日内决定。

第三条之一 不得要求提交多余的材料。

第四条 本法自2019年6月1日起施行，《炉灶管理办法》同时废止。
"""
OLD_NOODLES = NOODLES.replace("五日", "十日").replace("2019年4月23日 第二次会议修正\n\n", "")
STOVES = "# 炉灶管理办法\n\n1990年1月1日 发布\n\n<!-- INFO END -->\n\n第一条 炉灶要好。\n"
UNDATED = (
    "# 青石市小面馆规定\n\n2016年12月23日 通过\n\n2017年5月1日 施行\n\n<!-- INFO END -->\n\n"
    "第一条 小面馆要干净。\n"
)


@pytest.fixture
def texts(tmp_path) -> Path:
    """A folder of texts: two versions of one law, one repealed, one without a date in its name."""
    folder = tmp_path / "texts"
    (folder / "national").mkdir(parents=True)
    (folder / "local").mkdir()
    (folder / "national/面馆法(2019-04-23).md").write_text(NOODLES, encoding="utf-8")
    (folder / "national/面馆法(2003-08-27).md").write_text(OLD_NOODLES, encoding="utf-8")
    (folder / "national/炉灶管理办法(1990-01-01).md").write_text(STOVES, encoding="utf-8")
    (folder / "local/青石市小面馆规定.md").write_text(UNDATED, encoding="utf-8")
    (folder / "local/无日期.md").write_text("# 无日期\n<!-- INFO END -->\n第一条 无。\n")
    return folder


@pytest.fixture
def shelf_of(texts, request):
    """Let content be checked against a folder for one test; put the old one back after it."""
    before = dict(operations._texts)
    operations.use_texts(texts)
    yield texts
    operations._texts.clear()
    operations._texts.update(before)


@pytest.fixture
def no_shelf(tmp_path):
    """Let there be no folder of texts for one test."""
    before = dict(operations._texts)
    operations.use_texts(tmp_path / "nowhere")
    yield
    operations._texts.clear()
    operations._texts.update(before)


@pytest.fixture
def version() -> date:
    """The version of 面馆法 that holds."""
    return date(2019, 4, 23)


@pytest.fixture
def imported(db, texts, at):
    import_laws(folder=texts, by=system("test"), at=at)


@pytest.fixture
def library(tmp_path):
    """Load rules written for the test, and the validity table."""

    def load(text: str, validity: str = ""):
        folder = tmp_path / "city"
        (folder / "rules").mkdir(parents=True)
        (folder / "rules/one.yaml").write_text(text, encoding="utf-8")
        if validity:
            (folder / "laws").mkdir()
            (folder / "laws/validity.yaml").write_text(validity, encoding="utf-8")
        loaded = load_city(folder, (RULES, VALIDITIES), ())
        assert loaded.problems == ()
        return loaded.library

    return load
