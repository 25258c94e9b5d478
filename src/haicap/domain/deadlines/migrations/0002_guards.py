"""What the database itself refuses: editing the calendar or the record of moved dates; and how clocks are kept."""

from django.db import migrations

NEVER_EDITED = """
CREATE FUNCTION deadlines_superseded_once() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF TG_OP <> 'UPDATE' OR OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL
     OR to_jsonb(NEW) - 'superseded_at' - 'superseded_by_id' <> to_jsonb(OLD) - 'superseded_at' - 'superseded_by_id'
  THEN
    RAISE EXCEPTION 'the calendar is never edited: % on % is refused', TG_OP, TG_TABLE_NAME
      USING HINT = 'A wrong day is superseded by a later decree, or its decree is withdrawn.';
  END IF;
  RETURN NEW;
END
$body$;
CREATE TRIGGER calendarday_never_edited BEFORE UPDATE OR DELETE ON deadlines_calendarday
  FOR EACH ROW EXECUTE FUNCTION deadlines_superseded_once();
CREATE TRIGGER calendaryear_never_edited BEFORE UPDATE OR DELETE ON deadlines_calendaryear
  FOR EACH ROW EXECUTE FUNCTION deadlines_superseded_once();
"""
EDITABLE = """
DROP TRIGGER calendaryear_never_edited ON deadlines_calendaryear;
DROP TRIGGER calendarday_never_edited ON deadlines_calendarday;
DROP FUNCTION deadlines_superseded_once();
"""
DATES_STAY = """
CREATE FUNCTION deadlines_dates_stay() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION 'old and new dates stay: % on % is refused', TG_OP, TG_TABLE_NAME;
END
$body$;
CREATE TRIGGER clockdate_stays BEFORE UPDATE OR DELETE ON deadlines_clockdate
  FOR EACH STATEMENT EXECUTE FUNCTION deadlines_dates_stay();
CREATE FUNCTION deadlines_promise_stays() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION 'the receipt and the promise of clock % stay as they were printed', OLD.stream;
END
$body$;
CREATE TRIGGER clock_promise_stays BEFORE UPDATE ON deadlines_clock FOR EACH ROW
  WHEN (OLD.promised_at IS NOT NULL AND OLD.promised_at IS DISTINCT FROM NEW.promised_at
        OR OLD.received_at <> NEW.received_at)
  EXECUTE FUNCTION deadlines_promise_stays();
"""
DATES_GO = """
DROP TRIGGER clock_promise_stays ON deadlines_clock;
DROP FUNCTION deadlines_promise_stays();
DROP TRIGGER clockdate_stays ON deadlines_clockdate;
DROP FUNCTION deadlines_dates_stay();
"""
# Room on each page, so that a moved date stays beside the old row and no index is touched.
ROOM = """
ALTER TABLE deadlines_clock SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
"""
NO_ROOM = """
ALTER TABLE deadlines_clock RESET (fillfactor, autovacuum_vacuum_scale_factor);
"""


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0001_initial")]
    operations = [
        migrations.RunSQL(NEVER_EDITED, EDITABLE),
        migrations.RunSQL(DATES_STAY, DATES_GO),
        migrations.RunSQL(ROOM, NO_ROOM),
    ]
