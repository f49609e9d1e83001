"""The life of a dossier as plain decisions: which moves there are, what they need, what is going back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from danban.common.errors import Refused
from danban.policies.states import (
    NEVER_STOPPED,
    RETURNS,
    WAY_OF_CENTRAL_BILLS,
    WAYS,
    DossierRole,
    Requirement,
    Stage,
)


class MoveRefused(Refused):
    """The dossier may not go there now."""


@dataclass(frozen=True, slots=True)
class Need:
    """One requirement of a move, what was found about it, and what stands behind the rule."""

    requirement: str
    met: bool
    words: str
    url: str
    legal_basis: str
    verified: bool
    note: str = ""

    @property
    def label(self) -> str:
        return str(Requirement(self.requirement).label)


def way(document_type: str, role: str) -> tuple[Stage, ...]:
    """The stages of a dossier in order. Of a central bill the province sends its opinion, no more."""
    if role == DossierRole.COORDINATES:
        return WAY_OF_CENTRAL_BILLS
    return WAYS.get(document_type, WAY_OF_CENTRAL_BILLS)


def moves(document_type: str, role: str, stage: str) -> tuple[Stage, ...]:
    """Where a dossier may go: onward first, then back, then stopped.

    A stage that is not on the dossier's way (its type was corrected meanwhile) leads back to drafting.
    """
    on_the_way = way(document_type, role)
    if stage in on_the_way:
        after = on_the_way[on_the_way.index(Stage(stage)) + 1 :][:1]
        back = RETURNS.get(stage, frozenset())
    else:
        after, back = (), frozenset({Stage.DRAFTING})
    given_back = tuple(one for one in reversed(on_the_way) if one in back)
    return (*after, *given_back, *(() if stage in NEVER_STOPPED else (Stage.STOPPED,)))


def goes_on(document_type: str, role: str, stage: str, to: str) -> bool:
    """Whether a move is a step onward: only such a step has requirements."""
    on_the_way = way(document_type, role)
    return (
        stage in on_the_way
        and to in on_the_way
        and on_the_way.index(Stage(to)) > on_the_way.index(Stage(stage))
    )


def check_stage_move(
    *, document_type: str, role: str, stage: str, to: str, note: str, document_number: str
) -> None:
    """Raises MoveRefused for a move that does not exist, or that lacks the words it needs."""
    if to not in moves(document_type, role, stage):
        raise MoveRefused(
            _("Hồ sơ đang ở bước “%(now)s” nên không chuyển thẳng sang “%(to)s” được.")
            % {"now": Stage(stage).label, "to": Stage(to).label if to in Stage.values else to}
        )
    if not goes_on(document_type, role, stage, to) and not note:
        raise MoveRefused(_("Trả lại hoặc dừng thì phải ghi lý do ở ô ghi chú."))
    if to == Stage.ISSUED and not document_number:
        raise MoveRefused(_("Văn bản đã ban hành có số, ký hiệu. Hãy ghi vào."))


def check_day(on: dt.date, *, today: dt.date, not_before: dt.date) -> None:
    """Moves follow one another in time and are not announced ahead."""
    if on > today:
        raise MoveRefused(_("Ngày chuyển bước không thể ở tương lai."))
    if on < not_before:
        raise MoveRefused(
            _("Ngày chuyển bước không thể trước ngày %(day)s của bước trước.")
            % {"day": f"{not_before:%d/%m/%Y}"}
        )


def check_needs(needs: Sequence[Need], despite: str) -> None:
    """What a rule read in the official text asks for must be there. Where nobody read the text, the officer
    may know better: the move needs a reason, which is kept with it."""
    missing = [need for need in needs if not need.met]
    firm = [need for need in missing if need.verified]
    if firm:
        raise MoveRefused(_("Chưa chuyển bước được. %(why)s") % {"why": _in_words(firm)})
    if missing and not despite:
        raise MoveRefused(
            _(
                "%(why)s Căn cứ của yêu cầu này chưa được đối chiếu văn bản gốc: "
                "muốn vẫn chuyển bước, hãy ghi lý do."
            )
            % {"why": _in_words(missing)}
        )


def _in_words(needs: Sequence[Need]) -> str:
    return " ".join(f"{need.label}: {need.words}" for need in needs)
