"""What departments delivered, and which rows were put aside and why."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from shuzheng.data.collection.operations import decide_endings
from shuzheng.data.collection.queries import (
    BatchRow,
    Quarantined,
    get_batch,
    list_batches,
    list_datasets,
    list_quarantined,
)
from shuzheng.data.collection.rules import COLLECT_DATA, EndingsOutdated, ReasonMissing
from shuzheng.infrastructure.web.operations import actor_of, page, requires
from shuzheng.infrastructure.web.rules import Cell, Table
from shuzheng.policy.refusals import Refusal


@requires(COLLECT_DATA)
def show_batches(request: HttpRequest) -> HttpResponse:
    """Show the deliveries of all departments, newest first."""
    names = {dataset.key: dataset.name for dataset in list_datasets()}
    return page(request, "collection/batches.html", {"table": _batches(list_batches(), names)})


@requires(COLLECT_DATA)
def show_batch(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Show one delivery and the rows put aside."""
    return _show(request, batch)


@requires(COLLECT_DATA)
@require_POST
def decide(request: HttpRequest, batch: UUID) -> HttpResponse:
    """End what the delivery held back, or leave it as it is."""
    try:
        decide_endings(
            batch=batch,
            is_confirmed=request.POST.get("decision") == "end",
            reason=request.POST.get("reason", ""),
            by=actor_of(request),
            at=timezone.now(),
        )
    except (EndingsOutdated, ReasonMissing) as refusal:
        return _show(request, batch, refusal)
    return redirect("collection:batch", batch=batch)


def _show(request: HttpRequest, batch: UUID, refusal: Refusal | None = None) -> HttpResponse:
    context = {
        "batch": get_batch(batch),
        "table": _rows(list_quarantined(batch)),
        "refusal": refusal,
    }
    return page(request, "collection/batch.html", context, 422 if refusal else 200)


def _batches(batches: tuple[BatchRow, ...], names: dict[str, str]) -> Table:
    return Table(
        gettext("归集批次"),
        (gettext("数据集"), gettext("时间"), gettext("总行数"), gettext("隔离"), gettext("终止")),
        [
            [
                Cell(
                    names.get(each.dataset, each.dataset),
                    href=reverse("collection:batch", args=[each.id]),
                ),
                Cell(each.collected_at),
                Cell(each.rows_total, numeric=True),
                _bad(each.rows_bad),
                _ended(each),
            ]
            for each in batches
        ],
        empty=gettext("还没有归集过数据。"),
        caption_hidden=True,
    )


def _bad(count: int) -> Cell:
    return Cell(f"{count}", tag="yellow") if count else Cell(gettext("无"), tag="grey")


def _ended(batch: BatchRow) -> Cell:
    if batch.is_held:
        return Cell(gettext("等待确认"), tag="orange")
    return Cell(batch.records_ended, numeric=True)


def _rows(rows: tuple[Quarantined, ...]) -> Table:
    return Table(
        gettext("隔离的行"),
        (gettext("文件行号"), gettext("原因")),
        [[Cell(each.line, numeric=True), Cell("；".join(each.reasons))] for each in rows],
        empty=gettext("这一批没有隔离的行。"),
    )


app_name = "collection"
urlpatterns = [
    path("data/collection/", show_batches, name="batches"),
    path("data/collection/<uuid:batch>/", show_batch, name="batch"),
    path("data/collection/<uuid:batch>/endings/", decide, name="endings"),
]
