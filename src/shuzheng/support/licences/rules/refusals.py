"""Why a licence or document was not issued, shown or changed."""

from shuzheng.policy.refusals import Conflict, Invalid, NotFound, Refusal, gettext_noop


class LicenceRefusal(Refusal):
    """Something about a licence that is not done; nothing has changed."""

    code = "licence-refused"
    template = gettext_noop("证照业务未能办理。")


class UnknownLicenceType(LicenceRefusal, NotFound):
    """No licence type has this key."""

    code = "licence-type-unknown"
    template = gettext_noop("没有编码为“{licence_type}”的证照类型。")
    remedy = gettext_noop("请核对编码，或先用 shuzheng apply 载入证照类型。")


class NotFoundByCode(LicenceRefusal, NotFound):
    """No licence or document has this code, or none that the actor may know of."""

    code = "licence-code-unknown"
    template = gettext_noop("没有找到核验码为“{code}”的证照或文书。")
    remedy = gettext_noop("请核对核验码，或确认是否用持有人的账号登录。")


class FactMissing(LicenceRefusal, Invalid):
    """A fact that the licence must state is missing."""

    code = "licence-fact-missing"
    template = gettext_noop("核发《{title}》缺少“{name}”。")
    remedy = gettext_noop("请在决定中补齐后重新核发。")


class SealOfAnotherDepartment(LicenceRefusal, Conflict):
    """The seal belongs to another department than the one that issues."""

    code = "licence-seal-of-another-department"
    template = gettext_noop("《{title}》由“{department}”核发，不能加盖印章“{seal}”。")
    remedy = gettext_noop("请使用核发部门自己的印章。")


class StateForbids(LicenceRefusal, Conflict):
    """The licence's state does not allow the step."""

    code = "licence-state-forbids"
    template = gettext_noop("证照 {number} 当前为“{state}”，不能{step}。")
    remedy = gettext_noop("请核对证照当前状态。")


class ReasonMissing(LicenceRefusal, Invalid):
    """An end to a licence needs its reasons."""

    code = "licence-reason-missing"
    template = gettext_noop("{step}证照必须写明理由。")
    remedy = gettext_noop("请填写事实和理由。")


class PurposeMissing(LicenceRefusal, Invalid):
    """An official opens a person's document only for a stated purpose."""

    code = "licence-purpose-missing"
    template = gettext_noop("查阅他人证照或文书必须写明用途。")
    remedy = gettext_noop("请填写用途，用途会显示给当事人。")
