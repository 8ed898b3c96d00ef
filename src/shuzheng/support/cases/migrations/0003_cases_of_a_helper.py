from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_numbers")]
    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("helper_account", ""), _negated=True),
                fields=["helper_account", "-id"],
                name="case_helper",
            ),
        )
    ]
