"""A count kept at release, and triggers that hold the words of a released answer fast."""

from django.db import migrations, models

CHANGED = " OR ".join(
    f"NEW.{column} IS DISTINCT FROM OLD.{column}"
    for column in (
        "point_id",
        "disposition",
        "reason",
        "written_by_id",
        "written_at",
        "released_by_id",
        "released_at",
        "comments_count",
    )
)
BROKEN = f"OLD.state IN ('released', 'superseded') AND (NEW.state NOT IN ('released', 'superseded') OR {CHANGED})"

GONE = "OLD.state IN ('released', 'superseded')"
NO = "a released answer stays as it is"

SQLITE = [
    f"""CREATE TRIGGER answers_released_words_stay BEFORE UPDATE ON answers_answer
WHEN {BROKEN.replace("IS DISTINCT FROM", "IS NOT")}
BEGIN SELECT RAISE(ABORT, '{NO}'); END""",
    f"""CREATE TRIGGER answers_released_not_deleted BEFORE DELETE ON answers_answer
WHEN {GONE} BEGIN SELECT RAISE(ABORT, '{NO}'); END""",
]
POSTGRESQL = [
    f"""CREATE FUNCTION answers_released_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{NO}'; END $$""",
    f"""CREATE TRIGGER answers_released_words_stay BEFORE UPDATE ON answers_answer
FOR EACH ROW WHEN ({BROKEN}) EXECUTE FUNCTION answers_released_stays()""",
    f"""CREATE TRIGGER answers_released_not_deleted BEFORE DELETE ON answers_answer
FOR EACH ROW WHEN ({GONE}) EXECUTE FUNCTION answers_released_stays()""",
]


def make_triggers(apps, editor):
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


def drop_triggers(apps, editor):
    on_table = " ON answers_answer" if editor.connection.vendor == "postgresql" else ""
    editor.execute(f"DROP TRIGGER answers_released_words_stay{on_table}")
    editor.execute(f"DROP TRIGGER answers_released_not_deleted{on_table}")
    if on_table:
        editor.execute("DROP FUNCTION answers_released_stays")


class Migration(migrations.Migration):
    dependencies = [("answers", "0001_initial")]

    operations = [
        migrations.AddField("answer", "comments_count", models.PositiveIntegerField(default=0)),
        migrations.RunPython(make_triggers, drop_triggers),
    ]
