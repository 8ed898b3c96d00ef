from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuzheng.infrastructure.storage.rules import (
    DOCX,
    JPEG,
    PDF,
    PNG,
    TEXT,
    FileDamaged,
    FileDangerous,
    FileEmpty,
    FileMislabelled,
    FileTooLarge,
    FileTypeNotAllowed,
    StorageRefusal,
    clean_filename,
    pdf,
)
from shuzheng.infrastructure.storage.rules.checks import check_upload, type_of
from tests.infrastructure.storage import samples

EVERYTHING = (PDF, JPEG, PNG, DOCX, TEXT)


def check(content: bytes, filename: str, *, allowed=EVERYTHING, max_bytes=1_000_000) -> str:
    return check_upload(content=content, filename=filename, allowed=allowed, max_bytes=max_bytes)


def refusal_of(error: type[StorageRefusal], content: bytes, filename: str, **limits) -> str:
    with pytest.raises(error) as refusal:
        check(content, filename, **limits)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("content", "filename", "media_type"),
    [
        (samples.pdf(), "租赁合同.pdf", PDF),
        (samples.pdf(), "租赁合同.PDF", PDF),
        (samples.pdf(), "租赁合同", PDF),
        (samples.jpeg(), "门头.jpg", JPEG),
        (samples.jpeg(), "门头.jpeg", JPEG),
        (samples.png(), "平面图.png", PNG),
        (samples.docx(), "说明.docx", DOCX),
        ("说明\n第二行".encode(), "说明.txt", TEXT),
        ("说明".encode("gb18030"), "说明.txt", TEXT),
    ],
)
def test_a_file_that_is_what_it_says_is_taken(content, filename, media_type):
    assert check(content, filename) == media_type


def test_an_empty_file_is_refused():
    said = refusal_of(FileEmpty, b"", "x.pdf")

    assert said == "您上传的“x.pdf”是空文件。请检查文件能否打开，然后重新上传。"


def test_a_file_of_exactly_the_limit_is_taken_and_one_byte_more_is_not():
    most = 2 * 1024 * 1024
    content = b"a" * most

    assert check(content, "a.txt", max_bytes=most) == TEXT
    said = refusal_of(FileTooLarge, content + b"a", "a.txt", max_bytes=most)
    assert said == (
        "您上传的“a.txt”有 2.1 MB，超过了 2 MB 的上限。请压缩后重新上传，或分成几个文件。"
    )


@pytest.mark.parametrize(
    ("content", "filename", "actual"),
    [
        (samples.png(), "x.pdf", "图片（PNG）"),
        (samples.jpeg(), "x.png", "图片（JPEG）"),
        (samples.pdf(), "x.jpg", "PDF 文件"),
        (samples.docx(), "x.txt", "Word 文档（DOCX）"),
        (b"<html>", "x.pdf", "文本文件"),
    ],
)
def test_a_file_under_another_types_name_is_refused(content, filename, actual):
    said = refusal_of(FileMislabelled, content, filename)

    assert said == (
        f"您上传的“{filename}”实际是{actual}。请把扩展名改成与内容一致，或重新选择文件。"
    )


@pytest.mark.parametrize(
    ("content", "filename", "actual"),
    [
        (b"MZ" + bytes(100), "x.pdf", "可执行程序"),
        (bytes(100), "x.png", "无法识别的文件"),
        (b"a note", "x.pdf", "文本文件"),
    ],
)
def test_what_is_never_taken_here_is_not_sent_away_to_be_renamed(content, filename, actual):
    said = refusal_of(FileTypeNotAllowed, content, filename, allowed=(PDF, PNG))

    assert f"是{actual}，这里只接受PDF 文件、图片（PNG）" in said
    assert "扩展名" not in said


def test_a_type_that_is_not_asked_for_is_refused():
    said = refusal_of(FileTypeNotAllowed, samples.png(), "x.png", allowed=(PDF, JPEG))

    assert said == (
        "您上传的“x.png”是图片（PNG），这里只接受PDF 文件、图片（JPEG）。请转换格式后重新上传。"
    )


def test_a_type_we_know_but_never_take_is_named():
    heic = b"\0\0\0\x18ftypheic" + bytes(12)

    assert "是图片（HEIC）" in refusal_of(FileTypeNotAllowed, heic, "照片.heic")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (samples.pdf(extra=b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "脚本"),
        (samples.pdf(extra=b"/OpenAction << /S /J#61vaScript /JS (x) >>"), "脚本"),
        (samples.pdf(extra=b"/AA << /O << /S /Launch /F (cmd.exe) >> >>"), "启动其他程序"),
        (samples.pdf(stream=samples.pdf_stream(b"1 0 << /S /JavaScript >>")), "脚本"),
        (
            samples.pdf(stream=samples.pdf_stream(b"4 0 << /S/Launch >>", kind=b"/Type /ObjStm")),
            "启动其他程序",
        ),
        (samples.pdf(extra=b"/Encrypt 9 0 R"), "已加密"),
        (samples.pdf(extra=b"/AcroForm << /XFA [] >>"), "XFA"),
        (
            samples.pdf(
                stream=samples.pdf_stream(
                    b"3420302053>", kind=b"/Type /ObjStm /Filter /ASCIIHexDecode", packed=False
                ).replace(b"342", b"zz2")
            ),
            "内部结构无法解开",
        ),
    ],
)
def test_a_pdf_that_could_act_is_refused(content, reason):
    said = refusal_of(FileDangerous, content, "x.pdf")

    assert reason in said
    assert said.endswith("请用“打印为 PDF”重新生成文件后上传。")


