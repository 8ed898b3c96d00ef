"""Every component with an example; shown in demonstrations only."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from shuzheng.infrastructure.web.operations import (
    Provenance,
    answer_saved,
    bind_form,
    page,
    public,
    read_form,
)
from shuzheng.infrastructure.web.rules import (
    Cell,
    Figure,
    Keyset,
    Link,
    NavigationGroup,
    Step,
    SummaryRow,
    Table,
    TaskLine,
)
from shuzheng.policy.refusals import NotFound

DAY = date(2026, 11, 20)
SCHEMA: dict[str, Any] = {
    "title": "开饭店",
    "type": "object",
    "x-pages": {"applicant": "申请人", "premises": "经营场所"},
    "required": ["name", "number", "kind", "flue", "opens_on", "lease", "promise"],
    "properties": {
        "name": {"type": "string", "title": "姓名", "maxLength": 20, "x-page": "applicant"},
        "number": {
            "type": "string",
            "title": "公民身份号码",
            "format": "citizen-id",
            "x-hint": "18 位，最后一位可以是 X。",
            "x-page": "applicant",
        },
        "kind": {
            "type": "string",
            "title": "经营类型",
            "enum": ["restaurant", "snack", "drinks"],
            "x-enum-labels": {"restaurant": "餐馆", "snack": "小吃店", "drinks": "饮品店"},
            "x-page": "premises",
        },
        "area": {
            "type": "number",
            "title": "使用面积",
            "minimum": 1,
            "maximum": 5000,
            "x-unit": "平方米",
            "x-page": "premises",
        },
        "flue": {"type": "boolean", "title": "是否有专用烟道", "x-page": "premises"},
        "height": {
            "type": "number",
            "title": "烟道高度",
            "x-unit": "米",
            "x-shown-when": {"field": "flue", "equals": True},
            "x-page": "premises",
        },
        "opens_on": {
            "type": "string",
            "format": "date",
            "title": "计划开业日期",
            "x-page": "premises",
        },
        "services": {
            "type": "array",
            "title": "经营方式",
            "items": {"enum": ["堂食", "外卖", "网络订餐"]},
            "x-page": "premises",
        },
        "lease": {
            "type": "object",
            "title": "租赁合同",
            "x-widget": "file",
            "x-accept": [".pdf", ".jpg", ".png"],
            "x-page": "premises",
        },
        "note": {
            "type": "string",
            "title": "补充说明",
            "x-widget": "textarea",
            "maxLength": 500,
            "x-page": "premises",
        },
        "promise": {
            "type": "boolean",
            "const": True,
            "title": "我承诺以上内容真实",
            "x-widget": "consent",
            "x-page": "premises",
        },
    },
}


@public("a style page without data, shown in demonstrations only")
def components(request: HttpRequest) -> HttpResponse:
    """Show every component."""
    _only_in_demonstrations()
    return page(request, "web/components.html", _examples())


@public("a style page without data, shown in demonstrations only")
def desk_components(request: HttpRequest) -> HttpResponse:
    """Show the layout of the desk."""
    _only_in_demonstrations()
    return page(request, "web/components_desk.html", {**_examples(), "duties": _duties()})


@public("a style page without data, shown in demonstrations only")
def form_components(request: HttpRequest) -> HttpResponse:
    """Show a form; what is sent is checked and thrown away."""
    _only_in_demonstrations()
    posted = request.method == "POST"
    values: dict[str, Any] = {"name": "张三", "number": "11010119900307123"}
    values, errors = read_form(SCHEMA, request.POST, request.FILES) if posted else (values, ())
    known = {"name": Provenance("人口库", DAY)}
    bound = bind_form(SCHEMA, values=values, errors=errors, provenance=known)
    return page(request, "web/components_form.html", {"bound": bound}, 422 if errors else 200)


@public("a style page without data, shown in demonstrations only")
def save_nothing(request: HttpRequest) -> HttpResponse:
    """Answer as a save would; nothing is kept."""
    _only_in_demonstrations()
    return answer_saved(request, at=timezone.now(), back=reverse("web:components_form"))


def _only_in_demonstrations() -> None:
    if not settings.DEMONSTRATION:
        raise NotFound


def _duties() -> tuple[NavigationGroup, ...]:
    return (
        NavigationGroup(
            "收件",
            (Link("待办", "/components/desk/"), Link("已办", "#done"), Link("补正中", "#back")),
        ),
        NavigationGroup("审查", (Link("现场核查", "#visit"), Link("专家评审", "#review"))),
    )


def _examples() -> dict[str, Any]:
    return {
        "rows": _rows(),
        "table": _table(),
        "area_table": Table(
            "各区域",
            ("区域", "状态"),
            (
                ("甲区", Cell(light="green")),
                ("乙区", Cell(light="yellow")),
                ("丙县", Cell(light="red")),
            ),
        ),
        "keyset": Keyset(previous="a", next="b", shown="第 21–40 件"),
        "tasks": (
            TaskLine("确认选址", "已完成", href="#site", done=True),
            TaskLine("填写经营信息", "未开始", href="#form", hint="约 5 分钟"),
            TaskLine("上传材料", "暂不能开始"),
        ),
        "steps": _steps(),
        "figures": _figures(),
        "links": (Link("首页", "/"), Link("我的办件", "/mine/"), Link("办件详情", "")),
        "phone": (Link("首页", "/components/"), Link("我的办件", "#mine"), Link("消息", "#news")),
        "errors": (),
    }


def _rows() -> tuple[SummaryRow, ...]:
    return (
        SummaryRow("姓名", "张三", source="人口库", as_of=DAY),
        SummaryRow(
            "经营场所",
            "浙江省衢州市柯城区府山街道坊门街 12 号",
            source="不动产登记库",
            as_of=DAY,
            actions=(Link("更改", "#change"),),
        ),
        SummaryRow("使用面积", "86 平方米", actions=(Link("更改", "#change"),)),
    )


def _table() -> Table:
    return Table(
        "今天要办的",
        ("办件编号", "事项", "申请人", "期限"),
        (
            (Cell("QZ-2026-000123", href="#one"), "食品经营许可", "张三", Cell(light="green")),
            (
                Cell("QZ-2026-000118", href="#two"),
                "城镇污水排入排水管网许可",
                "李四",
                Cell("剩 1 个工作日", light="yellow"),
            ),
            (
                Cell("QZ-2026-000097", href="#three"),
                "大型户外广告设置审批",
                "衢州市某餐饮有限公司",
                Cell("超期 2 个工作日", light="red"),
            ),
        ),
    )


def _steps() -> tuple[Step, ...]:
    moment = datetime(2026, 11, 20, 2, 32, tzinfo=UTC)
    return (
        Step("提交申请", "done", at=moment, who="申请人"),
        Step("受理", "done", at=moment + timedelta(hours=3), who="综合窗口"),
        Step(
            "审查与现场核查",
            "now",
            due_on=date(2026, 11, 27),
            who="市场监督管理局",
            light="green",
            text="11 月 24 日上午上门核查，请保持电话畅通。",
        ),
        Step("作出决定", "next", due_on=date(2026, 12, 4), who="市场监督管理局"),
    )


def _figures() -> tuple[Figure, ...]:
    return (
        Figure("待办", 12, href="#todo", unit="件"),
        Figure("临近期限", 3, href="#near", unit="件", light="yellow"),
        Figure("已超期", 1, href="#late", unit="件", light="red"),
        Figure("本月办结", 148, href="#done", unit="件", hint="平均 3.2 个工作日"),
    )
