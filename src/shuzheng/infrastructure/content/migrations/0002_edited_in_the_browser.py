from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="applieditem",
            name="edited_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="网页上发布时间"),
        ),
        migrations.AddField(
            model_name="applieditem",
            name="edited_by",
            field=models.CharField(blank=True, default="", max_length=100, verbose_name="网页上发布人"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="applieditem",
            name="edited_as",
            field=models.CharField(blank=True, default="", max_length=100, verbose_name="发布为"),
            preserve_default=False,
        ),
    ]
