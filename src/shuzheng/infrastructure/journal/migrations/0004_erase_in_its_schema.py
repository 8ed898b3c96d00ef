"""The function that erases runs as the owner: it must find the journal, never a caller's table.

PostgreSQL looks into a session's temporary tables first unless the path names them last; a
temporary ``journal_entry`` with a trigger would have run the caller's code as the owner.
Source: PostgreSQL manual, "Writing SECURITY DEFINER Functions Safely".
"""

from django.db import migrations

FIXED = """
DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION journal_erase(uuid, timestamptz) '
                   'SET search_path = %I, pg_temp', current_schema());
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_guard")]
    operations = [migrations.RunSQL(FIXED, migrations.RunSQL.noop)]
