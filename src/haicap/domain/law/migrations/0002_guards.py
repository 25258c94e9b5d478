"""What the database itself refuses: editing or deleting relations and texts that counted; an index over words."""

from django.db import migrations

NEVER_EDITED = """
CREATE FUNCTION law_withdrawn_once() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF TG_OP <> 'UPDATE' OR OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
     OR to_jsonb(NEW) - 'withdrawn_at' - 'withdrawn_why' <> to_jsonb(OLD) - 'withdrawn_at' - 'withdrawn_why'
  THEN
    RAISE EXCEPTION 'relations of documents are never edited: % is refused', TG_OP
      USING HINT = 'A wrong relation is withdrawn with its reason.';
  END IF;
  RETURN NEW;
END
$body$;
CREATE TRIGGER relation_never_edited BEFORE UPDATE OR DELETE ON law_relation
  FOR EACH ROW EXECUTE FUNCTION law_withdrawn_once();
CREATE FUNCTION law_text_stands() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF TG_OP <> 'UPDATE' OR NOT upper_inf(OLD.valid) OR upper_inf(NEW.valid)
     OR lower(NEW.valid) IS DISTINCT FROM lower(OLD.valid)
     OR to_jsonb(NEW) - 'valid' <> to_jsonb(OLD) - 'valid'
  THEN
    RAISE EXCEPTION 'texts of provisions are never edited: % is refused', TG_OP
      USING HINT = 'A new text begins on its own day; the one before ends there.';
  END IF;
  RETURN NEW;
END
$body$;
CREATE TRIGGER text_never_edited BEFORE UPDATE OR DELETE ON law_provisiontext
  FOR EACH ROW EXECUTE FUNCTION law_text_stands();
"""
EDITABLE = """
DROP TRIGGER text_never_edited ON law_provisiontext;
DROP FUNCTION law_text_stands();
DROP TRIGGER relation_never_edited ON law_relation;
DROP FUNCTION law_withdrawn_once();
"""
WORDS = "CREATE INDEX law_text_words ON law_provisiontext USING gin (to_tsvector('simple', folded))"


class Migration(migrations.Migration):
    dependencies = [("law", "0001_initial")]
    operations = [
        migrations.RunSQL(NEVER_EDITED, EDITABLE),
        migrations.RunSQL(WORDS, "DROP INDEX law_text_words"),
    ]
