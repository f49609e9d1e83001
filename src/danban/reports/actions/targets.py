"""Targets of figures: a new target is a new row, the one before it ends the day before."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from danban.accounts.models import User
from danban.audit.actions import actor_name, record
from danban.common import clock
from danban.common.errors import Refused
from danban.common.text import clean
from danban.reports import targets
from danban.reports.kpi import DEFINITIONS
from danban.reports.models import KpiTarget
from danban.reports.states import Act


@transaction.atomic
def set_target(
    *,
    kpi: str,
    value: Decimal | None,
    days: int | None,
    valid_from: dt.date,
    legal_basis: str,
    verified: bool,
    note: str,
    by: User,
) -> KpiTarget:
    """A target from a day on; its history stays. Refused where one begins on that day or later already."""
    if kpi not in DEFINITIONS:
        raise Refused(_("Không có chỉ số này."))
    if value is None and days is None:
        raise Refused(_("Hãy ghi mức phải đạt, hoặc số ngày của hạn."))
    later = targets.target_from(kpi, valid_from)
    if later:
        raise Refused(
            _("Đã có mức bắt đầu từ %(day)s. Hãy chọn ngày sau đó.") % {"day": f"{later.valid_from:%d/%m/%Y}"}
        )
    held = targets.target_rows(valid_from).get(kpi)
    if held:
        held.valid_to = valid_from - dt.timedelta(days=1)
        held.save(update_fields=["valid_to"])
    target = KpiTarget.objects.create(
        kpi=kpi, value=value, days=days, valid_from=valid_from, legal_basis=clean(legal_basis),
        verified=verified, note=clean(note), set_by=by, set_at=clock.now(),
    )  # fmt: skip
    record(
        Act.TARGET_SET,
        actor=actor_name(by),
        rows=[target, held] if held else [target],
        kpi=kpi,
        value=str(value) if value is not None else None,
        days=days,
        valid_from=valid_from,
        verified=verified,
    )
    return target
