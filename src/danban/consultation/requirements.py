"""What consultation knows of a dossier before it moves on: whom it asked, its posting, its critiques."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.urls import reverse
from django.utils.translation import gettext as _

from danban.accounts.rules import exists_on
from danban.consultation import queries, rules
from danban.consultation.models import Window
from danban.policies.models import Dossier
from danban.policies.requirements import Finding, finds
from danban.policies.states import Requirement, WindowKind


def _page(window: Window | None, dossier: Dossier) -> str:
    if window:
        return reverse("consultation:window", args=[window.pk])
    return reverse("consultation:windows", args=[dossier.pk])


def _windows(dossier: Dossier, kind: WindowKind) -> list[Window]:
    """The windows of a kind that were not cancelled, the newest first."""
    return [window for window in queries.windows_judged(dossier) if window.kind == kind]


@finds(Requirement.CONSULTEES_ASKED)
def consultees_asked(dossier: Dossier, day: dt.date) -> Finding:
    """Every body that the rules of that day name was asked in writing by then, in a window for opinions."""
    windows = _windows(dossier, WindowKind.OPINION)
    url = _page(windows[0] if windows else None, dossier)
    named = queries.consultees_of(dossier, day)
    living = [one for one in named if one.agency and exists_on(one.valid_from, one.valid_to, day)]
    chosen = {one.rule for one in living}
    unchosen = [rule for rule in dict.fromkeys(one.rule for one in named) if rule not in chosen]
    left = [one.name for one in living if not one.asked and one.agency != dossier.agency_id]
    if unchosen:
        words = _("Bảng quy định chưa chọn cơ quan cho: %(names)s.") % {"names": ", ".join(unchosen)}
        return Finding(met=False, words=words, url=reverse("policies:life_rules"))
    if left:
        words = _("Chưa hỏi: %(names)s.") % {"names": ", ".join(dict.fromkeys(left))}
        return Finding(met=False, words=words, url=url)
    if not named:
        return Finding(met=True, words=_("Bảng quy định không nêu cơ quan nào phải hỏi."))
    return Finding(met=True, words=_("Đã hỏi đủ các cơ quan trong bảng quy định."), url=url)


@finds(Requirement.POSTING_DAYS)
def posting_days(dossier: Dossier, day: dt.date) -> Finding:
    """Some window for opinions ran the least number of days of the rule that held when it opened.

    Calendar days, the first one not counted; the last of them must be over on that day.
    """
    finding = Finding(met=False, words=_("Chưa mở đợt lấy ý kiến nào."), url=_page(None, dossier))
    for window in reversed(_windows(dossier, WindowKind.OPINION)):
        finding = _posted(window, dossier, day)
        if finding.met:
            break
    return finding


def _posted(window: Window, dossier: Dossier, day: dt.date) -> Finding:
    days = cast(int | None, window.min_days)  # type: ignore[attr-defined]
    url, opened = _page(window, dossier), f"{window.opens_on:%d/%m/%Y}"
    if days is None:
        words = _("Chưa có quy định về số ngày; đợt mở ngày %(day)s.") % {"day": opened}
        return Finding(met=day > window.closes_on, words=words, url=url)
    last = rules.earliest_close(window.opens_on, days)
    values = {"day": opened, "n": days, "end": f"{last:%d/%m/%Y}"}
    if window.closes_on < last:
        return Finding(met=False, words=_("Đợt mở ngày %(day)s ngắn hơn %(n)d ngày.") % values, url=url)
    if day <= last:
        words = _("Đợt mở ngày %(day)s chưa đủ %(n)d ngày: đủ khi hết ngày %(end)s.") % values
        return Finding(met=False, words=words, url=url)
    return Finding(met=True, words=_("Đợt mở ngày %(day)s đã đủ %(n)d ngày.") % values, url=url)


@finds(Requirement.SOCIAL_CRITIQUE)
def social_critique(dossier: Dossier, _day: dt.date) -> Finding:
    """Where the Front chose to criticise the draft, its written critique was entered as its comment."""
    windows = _windows(dossier, WindowKind.SOCIAL_CRITIQUE)
    waiting = [window for window in windows if not window.critique]  # type: ignore[attr-defined]
    if not windows:
        return Finding(met=True, words=_("Mặt trận không mở phản biện xã hội cho dự thảo này."))
    if waiting:
        words = _("Chưa nhập văn bản phản biện của tổ chức chủ trì.")
        return Finding(met=False, words=words, url=_page(waiting[0], dossier))
    return Finding(met=True, words=_("Đã nhập văn bản phản biện."), url=_page(windows[0], dossier))
