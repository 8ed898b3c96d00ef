"""Why content is not applied."""

from shuzheng.infrastructure.content.rules.editing import EditedItem
from shuzheng.infrastructure.content.rules.kinds import Problem
from shuzheng.policy.refusals import Conflict, Invalid, Refusal, gettext_noop


class ContentRefusal(Refusal):
    """Content was not applied; nothing has changed."""


class ContentInvalid(ContentRefusal, Invalid):
    """There are problems in the files; all are listed."""

    code = "content-invalid"
    template = gettext_noop("内容有 {count} 处问题，没有应用：\n{listed}\n")
    remedy = gettext_noop("请改正后再应用。")

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(count=len(problems), listed="\n".join(str(each) for each in problems))


class ContentInUse(ContentRefusal, Conflict):
    """An item is gone from the folder but something still uses it."""

    code = "content-in-use"
    template = gettext_noop("不能删除 {kind} {key}:{use}。")
    remedy = gettext_noop("请先改正使用它的内容，或把它放回文件夹。")


class ReasonMissing(ContentRefusal, Invalid):
    """Content is applied for a reason that is written down."""

    code = "content-reason-missing"
    template = gettext_noop("没有写明应用内容的理由。")
    remedy = gettext_noop("请写明理由。")


class EditedInBrowser(ContentRefusal, Conflict):
    """Files changed whose item somebody has published in the browser since they were applied."""

    code = "content-edited-in-browser"
    template = gettext_noop("有 {count} 项内容在网页上发布过，文件也改过，没有应用：\n{listed}\n")
    remedy = gettext_noop("请先合并，或者写明以文件为准。")

    def __init__(self, items: tuple[EditedItem, ...]) -> None:
        self.items = items
        super().__init__(count=len(items), listed="\n".join(map(str, items)))


class NotEdited(ContentRefusal, Invalid):
    """What is to be overwritten was not published in the browser."""

    code = "content-not-edited"
    template = gettext_noop("{name} 没有在网页上发布过与文件不同的内容，无须写明以文件为准。")
    remedy = gettext_noop("请核对名称：先写类型，再写编码，中间用英文冒号。")
