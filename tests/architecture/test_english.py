"""What people read in Chinese they can read in English: the catalogue is whole and current."""

import re
import shutil
from pathlib import Path

import polib
import pytest

from shuzheng.site.texts import collect_texts
from tests.architecture.tree import SOURCE

CATALOGUE = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)\w|%%|\{\w*\}|</?(?:strong|em|br|code)>")
CHINESE = re.compile(r"[\u3400-\u9fff]")
UNREAD = shutil.ignore_patterns("node_modules", "built", "__pycache__", "migrations", "*.mo")
REMEDY = "collect with `shuzheng texts` and say what is new in English"


def fault_of(entry: polib.POEntry) -> str:
    """Return what is wrong with the English of an entry, empty if nothing is."""
    texts = list(entry.msgstr_plural.values()) or [entry.msgstr]
    if entry.fuzzy or "" in texts:
        return "has no English"
    wanted = sorted(PLACEHOLDER.findall(entry.msgid))
    for english in texts:
        if sorted(PLACEHOLDER.findall(english)) != wanted:
            return f"has other placeholders in English: {english}"
        if CHINESE.search(english):
            return f"is half Chinese in English: {english}"
        if entry.msgid.endswith("\n") != english.endswith("\n"):
            return f"ends otherwise in English: {english}"
    return ""


def said(catalogue: Path) -> set[str]:
    """Return the texts of a catalogue that the sources use."""
    return {each.msgid for each in polib.pofile(str(catalogue)) if not each.obsolete}


def test_every_text_is_said_in_english() -> None:
    entries = [each for each in polib.pofile(str(CATALOGUE)) if not each.obsolete]
    faults = [f"{each.msgid!r} {fault}" for each in entries if (fault := fault_of(each))]
    assert faults == []


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "{place} 不是空的。"\nmsgstr ""', "has no English"),
        ('#, fuzzy\nmsgid "受理"\nmsgstr "Accepted"', "has no English"),
        (
            'msgid "%(who)s 在办"\nmsgstr "%(name)s is on it"',
            "has other placeholders in English: %(name)s is on it",
        ),
        ('msgid "受理"\nmsgstr "Accept 受理"', "is half Chinese in English: Accept 受理"),
        ('msgid "有 {n} 处\\n"\nmsgstr "{n} faults"', "ends otherwise in English: {n} faults"),
        ('msgid "甲"\nmsgid_plural "甲"\nmsgstr[0] "one"\nmsgstr[1] ""', "has no English"),
        ('msgid ""\n"{place} "\n"不是空的。"\nmsgstr ""\n"{place} is "\n"not empty."', ""),
    ],
)
def test_a_text_without_its_english_is_noticed(entry: str, fault: str) -> None:
    (read,) = polib.pofile('msgid ""\nmsgstr "Language: en"\n\n' + entry)
    assert fault_of(read) == fault


@pytest.fixture
def collected(tmp_path: Path) -> set[str]:
    """The texts of the sources as they are now."""
    if not shutil.which("xgettext"):
        pytest.skip("xgettext is not installed; install the Debian package gettext")
    sources = shutil.copytree(SOURCE, tmp_path / "shuzheng", ignore=UNREAD)
    collect_texts(sources)
    return said(sources / CATALOGUE.relative_to(SOURCE))


def test_the_catalogue_is_what_the_sources_say(collected: set[str]) -> None:
    known = said(CATALOGUE)
    assert sorted(collected - known) == [], REMEDY
    assert sorted(known - collected) == [], REMEDY


SAID_IN_BOTH = ("support/workflow", "support/cases", "support/decisions")
TAG = re.compile(r"{% blocktranslate.*?{% endblocktranslate %}|{%.*?%}|{{.*?}}", re.DOTALL)


@pytest.mark.parametrize("room", SAID_IN_BOTH)
def test_pages_write_marks_between_words_as_each_language_does(room: str) -> None:
    pages = sorted((SOURCE / room).glob("templates/**/*.html"))
    bare = {page.name: TAG.sub("", page.read_text()) for page in pages}
    left = [name for name, text in bare.items() if re.search("[：，、；。（）]", text)]
    assert left == [], 'write {% mark "：" %}'


PURPOSE = re.compile(r"""\b_?purpose\s*=\s*\(?\s*f?"([^"]*[\u3400-\u9fff][^"]*)\"""", re.IGNORECASE)


def test_why_data_was_read_is_said_in_english() -> None:
    sources = [each for each in SOURCE.rglob("*.py") if "migrations" not in each.parts]
    bare = [
        f"{source.name}: {found[1]}"
        for source in sources
        for found in PURPOSE.finditer(source.read_text())
    ]
    assert bare == [], "declare it by gettext_noop: whoever was looked at reads it"
