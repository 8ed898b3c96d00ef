"""Erasing is the owner's alone: who takes over a page or a job cannot make the journal forget.

The role of pages and jobs loses the function; an operator erases with ``shuzheng journal erase``.
"""

from django.db import migrations

GRANT = """
CREATE OR REPLACE PROCEDURE journal_grant(role name) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('REVOKE ALL ON journal_entry, journal_position, journal_delivery, '
                   'journal_checkpoint FROM %I', role);
    EXECUTE format('REVOKE ALL ON FUNCTION journal_erase FROM %I', role);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE (number) ON journal_entry TO %I', role);
    EXECUTE format('GRANT SELECT, INSERT ON journal_checkpoint TO %I', role);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON journal_position TO %I', role);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON journal_delivery TO %I', role);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0004_erase_in_its_schema")]
    operations = [migrations.RunSQL(GRANT, migrations.RunSQL.noop)]
