"""Every write of this app: exports, targets, kept figures, requests for reports, the reports."""

from danban.reports.actions.changes import count_changes
from danban.reports.actions.exports import record_export, record_paper
from danban.reports.actions.requests import close_request, remind, request_reports
from danban.reports.actions.snapshots import keep_figures, keep_present
from danban.reports.actions.targets import set_target
from danban.reports.actions.writing import return_report, save_text, send_report, submit_report

__all__ = [
    "close_request",
    "count_changes",
    "keep_figures",
    "keep_present",
    "record_export",
    "record_paper",
    "remind",
    "request_reports",
    "return_report",
    "save_text",
    "send_report",
    "set_target",
    "submit_report",
]
