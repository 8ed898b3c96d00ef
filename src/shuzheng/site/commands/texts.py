"""``shuzheng texts``: collect what people read, to be said in English."""

from pathlib import Path

import click

SOURCE = Path(__file__).resolve().parents[2]
CATALOGUE = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"


@click.command()
def texts() -> None:
    """Collect the Chinese texts of all rooms into the English catalogue; needs gettext."""
    import polib

    from shuzheng.site.texts import collect_texts, compile_texts

    collect_texts(SOURCE)
    compile_texts(SOURCE)
    for entry in polib.pofile(str(CATALOGUE)).untranslated_entries():
        click.echo(f"尚无英文：{entry.msgid}")


COMMANDS = (texts,)
