"""``shuzheng keys``: rotate a key, show what others verify with."""

from datetime import UTC, datetime

import click


@click.group()
def keys() -> None:
    """Look after the keys in the data folder."""


@keys.command()
@click.argument("name")
@click.option("--by", required=True, help="谁操作。Who does it.")
def rotate(name: str, *, by: str) -> None:
    """Add a version to the key NAME; older versions stay for what they protect."""
    from shuzheng.infrastructure.access.rules import system
    from shuzheng.infrastructure.journal import operations
    from shuzheng.site.preparation import reachable_database

    with reachable_database():
        version = operations.rotate_key(name=name, by=system(by), at=datetime.now(UTC))
    click.echo(f"密钥 {name} 的第 {version} 版已启用。")


@keys.command()
def checkpoint() -> None:
    """Print the keys that the log's checkpoints are verified with, newest first."""
    from shuzheng.infrastructure.journal import queries

    for key in queries.list_verifier_keys():
        click.echo(key.to_text())


COMMANDS = (keys,)
