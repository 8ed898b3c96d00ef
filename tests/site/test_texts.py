import gettext
import os

import pytest

from shuzheng.site.texts import compile_texts

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "受理"
msgstr "{word}"
"""


@pytest.fixture
def folder(tmp_path):
    messages = tmp_path / "locale" / "en" / "LC_MESSAGES"
    messages.mkdir(parents=True)
    (messages / "django.po").write_text(CATALOGUE.format(word="accept"))
    return messages


def translate(folder) -> str:
    with (folder / "django.mo").open("rb") as stream:
        return gettext.GNUTranslations(stream).gettext("受理")


def test_catalogues_are_compiled_without_gettext(folder, tmp_path):
    compile_texts(tmp_path)
    assert translate(folder) == "accept"
    assert sorted(path.name for path in folder.iterdir()) == ["django.mo", "django.po"]


def test_only_a_newer_catalogue_is_compiled_again(folder, tmp_path):
    compile_texts(tmp_path)
    (folder / "django.po").write_text(CATALOGUE.format(word="receive"))
    os.utime(folder / "django.po", (1, 1))
    compile_texts(tmp_path)
    assert translate(folder) == "accept"
    os.utime(folder / "django.po")
    os.utime(folder / "django.mo", (1, 1))
    compile_texts(tmp_path)
    assert translate(folder) == "receive"
