"""What this room refuses, each a fact with a way out."""

from shuzheng.policy.refusals import (
    Conflict,
    Invalid,
    NotFound,
    NotPermitted,
    Refusal,
    gettext_noop,
)


class CaseRefusal(Refusal):
    """The base of what this room refuses."""


class CaseNotFound(CaseRefusal, NotFound):
    """No such case, or none that this actor may know of: the two are told apart to nobody."""

    code = "case-not-found"
    template = gettext_noop("没有找到办件 {number}。")
    remedy = gettext_noop("请核对编号；只能查看本人或本岗位的办件。")


class CaseStateForbids(CaseRefusal, Conflict):
    """The case is in a state in which this cannot be done."""

    code = "case-state-forbids"
    template = gettext_noop("办件 {number} 当前为“{state}”，不能{action}。")
    remedy = gettext_noop("请刷新页面查看最新进展。")


class TaskNotFound(CaseRefusal, NotFound):
    """No such task, or none of this post."""

    code = "task-not-found"
    template = gettext_noop("没有找到这项任务。")
    remedy = gettext_noop("它可能属于其他岗位；请回到待办列表。")


class TaskAlreadyDone(CaseRefusal, Conflict):
    """Somebody completed the task before; nothing of this attempt is kept but its text."""

    code = "task-already-done"
    template = gettext_noop("“{task}”已由 {who} 于 {when} 完成，您的提交没有生效。")
    remedy = gettext_noop("请打开办件查看结果。")


class TaskClaimedByOther(CaseRefusal, Conflict):
    """A colleague on the same post works on it."""

    code = "task-claimed"
    template = gettext_noop("“{task}”已由 {who} 认领。")
    remedy = gettext_noop("请与其沟通，或请其退回认领。")


class FormIncomplete(CaseRefusal, Invalid):
    """The form lacks something; every fault is named."""

    code = "form-incomplete"
    template = gettext_noop("还不能提交：{faults}。")
    remedy = gettext_noop("已填写的内容都已保存，补齐后再提交。")


class MaterialMissing(CaseRefusal, Invalid):
    """A needed material was not given."""

    code = "material-missing"
    template = gettext_noop("还缺少材料：{materials}。")
    remedy = gettext_noop("请上传后再提交。")


class UnknownMaterial(CaseRefusal, Invalid):
    """The file belongs to no material of this case."""

    code = "material-unknown"
    template = gettext_noop("本办件不需要材料“{material}”。")


class QuestionsUnanswered(CaseRefusal, Invalid):
    """The questions that decide which matters belong have not been answered."""

    code = "questions-unanswered"
    template = gettext_noop("请先回答情形问题。")


class SiteForbidden(CaseRefusal, Invalid):
    """The place may not have such a business; said before any rent is paid."""

    code = "site-forbidden"
    template = gettext_noop("该场所不能开办：{reason}")
    remedy = gettext_noop("可更换场所；如认为判断有误，可申请人工核验。")


class NothingSelected(CaseRefusal, Invalid):
    """The answers lead to no matter at all."""

    code = "nothing-selected"
    template = gettext_noop("按您的回答，没有需要办理的事项。")
    remedy = gettext_noop("请核对回答。")


class NotABundle(CaseRefusal, Invalid):
    """A matter is applied for with the bundle it belongs to, never alone."""

    code = "not-a-bundle"
    template = gettext_noop("“{matter}”不单独申请，随{bundles}一起办。")
    remedy = gettext_noop("请从那里开始。")


class DeadlineInPast(CaseRefusal, Invalid):
    """A deadline must leave the applicant time."""

    code = "deadline-in-past"
    template = gettext_noop("期限 {deadline} 不晚于今天。")
    remedy = gettext_noop("请填写今天以后的日期。")


class CorrectionAlreadyAsked(CaseRefusal, Conflict):
    """A correction is asked once, all of it (行政许可法 第三十二条)."""

    code = "correction-already-asked"
    template = gettext_noop("已于 {asked_on} 一次性告知补正，不能再次要求补正。")
    remedy = gettext_noop("请受理，或作出不予受理决定并说明理由。")


class NotEntrusted(CaseRefusal, NotPermitted):
    """The window has no entrustment of that department in force."""

    code = "not-entrusted"
    template = gettext_noop("没有 {principal} 委托统一受理的有效文件。")
    remedy = gettext_noop("请由该部门自行受理，或先登记委托。")