def test_a_script_hides_neither_behind_a_wrong_checksum_nor_in_two_layers():
    packed = samples.pdf_stream(b"1 0 << /S /JavaScript >>" * 400)
    spoiled = packed.replace(b"\nendstream", b"!\nendstream")
    double = samples.pdf_stream(samples.zlib.compress(b"1 0 << /S /JavaScript >>"))

    for stream in (spoiled[:-30] + b"xx" + spoiled[-28:], double):
        assert "脚本" in refusal_of(FileDangerous, samples.pdf(stream=stream), "x.pdf")


def test_a_pdf_with_packed_objects_that_do_nothing_is_taken():
    stream = samples.pdf_stream(b"4 0 << /Type /Font >>", kind=b"/Type /ObjStm")

    assert check(samples.pdf(stream=stream), "x.pdf") == PDF


def test_a_pdf_that_inflates_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(pdf, "UNPACKED_BYTES", 1_000_000)
    bomb = samples.pdf(stream=samples.pdf_stream(bytes(3_000_000)))

    assert len(bomb) < 10_000
    assert "解压后过大" in refusal_of(FileDangerous, bomb, "x.pdf")


@pytest.mark.parametrize(
    ("content", "filename", "reason"),
    [
        (samples.pdf()[:-20], "x.pdf", "文件不完整，缺少结尾"),
        (samples.png()[:-6], "x.png", "文件不完整，缺少结尾"),
        (samples.png().replace(b"IDAT", b"IDAt"), "x.png", "校验和不符"),
        (samples.png() + b"<script>", "x.png", "结尾之后还有其他内容"),
        (samples.png(width=60_000, height=60_000), "x.png", "图像过大(60000×60000 像素)"),
        (samples.png(width=0), "x.png", "图像没有大小"),
        (samples.jpeg()[:-2], "x.jpg", "文件不完整，缺少结尾"),
        (samples.jpeg()[:8], "x.jpg", "缺少图像数据"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "x.jpg", "缺少图像数据"),
    ],
)
def test_a_file_that_breaks_its_format_is_refused(content, filename, reason):
    assert f"已损坏：{reason}。" in refusal_of(FileDamaged, content, filename)


@pytest.mark.parametrize(
    ("extra", "reason"),
    [
        ({"word/vbaProject.bin": b"x"}, "含有宏"),
        ({"word/embeddings/oleObject1.bin": b"x"}, "夹带了其他文件"),
        (
            {
                "word/_rels/settings.xml.rels": b'<Relationship Type="x/attachedTemplate" '
                b'Target="http://bad/x.dotm" TargetMode="External"/>'
            },
            "会从别处加载模板",
        ),
    ],
)
def test_a_word_document_that_could_act_is_refused(extra, reason):
    said = refusal_of(FileDangerous, samples.docx(extra), "x.docx")

    assert f"不安全：{reason}。" in said


def test_a_word_document_with_changed_bytes_is_refused():
    content = samples.docx({"word/media/a.bin": b"same" * 50})
    at = content.index(b"word/media/a.bin") + 18
    spoiled = content[:at] + bytes([content[at] ^ 0x10]) + content[at + 1 :]

    assert "已损坏" in refusal_of(FileDamaged, spoiled, "x.docx")


def test_an_archive_is_no_word_document():
    file = samples.io.BytesIO()
    with samples.zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "a")

    assert "是压缩包" in refusal_of(FileTypeNotAllowed, file.getvalue(), "x.docx")


def test_text_with_control_characters_is_no_text():
    assert type_of(b"a\0b") == "application/octet-stream"
    assert type_of(b"a\x1b[31m") == "application/octet-stream"


@settings(max_examples=200, deadline=None)
@given(content=st.binary(max_size=400), name=st.text(max_size=30))
def test_any_bytes_are_taken_or_refused_in_words(content, name):
    for prefix in (b"", b"%PDF-1.4", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"PK\3\4"):
        with suppress(StorageRefusal):
            assert check(prefix + content, clean_filename(name)) in EVERYTHING


@given(name=st.text(max_size=400))
def test_a_cleaned_name_is_safe_and_stays_as_it_is(name):
    cleaned = clean_filename(name)

    assert 1 <= len(cleaned) <= 200
    assert not set(cleaned) & set('/\\\0\n\r"<>|:*?')
    assert clean_filename(cleaned) == cleaned


def test_a_name_that_reads_backwards_is_shown_as_it_is():
    assert clean_filename("合同\u202efdp.exe") == "合同fdp.exe"


def test_a_long_name_keeps_its_extension():
    assert clean_filename("长" * 300 + ".pdf") == "长" * 196 + ".pdf"
