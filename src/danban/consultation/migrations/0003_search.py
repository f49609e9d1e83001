"""An index over the words of comments: FTS5 kept by triggers on SQLite, GIN on PostgreSQL."""

from django.db import migrations

_PUT = """INSERT INTO consultation_comment_search (rowid, place, folded)
VALUES (NEW.id, 'w' || NEW.window_id, NEW.folded);"""
_TAKE = """INSERT INTO consultation_comment_search (consultation_comment_search, rowid, place, folded)
VALUES ('delete', OLD.id, 'w' || OLD.window_id, OLD.folded);"""

SQLITE = [
    """CREATE VIRTUAL TABLE consultation_comment_search
USING fts5(place, folded, content='', columnsize=0, tokenize='unicode61 remove_diacritics 0')""",
    """INSERT INTO consultation_comment_search (rowid, place, folded)
SELECT id, 'w' || window_id, folded FROM consultation_comment""",
    f"""CREATE TRIGGER consultation_comment_search_insert AFTER INSERT ON consultation_comment
BEGIN {_PUT} END""",
    f"""CREATE TRIGGER consultation_comment_search_delete AFTER DELETE ON consultation_comment
BEGIN {_TAKE} END""",
    f"""CREATE TRIGGER consultation_comment_search_update AFTER UPDATE OF folded, window_id ON consultation_comment
BEGIN {_TAKE} {_PUT} END""",
]
# Kept beside the text, not computed at each look: state and visibility change often, the words never.
# More statistics than usual, so that the planner knows rare syllables from common ones.
POSTGRESQL = [
    """ALTER TABLE consultation_comment ADD COLUMN words tsvector GENERATED ALWAYS AS
(to_tsvector('simple', regexp_replace(folded, '[^[:alnum:]]+', ' ', 'g'))) STORED""",
    "ALTER TABLE consultation_comment ALTER COLUMN words SET STATISTICS 500",
    "CREATE INDEX consultation_comment_search ON consultation_comment USING gin (words)",
]


def make(apps, editor):
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


def drop(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("ALTER TABLE consultation_comment DROP COLUMN words")
        return
    for event in ("insert", "delete", "update"):
        editor.execute(f"DROP TRIGGER consultation_comment_search_{event}")
    editor.execute("DROP TABLE consultation_comment_search")


class Migration(migrations.Migration):
    dependencies = [("consultation", "0002_filters_and_fresh_tallies")]

    operations = [migrations.RunPython(make, drop)]
