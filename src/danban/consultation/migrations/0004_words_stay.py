"""What someone said stays as they said it: only where a comment stands and whether it is shown may move."""

from django.db import migrations

NO = "a comment is never changed or removed"
COLUMNS = (
    "id", "window_id", "version_id", "provision_id", "text", "folded", "commenter_kind", "commenter_key",
    "public_name", "agency_id", "channel", "collected_how", "batch_id", "entered_by_id", "received_on",
    "created_at", "code_hash", "idempotency_key", "fingerprint",
)  # fmt: skip
CHANGED = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in COLUMNS)
KEYS = " OR ".join(f"{key} = NEW.{key}" for key in ("id", "code_hash", "idempotency_key"))

SQLITE = [
    f"""CREATE TRIGGER consultation_comment_words_stay BEFORE UPDATE ON consultation_comment
        WHEN {CHANGED.replace("IS DISTINCT FROM", "IS NOT")} BEGIN SELECT RAISE(ABORT, '{NO}'); END""",
    f"""CREATE TRIGGER consultation_comment_not_deleted BEFORE DELETE ON consultation_comment
        BEGIN SELECT RAISE(ABORT, '{NO}'); END""",
    f"""CREATE TRIGGER consultation_comment_not_replaced BEFORE INSERT ON consultation_comment
        WHEN EXISTS (SELECT 1 FROM consultation_comment WHERE {KEYS}) BEGIN SELECT RAISE(ABORT, '{NO}'); END""",
]
POSTGRESQL = [
    f"""CREATE FUNCTION consultation_comment_stays() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{NO}'; END $$""",
    f"""CREATE TRIGGER consultation_comment_words_stay BEFORE UPDATE ON consultation_comment
        FOR EACH ROW WHEN ({CHANGED}) EXECUTE FUNCTION consultation_comment_stays()""",
    """CREATE TRIGGER consultation_comment_not_deleted BEFORE DELETE ON consultation_comment
       FOR EACH ROW EXECUTE FUNCTION consultation_comment_stays()""",
    """CREATE TRIGGER consultation_comment_not_truncated BEFORE TRUNCATE ON consultation_comment
       FOR EACH STATEMENT EXECUTE FUNCTION consultation_comment_stays()""",
]


def install(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("consultation", "0003_search")]
    operations = [migrations.RunPython(install, elidable=False)]
