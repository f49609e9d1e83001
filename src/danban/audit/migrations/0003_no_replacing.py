"""SQLite's INSERT OR REPLACE removes the old row without asking the triggers on DELETE: it is refused here."""

from django.db import migrations

KEYS = {"audit_auditentry": ("id",), "audit_chainlink": ("seq", "entry_id")}

SQLITE = [
    f"""CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
        WHEN EXISTS (SELECT 1 FROM {table} WHERE {" OR ".join(f"{key} = NEW.{key}" for key in keys)})
        BEGIN SELECT RAISE(ABORT, 'audit rows are never changed or removed'); END"""
    for table, keys in KEYS.items()
]


def install(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in SQLITE:
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [migrations.RunPython(install, elidable=False)]
