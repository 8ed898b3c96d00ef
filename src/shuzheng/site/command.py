"""``shuzheng``: the one command; each module of ``site.commands`` adds its own."""

import importlib
import os
import pkgutil

import click
import django

from shuzheng.site import commands


@click.group()
def main() -> None:
    """数政: a city's digital government in one Python package."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuzheng.site.settings")
    django.setup()


for _module in pkgutil.iter_modules(commands.__path__):
    for _command in importlib.import_module(f"shuzheng.site.commands.{_module.name}").COMMANDS:
        main.add_command(_command)
