"""``shuzheng``: the one command; each module of ``site.commands`` adds its own."""

import importlib
import os
import pkgutil
from typing import Any

import click
import django

from shuzheng.policy.refusals import Refusal
from shuzheng.site import commands


class House(click.Group):
    """Says a refusal as one sentence, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what it refuses becomes its error message."""
        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            raise click.ClickException(str(refusal)) from refusal


@click.group(cls=House)
@click.pass_context
def main(context: click.Context) -> None:
    """数政: a city's digital government in one Python package."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuzheng.site.settings")
    if context.invoked_subcommand == "up":
        os.environ["SHUZHENG_DEMONSTRATION"] = "1"
    django.setup()


for _module in pkgutil.iter_modules(commands.__path__):
    for _command in importlib.import_module(f"shuzheng.site.commands.{_module.name}").COMMANDS:
        main.add_command(_command)


if __name__ == "__main__":
    main()
