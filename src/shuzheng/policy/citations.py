"""A citation: which article of which version of which law, with a sentence of our own."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field


class Citation(BaseModel):
    """A place in a law, named so that it can be found and checked.

    Attributes:
        law: short title, as the law cites itself, without 《》 and without 中华人民共和国.
        version: the day this wording was adopted or last amended.
        article: ``第四十二条``.
        paragraph: ``第二款`` or ``第一款第三项``, empty for the whole article.
        says: what it says, in a sentence of our own; the text itself is not kept here.
        sha256: of the article's text in the library the citation was checked against.
        verified: somebody has read the text; an unread citation says so wherever it is shown.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    law: str = Field(min_length=1)
    version: date
    article: str = Field(
        pattern=r"^第[〇零一二三四五六七八九十百千]+条(之[一二三四五六七八九十]+)?$"
    )
    paragraph: str = Field(default="", pattern=r"^(第[一二三四五六七八九十百]+[款项目])*$")
    says: str = Field(min_length=1)
    sha256: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")
    verified: bool

    @property
    def reference(self) -> str:
        """Return the citation as it is printed.

        >>> Citation(law="行政许可法", version=date(2019, 4, 23), article="第四十二条",
        ...          says="二十日内决定", verified=True).reference
        '《行政许可法》(2019-04-23)第四十二条'
        """
        return f"《{self.law}》({self.version.isoformat()}){self.article}{self.paragraph}"
