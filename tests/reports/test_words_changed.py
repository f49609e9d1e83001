"""Words changed where people had commented: against a count by hand, and once for each version."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from danban.policies.models import Alignment
from danban.reports import kpi_changes, wording
from danban.reports.actions import count_changes
from danban.reports.kpi import Figure, Scope
from danban.reports.models import VersionChange
from tests.factories import CommentFactory, DossierFactory, VersionFactory, WindowFactory

NEW = [
    ("article", "1", "dieu-1", "Phạm vi điều chỉnh", ""),
    ("clause", "1", "dieu-1.khoan-1", "", "Quy định này quy định việc phân loại rác tại nhà."),
    ("clause", "2", "dieu-1.khoan-2", "", "Rác được chia thành bốn loại."),
]


@pytest.fixture
def versions(db):
    dossier = DossierFactory()
    old = VersionFactory(dossier=dossier, number=1)
    new = VersionFactory(dossier=dossier, number=2, provisions=NEW)
    return old, new


def align(old, new):
    after = {one.address: one for one in new.provisions.all()}
    for one in old.provisions.all():
        match = after.get(one.address)
        Alignment.objects.create(version=new, old=one, new=match, change="edited" if match else "repealed")


def comment(old, address, **kwargs):
    window = WindowFactory(version=old)
    provision = old.provisions.get(address=address) if address else None
    kwargs.setdefault("created_at", timezone.now() - dt.timedelta(days=3))
    return CommentFactory(window=window, provision=provision, **kwargs)


def test_only_what_was_commented_before_counts(versions):
    old, new = versions
    align(old, new)
    comment(old, "")
    assert wording.changed_between(old, new) == (0, 0, 0)
    comment(old, "dieu-1.khoan-1")
    comment(old, "dieu-1.khoan-2", created_at=timezone.now() + dt.timedelta(days=1))
    assert wording.changed_between(old, new) == (1, 0, 0)


def test_an_article_commented_is_all_that_stands_in_it(versions):
    old, new = versions
    align(old, new)
    comment(old, "dieu-1")
    # "ba" went, "bốn" came; the heading and the first clause stayed.
    assert wording.changed_between(old, new) == (3, 1, 2)


def test_what_was_left_out_lost_all_its_words(versions):
    old, new = versions
    align(old, new)
    comment(old, "dieu-2")
    lost = 4 + 9
    assert wording.changed_between(old, new) == (1, 1, lost)


def test_a_version_is_counted_once_and_in_its_period(versions):
    old, new = versions
    align(old, new)
    comment(old, "dieu-1.khoan-2")
    assert count_changes() == 1
    assert count_changes() == 0
    kept = VersionChange.objects.get()
    assert (kept.version, kept.commented, kept.changed, kept.words) == (new, 1, 1, 2)
    day = timezone.localdate(new.released_at)
    scope = Scope(day, day, timezone.now() + dt.timedelta(seconds=1))
    figure = Figure(part=1, whole=2, split={"commented": 1, "changed": 1, "versions": 1})
    assert kpi_changes.count(scope) == {None: figure, new.dossier.agency_id: figure}
    rows = kpi_changes.records(scope)
    assert [rows.cells(row)[-1].text for row in rows.rows] == ["2"]
    before = Scope(day - dt.timedelta(days=9), day - dt.timedelta(days=2), scope.at)
    assert kpi_changes.count(before) == {}
