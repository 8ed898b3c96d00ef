"""Who is to do the tasks, as far as the caller knows the posts."""

from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.workflow.rules.sentences.declaring import ProblemKind

KINDS = (
    ProblemKind(
        "task-without-duty",
        gettext_noop("人工任务没有写明由哪项职责办理，会落到不相干的岗位。"),
        gettext_noop("请选择办理它的职责，或者指定由申请人办。"),
    ),
    ProblemKind(
        "duty-without-post",
        gettext_noop("没有岗位承担职责“{duty}”，任务无人可办。"),
        gettext_noop("请改正职责，或先给一个岗位加上这项职责。"),
    ),
    ProblemKind(
        "post-vacant",
        gettext_noop("承担职责“{duty}”的岗位“{post}”目前没有人员。"),
        gettext_noop("请安排人员或指定代理人；没有人员时，任务转给上级岗位。"),
        severity="warning",
    ),
)
