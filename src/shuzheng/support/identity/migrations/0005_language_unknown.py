"""Nobody had chosen a language until now: what stood there was only the default."""

from typing import Any

from django.db import migrations, models


def forget_default(apps: Any, _editor: Any) -> None:
    apps.get_model("identity", "Account").objects.update(locale="")


class Migration(migrations.Migration):
    dependencies = [("identity", "0004_one_time_code")]

    operations = [
        migrations.AlterField(
            model_name="account",
            name="locale",
            field=models.CharField(blank=True, max_length=10, verbose_name="语言"),
        ),
        migrations.RunPython(forget_default, migrations.RunPython.noop),
    ]
