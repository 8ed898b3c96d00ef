from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("city", "0002_translations")]

    operations = [
        migrations.AddField(
            model_name="city",
            name="remedies",
            field=models.TextField(blank=True, default="", verbose_name="救济途径"),
            preserve_default=False,
        ),
    ]
