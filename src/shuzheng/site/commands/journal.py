"""``shuzheng journal``: verify the sealed log, hand out what it proves, see to what is stuck."""

import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import click

BY = click.option("--by", required=True, help="谁操作。Who does it.")
PURPOSE = click.option("--purpose", required=True, help="用途。What for.")


@click.group()
def journal() -> None:
    """Verify, export and prove the journal; see to deliveries that are stuck."""


@journal.command()
@click.argument("place", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--since",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="先前保存的检查点。A checkpoint kept earlier; may be given several times.",
)
@click.option("--key", multiple=True, help="校验公钥或其文件。A verifier key, or a file of them.")
@click.option("--rows", is_flag=True, help="同时比对数据库。Compare the database as well.")
def verify(place: Path, *, since: tuple[Path, ...], key: tuple[str, ...], rows: bool) -> None:
    """Recompute a log's folder, or a bundle made by ``prove``, and say what is wrong and where.

    Works on plain files, without a database (but for --rows). Give the key as you got it from
    the log's keeper at another time: one that lies beside the log proves nothing against them.
    """
    from shuzheng.site import evidence

    keys = evidence.read_keys(key, beside=place)
    if not key:
        click.echo("· 未指定 --key:使用日志旁的公钥，不能防范保管者自己改写。", err=True)
    found = evidence.verify(place, keys=keys, since=since)
    findings = [*found.findings, *(evidence.compare_rows() if rows else ())]
    for finding in findings:
        click.echo(f"✗ {finding}")
    if findings:
        raise click.ClickException(f"{place}：发现 {len(findings)} 处问题。")
    click.echo(f"✓ {place}:{found.size} 条，与 {found.checkpoints} 个先前的检查点一致。")


@journal.command()
@click.argument("case")
@BY
@PURPOSE
def export(case: str, *, by: str, purpose: str) -> None:
    """Write everything the journal says of a case as JSON, one entry a line."""
    from shuzheng.infrastructure.access.rules import system
    from shuzheng.infrastructure.journal import operations
    from shuzheng.site.preparation import reachable_database

    with reachable_database():
        entries = operations.export_case(
            case=case, purpose=purpose, by=system(by), at=datetime.now(UTC)
        )
    for entry in entries:
        click.echo(json.dumps(entry, ensure_ascii=False))


@journal.command()
@click.argument("case")
@BY
@PURPOSE
def prove(case: str, *, by: str, purpose: str) -> None:
    """Write a case's sealed entries with their proofs: ``prove CASE … > bundle.json``."""
    from shuzheng.infrastructure.access.rules import system
    from shuzheng.infrastructure.journal import operations
    from shuzheng.site.preparation import reachable_database

    with reachable_database():
        bundle = operations.prove_case(
            case=case, purpose=purpose, by=system(by), at=datetime.now(UTC)
        )
    click.echo(json.dumps(bundle, ensure_ascii=False, indent=1))


@journal.command()
def state() -> None:
    """Show how far subscriptions and seal have come, and what is stuck."""
    from shuzheng.infrastructure.journal import queries
    from shuzheng.site.preparation import reachable_database

    with reachable_database():
        head, sealed = queries.get_head_number(), queries.get_sealed_size()
        click.echo(f"编号到第 {head} 条，封存到第 {sealed} 条。")
        for each in queries.list_subscription_states():
            click.echo(f"{each.subscription}：落后 {each.lag} 条，搁置 {each.set_aside} 条。")
        for stuck in queries.list_failed_deliveries():
            until = f"{stuck.due_at:%m-%d %H:%M} 再试" if stuck.due_at else "已停止重试"
            click.echo(
                f"✗ {stuck.subscription} 第 {stuck.number} 条({stuck.kind} {stuck.subject}),"
                f"失败 {stuck.attempts} 次，{until}:{stuck.error}"
            )


@journal.command()
@click.argument("subscription")
@click.argument("number", type=int)
@BY
def retry(subscription: str, number: int, *, by: str) -> None:
    """Try an entry again that a subscription could not take."""
    from shuzheng.infrastructure.access.rules import system
    from shuzheng.infrastructure.journal import operations
    from shuzheng.site.preparation import reachable_database

    with reachable_database():
        operations.retry_delivery(
            subscription=subscription, number=number, by=system(by), at=datetime.now(UTC)
        )
    click.echo("将立即重试。")


@journal.command()
@click.argument("subscription")
@click.argument("number", type=int)
@BY
@click.option("--reason", required=True, help="为什么。Why.")
def skip(subscription: str, number: int, *, by: str, reason: str) -> None:
    """Give an entry up for one subscription; later ones of its subject go on."""
    from shuzheng.infrastructure.access.rules import system
    from shuzheng.infrastructure.journal import operations
    from shuzheng.site.preparation import reachable_database

    with reachable_database():
        operations.skip_delivery(
            subscription=subscription,
            number=number,
            reason=reason,
            by=system(by),
            at=datetime.now(UTC),
        )
    click.echo("已跳过。")


@journal.command()
@click.argument("entry", type=click.UUID)
@BY
@click.option("--reason", required=True, help="为什么。Why.")
def erase(entry: UUID, *, by: str, reason: str) -> None:
    """Erase what is personal in one entry for good; its place in the log stays proved.

    Pages and jobs cannot do this: their database role may not.
    """
    from shuzheng.infrastructure.access.rules import system
    from shuzheng.infrastructure.journal import operations
    from shuzheng.site.preparation import reachable_database

    with reachable_database():
        operations.erase_entry(entry=entry, reason=reason, by=system(by), at=datetime.now(UTC))
    click.echo("已抹去其中的个人信息，封存的承诺不变。")


COMMANDS = (journal,)
