"""The guard of the journal: entries are added, numbered once, and erased only as the law wants it."""

from django.db import migrations

GUARD = """
CREATE FUNCTION journal_entry_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    same journal_entry;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.number IS NULL AND NEW.erased_at IS NULL THEN
            RETURN NEW;
        END IF;
    ELSIF TG_OP = 'UPDATE' THEN
        same := NEW;
        IF OLD.number IS NULL AND NEW.number IS NOT NULL THEN
            same.number := NULL;
        ELSIF OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.salt IS NULL
              AND NEW.facts = '{}' AND NEW.purpose = '' AND NEW.person = ''
              AND NEW.actor_name = '' THEN
            same.erased_at := NULL;
            same.salt := OLD.salt;
            same.facts := OLD.facts;
            same.purpose := OLD.purpose;
            same.person := OLD.person;
            same.actor_name := OLD.actor_name;
        END IF;
        IF same IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% refused: the journal is only added to', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER journal_entry_guard BEFORE INSERT OR UPDATE OR DELETE ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_entry_guard();
"""

ERASE = """
CREATE FUNCTION journal_erase(erased uuid, moment timestamptz) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
    WITH gone AS (
        UPDATE journal_entry
        SET facts = '{}', purpose = '', person = '', actor_name = '', salt = NULL,
            erased_at = moment
        WHERE id = erased AND erased_at IS NULL
        RETURNING id
    )
    SELECT EXISTS (SELECT FROM gone)
$$;
REVOKE EXECUTE ON FUNCTION journal_erase FROM PUBLIC;
"""

GRANT = """
CREATE PROCEDURE journal_grant(role name) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('REVOKE ALL ON journal_entry, journal_position, journal_delivery, '
                   'journal_checkpoint FROM %I', role);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE (number) ON journal_entry TO %I', role);
    EXECUTE format('GRANT SELECT, INSERT ON journal_checkpoint TO %I', role);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON journal_position TO %I', role);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON journal_delivery TO %I', role);
    EXECUTE format('GRANT EXECUTE ON FUNCTION journal_erase TO %I', role);
END $$;
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'shuzheng_application') THEN
        CALL journal_grant('shuzheng_application');
    END IF;
END $$;
"""

UNDO = """
DROP TRIGGER journal_entry_guard ON journal_entry;
DROP FUNCTION journal_entry_guard;
DROP FUNCTION journal_erase;
DROP PROCEDURE journal_grant;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_delivery_due")]
    operations = [migrations.RunSQL(GUARD + ERASE + GRANT, UNDO)]
