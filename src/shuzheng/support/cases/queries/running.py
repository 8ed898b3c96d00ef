"""How many cases run under which version of a flow."""

from django.db.models import Count

from shuzheng.support.cases.models import Case


def count_running() -> dict[int, int]:
    """Return the number of cases under way by id of their flow's version."""
    rows = (
        Case.objects.filter(closed_at=None, flow_state__isnull=False)
        .values("flow_id")
        .annotate(count=Count("id"))
        .order_by()
    )
    return {row["flow_id"]: row["count"] for row in rows}
