"""Read ``matters/*.yaml`` and ``bundles/*.yaml``."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.content.rules import (
    ContentKind,
    Item,
    Library,
    Problem,
    register_kind,
)
from shuzheng.institutions.calendar.rules import Calendar
from shuzheng.policy.periods import exceeds_on
from shuzheng.support.decisions.rules import ExpressionInvalid, compile_expression
from shuzheng.support.matters import operations
from shuzheng.support.matters.models import MatterRevision
from shuzheng.support.matters.rules import Bundle, Material, Matter, entrustment_in_force
from shuzheng.support.matters.rules.readable import (
    texts_of_bundle,
    texts_of_form,
    texts_of_matter,
)

TWO_YEARS = timedelta(days=730)


def _problem(item: Item, field: str, message: str, remedy: str) -> Problem:
    return Problem(path=item.path, line=item.line, field=field, message=message, remedy=remedy)


def _check_reference(
    item: Item, library: Library, field: str, kind: str, key: str
) -> Iterator[Problem]:
    if key and library.get(kind, key) is None:
        yield _problem(item, field, f"没有 {kind} “{key}”。", f"新建它，或改成已有的 {kind}。")


def _check_materials(
    item: Item, library: Library, materials: Iterable[Material]
) -> Iterator[Problem]:
    for material in materials:
        if material.statement:
            field, template = f"materials.{material.key}.statement", material.statement.template
            yield from _check_reference(item, library, field, "document_template", template)
        if not material.needed_when:
            continue
        try:
            compile_expression(material.needed_when)
        except ExpressionInvalid as error:
            yield _problem(
                item, f"materials.{material.key}.needed_when", str(error), "按 FEEL 语法改正条件。"
            )


def _check_matter(item: Item, library: Library) -> Iterator[Problem]:
    matter = item.value
    assert isinstance(matter, Matter)
    yield from _check_reference(item, library, "department", "department", matter.department)
    yield from _check_reference(
        item, library, "supervising_department", "department", matter.supervising_department
    )
    yield from _check_reference(item, library, "flow", "flow", matter.flow)
    for result in matter.results:
        for field, kind, key in (
            ("licence_type", "licence_type", result.licence_type),
            ("grant_template", "document_template", result.grant_template),
            ("refusal_template", "document_template", result.refusal_template),
        ):
            yield from _check_reference(item, library, f"results.{field}", kind, key)
    yield from _check_materials(item, library, matter.materials)
    yield from _check_promise(item, library, matter)
    yield from _check_commitment(item, matter)
    yield from _check_hearing(item, library, matter)
    yield from check_extension(item, library, matter, department=matter.department)


def _check_hearing(item: Item, library: Library, matter: Matter) -> Iterator[Problem]:
    if matter.hearing and "hearing" not in {each.kind for each in matter.special_procedures}:
        yield _problem(
            item,
            "hearing",
            "登记了听证，却没有把听证登记为特别程序。",
            "在 special_procedures 中加上 hearing（行政许可法第四十五条）。",
        )
    own = matter.hearing.own_motion if matter.hearing else None
    if own and own.duty and not _has_duty(library, own.duty, matter.department):
        yield _problem(
            item,
            "hearing.own_motion.duty",
            f"没有岗位承担“{own.duty}”。",
            "由本机关的负责岗承担这项职责，或者不写 duty。",
        )


def _has_duty(library: Library, duty: str, department: str) -> bool:
    """Say whether a post has the duty, of the department if one is given."""
    posts = (each.value for each in library.list("post"))
    return any(
        duty in post.duties for post in posts if not department or post.department == department
    )


def _check_commitment(item: Item, matter: Matter) -> Iterator[Problem]:
    if matter.commitment is None:
        return
    try:
        compile_expression(matter.commitment.when)
    except ExpressionInvalid as error:
        yield _problem(item, "commitment.when", str(error), "按 FEEL 语法改正条件。")


def check_extension(
    item: Item, library: Library, value: Matter | Bundle, *, department: str = ""
) -> Iterator[Problem]:
    """Yield what keeps an extension from being lawful: no period, another unit, no approver.

    Args:
        department: the approver is its head; empty where the law names somebody above.
    """
    extension, legal = value.extension, value.statutory_period
    if extension is None:
        return
    if legal is None or legal.unit != extension.period.unit:
        yield _problem(
            item, "extension.period", "延长的单位与法定期限不同。", "按法定期限的单位写。"
        )
    if not _has_duty(library, extension.duty, department):
        yield _problem(
            item,
            "extension.duty",
            f"没有有权批准的岗位承担“{extension.duty}”。",
            "由法律指明的机关的负责岗承担这项职责。",
        )


def _check_promise(item: Item, library: Library, value: Matter | Bundle) -> Iterator[Problem]:
    """Yield a promise that would, begun on some day of two years, outlast the legal period.

    Source: 浙江省保障“最多跑一次”改革规定 第十二条.
    """
    legal, promise = value.statutory_period, value.promised_period
    if legal is None or promise is None:
        return
    if legal.starts != promise.starts:
        yield _problem(
            item, "promised_period.starts", "承诺期限与法定期限的起算不同。", "写成同一个起算事件。"
        )
    days = {each.value.day: each.value.is_working_day for each in library.list("calendar_day")}
    day = exceeds_on(
        promise,
        legal,
        from_on=value.valid_from,
        to_on=value.valid_from + TWO_YEARS,
        calendar=Calendar(overrides=days),
    )
    if day is not None:
        words = f"承诺期限{promise.words}超过法定期限{legal.words}"
        same = promise.unit == legal.unit
        yield _problem(
            item,
            "promised_period",
            f"{words}。" if same else f"{words}：{day.isoformat()}起算时就会超过。",
            "承诺期限不得长于法定期限。",
        )


def _check_bundle(item: Item, library: Library) -> Iterator[Problem]:
    bundle = item.value
    assert isinstance(bundle, Bundle)
    for field, kind, key in (
        ("department", "department", bundle.department),
        ("flow", "flow", bundle.flow),
        ("site_decision", "decision", bundle.site_decision),
        ("selection_decision", "decision", bundle.selection_decision),
    ):
        yield from _check_reference(item, library, field, kind, key)
    yield from _check_members(item, library, bundle)
    yield from _check_materials(item, library, bundle.materials)
    yield from _check_promise(item, library, bundle)
    yield from check_extension(item, library, bundle)
    for field, name in (("questions", bundle.questions), ("form", bundle.form)):
        yield from _check_schema(item, field, name)


def _check_members(item: Item, library: Library, bundle: Bundle) -> Iterator[Problem]:
    keys = {member.matter for member in bundle.members}
    for member in bundle.members:
        yield from _check_reference(item, library, "members.matter", "matter", member.matter)
        for earlier in set(member.after) - keys:
            yield _problem(
                item, "members.after", f"“{earlier}”不是本件事的成员。", "只能等待同一件事的成员。"
            )
        found = library.get("matter", member.matter)
        if found is None or not isinstance(found.value, Matter):
            continue
        principal = found.value.department
        if principal != bundle.department and not entrustment_in_force(
            bundle.entrustments,
            principal=principal,
            agent=bundle.department,
            on=bundle.valid_from,
        ):
            yield _problem(
                item,
                "entrustments",
                f"部门“{principal}”没有委托“{bundle.department}”统一受理。",
                "登记委托书，或由该部门自行受理(行政许可法第二十四条)。",
            )


def _check_schema(item: Item, field: str, name: str) -> Iterator[Problem]:
    try:
        Draft202012Validator.check_schema(json.loads(item.read(name)))
    except (ValueError, SchemaError) as error:
        yield _problem(item, field, f"{name}: {error}", "按 JSON Schema 2020-12 改正。")


def _schema(item: Item, name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(item.read(name))
    return schema


def _publish(items: tuple[Item, ...], by: Actor, at: datetime) -> None:
    for item in items:
        value = item.value
        assert isinstance(value, Matter | Bundle)
        operations.publish_matter(
            kind=item.kind,
            key=value.key,
            title=value.title,
            department=value.department,
            valid_from=value.valid_from,
            words=(*value.words, value.title_en, value.summary),
            digest=item.digest,
            body=value.model_dump(mode="json"),
            questions=_schema(item, value.questions) if isinstance(value, Bundle) else {},
            form=_schema(item, value.form) if isinstance(value, Bundle) else {},
            by=by,
            at=at,
        )


def _withdraw_matters(keys: tuple[str, ...], by: Actor, at: datetime) -> None:
    for key in keys:
        operations.withdraw_matter(kind="matter", key=key, by=by, at=at)


def _withdraw_bundles(keys: tuple[str, ...], by: Actor, at: datetime) -> None:
    for key in keys:
        operations.withdraw_matter(kind="bundle", key=key, by=by, at=at)


def _use_of_matter(key: str) -> str:
    bundles = MatterRevision.objects.filter(
        kind="bundle", is_withdrawn=False, body__members__contains=[{"matter": key}]
    ).values_list("title", flat=True)
    return f"“{bundles[0]}”包含此事项。" if bundles else ""


def _texts_of_bundle(item: Item) -> Iterator[str]:
    bundle = item.value
    assert isinstance(bundle, Bundle)
    yield from texts_of_bundle(bundle)
    for name in (bundle.questions, bundle.form):
        yield from texts_of_form(json.loads(item.read(name)))


register_kind(
    ContentKind(
        name="matter",
        folder="matters",
        model=Matter,
        key=lambda value: str(value.key),
        check=_check_matter,
        apply=_publish,
        remove=_withdraw_matters,
        use=_use_of_matter,
        texts=lambda item: texts_of_matter(item.value),
        after=("department", "flow", "decision", "licence_type", "document_template"),
    )
)
register_kind(
    ContentKind(
        name="bundle",
        folder="bundles",
        model=Bundle,
        key=lambda value: str(value.key),
        companions=lambda value: (value.questions, value.form),
        check=_check_bundle,
        apply=_publish,
        remove=_withdraw_bundles,
        texts=_texts_of_bundle,
        after=("matter",),
    )
)
