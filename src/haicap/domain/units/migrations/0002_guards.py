"""What the database itself refuses: editing or deleting the register, and a unit whose parent is not there."""

from django.db import migrations

NEVER_EDITED = """
CREATE FUNCTION units_superseded_once() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF TG_OP <> 'UPDATE' OR OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL
     OR to_jsonb(NEW) - 'superseded_at' - 'superseded_by_id' <> to_jsonb(OLD) - 'superseded_at' - 'superseded_by_id'
  THEN
    RAISE EXCEPTION 'the register is never edited: % on % is refused', TG_OP, TG_TABLE_NAME
      USING HINT = 'A wrong fact is superseded by a later act.';
  END IF;
  RETURN NEW;
END
$body$;
CREATE TRIGGER unitversion_never_edited BEFORE UPDATE OR DELETE ON units_unitversion
  FOR EACH ROW EXECUTE FUNCTION units_superseded_once();
CREATE TRIGGER lineage_never_edited BEFORE UPDATE OR DELETE ON units_lineage
  FOR EACH ROW EXECUTE FUNCTION units_superseded_once();
"""
EDITABLE = """
DROP TRIGGER lineage_never_edited ON units_lineage;
DROP TRIGGER unitversion_never_edited ON units_unitversion;
DROP FUNCTION units_superseded_once();
"""

# At commit, every believed version lies within the days its parent has believed versions, and so do its children.
PARENT_THERE = """
CREATE FUNCTION units_days_of(unit bigint) RETURNS datemultirange LANGUAGE sql STABLE AS $body$
  SELECT coalesce(range_agg(valid), '{}'::datemultirange) FROM units_unitversion
  WHERE unit_id = unit AND superseded_at IS NULL
$body$;
CREATE FUNCTION units_without_parent(v units_unitversion) RETURNS boolean LANGUAGE sql STABLE AS $body$
  SELECT v.superseded_at IS NULL AND v.parent_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM units_unitversion p  -- nearly always one version of the parent suffices
                    WHERE p.unit_id = v.parent_id AND p.superseded_at IS NULL AND p.valid @> v.valid)
    AND NOT v.valid <@ units_days_of(v.parent_id)
$body$;
CREATE FUNCTION units_parent_there() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE orphan text;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF units_without_parent(NEW) THEN  -- unless it was superseded since, in the same transaction
      SELECT v.name INTO orphan FROM units_unitversion v WHERE v.id = NEW.id AND v.superseded_at IS NULL;
    END IF;
  ELSE
    SELECT v.name INTO orphan FROM units_unitversion v
    WHERE v.parent_id = NEW.unit_id AND v.superseded_at IS NULL AND units_without_parent(v) LIMIT 1;
  END IF;
  IF orphan IS NOT NULL THEN
    RAISE EXCEPTION 'unit "%" would have no parent on some day', orphan
      USING ERRCODE = 'check_violation', CONSTRAINT = 'unit_parent_there';
  END IF;
  RETURN NULL;
END
$body$;
CREATE CONSTRAINT TRIGGER unit_parent_there AFTER INSERT OR UPDATE ON units_unitversion
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION units_parent_there();
"""
PARENT_ANYWHERE = """
DROP TRIGGER unit_parent_there ON units_unitversion;
DROP FUNCTION units_parent_there();
DROP FUNCTION units_without_parent(units_unitversion);
DROP FUNCTION units_days_of(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("units", "0001_initial")]
    operations = [
        migrations.RunSQL(NEVER_EDITED, EDITABLE),
        migrations.RunSQL(PARENT_THERE, PARENT_ANYWHERE),
    ]
