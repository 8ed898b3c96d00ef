"""Running cases on their way to a new version: the plan, how far it is, and who stays behind."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.web.operations import actor_of, number_in, page, requires
from shuzheng.policy.refusals import Invalid
from shuzheng.support.cases.operations import (
    open_migration,
    place_case,
    publish_and_migrate,
    retry_migration,
)
from shuzheng.support.cases.pages.migration_tables import draw_migrations, draw_plan
from shuzheng.support.cases.queries import (
    get_migration,
    list_migrations,
    list_staying,
    list_stuck_after,
    plan_draft,
    plan_migration,
)
from shuzheng.support.cases.rules.migrations import MIGRATE_CASES
from shuzheng.support.workflow.queries import FlowVersion, get_draft, get_flow, list_versions
from shuzheng.support.workflow.rules.entries import PUBLISH_FLOW, REVIEW_FLOW, SEE_FLOWS

MOST_SHOWN = 50


@requires(SEE_FLOWS)
def show_plan(request: HttpRequest, key: str) -> HttpResponse:
    """Show where the running cases of a flow would go under the version in force, and why."""
    return _planned(request, key)


def _planned(request: HttpRequest, key: str, refusal: Invalid | None = None) -> HttpResponse:
    version = get_flow(key)
    plan = plan_migration(version.id)
    context = {
        "version": version,
        "plan": plan,
        "moving": plan.total - plan.staying,
        "table": draw_plan(plan),
        "migrations": draw_migrations(list_migrations(key)),
        "may_migrate": _may_migrate(actor_of(request), version),
        "refusal": refusal,
        "typed": request.POST.get("reasons", ""),
    }
    return page(request, "cases/plan.html", context, status=422 if refusal else 200)


@requires(SEE_FLOWS)
def show_draft_plan(request: HttpRequest, draft: int) -> HttpResponse:
    """Show what publishing a draft would do to the running cases."""
    return _draft_planned(request, draft)


def _draft_planned(
    request: HttpRequest, draft: int, refusal: Invalid | None = None
) -> HttpResponse:
    row, actor = get_draft(draft).row, actor_of(request)
    plan = plan_draft(draft)
    reviews = actor.may(PUBLISH_FLOW) or (
        actor.may(REVIEW_FLOW) and actor.department == row.department
    )
    context = {
        "draft": row,
        "plan": plan,
        "moving": plan.total - plan.staying,
        "table": draw_plan(plan),
        "may_publish": row.state == "waiting"
        and reviews
        and actor.may(MIGRATE_CASES)
        and actor.account != row.drafted_by,
        "refusal": refusal,
        "typed": request.POST.get("reasons", ""),
    }
    return page(request, "cases/draft_plan.html", context, status=422 if refusal else 200)


@requires(MIGRATE_CASES)
@require_POST
def publish(request: HttpRequest, draft: int) -> HttpResponse:
    """Publish a draft and bring the running cases to it."""
    try:
        published = publish_and_migrate(
            draft=draft,
            review=request.POST.get("reasons", ""),
            by=actor_of(request),
            at=timezone.now(),
        )
    except Invalid as refusal:
        return _draft_planned(request, draft, refusal)
    return redirect("flow_work:migration", published.migration)


@requires(MIGRATE_CASES)
@require_POST
def start_migration(request: HttpRequest, key: str) -> HttpResponse:
    """Bring the running cases to the version in force."""
    try:
        migration = open_migration(
            version=get_flow(key).id,
            reasons=request.POST.get("reasons", ""),
            by=actor_of(request),
            at=timezone.now(),
        )
    except Invalid as refusal:
        return _planned(request, key, refusal)
    return redirect("flow_work:migration", migration)


@requires(SEE_FLOWS)
def show_migration(request: HttpRequest, migration: int) -> HttpResponse:
    """Show how far a migration is, and the cases that stay, each with what may be chosen."""
    return _migration(request, migration)


def _migration(
    request: HttpRequest, migration: int, refusal: Invalid | None = None
) -> HttpResponse:
    found = get_migration(migration)
    after = number_in(request.GET.get("from", "")) or 0
    staying = list_staying(migration, after=after, limit=MOST_SHOWN + 1)
    context = {
        "migration": found,
        "done": found.total - found.waiting,
        "staying": staying[:MOST_SHOWN],
        "stuck": list_stuck_after(migration, at=timezone.now(), limit=MOST_SHOWN),
        "following": staying[MOST_SHOWN - 1].item if len(staying) > MOST_SHOWN else 0,
        "may_migrate": _may_migrate(actor_of(request), get_flow(found.key)),
        "refusal": refusal,
        "typed": request.POST,
    }
    return page(request, "cases/migration.html", context, status=422 if refusal else 200)


@requires(SEE_FLOWS)
def show_progress(request: HttpRequest, migration: int) -> HttpResponse:
    """Answer how far a migration is, for the page that asks again and again."""
    found = get_migration(migration)
    context = {"migration": found, "done": found.total - found.waiting}
    return page(request, "cases/migration_progress.html", context)


@requires(MIGRATE_CASES)
@require_POST
def place(request: HttpRequest, migration: int) -> HttpResponse:
    """Place one case by hand at the steps somebody chose."""
    choices = {
        name.removeprefix("choice-"): request.POST[name]
        for name in request.POST
        if name.startswith("choice-") and request.POST[name]
    }
    try:
        place_case(
            migration=migration,
            number=request.POST.get("number", ""),
            choices=choices,
            reasons=request.POST.get("reasons", ""),
            by=actor_of(request),
            at=timezone.now(),
        )
    except Invalid as refusal:
        return _migration(request, migration, refusal)
    return redirect("flow_work:migration", migration)


@requires(MIGRATE_CASES)
@require_POST
def retry(request: HttpRequest, migration: int) -> HttpResponse:
    """Try the cases that stay once more, for they have gone on since."""
    try:
        retry_migration(
            migration=migration,
            reasons=request.POST.get("reasons", ""),
            by=actor_of(request),
            at=timezone.now(),
        )
    except Invalid as refusal:
        return _migration(request, migration, refusal)
    return redirect("flow_work:migration", migration)


def _may_migrate(actor: Actor, version: FlowVersion) -> bool:
    """Say whether to offer it; the operation decides."""
    owner = next(each.department for each in list_versions(version.key) if each.id == version.id)
    return actor.may(MIGRATE_CASES) and (actor.may(PUBLISH_FLOW) or actor.department == owner)
