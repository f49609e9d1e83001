"""Where a provision stands, in the words people use."""

from __future__ import annotations

from django.utils.translation import gettext as _

from danban.lawtext.address import Address
from danban.policies.models import Provision


def place_in_words(provision: Provision | None) -> str:
    """ "điểm đ khoản 2 Điều 5"; None is the whole draft; what has no address is named by its heading."""
    if provision is None:
        return _("Toàn bộ dự thảo")
    try:
        return Address.parse(provision.address).in_words()
    except ValueError:
        return provision.heading or provision.number or _("Phần không đánh số")


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
