"""Finding comments by words, with or without diacritics, fast among 500,000.

What is searched is ``folded``: lower case, no marks. SQLite keeps an FTS5 index beside the table, filled by
triggers; its column ``place`` holds the window as a word, so that one window's matches are found without
walking another's. PostgreSQL keeps the same words in a column of its own, with a GIN index. Migration 0003
makes both.
"""

from __future__ import annotations

import re

from django.db import connection
from django.db.models import QuerySet

from danban.common.text import fold
from danban.consultation.models import Comment

_POSTGRESQL = "consultation_comment.words @@ phraseto_tsquery('simple', %s)"
_PHRASE_OR_WORD = re.compile(r'"([^"]*)"|(\S+)')
_WORD = re.compile(r"[^\W_]+")
_MOST = 12


def phrases_of(typed: str) -> list[str]:
    """What to look for: each word by itself, what stands in quotes as one phrase. Folded; at most twelve.

    >>> phrases_of('"thu gom" RÁC,')
    ['thu gom', 'rac']
    """
    parts = (
        quoted or word for quoted, word in _PHRASE_OR_WORD.findall(typed.replace("“", '"').replace("”", '"'))
    )
    phrases = (" ".join(_WORD.findall(fold(part))) for part in parts)
    return [phrase for phrase in phrases if phrase][:_MOST]


def matching(comments: QuerySet[Comment], typed: str, *, window_id: int, after: int) -> QuerySet[Comment]:
    """Of the comments those of a window, past an id, in which every word and phrase occurs, in order of id.

    All comments past the id when nothing is looked for.
    """
    phrases = phrases_of(typed)
    rows = comments.filter(window=window_id)
    if not phrases or connection.vendor != "sqlite":
        for phrase in phrases:
            rows = rows.extra(where=[_POSTGRESQL], params=[phrase])  # noqa: S610 - the phrase is a value
        return rows.filter(pk__gt=after).order_by("pk")
    wanted = " AND ".join(f'"{phrase}"' for phrase in phrases)
    # Walked and cut in the index's own order: the first fifty cost the same however many match.
    return rows.extra(
        tables=["consultation_comment_search"],
        where=[
            "consultation_comment_search.rowid = consultation_comment.id",
            "consultation_comment_search MATCH %s",
            "consultation_comment_search.rowid > %s",
        ],
        params=[f"place:w{window_id} AND folded:({wanted})", after],
        order_by=["consultation_comment_search.rowid"],
    )
