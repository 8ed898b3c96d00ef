from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messages", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="title_en",
            field=models.CharField(blank=True, max_length=300, verbose_name="英文标题"),
        ),
        migrations.AddField(
            model_name="message",
            name="body_en",
            field=models.TextField(blank=True, verbose_name="英文正文"),
        ),
    ]
