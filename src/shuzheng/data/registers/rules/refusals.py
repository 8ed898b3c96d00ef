"""Why a register does not answer."""

from shuzheng.policy.refusals import (
    Conflict,
    Invalid,
    NotFound,
    NotPermitted,
    Refusal,
    gettext_noop,
)


class RegisterRefusal(Refusal):
    """Base of everything this room refuses."""


class UnknownRegister(RegisterRefusal, NotFound):
    """No register of that name in this city."""

    code = "unknown-register"
    template = gettext_noop("没有名为“{register}”的基础数据库。")


class UnknownField(RegisterRefusal, Invalid):
    """The register has no such field."""

    code = "unknown-register-field"
    template = gettext_noop("{register}没有字段“{name}”。")


class NoSuchRecord(RegisterRefusal, NotFound):
    """The register holds nothing under that reference."""

    code = "no-such-record"
    template = gettext_noop("{register}中没有这条记录。")
    remedy = gettext_noop("请核对号码；如确有登记，可在办理时自行填写并上传材料。")


class PurposeMissing(RegisterRefusal, Invalid):
    """Personal data were asked for without saying why and for which case."""

    code = "purpose-missing"
    template = gettext_noop("读取个人信息须写明用途和所办的件。")
    remedy = gettext_noop("请从办件页面进入，或补充用途后重试。")


class NotYourRecord(RegisterRefusal, NotPermitted):
    """A person asked for the data of somebody else."""

    code = "not-your-record"
    template = gettext_noop("这是他人的信息，您不能查看。")
    remedy = gettext_noop("代他人办理的，请先取得授权。")


class NotTheSource(RegisterRefusal, Invalid):
    """A dataset tried to write a field that has another source."""

    code = "not-the-source"
    template = gettext_noop(
        "{register}的“{name}”只能由数据集“{owner}”写入，不能由“{dataset}”写入。"
    )
    remedy = gettext_noop("一数一源：请更正归集映射。")


class DifferenceUnchanged(RegisterRefusal, Invalid):
    """The value claimed is the one the register has."""

    code = "difference-unchanged"
    template = gettext_noop("您填写的“{name}”与登记的相同，无需提出异议。")


class NoSuchDifference(RegisterRefusal, NotFound):
    """No dispute of that number."""

    code = "no-such-difference"
    template = gettext_noop("没有这条数据异议。")


class AlreadyDecided(RegisterRefusal, Conflict):
    """The dispute or objection has its answer."""

    code = "dispute-already-decided"
    template = gettext_noop("该异议已于{on}处理完毕，不能重复处理。")


class ReasonMissing(RegisterRefusal, Invalid):
    """An objection or an answer without reasons."""

    code = "reason-missing"
    template = gettext_noop("请写明理由。")


class NotYourEntry(RegisterRefusal, NotFound):
    """The access objected to did not read the objector's data."""

    code = "not-your-entry"
    template = gettext_noop("没有找到这次查阅您信息的记录。")


class NoSuchObjection(RegisterRefusal, NotFound):
    """No objection of that number."""

    code = "no-such-objection"
    template = gettext_noop("没有这条查阅异议。")
