"""Who looked at my data, and what is registered wrongly about me."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from shuzheng.data.registers.operations import raise_objection, report_difference
from shuzheng.data.registers.queries import (
    DataAccess,
    Readings,
    get_register,
    group_readings,
    list_data_access,
)
from shuzheng.data.registers.rules import SELF, DifferenceUnchanged, NoSuchRecord, NotYourEntry
from shuzheng.infrastructure.web.operations import (
    FieldError,
    actor_of,
    bind_form,
    in_english,
    limited,
    listed,
    page,
    read_form,
    say,
    say_purpose,
    signed_in,
)
from shuzheng.infrastructure.web.rules import Cell, Table
from shuzheng.institutions.organisation.queries import get_department, get_post
from shuzheng.institutions.organisation.rules import PostUnknown

PERSONS = "persons"


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


def _wrong_value_form() -> dict[str, Any]:
    fields = [each for each in get_register(PERSONS).fields if each.person == SELF]
    return {
        "type": "object",
        "required": ["field", "claimed"],
        "properties": {
            "field": {
                "type": "string",
                "title": gettext("哪一项登记有误？"),
                "enum": [each.key for each in fields],
                "x-enum-labels": {each.key: in_english(each.name) for each in fields},
                "x-widget": "select",
            },
            "claimed": {
                "type": "string",
                "title": gettext("正确的是"),
                "x-hint": gettext("数据管理员会核实；情况属实的，转来源部门更正，结果会告诉您。"),
                "maxLength": 200,
            },
        },
    }


@signed_in
def show_data_access(request: HttpRequest) -> HttpResponse:
    """Show a person every reading of their data."""
    readings = group_readings(list_data_access(actor_of(request).person))
    return page(request, "registers/data_access.html", {"table": _access_table(readings)})


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
        "what": _what(access),
    }
    return page(request, "registers/objection.html", context, status=422 if errors else 200)


@signed_in
@limited("20/h")
@require_http_methods(["GET", "POST"])
def show_wrong_value(request: HttpRequest) -> HttpResponse:
    """Say that something is registered wrongly about oneself; the data steward answers."""
    form = _wrong_value_form()
    is_posted = request.method == "POST"
    values, errors = read_form(form, request.POST) if is_posted else ({}, ())
    if is_posted and not errors:
        errors = _report(request, values)
    is_reported = is_posted and not errors
    bound = bind_form(form, values=values, errors=errors)
    context = {"bound": bound, "is_reported": is_reported}
    return page(request, "registers/wrong_value.html", context, status=422 if errors else 200)


def _report(request: HttpRequest, values: dict[str, Any]) -> tuple[FieldError, ...]:
    by = actor_of(request)
    try:
        report_difference(
            register=PERSONS,
            reference=by.person,
            field=values["field"],
            claimed=values["claimed"],
            case="",
            by=by,
            at=timezone.now(),
        )
    except (DifferenceUnchanged, NoSuchRecord) as refusal:
        return (FieldError("claimed", refusal.code, say(refusal)),)
    return ()


def _access_table(readings: tuple[Readings, ...]) -> Table:
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
                Cell(_when(each)),
                Cell(_who(each.access)),
                Cell(_what(each.access)),
                Cell(say_purpose(each.access.purpose)),
                Cell(each.access.case),
                _objection_cell(each.access),
            ]
            for each in readings
        ],
        empty=gettext("还没有人查阅过您的信息。"),
        caption_hidden=True,
    )


def _when(readings: Readings) -> str:
    """Return the day and the times, each minute once, and how many readings they were."""
    times = listed(dict.fromkeys(f"{each:%H:%M}" for each in readings.times))
    count = len(readings.times)
    if count == 1:
        return f"{readings.day.isoformat()} {times}"
    words = gettext("{day}，{count} 次：{times}")
    return words.format(day=readings.day.isoformat(), count=count, times=times)


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
        return gettext("系统自动核对")
    department = in_english(get_department(post.department).name)
    between = ", " if get_language() == "en" else " "
    return between.join((department, in_english(post.name), access.actor_name))


def _what(access: DataAccess) -> str:
    """Return what was read: of a case, or which fields of which register."""
    what = say_purpose(access.what)
    if not access.fields:
        return what
    words = gettext("{register}：{fields}")
    return words.format(register=what, fields=listed(map(in_english, access.fields)))
