"""Read the text of a law from Markdown: ``# title``, notices, ``## chapter``, ``第…条 text``."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date

_DATE_IN_NAME = re.compile(r"^(?P<title>.+?)\((?P<date>\d{4}-\d{2}-\d{2})\)$")
_DATE_IN_TEXT = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_NUMBER = "[〇零一二三四五六七八九十百千]+"
_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0}
_TENS = {"十": 10, "百": 100, "千": 1000}
_ARTICLE = re.compile(rf"^(第{_NUMBER}条(?:之[一二三四五六七八九十]+)?)[\s\u3000]+(.*)$")
_END_OF_NOTICES = "<!-- INFO END -->"
_STATE = "中华人民共和国"
_CIVIL_CODE = "民法典"
_ONE_FORM = str.maketrans({"\u201c": '"', "\u201d": '"', "\uff08": "(", "\uff09": ")"})


@dataclass(frozen=True, slots=True)
class ArticleText:
    """One article: its name ``第四十二条``, the headings above it, and its paragraphs by line."""

    name: str
    heading: str
    text: str

    @property
    def sha256(self) -> str:
        """Return the digest that a citation carries."""
        return digest_of(self.text)


@dataclass(frozen=True, slots=True)
class LawText:
    """One version of a law.

    Attributes:
        title: short, without 《》 and without 中华人民共和国.
        version: day of adoption or of the last amendment.
        notices: how it came about, line by line.
        source: where it was read.
    """

    title: str
    full_title: str
    version: date
    notices: str
    articles: tuple[ArticleText, ...]
    source: str = ""

    def article(self, name: str) -> ArticleText | None:
        """Return the article of that name; the first where a text repeats one by mistake."""
        return next((each for each in self.articles if each.name == name), None)


class LawTextUnreadable(ValueError):
    """The text has no title or no date."""


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text without its white space, hexadecimal."""
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()


def plain_title(title: str) -> str:
    """Return a title as it is compared: no brackets, no name of the state, one kind of quotes.

    >>> plain_title("《中华人民共和国行政许可法》")
    '行政许可法'
    """
    bare = "".join(title.split()).strip("《》").removeprefix(_STATE)
    return bare.translate(_ONE_FORM)


def version_in_name(stem: str) -> tuple[str, date | None]:
    """Return title and date of a file's name such as ``行政许可法(2019-04-23)``."""
    if match := _DATE_IN_NAME.match(stem):
        return match["title"], date.fromisoformat(match["date"])
    return stem, None


def read_law(stem: str, text: str, *, source: str = "") -> LawText:
    """Return the law in a Markdown text; the file's name gives title and version.

    Raises:
        LawTextUnreadable: neither the name nor the notices carry a date.
    """
    title, version = version_in_name(stem)
    head, _, body = text.partition(_END_OF_NOTICES)
    headings = [line.lstrip("# ").strip() for line in head.splitlines() if line.startswith("#")]
    notices = [line.strip() for line in head.splitlines() if line.strip() and line[0] != "#"]
    full_title = headings[0] if headings else title
    if len(headings) > 1 and headings[0].endswith(_CIVIL_CODE):
        title, full_title = _CIVIL_CODE + headings[1], f"{headings[0]} {headings[1]}"
    version = version or _last_amended(notices)
    if version is None:
        raise LawTextUnreadable(f"{stem}: no date in name or notices")
    return LawText(title, full_title, version, "\n".join(notices), _articles(body), source)


def _last_amended(notices: list[str]) -> date | None:
    """Return the last day on which the text was adopted or amended, not of entry into force."""
    days = [
        date(*(int(part) for part in match.groups()))
        for line in notices
        if (match := _DATE_IN_TEXT.match(line)) and not line.endswith(("施行", "公布"))
    ]
    return max(days, default=None)


def _articles(body: str) -> tuple[ArticleText, ...]:
    articles: list[ArticleText] = []
    headings: dict[int, str] = {}
    for line in (each.strip() for each in body.splitlines()):
        if line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            headings = {deep: name for deep, name in headings.items() if deep < level}
            headings[level] = " ".join(line.lstrip("#").split())
        elif match := _ARTICLE.match(line):
            heading = " · ".join(name for name in headings.values() if name)
            articles.append(ArticleText(match[1], heading, match[2]))
        elif line and articles:
            last = articles[-1]
            articles[-1] = ArticleText(last.name, last.heading, f"{last.text}\n{line}")
    return tuple(articles)


def number_of(article: str) -> tuple[int, int]:
    """Return where an article stands: its number, and the number after 之, else 0.

    >>> number_of("第四十二条"), number_of("第一百零九条"), number_of("第十条之二")
    ((42, 0), (109, 0), (10, 2))
    """
    main, _, inserted = article.partition("条")
    return _value(main), _value(inserted)


def _value(numeral: str) -> int:
    """Return the value of a Chinese numeral below ten thousand; other characters count nothing."""
    total = digit = 0
    for each in numeral:
        if each in _TENS:
            total, digit = total + (digit or 1) * _TENS[each], 0
        else:
            digit = _DIGITS.get(each, digit)
    return total + digit
