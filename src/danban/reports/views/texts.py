"""The sections of a report as boxes to write in, used for an agency's report and for the province's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from danban.accounts.guards import me
from danban.accounts.models import Agency
from danban.common.errors import Refused
from danban.reports import actions
from danban.reports.forms import TextForm
from danban.reports.models import ReportRequest, ReportText
from danban.reports.states import Section


@dataclass(frozen=True)
class Box:
    """A section with the words that are kept, those typed and not kept, and what others wrote."""

    code: str
    name: str
    text: str
    kept: ReportText | None
    typed: str | None
    others: Sequence[tuple[str, str]]

    @property
    def seen(self) -> int:
        return self.kept.revision if self.kept else 0


def sections(
    texts: Mapping[str, ReportText],
    unsaved: Mapping[str, str],
    others: Mapping[str, Sequence[tuple[str, str]]],
) -> list[Box]:
    return [
        Box(
            code=one.value,
            name=str(one.label),
            text=unsaved.get(one.value, texts[one.value].text if one.value in texts else ""),
            kept=texts.get(one.value),
            typed=unsaved.get(one.value),
            others=others.get(one.value, ()),
        )
        for one in Section
    ]


def keep(request: HttpRequest, asked: ReportRequest, agency: Agency | None) -> dict[str, str]:
    """Save one section; what could not be saved comes back by section, with the reason as a message."""
    form = TextForm(request.POST)
    if not form.is_valid():
        section = request.POST.get("section", "")
        if section not in Section.values:
            raise Http404
        messages.error(request, _("Chưa lưu được: lời viết quá dài, hoặc trang đã cũ. Hãy xem lại."))
        return {section: request.POST.get("text", "")}
    try:
        actions.save_text(request=asked, agency=agency, by=me(request), **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return {form.cleaned_data["section"]: form.cleaned_data["text"]}
    messages.success(request, _("Đã lưu."))
    return {}
