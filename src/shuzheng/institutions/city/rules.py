"""What the house knows of its city."""

from dataclasses import dataclass

from shuzheng.policy.refusals import Conflict, Refusal, gettext_noop


class CityRefusal(Refusal):
    """The base of what this room refuses."""


class CityNotApplied(CityRefusal, Conflict):
    """No city's content has been applied yet."""

    code = "city-not-applied"
    template = gettext_noop("还没有载入城市内容。")
    remedy = gettext_noop("请运行 shuzheng apply cities/<城市>。")


@dataclass(frozen=True, slots=True)
class CityFacts:
    """The city's own facts, as content gives them."""

    code: str
    name: str
    name_en: str
    case_prefix: str
    hotline: str
    review_organ: str
    court: str
    remedies: str = ""

    def say_remedies(self, text: str = "") -> str:
        """Return how a decision may be contested here; a matter may have words of its own."""
        return (text or self.remedies).format(review_organ=self.review_organ, court=self.court)
