"""What Quzhou's papers say, and where their seal stands, as somebody reads the PDF."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from shuzheng.support.documents.operations import render_document
from tests.support.documents.test_quzhou import AT, ISSUE, templates

__all__ = ["templates"]
pytestmark = pytest.mark.usefixtures("templates")
CASE = {"applicant": "李四", "matter": "开饭店一件事", "number": "QZ-2026-000001"}


def pages(folder: Path, template: str, **data: Any) -> list[str]:
    """Return the text of each page, without the spaces that lines and columns make."""
    path = folder / "paper.pdf"
    path.write_bytes(
        render_document(template=template, data={**CASE, **data, "issue": ISSUE}, at=AT)
    )
    told = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True)
    return ["".join(page.split()) for page in told.stdout.removesuffix("\f").split("\f")]


def test_the_receipt_of_a_large_bundle_names_its_materials_on_one_page(tmp_path: Path) -> None:
    read = pages(
        tmp_path,
        "receipt",
        received_on="2026-12-01",
        business_name="衢州市柯城区大勺饭店",
        address="衢州市柯城区花园街道花园中大道86号信安天街3层305室",
        next="综合窗口将在5个工作日内答复是否受理。",
        receipt_code="EBWND8PXP38MRY9MYDY8",
        matters=[
            "个体工商户、企业设立登记",
            "食品经营许可（餐饮服务）",
            "公众聚集场所投入使用、营业前消防安全检查",
            "城镇污水排入排水管网许可",
            "大型户外广告设置",
        ],
        materials=[
            "经营场所布局平面图",
            "食品安全管理制度",
            "消防安全告知承诺书",
            "户外广告设置效果图",
            "隔油设施证明",
        ],
    )
    assert len(read) == 1
    assert "经营场所布局平面图、食品安全管理制度、" in read[0]
    assert "无须提交" not in read[0]


def test_what_all_came_from_registers_is_said_to(tmp_path: Path) -> None:
    read = pages(tmp_path, "receipt", received_on="2026-12-01", materials=[])
    assert "均由政务数据共享取得，无须提交" in read[0]


@pytest.mark.parametrize("template", ["ruling_refusal", "receipt", "correction_notice"])
def test_the_page_with_the_seal_never_stands_without_text(template: str, tmp_path: Path) -> None:
    more: dict[str, Any] = {"received_on": "2026-12-01", "deadline_on": "2026-12-15"}
    for lines in range(12, 36):
        long = "\n".join(["事实清楚。"] * lines)
        more |= {"reasons": long, "items": ["请补正"] * lines, "next_steps": ["等待"] * lines}
        last = pages(tmp_path, template, **more)[-1]
        above = last[: last.index("2026年11月23日")]
        assert len(above) > len("衢州市市场监督管理局"), lines


def test_a_heading_never_ends_a_page(tmp_path: Path) -> None:
    for lines in range(12, 36):
        long = "\n".join(["事实清楚。"] * lines)
        for page in pages(tmp_path, "ruling_refusal", reasons=long):
            assert not page.partition("核验码")[0].endswith(("救济途径", "依据")), lines


def test_what_is_accepted_with_papers_to_follow_is_not_called_complete(tmp_path: Path) -> None:
    complete = "材料齐全、符合法定形式，依照《行政许可法》第三十二条第一款第五项的规定"
    whole = pages(tmp_path, "acceptance_notice")
    assert complete in whole[0]
    follow = {"to_follow": ["食品安全管理制度"], "to_follow_by": "2026-12-20"}
    waiting = pages(tmp_path, "acceptance_notice", **follow)
    assert complete not in waiting[0]
    assert "依照《浙江省保障“最多跑一次”改革规定》第十一条第二款的规定，先予受理" in waiting[0]


def test_a_ruling_says_when_it_was_applied_for_and_what_it_rests_on(tmp_path: Path) -> None:
    examined = "经审查，符合法定条件、标准。"
    usual = pages(tmp_path, "ruling_grant", applied_on="2026-12-01")[0]
    assert "您于2026年12月1日向本机关提出" in usual
    assert examined in usual
    committed = pages(tmp_path, "ruling_grant", applied_on="2026-12-01", is_by_commitment=True)[0]
    assert examined not in committed
    assert "您于2026年12月1日以告知承诺方式向本机关提出" in committed
    assert "已作出符合许可条件的承诺。" in committed
    assert "整改后仍达不到许可条件的，依法撤销许可。" in committed
