"""The database itself keeps published text: no released version, its text or its provisions ever change."""

from django.db import migrations

NO = "published text never changes"

# Table → the column that names the version a row belongs to.
BELONGINGS = {"policies_versiontext": "version_id", "policies_provision": "version_id"}

SQLITE = [
    f"""CREATE TRIGGER policies_version_stays_{verb.lower()} BEFORE {verb} ON policies_version
        WHEN OLD.state = 'released' BEGIN SELECT RAISE(ABORT, '{NO}'); END"""
    for verb in ("UPDATE", "DELETE")
] + [
    f"""CREATE TRIGGER {table}_stays_{verb.lower()} BEFORE {verb} ON {table}
        WHEN EXISTS (SELECT 1 FROM policies_version
                     WHERE state = 'released' AND id IN ({", ".join(f"{row}.{column}" for row in rows)}))
        BEGIN SELECT RAISE(ABORT, '{NO}'); END"""
    for table, column in BELONGINGS.items()
    for verb, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",)))
]

POSTGRESQL = [
    f"""CREATE FUNCTION policies_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{NO}'; END $$""",
    f"""CREATE FUNCTION policies_text_stays() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP <> 'INSERT' AND EXISTS
             (SELECT 1 FROM policies_version WHERE id = OLD.version_id AND state = 'released')
          OR TG_OP <> 'DELETE' AND EXISTS
             (SELECT 1 FROM policies_version WHERE id = NEW.version_id AND state = 'released')
          THEN RAISE EXCEPTION '{NO}'; END IF;
          IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
          RETURN NEW;
        END $$""",
    """CREATE TRIGGER policies_version_stays_changed BEFORE UPDATE OR DELETE ON policies_version
       FOR EACH ROW WHEN (OLD.state = 'released') EXECUTE FUNCTION policies_version_stays()""",
    """CREATE TRIGGER policies_version_stays_truncated BEFORE TRUNCATE ON policies_version
       FOR EACH STATEMENT EXECUTE FUNCTION policies_version_stays()""",
] + [
    statement
    for table in BELONGINGS
    for statement in (
        f"""CREATE TRIGGER {table}_stays_changed BEFORE INSERT OR UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION policies_text_stays()""",
        f"""CREATE TRIGGER {table}_stays_truncated BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION policies_version_stays()""",
    )
]


def install(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("policies", "0001_initial")]
    operations = [migrations.RunPython(install, elidable=False)]
