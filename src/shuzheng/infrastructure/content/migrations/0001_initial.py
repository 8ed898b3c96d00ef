from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AppliedItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60, verbose_name="类型")),
                ("key", models.CharField(max_length=200, verbose_name="编码")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("applied_at", models.DateTimeField(verbose_name="应用时间")),
                ("applied_by", models.CharField(max_length=100, verbose_name="应用人")),
                ("reason", models.CharField(max_length=500, verbose_name="理由")),
            ],
            options={
                "verbose_name": "已应用内容",
                "constraints": [models.UniqueConstraint(fields=("kind", "key"), name="content_item_once")],
            },
        ),
    ]
