"""What the database itself refuses: losing a dossier, renaming it, editing a slip; and how the tables are kept."""

from django.db import migrations

GUARDS = """
CREATE FUNCTION dossiers_stay() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION '% on % is refused: it stays as it was recorded', TG_OP, TG_TABLE_NAME;
END
$body$;
CREATE TRIGGER dossier_stays BEFORE DELETE ON dossiers_dossier FOR EACH ROW EXECUTE FUNCTION dossiers_stay();
CREATE TRIGGER dossier_keeps_its_name BEFORE UPDATE ON dossiers_dossier FOR EACH ROW
  WHEN (OLD.code <> NEW.code OR OLD.public_id <> NEW.public_id OR OLD.filed_at <> NEW.filed_at
        OR OLD.promised_at IS NOT NULL AND OLD.promised_at IS DISTINCT FROM NEW.promised_at
        OR OLD.received_at IS NOT NULL AND OLD.received_at IS DISTINCT FROM NEW.received_at
        OR NEW.version < OLD.version)
  EXECUTE FUNCTION dossiers_stay();
CREATE TRIGGER slip_stays BEFORE DELETE OR UPDATE OF form, form_set, n, at, dossier_id ON dossiers_slip
  FOR EACH ROW EXECUTE FUNCTION dossiers_stay();
CREATE TRIGGER counter_only_grows BEFORE UPDATE ON dossiers_counter FOR EACH ROW
  WHEN (NEW.last <= OLD.last) EXECUTE FUNCTION dossiers_stay();
CREATE TRIGGER counter_stays BEFORE DELETE ON dossiers_counter FOR EACH ROW EXECUTE FUNCTION dossiers_stay();
ALTER TABLE dossiers_counter SET (fillfactor = 50);
ALTER TABLE dossiers_dossier SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
"""
NO_GUARDS = """
ALTER TABLE dossiers_dossier RESET (autovacuum_vacuum_scale_factor, autovacuum_analyze_scale_factor);
ALTER TABLE dossiers_counter RESET (fillfactor);
DROP TRIGGER counter_stays ON dossiers_counter;
DROP TRIGGER counter_only_grows ON dossiers_counter;
DROP TRIGGER slip_stays ON dossiers_slip;
DROP TRIGGER dossier_keeps_its_name ON dossiers_dossier;
DROP TRIGGER dossier_stays ON dossiers_dossier;
DROP FUNCTION dossiers_stay();
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_initial")]
    operations = [migrations.RunSQL(GUARDS, NO_GUARDS)]
