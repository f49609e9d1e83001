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

SQLITE = f"""
CREATE TRIGGER answers_released_words_stay BEFORE UPDATE ON answers_answer
WHEN {BROKEN.replace("IS DISTINCT FROM", "IS NOT")}
BEGIN SELECT RAISE(ABORT, 'a released answer does not change'); END
"""
POSTGRESQL = f"""
CREATE FUNCTION answers_released_words_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a released answer does not change'; END $$;
CREATE TRIGGER answers_released_words_stay BEFORE UPDATE ON answers_answer
FOR EACH ROW WHEN ({BROKEN}) EXECUTE FUNCTION answers_released_words_stay();
"""


def make_triggers(apps, editor):
    editor.execute(POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE)


def drop_triggers(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP TRIGGER answers_released_words_stay ON answers_answer")
        editor.execute("DROP FUNCTION answers_released_words_stay")
    else:
        editor.execute("DROP TRIGGER answers_released_words_stay")


class Migration(migrations.Migration):
    dependencies = [("answers", "0001_initial")]

    operations = [
        migrations.AddField("answer", "comments_count", models.PositiveIntegerField(default=0)),
        migrations.RunPython(make_triggers, drop_triggers),
    ]
