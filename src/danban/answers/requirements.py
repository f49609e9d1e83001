"""What answers know of a dossier before it moves on: whether every opinion has its answer."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from danban.answers import queries
from danban.common import clock
from danban.consultation.queries import owed_of
from danban.policies.models import Dossier
from danban.policies.requirements import Finding, finds
from danban.policies.states import Requirement


@finds(Requirement.SYNTHESIS_COMPLETE)
def synthesis_complete(dossier: Dossier) -> Finding:
    """Every comment of the windows that have closed has a released answer."""
    closed = queries.closed_windows(dossier, clock.today())
    if not closed:
        return Finding(
            met=False,
            words=_("Chưa có đợt nào kết thúc."),
            url=reverse("consultation:windows", args=[dossier.pk]),
        )
    owed = owed_of([window.pk for window in closed])
    left = {window: n for window, n in owed.items() if n}
    url = reverse("answers:workbench", args=[next(iter(left), closed[0].pk)])
    if left:
        n = sum(left.values())
        words = ngettext("Còn %(n)d ý kiến chưa có trả lời.", "Còn %(n)d ý kiến chưa có trả lời.", n)
        return Finding(met=False, words=words % {"n": n}, url=url)
    return Finding(met=True, words=_("Mọi ý kiến của các đợt đã kết thúc đều có trả lời."), url=url)
