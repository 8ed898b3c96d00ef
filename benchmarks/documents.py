"""Milliseconds a document and a seal on one core: typeset, seal, verify.

    uv run python benchmarks/documents.py [DOCUMENTS]

No database: templates and data are Quzhou's, keys are made on the spot. The first document of a
process scans the machine's fonts and reads the big CJK files; it is given apart.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import yaml

from shuzheng.support.documents.rules import Template, typeset
from shuzheng.support.seals.rules import draw_seal
from shuzheng.support.seals.rules.certificates import (
    Subject,
    make_key,
    make_revocation_list,
    make_root,
    make_seal_certificate,
    make_time_stamp_certificate,
)
from shuzheng.support.seals.rules.demonstration import Credentials, DemonstrationSeals
from shuzheng.support.seals.rules.verification import Trust

FOLDER = Path(__file__).resolve().parent.parent / "cities" / "quzhou" / "documents"
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ISSUE = {
    "organ": "衢州市市场监督管理局",
    "date": "2026年11月23日",
    "code": "ABCDE-FGHJK-MNPQR-STVW0",
    "url": "http://127.0.0.1:8000/verify/ABCDEFGHJKMNPQRSTVW0",
    "city": "衢州市",
    "hotline": "12345",
    "review_organ": "衢州市人民政府",
    "court": "有管辖权的人民法院",
}
DATA = {
    "ruling_grant": {"applicant": "王小明", "matter": "食品经营许可", "reasons": "符合条件。"},
    "licence_food": {
        "holder": "衢州市柯城区水亭面馆",
        "facts": {"premises_address": "柯城区水亭街 18 号", "food_kinds": ["hot", "cold"]},
        "licence": {
            "identifier": "1.2.156.3005.2.11330800DEM000014M101.11330800DEM000014M.1.001.K",
            "version": "001",
            "issued": "2026年11月23日",
            "valid_until": "2031年11月22日",
            "basis": "《食品安全法》(2021-04-29)第三十五条",
        },
    },
}


def templates() -> dict[str, Template]:
    """Read Quzhou's templates."""
    items = [
        item
        for file in ("notices.yaml", "licences.yaml")
        for item in yaml.safe_load((FOLDER / file).read_text(encoding="utf-8"))
    ]
    return {item["key"]: _template(item) for item in items}


def _template(item: dict) -> Template:
    source = "\n".join(
        (FOLDER / item[name]).read_text(encoding="utf-8") for name in ("layout", "source")
    )
    return Template(item["key"], item["title"], source, item["data"])


def port() -> DemonstrationSeals:
    """Make an authority and one seal."""
    root_key, seal_key, stamp_key = make_key(), make_key(), make_key()
    root = make_root(root_key, Subject("演示根", "演示"), at=AT)
    by = {"root": root, "root_key": root_key, "at": AT}
    seal = make_seal_certificate(Subject("演示章", "演示"), seal_key.public_key(), **by)
    stamps = make_time_stamp_certificate(Subject("演示", "演示"), stamp_key.public_key(), **by)
    revoked = make_revocation_list((), root=root, root_key=root_key, number=1, at=AT)
    return DemonstrationSeals(
        Trust(root, revoked),
        seal=Credentials(seal, seal_key),
        time_stamps=Credentials(stamps, stamp_key),
    )


def measure(name: str, times: int, work: Callable[[int], object]) -> None:
    """Print first and median in milliseconds, and the processor time of one on average."""
    took = []
    processor = time.process_time()
    for turn in range(times + 1):
        began = time.perf_counter()
        work(turn)
        took.append((time.perf_counter() - began) * 1000)
    processor = (time.process_time() - processor) * 1000 / (times + 1)
    print(
        f"{name:24} first {took[0]:6.1f}  median {statistics.median(took[1:]):6.1f}"
        f"  processor {processor:6.1f} ms"
    )


def main(times: int) -> None:
    """Measure each step on every kind of document."""
    found, seals = templates(), port()
    picture = draw_seal(organisation=ISSUE["organ"], purpose="行政审批专用章", millimetres=42)
    for key, data in DATA.items():

        def made(turn: int, key: str = key, data: dict = data) -> bytes:
            number = f"衢市监准2026第{turn}号"
            issue = {**ISSUE, "title": found[key].title, "number": number}
            facts = {**data, "number": f"QZ-2026-{turn:06d}", "issue": issue}
            return typeset(found[key], facts, qr_text=f"{ISSUE['url']}{turn}", at=AT)

        pdf = made(0)
        sealed = seals.seal(pdf, picture=picture, reason="测试", at=AT)
        measure(f"typeset {key}", times, made)
        measure(
            f"seal {key}",
            times,
            lambda _turn, pdf=pdf: seals.seal(pdf, picture=picture, reason="测试", at=AT),
        )
        measure(f"verify {key}", times, lambda _turn, pdf=sealed: seals.verify(pdf, at=AT))
        print(f"{'bytes ' + key:24} {len(pdf):,} plain, {len(sealed):,} sealed")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
