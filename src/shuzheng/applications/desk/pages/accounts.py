"""The administrator's accounts: who may come in, on which posts, and how they get in."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from shuzheng.applications.desk.pages.frame import frame, today
from shuzheng.applications.desk.pages.inbox import official_of
from shuzheng.applications.desk.pages.vacancies import vacancy_table
from shuzheng.infrastructure.journal.queries import list_entries_of_subject
from shuzheng.infrastructure.journal.rules import declared_entry_kinds
from shuzheng.infrastructure.web.operations import page, requires
from shuzheng.infrastructure.web.rules import Cell, Table
from shuzheng.institutions.organisation.queries import list_posts
from shuzheng.institutions.people.queries import get_staff, list_staff
from shuzheng.institutions.people.rules import Staff, StaffUnknown
from shuzheng.policy.refusals import Refusal
from shuzheng.support.cases.rules import masked_name
from shuzheng.support.identity import operations as identity
from shuzheng.support.identity.queries import (
    AccountRow,
    find_account,
    get_account,
    list_staff_accounts,
)
from shuzheng.support.identity.rules import (
    MANAGE_ACCOUNTS,
    AccountSuspended,
    LastAdministrator,
    OwnAccount,
    ReasonMissing,
)

SHOWN_ENTRIES = 20


@requires(MANAGE_ACCOUNTS)
@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """List the accounts of staff, and who of them has none; find anybody's by its exact name."""
    text = request.GET.get("q", "").strip()[:60]
    rows = list_staff_accounts()
    known = {row.staff_number for row in rows}
    context = {
        **frame(request),
        "text": text,
        "table": _table(_found(rows, text)),
        "vacancies": vacancy_table(),
        "without": [each for each in list_staff() if each.number not in known],
    }
    return page(request, "desk/accounts.html", context)


@requires(MANAGE_ACCOUNTS)
@require_GET
def account(request: HttpRequest, account: UUID) -> HttpResponse:
    """Show one account: whose it is, the posts they hold, what happened to it."""
    return _show(request, account)


@requires(MANAGE_ACCOUNTS)
@require_POST
def suspend(request: HttpRequest, account: UUID) -> HttpResponse:
    """Let nobody in through the account any more."""
    return _change(request, account, identity.suspend_account)


@requires(MANAGE_ACCOUNTS)
@require_POST
def restore(request: HttpRequest, account: UUID) -> HttpResponse:
    """Open the account again."""
    return _change(request, account, identity.restore_account)


@requires(MANAGE_ACCOUNTS)
@require_POST
def link(request: HttpRequest, account: UUID) -> HttpResponse:
    """Make a one-time link for a member of staff and show it this once."""
    row = get_account(account)
    try:
        token = identity.make_link(
            username=row.username,
            resets_factors=request.POST.get("resets_factors") == "yes",
            by=official_of(request),
            at=timezone.now(),
        )
    except AccountSuspended as refusal:
        return _show(request, account, refusal=refusal)
    address = request.build_absolute_uri(f"/accounts/link/{token}/")
    return _show(request, account, address=address)


@requires(MANAGE_ACCOUNTS)
@require_POST
def create(request: HttpRequest) -> HttpResponse:
    """Make an account for a member of staff; they come in by a one-time link."""
    staff = get_staff(request.POST.get("staff_number", ""))
    made = identity.create_account(
        username=staff.number,
        display_name=staff.name,
        staff_number=staff.number,
        by=official_of(request),
        at=timezone.now(),
    )
    return redirect("desk:account", account=made.id)


def _change(request: HttpRequest, account: UUID, operation: object) -> HttpResponse:
    assert callable(operation)
    try:
        operation(
            account=account,
            reason=request.POST.get("reason", ""),
            by=official_of(request),
            at=timezone.now(),
        )
    except (LastAdministrator, OwnAccount, ReasonMissing) as refusal:
        return _show(request, account, refusal=refusal)
    return redirect("desk:account", account=account)


def _show(
    request: HttpRequest, account: UUID, *, refusal: Refusal | None = None, address: str = ""
) -> HttpResponse:
    row = get_account(account)
    entries = list_entries_of_subject(f"account:{account}")[-SHOWN_ENTRIES:]
    context = {
        **frame(request),
        "account": row,
        "name": _name(row),
        "assignments": _assignments(row),
        "entries": entries[::-1],
        "sentences": {each.name: each.sentence for each in declared_entry_kinds()},
        "is_own": str(account) == official_of(request).account,
        "refusal": refusal,
        "address": address,
    }
    return page(request, "desk/account.html", context, _status(refusal))


def _status(refusal: Refusal | None) -> int:
    if refusal is None:
        return 200
    return 422 if isinstance(refusal, ReasonMissing) else 409


def _found(rows: tuple[AccountRow, ...], text: str) -> list[AccountRow]:
    """Return staff by part of name, number or user name; a citizen by the whole user name."""
    if not text:
        return list(rows)
    words = text.lower()
    staff = [
        row
        for row in rows
        if words in f"{row.display_name} {row.staff_number} {row.username}".lower()
    ]
    exact = find_account(text)
    return [*staff, *([exact] if exact and exact not in staff else [])]


def _table(rows: list[AccountRow]) -> Table:
    names = {each.code: each.name for each in list_posts()}
    staff = {each.number: each for each in list_staff()}
    return Table(
        gettext("账号"),
        (
            gettext("姓名"),
            gettext("工号"),
            gettext("用户名"),
            gettext("今天的岗位"),
            gettext("状态"),
        ),
        [
            (
                Cell(_name(row), href=f"/desk/accounts/{row.id}/"),
                row.staff_number or gettext("群众"),
                row.username,
                _posts_today(staff.get(row.staff_number), names),
                gettext("启用") if row.is_active else Cell(gettext("已停用"), tag="red"),
            )
            for row in rows
        ],
        caption_hidden=True,
        empty=gettext("没有找到账号。群众的账号请输入完整的用户名。"),
    )


def _posts_today(staff: Staff | None, names: Mapping[str, str]) -> str:
    held = staff.assignments if staff else ()
    day = today()
    now = [each.post for each in held if each.from_on <= day <= (each.to_on or day)]
    return "、".join(names.get(post, post) for post in now) or gettext("无")


def _name(row: AccountRow) -> str:
    """Return staff by name; a citizen's name is none of the administrator's business."""
    return row.display_name if row.staff_number else masked_name(row.display_name)


def _assignments(row: AccountRow) -> Table | None:
    try:
        staff = get_staff(row.staff_number) if row.staff_number else None
    except StaffUnknown:
        staff = None
    if staff is None:
        return None
    names = {each.code: each.name for each in list_posts()}
    return Table(
        gettext("任岗"),
        (gettext("岗位"), gettext("起"), gettext("止")),
        [
            (names.get(each.post, each.post), each.from_on, each.to_on or gettext("未定"))
            for each in staff.assignments
        ],
        empty=gettext("没有任何岗位。"),
    )
