"""``demonstration``: invented people and an account for every role, to try the house with."""

import os
import secrets
from datetime import UTC, datetime
from typing import Any

import click
from django.conf import settings


@click.command()
def demonstration() -> None:
    """Make invented people and accounts; only when SHUZHENG_DEMONSTRATION=1."""
    from shuzheng.infrastructure.access.rules import system
    from shuzheng.site.commands.collection import take_feeds
    from shuzheng.support.identity.operations import create_demonstration_accounts

    if not settings.DEMONSTRATION:
        raise click.ClickException("只有演示模式(SHUZHENG_DEMONSTRATION=1)才能建立演示账号。")
    take_feeds(settings.CITY_FOLDER / "collection")
    accounts = _accounts()
    given = os.environ.get("SHUZHENG_DEMO_PASSWORD", "")
    password = given or secrets.token_urlsafe(9)
    made = create_demonstration_accounts(
        accounts=accounts,
        password=password,
        by=system("shuzheng demonstration"),
        at=datetime.now(UTC),
    )
    click.echo(f"· 演示账号 {len(accounts)} 个，新建 {made} 个")
    for account in accounts:
        click.echo(f"    {account.username:<18}{account.display_name} {account.role}")
    if not given:
        click.echo(f"· 演示账号的密码：{password}")


def _accounts() -> list[Any]:
    """Read only the files that are about these accounts: the rest was checked when applied."""
    from shuzheng.infrastructure.content.rules import load_city, registered_kinds

    kinds = tuple(kind for kind in registered_kinds() if kind.name == "demonstration_account")
    library = load_city(settings.CITY_FOLDER, kinds, ()).library
    return [item.value for item in library.list("demonstration_account")]


COMMANDS = (demonstration,)
