"""Tasks that a flow asks for and no law names: the official says the outcome drawn."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from shuzheng.applications.desk.pages.inbox import official_of
from shuzheng.infrastructure.web.operations import signed_in
from shuzheng.policy.refusals import Invalid, gettext_noop
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.queries.choices import list_choices


class OutcomeUnknown(Invalid):
    """The flow goes on by what it drew, and by nothing else."""

    code = "outcome-unknown"
    template = gettext_noop("请选择办理结果。")


@signed_in
@require_POST
def done(request: HttpRequest, task_id: int) -> HttpResponse:
    """Complete the task with the outcome chosen."""
    choices = {each.value for each in list_choices(task_id)}
    chosen = request.POST.get("outcome", "")
    if choices and chosen not in choices:
        raise OutcomeUnknown(field="outcome")
    by, opinion = official_of(request), request.POST.get("opinion", "").strip()
    outcome = {"outcome": chosen or "done", "opinion": opinion}
    cases.complete_task(task_id=task_id, outcome=outcome, by=by, at=timezone.now())
    return redirect("desk:inbox")
