"""What recurs: the figures of the leaders' page."""

from __future__ import annotations

from danban.common.jobs import every
from danban.reports.actions import keep_present

every(300, "reports.figures")(keep_present)
