"""How a provision's number is printed in the draft."""

from __future__ import annotations

from danban.policies.models import Provision

_PRINTED = {
    "article": "Điều {}.",
    "clause": "{}.",
    "point": "{})",
    "chapter": "Chương {}",
    "section": "Mục {}",
}


def printed_number(provision: Provision) -> str:
    """The number as it stands in the draft: "Điều 5.", "2.", "đ)"; "" where there is none."""
    return _PRINTED.get(provision.unit, "{}").format(provision.number) if provision.number else ""
