"""A kind of evidence names its records, for pages that only name them, as it finds them."""

from __future__ import annotations

from danban.plan.evidence import KINDS
from danban.plan.models import Evidence
from danban.plan.queries.evidence import pieces


def assert_named_as_found(kind: str, *records: int) -> None:
    found = {pk: (one.title, one.url) for pk, one in KINDS[kind].find(records).items()}
    assert set(found) == set(records)
    ended = [Evidence(kind=kind, record=pk, ended_reason="Rút.", ended_at="2026-01-01") for pk in records]
    assert {one.record.pk: (one.record.title, one.record.url) for one in pieces(ended)} == found
