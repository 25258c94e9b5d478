"""What the database itself refuses: editing or deleting words that were published."""

from django.db import migrations

NEVER_EDITED = """
CREATE FUNCTION guidance_words_stand() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE later text[] := ARRAY['state', 'valid', 'why', 'review_by', 'reviewed_on'];
BEGIN
  IF OLD.published_at IS NULL THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' OR to_jsonb(NEW) - later <> to_jsonb(OLD) - later THEN
    RAISE EXCEPTION 'published guidance is never edited: % is refused', TG_OP
      USING HINT = 'A new version is published; a wrong one is withdrawn.';
  END IF;
  RETURN NEW;
END
$body$;
CREATE TRIGGER piece_version_stands BEFORE UPDATE OR DELETE ON guidance_pieceversion
  FOR EACH ROW EXECUTE FUNCTION guidance_words_stand();
CREATE FUNCTION guidance_citations_stand() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF EXISTS (SELECT FROM guidance_pieceversion v WHERE v.id = OLD.piece_version_id AND v.published_at IS NOT NULL) THEN
    RAISE EXCEPTION 'citations of published guidance are never edited: % is refused', TG_OP
      USING HINT = 'A new version is published with other citations.';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$body$;
CREATE TRIGGER piece_citation_stands BEFORE UPDATE OR DELETE ON guidance_piececitation
  FOR EACH ROW EXECUTE FUNCTION guidance_citations_stand();
"""
EDITABLE = """
DROP TRIGGER piece_citation_stands ON guidance_piececitation;
DROP FUNCTION guidance_citations_stand();
DROP TRIGGER piece_version_stands ON guidance_pieceversion;
DROP FUNCTION guidance_words_stand();
"""


class Migration(migrations.Migration):
    dependencies = [("guidance", "0001_initial")]
    operations = [migrations.RunSQL(NEVER_EDITED, EDITABLE)]
