"""What answers know of a dossier before it moves on: whether every opinion has its answer."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from danban.common import clock
from danban.consultation.queries import windows_judged
from danban.policies.models import Dossier
from danban.policies.requirements import Finding, finds
from danban.policies.states import Requirement


@finds(Requirement.SYNTHESIS_COMPLETE)
def synthesis_complete(dossier: Dossier, _day: dt.date) -> Finding:
    """Every comment of the windows that have closed by now has a released answer.

    Whatever the day of the move: an earlier one does not leave out the window that closed since.
    """
    today = clock.today()
    closed = [window for window in windows_judged(dossier) if window.closes_on < today]
    closed.sort(key=lambda window: (window.closes_on, window.pk), reverse=True)
    if not closed:
        return Finding(
            met=False,
            words=_("Chưa có đợt nào kết thúc."),
            url=reverse("consultation:windows", args=[dossier.pk]),
        )
    left = {window.pk: window.owed for window in closed if window.owed}  # type: ignore[attr-defined]
    url = reverse("answers:workbench", args=[next(iter(left), closed[0].pk)])
    if left:
        n = sum(left.values())
        words = ngettext("Còn %(n)d ý kiến chưa có trả lời.", "Còn %(n)d ý kiến chưa có trả lời.", n)
        return Finding(met=False, words=words % {"n": n}, url=url)
    return Finding(met=True, words=_("Mọi ý kiến của các đợt đã kết thúc đều có trả lời."), url=url)
