"""What the database itself refuses: editing what is published, opening a range again, deleting."""

from django.db import migrations

NEVER_EDITED = """
CREATE FUNCTION procedures_published_stands() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE may_change text[] := ARRAY['state', 'valid', 'shown_on', 'ended_decision', 'replaced_by_id', 'version', 'head'];
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a version is never deleted: a draft is dropped' USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.state = 'dropped'
     OR OLD.state IN ('published', 'replaced', 'repealed') AND (
       to_jsonb(NEW) - may_change <> to_jsonb(OLD) - may_change
       OR NEW.valid IS NULL OR lower(NEW.valid) IS DISTINCT FROM lower(OLD.valid) OR NOT NEW.valid <@ OLD.valid
       OR OLD.state <> 'published' AND (NEW.state <> OLD.state OR NEW.valid <> OLD.valid)
       OR NEW.state NOT IN ('published', 'replaced', 'repealed')
       OR OLD.shown_on IS NOT NULL AND NEW.shown_on IS DISTINCT FROM OLD.shown_on)
  THEN
    RAISE EXCEPTION 'what was published is never edited' USING ERRCODE = 'check_violation',
      HINT = 'Publish another version.';
  END IF;
  RETURN NEW;
END
$body$;
CREATE TRIGGER version_published_stands BEFORE UPDATE OR DELETE ON procedures_procedureversion
  FOR EACH ROW EXECUTE FUNCTION procedures_published_stands();
CREATE TRIGGER instance_published_stands BEFORE UPDATE OR DELETE ON procedures_localinstance
  FOR EACH ROW EXECUTE FUNCTION procedures_published_stands();
"""
EDITABLE = """
DROP TRIGGER instance_published_stands ON procedures_localinstance;
DROP TRIGGER version_published_stands ON procedures_procedureversion;
DROP FUNCTION procedures_published_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial")]
    operations = [migrations.RunSQL(NEVER_EDITED, EDITABLE)]
