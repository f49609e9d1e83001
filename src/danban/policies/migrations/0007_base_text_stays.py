"""What was published with a version stays with it: its base text, and that text as it would read."""

from django.db import migrations

NO = "published text never changes"
RESTS = "EXISTS (SELECT 1 FROM policies_version WHERE state = 'released' AND base_id = {row}.id)"

SQLITE = [
    f"""CREATE TRIGGER policies_basetext_stays_{name} BEFORE {verb} ON policies_basetext
        WHEN {RESTS.format(row=row)} BEGIN SELECT RAISE(ABORT, '{NO}'); END"""
    for name, verb, row in (
        ("update", "UPDATE", "OLD"),
        ("delete", "DELETE", "OLD"),
        ("replace", "INSERT", "NEW"),
    )
] + [
    f"""CREATE TRIGGER policies_consolidation_stays_{verb.lower()} BEFORE {verb} ON policies_consolidation
        WHEN EXISTS (SELECT 1 FROM policies_version
                     WHERE state = 'released' AND id IN ({", ".join(f"{row}.version_id" for row in rows)}))
        BEGIN SELECT RAISE(ABORT, '{NO}'); END"""
    for verb, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",)))
]

POSTGRESQL = [
    f"""CREATE FUNCTION policies_basetext_stays() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF {RESTS.format(row="OLD")} THEN RAISE EXCEPTION '{NO}'; END IF;
          IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
          RETURN NEW;
        END $$""",
    """CREATE TRIGGER policies_basetext_stays_changed BEFORE UPDATE OR DELETE ON policies_basetext
       FOR EACH ROW EXECUTE FUNCTION policies_basetext_stays()""",
    """CREATE TRIGGER policies_consolidation_stays_changed BEFORE INSERT OR UPDATE OR DELETE
       ON policies_consolidation FOR EACH ROW EXECUTE FUNCTION policies_text_stays()""",
] + [
    f"""CREATE TRIGGER {table}_stays_truncated BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION policies_version_stays()"""
    for table in ("policies_basetext", "policies_consolidation")
]


def install(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("policies", "0006_base_text")]
    operations = [migrations.RunPython(install, elidable=False)]
