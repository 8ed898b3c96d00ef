"""Who looked at my data, and the data steward's desk of disputes."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from shuzheng.data.registers.operations import (
    answer_objection,
    decide_difference,
    raise_objection,
    read_difference,
)
from shuzheng.data.registers.queries import (
    DataAccess,
    DifferenceRow,
    ObjectionRow,
    list_data_access,
    list_differences,
    list_objections,
)
from shuzheng.data.registers.rules import (
    DECIDE_DISPUTES,
    NoSuchDifference,
    NoSuchObjection,
    NotYourEntry,
)
from shuzheng.infrastructure.web.operations import (
    actor_of,
    bind_form,
    limited,
    page,
    read_form,
    requires,
    signed_in,
)
from shuzheng.infrastructure.web.rules import Cell, Table
from shuzheng.institutions.organisation.queries import get_department, get_post
from shuzheng.institutions.organisation.rules import PostUnknown


def _objection_form() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["text"],
        "properties": {
            "text": {
                "type": "string",
                "title": gettext("您认为这次查阅有什么问题？"),
                "x-widget": "textarea",
                "x-hint": gettext("例如：这个办件不是我的；与办理无关。数据管理员会核实并答复您。"),
                "maxLength": 1000,
            }
        },
    }


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


@signed_in
def show_data_access(request: HttpRequest) -> HttpResponse:
    """Show a person every reading of their data."""
    accesses = list_data_access(actor_of(request).person)
    return page(request, "registers/data_access.html", {"table": _access_table(accesses)})


@signed_in
@limited("20/h")
@require_http_methods(["GET", "POST"])
def show_objection(request: HttpRequest, entry: UUID) -> HttpResponse:
    """Object to one reading of one's own data."""
    actor = actor_of(request)
    access = next((each for each in list_data_access(actor.person) if each.entry == entry), None)
    if access is None:
        raise NotYourEntry
    if access.objection is not None:
        return page(request, "registers/objection_raised.html", {"objection": access.objection})
    values, errors = read_form(_objection_form(), request.POST) if request.POST else ({}, ())
    if request.method == "POST" and not errors:
        raise_objection(entry=entry, text=values["text"], by=actor, at=timezone.now())
        return redirect("registers:data-access")
    context = {
        "bound": bind_form(_objection_form(), values=values, errors=errors),
        "access": access,
        "who": _who(access),
    }
    return page(request, "registers/objection.html", context, status=422 if errors else 200)


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


def _access_table(accesses: tuple[DataAccess, ...]) -> Table:
    return Table(
        gettext("谁看了我的信息"),
        (
            gettext("时间"),
            gettext("谁"),
            gettext("看了什么"),
            gettext("为什么"),
            gettext("办件"),
            gettext("异议"),
        ),
        [
            [
                Cell(each.at),
                Cell(_who(each)),
                Cell(each.what),
                Cell(gettext(each.purpose) if each.purpose else ""),
                Cell(each.case),
                _objection_cell(each),
            ]
            for each in accesses
        ],
        empty=gettext("还没有人查阅过您的信息。"),
        caption_hidden=True,
    )


def _objection_cell(access: DataAccess) -> Cell:
    if access.is_own:
        return Cell()
    href = reverse("registers:objection", args=[access.entry])
    if access.objection is None:
        return Cell(gettext("提出异议"), href=href)
    is_answered = access.objection.answered_at is not None
    return Cell(gettext("已答复") if is_answered else gettext("已提出"), href=href)


def _who(access: DataAccess) -> str:
    if access.is_own:
        return gettext("您本人")
    try:
        post = get_post(access.post) if access.post else None
    except PostUnknown:
        return f"{access.actor_name} {access.post}"
    if post is None:
        return gettext("系统自动核对") + f"（{access.actor_name}）"
    return f"{get_department(post.department).name} {post.name} {access.actor_name}"


def _difference_table(rows: tuple[DifferenceRow, ...]) -> Table:
    return Table(
        gettext("数据异议"),
        (gettext("字段"), gettext("办件"), gettext("提出时间"), gettext("状态")),
        [
            [
                Cell(
                    f"{each.register_name} {each.field_name}",
                    href=reverse("registers:difference", args=[each.id]),
                ),
                Cell(each.case),
                Cell(each.reported_at),
                Cell(each.state_name, tag="yellow" if each.state == "open" else "grey"),
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


app_name = "registers"
urlpatterns = [
    path("my/data-access/", show_data_access, name="data-access"),
    path("my/data-access/<uuid:entry>/", show_objection, name="objection"),
    path("data/disputes/", show_disputes, name="disputes"),
    path("data/disputes/<uuid:difference>/", show_difference, name="difference"),
    path("data/objections/<uuid:objection>/", show_answer, name="answer"),
]
