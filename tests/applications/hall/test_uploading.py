"""A file that cannot be taken is refused in words, and nothing changes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.applications.browsers import citizen, words
from tests.support.cases.play import NOODLES, draft, paper
from tests.support.cases.refusals import nothing_changes

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


@pytest.mark.parametrize(
    ("filename", "content", "says"),
    [
        ("plan.pdf", b"", "是空文件"),
        ("plan.pdf", b"GIF89a" + b"\0" * 100, "plan.pdf"),
        ("plan.pdf", b"MZ" + b"\0" * 200, "plan.pdf"),
        ("plan.pdf", b"%PDF-1.4\n" + b"\0" * (10 * 1024 * 1024 + 1), "超过了"),
        ("plan.png", paper(), "plan.png"),
        ("plan.pdf", b"only text", "这里只接受PDF 文件"),
    ],
)
def test_a_file_that_is_empty_mislabelled_or_too_large_is_refused_in_words(
    filename: str, content: bytes, says: str
) -> None:
    client, applicant = citizen()
    number = draft(applicant, NOODLES)
    with nothing_changes():
        answer = client.post(
            f"/apply/{number}/materials/",
            {"material": "layout_plan", "file": SimpleUploadedFile(filename, content)},
        )
    assert answer.status_code == 422
    assert says in words(answer)


def test_the_last_look_says_for_which_material_each_file_is() -> None:
    client, applicant = citizen()
    number = draft(applicant, NOODLES)
    said = " ".join(words(client.get(f"/apply/{number}/check/")).split())
    assert "经营场所布局平面图： layout_plan.pdf" in said


def test_pressing_upload_without_a_file_is_told() -> None:
    client, applicant = citizen()
    number = draft(applicant, NOODLES)
    with nothing_changes():
        answer = client.post(f"/apply/{number}/materials/", {"material": "layout_plan"})
    assert answer.status_code == 422
    assert "请先选择要上传的文件" in words(answer)


def test_a_file_for_nothing_that_is_asked_is_refused() -> None:
    client, applicant = citizen()
    number = draft(applicant, NOODLES)
    with nothing_changes():
        answer = client.post(
            f"/apply/{number}/materials/",
            {"material": "love_letter", "file": SimpleUploadedFile("a.pdf", paper())},
        )
    assert answer.status_code == 422
    assert "本办件不需要材料“love_letter”" in words(answer)
