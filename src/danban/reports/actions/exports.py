"""Reports only read; that one was taken out of the house is recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Model

from danban.accounts.models import User
from danban.audit.actions import actor_name, record
from danban.consultation.models import Window
from danban.reports.states import Act, Format


@transaction.atomic
def record_export(*, window: Window, form: Format, opinions: int, by: User) -> None:
    """Who took the synthesis table of which window, in which form, with how many opinions."""
    record(Act.REPORT_EXPORTED, actor=actor_name(by), rows=[window], form=form.value, opinions=opinions)


@transaction.atomic
def record_paper(*, paper: str, rows: Sequence[Model], at: dt.datetime | None, by: User) -> None:
    """Who took which paper out of the house, with the figures of which moment."""
    record(Act.PAPER_EXPORTED, actor=actor_name(by), rows=rows, paper=paper, figures_at=at)