class ClockIsSuspended(CaseRefusal, Conflict):
    """While a special procedure runs the matter is not ruled on."""

    code = "clock-suspended"
    template = gettext_noop("办件 {number} 正在进行“{kind}”，期限已中止。")
    remedy = gettext_noop("请先结束特别程序。")


class ClockNotSuspended(CaseRefusal, Conflict):
    """There is nothing to resume."""

    code = "clock-not-suspended"
    template = gettext_noop("办件 {number} 没有进行中的特别程序。")


class PartOfBundle(CaseRefusal, Conflict):
    """A bundle's matter is not withdrawn or rated by itself; its flow would never end."""

    code = "part-of-bundle"
    template = gettext_noop("办件 {number} 是 {root} 的一部分，不能单独操作。")
    remedy = gettext_noop("请打开办件 {root} 办理。")


class TaskOfOtherKind(CaseRefusal, Conflict):
    """An opinion is no ruling, a visit no acceptance: each task is done in its own way."""

    code = "task-of-other-kind"
    template = gettext_noop("“{task}”不能这样办理。")
    remedy = gettext_noop("请从待办列表打开任务办理。")


class DecisionOfOtherCase(CaseRefusal, NotFound):
    """The run was not made for this case, or is not what the case goes by."""

    code = "decision-of-other-case"
    template = gettext_noop("办件 {number} 没有这次研判。")
    remedy = gettext_noop("请刷新页面后重试。")


class SuspensionNotLawful(CaseRefusal, Invalid):
    """The matter's content names no such special procedure."""

    code = "suspension-not-lawful"
    template = gettext_noop("事项“{matter}”没有登记“{kind}”这一特别程序。")
    remedy = gettext_noop("只有法律列举的八种情形可以中止期限（行政许可法第四十五条）。")


class ReasonsMissing(CaseRefusal, Invalid):
    """A refusal, a set-aside or a suspension is given with reasons."""

    code = "reasons-missing"
    template = gettext_noop("请写明理由。")


class TwoVisitorsNeeded(CaseRefusal, Invalid):
    """A site visit is made by two or more staff (行政许可法 第三十四条)."""

    code = "two-visitors-needed"
    template = gettext_noop("现场核查应当由两名以上工作人员进行。")


class RecordedElsewhere(CaseRefusal, Conflict):
    """Another page changed the same fields since this one was opened; ``fields`` names them."""

    code = "form-saved-elsewhere"
    template = gettext_noop("这一页的内容已在另一个页面里改过。")
    remedy = gettext_noop("您在本页填写的都还在，请核对后再保存一次。")

    def __init__(self, *, fields: tuple[str, ...]) -> None:
        self.fields = fields
        super().__init__(field=fields[0])


class FieldIsFixed(CaseRefusal, Invalid):
    """Who somebody is comes from the proof of it, never from what is typed into an application."""

    code = "field-is-fixed"
    template = gettext_noop("“{title}”以登记的为准，不能在申请里更改。")
    remedy = gettext_noop(
        "登记有误的，请在“谁看过我的数据”里提出；以前改过的，请打开“修改回答”再保存一次。"
    )


class OnlyApplicantWithdraws(CaseRefusal, NotPermitted):
    """Who helps fills in and hands in; once it is accepted, it is the applicant's to take back."""

    code = "only-applicant-withdraws"
    template = gettext_noop("受理后只有申请人本人可以撤回，代办员不能代为撤回。")
    remedy = gettext_noop("请申请人本人登录后，在办件页撤回。")


class CorrectionUnchanged(CaseRefusal, Invalid):
    """Nothing was changed since a correction was asked, and nobody said that this is meant."""

    code = "correction-unchanged"
    template = gettext_noop("窗口告知补正以来，您还没有改过内容，也没有上传新文件。")
    remedy = gettext_noop("请按告知的内容补正；认为无须改动的，请勾选后再提交。")


class OnlyApplicantCommits(CaseRefusal, NotPermitted):
    """Nobody promises in another's name; who helps has the printed text signed."""

    code = "only-applicant-commits"
    template = gettext_noop("承诺只能由申请人本人在线确认，代办员不能代为承诺。")
    remedy = gettext_noop("请下载空白承诺书，由申请人签名后上传。")


class AlreadyRated(CaseRefusal, Conflict):
    """One rating a case."""

    code = "already-rated"
    template = gettext_noop("您已评价过这次办理。")
