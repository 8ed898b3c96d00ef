from django.db import migrations


class Migration(migrations.Migration):
    """Case numbers come from a sequence: no lock, gaps where a transaction failed."""

    dependencies = [("cases", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE cases_number", "DROP SEQUENCE cases_number"
        )
    ]
