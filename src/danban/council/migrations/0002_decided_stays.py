"""Triggers that hold approved minutes and decided lists, with their items, fast."""

from django.db import migrations

NO = "approved minutes and decided lists stay as they are"
DECIDED = "EXISTS (SELECT 1 FROM council_policylist WHERE id = {row}.policy_list_id AND state = 'decided')"

# Name, event and table, and when it is refused.
RULES = [
    ("council_minutes_stay", "UPDATE", "council_minutes", "OLD.state = 'approved'"),
    ("council_minutes_not_deleted", "DELETE", "council_minutes", "OLD.state = 'approved'"),
    ("council_list_stays", "UPDATE", "council_policylist", "OLD.state = 'decided'"),
    ("council_list_not_deleted", "DELETE", "council_policylist", "OLD.state = 'decided'"),
    ("council_items_stay", "UPDATE", "council_listitem", DECIDED.format(row="OLD")),
    ("council_items_not_moved", "UPDATE", "council_listitem", DECIDED.format(row="NEW")),
    ("council_items_not_deleted", "DELETE", "council_listitem", DECIDED.format(row="OLD")),
    ("council_items_not_added", "INSERT", "council_listitem", DECIDED.format(row="NEW")),
]
# SQLite's INSERT OR REPLACE fires no trigger of DELETE: it is refused on the way in.
REPLACED = [
    ("council_minutes_not_replaced", "INSERT", "council_minutes",
     "EXISTS (SELECT 1 FROM council_minutes WHERE state = 'approved'"
     " AND (id = NEW.id OR meeting_id = NEW.meeting_id))"),
    ("council_list_not_replaced", "INSERT", "council_policylist",
     "EXISTS (SELECT 1 FROM council_policylist WHERE state = 'decided' AND (id = NEW.id"
     " OR (number <> '' AND number = NEW.number AND council_id = NEW.council_id)))"),
    ("council_items_not_replaced", "INSERT", "council_listitem",
     "EXISTS (SELECT 1 FROM council_listitem JOIN council_policylist"
     " ON council_policylist.id = council_listitem.policy_list_id"
     " WHERE state = 'decided' AND council_listitem.id = NEW.id)"),
]  # fmt: skip
TABLES = ("council_minutes", "council_policylist", "council_listitem")


def install(apps, editor):
    if editor.connection.vendor == "sqlite":
        for name, event, table, when in RULES + REPLACED:
            editor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {when} "
                f"BEGIN SELECT RAISE(ABORT, '{NO}'); END",
                params=None,
            )
        return
    editor.execute(
        f"CREATE FUNCTION council_stays() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{NO}'; END $$",
        params=None,
    )
    # A condition that reads another table cannot stand in WHEN there; it goes into a function of its own.
    for name, event, table, when in RULES:
        if "SELECT" not in when:
            editor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN ({when}) "
                f"EXECUTE FUNCTION council_stays()",
                params=None,
            )
            continue
        result = "OLD" if event == "DELETE" else "NEW"
        editor.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN IF {when} THEN RAISE EXCEPTION '{NO}'; END IF; RETURN {result}; END $$",
            params=None,
        )
        editor.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
            params=None,
        )
    for table in TABLES:
        editor.execute(
            f"CREATE TRIGGER {table}_not_truncated BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION council_stays()",
            params=None,
        )


class Migration(migrations.Migration):
    dependencies = [("council", "0001_initial")]
    operations = [migrations.RunPython(install, elidable=False)]
