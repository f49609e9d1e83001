"""A dossier goes from one stage to the next, or back; what was found at that moment is kept with it."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from danban.accounts.models import User
from danban.audit.actions import actor_name, record
from danban.common import clock
from danban.common.text import clean
from danban.policies import life, stage_queries
from danban.policies.models import Dossier, StageMove
from danban.policies.states import Act, Stage


@transaction.atomic
def move_stage(
    *, dossier: Dossier, to: str, on: dt.date, note: str, document_number: str, despite: str, by: User
) -> StageMove:
    """Move a dossier from the stage its officer saw (``dossier.stage``).

    Raises MoveRefused for a move that does not exist or lacks its words, for what a rule read in the official
    text asks and is not there, for an unread rule without a reason ``despite``, and for the second of two
    officers who move one dossier at once.
    """
    note, despite = clean(note), clean(despite)
    document_number = " ".join(clean(document_number).split())
    seen = dossier.stage
    now = Dossier.objects.select_for_update().get(pk=dossier.pk)
    if now.stage != seen:
        raise life.MoveRefused(
            _("Người khác vừa chuyển hồ sơ này sang bước “%(now)s”. Hãy xem lại rồi chuyển tiếp.")
            % {"now": Stage(now.stage).label}
        )
    life.check_stage_move(
        document_type=now.document_type,
        role=now.role,
        stage=seen,
        to=to,
        note=note,
        document_number=document_number,
    )
    life.check_day(on, today=clock.today(), not_before=stage_queries.last_move_on(now))
    onward = life.goes_on(now.document_type, now.role, seen, to)
    with override(settings.LANGUAGE_CODE):  # what is kept is in Vietnamese whatever the screen speaks
        needs = stage_queries.needs_of(now, to, on) if onward else []
    life.check_needs(needs, despite)
    unmet = any(not need.met for need in needs)
    Dossier.objects.filter(pk=now.pk).update(stage=to)
    move = StageMove.objects.create(
        dossier=now, from_stage=seen, to_stage=to, on=on, document_number=document_number, note=note,
        findings=[
            {"requirement": need.requirement, "met": need.met, "words": need.words, "verified": need.verified}
            for need in needs
        ],
        despite=despite if unmet else "", by=by, at=clock.now(),
    )  # fmt: skip
    record(
        Act.STAGE_MOVED,
        actor=actor_name(by),
        rows=[move, now],
        from_stage=seen,
        to_stage=to,
        on=on,
        despite=unmet,
    )
    dossier.stage = to
    return move
