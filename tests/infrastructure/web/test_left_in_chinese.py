"""What stays Chinese on an English page says so; nothing else of the page changes."""

import pytest
from django.test import Client

from shuzheng.infrastructure.web.pages.left_in_chinese import mark_chinese

ZH = '<span lang="zh-Hans">'


@pytest.mark.parametrize(
    ("page", "marked"),
    [
        ("<p>All is said</p>", "<p>All is said</p>"),
        ("<p>By 郑知远, 2026-12-01</p>", f"<p>By {ZH}郑知远</span>, 2026-12-01</p>"),
        ("<p>《消防法》 applies</p>", f"<p>{ZH}《消防法》</span> applies</p>"),
        (
            "<a>衢消\u30142026\u30151号 · Done</a>",
            f"<a>{ZH}衢消\u30142026\u30151号</span> · Done</a>",
        ),
        (
            '<i lang="zh-Hans">中文 <b>字</b></i> 字',
            f'<i lang="zh-Hans">中文 <b>字</b></i> {ZH}字</span>',
        ),
        ("<p>At 86 号信安天街 3 层 305 室</p>", f"<p>At 86 {ZH}号信安天街 3 层 305 室</span></p>"),
        ("<p>食品许可(餐饮)、检测</p>", f"<p>{ZH}食品许可(餐饮)、检测</span></p>"),
        ("<option value=1>审查员 甲</option>", '<option lang="zh-Hans" value=1>审查员 甲</option>'),
        ("<option>Reviewer 甲</option>", "<option>Reviewer 甲</option>"),
    ],
)
def test_a_run_of_chinese_is_marked(page: str, marked: str) -> None:
    assert mark_chinese(page) == marked


@pytest.mark.parametrize(
    "page",
    [
        "<title>甲 – Services</title>",
        '<script>const a = "甲<b";</script>',
        "<textarea>甲\n乙</textarea>",
        '<input value="甲">',
        '<p aria-label="甲">x</p>',
        "<!-- 甲 -->",
    ],
)
def test_what_is_no_text_of_the_page_stays(page: str) -> None:
    assert mark_chinese(page) == page


@pytest.mark.django_db
def test_a_chinese_page_is_left_alone() -> None:
    assert ZH not in Client().get("/legal/").content.decode()
