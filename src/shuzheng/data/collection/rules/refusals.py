"""Why a feed is not taken."""

from shuzheng.policy.refusals import Conflict, Invalid, NotFound, Refusal, gettext_noop


class CollectionRefusal(Refusal):
    """Base of everything this room refuses."""


class UnknownDataset(CollectionRefusal, NotFound):
    """No dataset of that key in this city."""

    code = "unknown-dataset"
    template = gettext_noop("没有名为“{dataset}”的数据集。")


class UnknownBatch(CollectionRefusal, NotFound):
    """No delivery of that number."""

    code = "unknown-batch"
    template = gettext_noop("没有这一批归集记录。")


class FeedNotText(CollectionRefusal, Invalid):
    """The file is neither UTF-8 nor GB 18030."""

    code = "feed-not-text"
    template = gettext_noop("文件不是文本：既不是 UTF-8，也不是 GB 18030 编码。")
    remedy = gettext_noop("请另存为 CSV（UTF-8）后重试。")


class HeadingsMissing(CollectionRefusal, Invalid):
    """Columns the dataset promises are not in the file."""

    code = "feed-headings-missing"
    template = gettext_noop("数据集“{dataset}”缺少列：{headings}。")
    remedy = gettext_noop("请按数据集定义补齐表头。")


class NoEndingsHeld(CollectionRefusal, Conflict):
    """The delivery held nothing back, or somebody has decided."""

    code = "no-endings-held"
    template = gettext_noop("这一批没有等待确认的终止。")
    remedy = gettext_noop("可能有人已经处理，请刷新页面。")


class EndingsOutdated(CollectionRefusal, Conflict):
    """A later delivery says more than this one."""

    code = "endings-outdated"
    template = gettext_noop("此后又归集过这个数据集，不能再按这一批终止。")
    remedy = gettext_noop("请不予终止，以最新一批为准。")


class ReasonMissing(CollectionRefusal, Invalid):
    """What is ended or kept against a file is said why."""

    code = "collection-reason-missing"
    template = gettext_noop("请写明理由。")
