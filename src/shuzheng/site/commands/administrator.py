"""``administrator``: a one-time link for the first administrator, and for anyone locked out."""

from datetime import UTC, datetime

import click


@click.command()
@click.option("--staff", "staff_number", required=True, help="工号。Staff number.")
@click.option("--username", required=True, help="用户名。User name.")
@click.option("--address", default="http://127.0.0.1:8000", help="网站地址。Address of the house.")
def administrator(*, staff_number: str, username: str, address: str) -> None:
    """Print a link, valid for one hour and once, by which a member of staff sets a password.

    The account is made if it is not there; what it may do is its post's, from the city's content.
    """
    from shuzheng.infrastructure.access.rules import system
    from shuzheng.institutions.people.queries import get_staff
    from shuzheng.support.identity import operations
    from shuzheng.support.identity.queries import find_account

    by, now = system("shuzheng administrator"), datetime.now(UTC)
    staff = get_staff(staff_number)
    found = find_account(username)
    if found is None:
        operations.create_account(
            username=username,
            display_name=staff.name,
            staff_number=staff.number,
            by=by,
            at=now,
        )
    elif found.staff_number != staff_number:
        raise click.ClickException(f"用户名“{username}”不是工号 {staff_number} 的账号。")
    token = operations.make_link(username=username, by=by, at=now)
    click.echo(f"{staff.name} 的一次性链接(一小时内有效,只能用一次):")
    click.echo(f"{address.rstrip('/')}/accounts/link/{token}/")


COMMANDS = (administrator,)
