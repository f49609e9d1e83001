"""The totals in words: on the page in the reader's language, in the paper always in Vietnamese."""

from __future__ import annotations

from django.utils.translation import gettext as _

from danban.answers.states import Disposition
from danban.consultation.states import CommenterKind, Position
from danban.reports.queries import Totals
from danban.reports.rules import figure
from danban.reports.synthesis import official

# The positions that are counted by name; having no opinion is a figure of its own.
STANDS = (Position.AGREES, Position.AGREES_WITH_REMARKS, Position.DISAGREES)


def listed(totals: Totals) -> list[tuple[str, int]]:
    """Every figure with its name; opinions, commenters and agencies consulted stand apart."""
    position = _("Cơ quan, tổ chức trả lời: %(position)s")
    by_kind, by_outcome = _("Chủ thể góp ý: %(kind)s"), _("Ý kiến: %(outcome)s")
    return [
        (_("Cơ quan, tổ chức được gửi văn bản lấy ý kiến"), totals.agencies_consulted),
        (_("Cơ quan, tổ chức đã trả lời"), totals.agencies_answered),
        *((position % {"position": one.label}, totals.positions.get(one.value, 0)) for one in STANDS),
        (_("Cơ quan, tổ chức trả lời và không có ý kiến góp ý"), totals.agencies_without_opinion),
        (_("Chủ thể góp ý"), totals.all_commenters),
        *((by_kind % {"kind": kind.label}, totals.commenters.get(kind.value, 0)) for kind in CommenterKind),
        (_("Ý kiến nhận được"), totals.opinions),
        *(
            (by_outcome % {"outcome": one.label}, totals.dispositions.get(one.value, 0))
            for one in Disposition
        ),
        (by_outcome % {"outcome": _("Chưa giải trình")}, totals.unanswered),
    ]


def sentences(totals: Totals) -> list[str]:
    """The lines under "1. Tổng số" of the paper."""
    kinds = [
        f"{official(kind).lower()} {figure(totals.commenters[kind.value])}"
        for kind in CommenterKind
        if totals.commenters.get(kind.value)
    ]
    outcomes = [
        f"{official(one).lower()} {figure(totals.dispositions.get(one.value, 0))}" for one in Disposition
    ]
    stands = [f"{official(one).lower()} {figure(totals.positions.get(one.value, 0))}" for one in STANDS]
    by_kind = f" ({'; '.join(kinds)})" if kinds else ""
    return [
        f"- Số cơ quan, tổ chức được gửi văn bản lấy ý kiến: {figure(totals.agencies_consulted)}; "
        f"đã trả lời: {figure(totals.agencies_answered)}, trong đó {'; '.join(stands)}; "
        f"không có ý kiến góp ý: {figure(totals.agencies_without_opinion)}.",
        f"- Số chủ thể góp ý: {figure(totals.all_commenters)}{by_kind}.",
        f"- Số ý kiến nhận được: {figure(totals.opinions)}; trong đó {'; '.join(outcomes)}; "
        f"chưa giải trình {figure(totals.unanswered)}.",
    ]
