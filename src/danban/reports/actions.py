"""Reports only read; that one was taken out of the house is recorded."""

from __future__ import annotations

from django.db import transaction

from danban.accounts.models import User
from danban.audit.actions import actor_name, record
from danban.consultation.models import Window
from danban.reports.states import Act, Format


@transaction.atomic
def record_export(*, window: Window, form: Format, opinions: int, by: User) -> None:
    """Who took the synthesis table of which window, in which form, with how many opinions."""
    record(Act.REPORT_EXPORTED, actor=actor_name(by), rows=[window], form=form.value, opinions=opinions)
