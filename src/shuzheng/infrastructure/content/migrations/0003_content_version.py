from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0002_edited_in_the_browser")]

    operations = [
        migrations.CreateModel(
            name="ContentVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.UUIDField(verbose_name="版本")),
            ],
            options={"verbose_name": "内容版本"},
        ),
    ]
