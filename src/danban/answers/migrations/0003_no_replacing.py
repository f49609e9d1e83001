"""Ways around a trigger on each row: SQLite's INSERT OR REPLACE, PostgreSQL's TRUNCATE. Both are refused."""

from django.db import migrations

SQLITE = """CREATE TRIGGER answers_released_not_replaced BEFORE INSERT ON answers_answer
    WHEN EXISTS (SELECT 1 FROM answers_answer WHERE state IN ('released', 'superseded') AND (id = NEW.id
                 OR (state = 'released' AND NEW.state = 'released' AND point_id = NEW.point_id)))
    BEGIN SELECT RAISE(ABORT, 'a released answer stays as it is'); END"""
POSTGRESQL = """CREATE TRIGGER answers_released_not_truncated BEFORE TRUNCATE ON answers_answer
    FOR EACH STATEMENT EXECUTE FUNCTION answers_released_stays()"""


def install(apps, schema_editor):
    schema_editor.execute(SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL, params=None)


class Migration(migrations.Migration):
    dependencies = [("answers", "0002_released_words_stay")]
    operations = [migrations.RunPython(install, elidable=False)]
