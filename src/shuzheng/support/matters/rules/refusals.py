from shuzheng.policy.refusals import NotFound, Refusal, gettext_noop


class MatterRefusal(Refusal):
    """The base of what this room refuses."""


class MatterNotFound(MatterRefusal, NotFound):
    """No matter or bundle of that key is in force on that day."""

    code = "matter-not-found"
    template = gettext_noop("没有找到事项“{matter}”。")
    remedy = gettext_noop("请从首页搜索您要办的事。")
