"""The database itself refuses to change or remove audit rows, and queues each new entry for the chain."""

import django.db.models.deletion
from django.db import migrations, models

KEPT = ("audit_auditentry", "audit_chainlink")

SQLITE = [
    f"""CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}
        BEGIN SELECT RAISE(ABORT, 'audit rows are never changed or removed'); END"""
    for table in KEPT
    for verb in ("UPDATE", "DELETE")
] + [
    """CREATE TRIGGER audit_auditentry_queue AFTER INSERT ON audit_auditentry
       BEGIN INSERT INTO audit_pendingentry (entry_id) VALUES (NEW.id); END"""
]

POSTGRESQL = (
    [
        """CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
           BEGIN RAISE EXCEPTION 'audit rows are never changed or removed'; END $$""",
        """CREATE FUNCTION audit_queue() RETURNS trigger LANGUAGE plpgsql AS $$
           BEGIN INSERT INTO audit_pendingentry (entry_id) VALUES (NEW.id); RETURN NULL; END $$""",
        """CREATE TRIGGER audit_auditentry_queue AFTER INSERT ON audit_auditentry
           FOR EACH ROW EXECUTE FUNCTION audit_queue()""",
    ]
    + [
        f"""CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}
            FOR EACH ROW EXECUTE FUNCTION audit_refuse()"""
        for table in KEPT
        for verb in ("UPDATE", "DELETE")
    ]
    + [
        f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"""
        for table in KEPT
    ]
)


def install(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="PendingEntry",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="pending",
                        serialize=False,
                        to="audit.auditentry",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            "INSERT INTO audit_pendingentry (entry_id) SELECT e.id FROM audit_auditentry e "
            "LEFT JOIN audit_chainlink l ON l.entry_id = e.id WHERE l.seq IS NULL",
            migrations.RunSQL.noop,
        ),
        migrations.RunPython(install, elidable=False),
    ]
