"""SQLite's INSERT OR REPLACE removes the old row without asking the triggers on DELETE: it is refused here."""

from django.db import migrations

NO = "published text never changes"

SQLITE = [
    f"""CREATE TRIGGER policies_version_stays_replace BEFORE INSERT ON policies_version
        WHEN EXISTS (SELECT 1 FROM policies_version WHERE state = 'released'
                     AND (id = NEW.id OR (dossier_id = NEW.dossier_id AND number = NEW.number)))
        BEGIN SELECT RAISE(ABORT, '{NO}'); END""",
    f"""CREATE TRIGGER policies_provision_stays_replace BEFORE INSERT ON policies_provision
        WHEN EXISTS (SELECT 1 FROM policies_provision p JOIN policies_version v ON v.id = p.version_id
                     WHERE p.id = NEW.id AND v.state = 'released')
        BEGIN SELECT RAISE(ABORT, '{NO}'); END""",
]


def install(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in SQLITE:
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("policies", "0003_posting_rules")]
    operations = [migrations.RunPython(install, elidable=False)]
