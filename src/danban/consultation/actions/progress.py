"""Where comments stand, and the counts that follow every move.

The audit entry of a move is its caller's, with who did it: a comment moves because something was done to
its point, and that is what is recorded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from danban.accounts.models import User
from danban.consultation import rules
from danban.consultation.models import Comment, Tally
from danban.consultation.states import CommentState

AT_ONCE = 2_000
FOLD_BATCH = 5_000

Key = tuple[int, int | None, str, str, str]
"""Window, provision, state, kind of commenter, channel: what a tally row counts."""

KEY_FIELDS = ("window_id", "provision_id", "state", "commenter_kind", "channel")


def mark_grouped(*, comments: Iterable[Comment], by: User) -> int:
    """The comments joined a point; how many moved."""
    return _move(comments, CommentState.GROUPED)


def mark_answered(*, comments: Iterable[Comment], by: User) -> int:
    """The answer to their point was released."""
    return _move(comments, CommentState.ANSWERED)


def mark_received(*, comments: Iterable[Comment], by: User) -> int:
    """The comments left their point and wait again."""
    return _move(comments, CommentState.RECEIVED)


@transaction.atomic
def _move(comments: Iterable[Comment], to: CommentState) -> int:
    ids = sorted({comment.pk for comment in comments})
    moved = 0
    for start in range(0, len(ids), AT_ONCE):
        moved += _move_some(ids[start : start + AT_ONCE], to)
    return moved


def _move_some(ids: list[int], to: CommentState) -> int:
    """Held and read anew, so that the counts follow what the rows are and not what a page remembered."""
    held = Comment.objects.select_for_update().filter(pk__in=ids).exclude(state=to).order_by("pk")
    leaving: Counter[Key] = Counter()
    moving = []
    for pk, *key in held.values_list("pk", *KEY_FIELDS):
        rules.check_move(key[2], to)
        leaving[tuple(key)] += 1
        moving.append(pk)
    Comment.objects.filter(pk__in=moving).update(state=to)
    changes = Counter({key: -n for key, n in leaving.items()})
    for (window, provision, _state, kind, channel), n in leaving.items():
        changes[window, provision, to, kind, channel] += n
    add_tallies(changes)
    return len(moving)


def add_tallies(changes: Counter[Key]) -> None:
    """Write counts as fresh rows; nothing is read, so nobody waits."""
    Tally.objects.bulk_create(
        Tally(n=n, **dict(zip(KEY_FIELDS, key, strict=True))) for key, n in changes.items() if n
    )


def fold_tallies() -> int:
    """Add fresh rows to the row of their kind; how many were folded.

    Fresh rows go and their sum is added in one transaction, so a reader sees the same total before and
    after. Two that fold at once take different rows; rows written meanwhile wait for the next turn.
    """
    folded = 0
    while Tally.objects.filter(fresh=True).exists():
        taken = _fold_batch()
        folded += taken
        if taken < FOLD_BATCH:
            break
    return folded


@transaction.atomic
def _fold_batch() -> int:
    fresh = Tally.objects.filter(fresh=True).order_by("pk").select_for_update(skip_locked=True)[:FOLD_BATCH]
    rows = list(fresh.values_list("pk", "n", *KEY_FIELDS))
    sums: Counter[Key] = Counter()
    for _pk, n, *key in rows:
        sums[tuple(key)] += n
    kept = {
        tuple(key): pk
        for pk, *key in Tally.objects.filter(fresh=False, window__in={key[0] for key in sums})
        .order_by("-pk")
        .values_list("pk", *KEY_FIELDS)
    }
    new: Counter[Key] = Counter()
    for key, n in sums.items():
        if key in kept:
            Tally.objects.filter(pk=kept[key]).update(n=F("n") + n)
        else:
            new[key] = n
    Tally.objects.bulk_create(
        Tally(n=n, fresh=False, **dict(zip(KEY_FIELDS, key, strict=True))) for key, n in new.items()
    )
    Tally.objects.filter(pk__in=[pk for pk, *_rest in rows]).delete()
    return len(rows)
