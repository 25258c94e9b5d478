"""What the database itself refuses: editing or deleting assertions."""

from django.db import migrations

NEVER_EDITED = """
CREATE FUNCTION powers_superseded_once() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF TG_OP <> 'UPDATE' OR OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL
     OR to_jsonb(NEW) - 'superseded_at' - 'superseded_why' <> to_jsonb(OLD) - 'superseded_at' - 'superseded_why'
  THEN
    RAISE EXCEPTION 'the register of powers is never edited: % is refused', TG_OP
      USING HINT = 'A wrong assertion is superseded with its reason.';
  END IF;
  RETURN NEW;
END
$body$;
CREATE TRIGGER assertion_never_edited BEFORE UPDATE OR DELETE ON powers_assertion
  FOR EACH ROW EXECUTE FUNCTION powers_superseded_once();
"""
EDITABLE = """
DROP TRIGGER assertion_never_edited ON powers_assertion;
DROP FUNCTION powers_superseded_once();
"""


class Migration(migrations.Migration):
    dependencies = [("powers", "0001_initial")]
    operations = [migrations.RunSQL(NEVER_EDITED, EDITABLE)]
