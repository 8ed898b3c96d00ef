"""The data steward's desk of disputes."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from shuzheng.data.registers.operations import (
    answer_objection,
    decide_difference,
    read_difference,
)
from shuzheng.data.registers.queries import (
    DifferenceRow,
    ObjectionRow,
    list_differences,
    list_objections,
)
from shuzheng.data.registers.rules import DECIDE_DISPUTES, NoSuchDifference, NoSuchObjection
from shuzheng.infrastructure.web.operations import (
    actor_of,
    bind_form,
    in_english,
    page,
    read_form,
    requires,
)
from shuzheng.infrastructure.web.rules import Cell, Table


def _decision_form() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["outcome", "reason"],
        "properties": {
            "outcome": {
                "type": "string",
                "title": gettext("处理结果"),
                "enum": ["upheld", "dismissed"],
                "x-widget": "radios",
                "x-enum-labels": {
                    "upheld": gettext("情况属实，转来源部门更正"),
                    "dismissed": gettext("经核实登记无误"),
                },
            },
            "reason": {
                "type": "string",
                "title": gettext("理由"),
                "x-widget": "textarea",
                "x-hint": gettext("当事人会看到。"),
                "maxLength": 1000,
            },
        },
    }


def _answer_form() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["answer"],
        "properties": {
            "answer": {
                "type": "string",
                "title": gettext("答复"),
                "x-widget": "textarea",
                "x-hint": gettext("当事人会看到。"),
                "maxLength": 1000,
            }
        },
    }


@requires(DECIDE_DISPUTES)
def show_disputes(request: HttpRequest) -> HttpResponse:
    """Show the data steward what people say against values and readings."""
    context = {
        "differences": _difference_table(list_differences()),
        "objections": _objection_table(list_objections()),
    }
    return page(request, "registers/disputes.html", context)


@requires(DECIDE_DISPUTES)
@require_http_methods(["GET", "POST"])
def show_difference(request: HttpRequest, difference: UUID) -> HttpResponse:
    """Show one dispute with both values, and decide it."""
    actor, now = actor_of(request), timezone.now()
    row = next((each for each in list_differences() if each.id == difference), None)
    if row is None:
        raise NoSuchDifference
    values, errors = read_form(_decision_form(), request.POST) if request.POST else ({}, ())
    if request.method == "POST" and not errors:
        decide_difference(
            difference=difference,
            is_upheld=values["outcome"] == "upheld",
            reason=values["reason"],
            by=actor,
            at=now,
        )
        return redirect("registers:disputes")
    registered, claimed = read_difference(difference=difference, by=actor, at=now)
    context = {
        "row": row,
        "registered": registered,
        "claimed": claimed,
        "bound": bind_form(_decision_form(), values=values, errors=errors),
    }
    return page(request, "registers/difference.html", context, status=422 if errors else 200)


@requires(DECIDE_DISPUTES)
@require_http_methods(["GET", "POST"])
def show_answer(request: HttpRequest, objection: UUID) -> HttpResponse:
    """Show one objection, and answer it."""
    row = next((each for each in list_objections() if each.id == objection), None)
    if row is None:
        raise NoSuchObjection
    values, errors = read_form(_answer_form(), request.POST) if request.POST else ({}, ())
    if request.method == "POST" and not errors:
        answer_objection(
            objection=objection, answer=values["answer"], by=actor_of(request), at=timezone.now()
        )
        return redirect("registers:disputes")
    context = {"row": row, "bound": bind_form(_answer_form(), values=values, errors=errors)}
    return page(request, "registers/answer.html", context, status=422 if errors else 200)


def _difference_table(rows: tuple[DifferenceRow, ...]) -> Table:
    return Table(
        gettext("数据异议"),
        (gettext("字段"), gettext("办件"), gettext("提出时间"), gettext("状态")),
        [
            [
                Cell(
                    f"{in_english(each.register_name)} {in_english(each.field_name)}",
                    href=reverse("registers:difference", args=[each.id]),
                ),
                Cell(each.case),
                Cell(each.reported_at),
                Cell(gettext(each.state_name), tag="yellow" if each.state == "open" else "grey"),
            ]
            for each in rows
        ],
        empty=gettext("没有数据异议。"),
    )


def _objection_table(rows: tuple[ObjectionRow, ...]) -> Table:
    return Table(
        gettext("查阅异议"),
        (gettext("异议"), gettext("提出时间"), gettext("状态")),
        [
            [
                Cell(each.text, href=reverse("registers:answer", args=[each.id])),
                Cell(each.raised_at),
                Cell(gettext("已答复"), tag="grey")
                if each.answered_at
                else Cell(gettext("待答复"), tag="yellow"),
            ]
            for each in rows
        ],
        empty=gettext("没有查阅异议。"),
    )
