"""The database itself refuses to change what was published."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from danban.policies.models import Provision, Version, VersionText
from tests.factories import VersionFactory, make_provisions

pytestmark = pytest.mark.django_db


@pytest.fixture
def published():
    return VersionFactory()


@pytest.fixture
def in_work():
    return VersionFactory(released=False)


def refused(change):
    with pytest.raises(DatabaseError, match="published text never changes"), transaction.atomic():
        change()


@pytest.mark.parametrize(
    "values",
    [
        {"note": "x"},
        {"file": "x"},
        {"state": "returned"},
        {"number": 99},
        {"file_sha256": "0" * 64},
        {"note": ""},
    ],
)
def test_no_column_of_a_published_version_changes(published, values):
    refused(lambda: Version.objects.filter(pk=published.pk).update(**values))


def test_a_published_version_is_not_deleted(published):
    def delete():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM policies_version WHERE id = %s", [published.pk])

    refused(delete)


def test_its_provisions_stay(published):
    provision = published.provisions.first()
    refused(lambda: Provision.objects.filter(pk=provision.pk).update(text="khác"))
    refused(lambda: Provision.objects.filter(pk=provision.pk).update(lineage="0" * 32))
    refused(lambda: Provision.objects.filter(pk=published.provisions.last().pk).delete())
    refused(lambda: make_provisions(published, [("article", "9", "dieu-9", "Thêm", "")]))


def test_a_provision_does_not_wander_into_or_out_of_published_text(published, in_work):
    refused(lambda: Provision.objects.filter(version=in_work).update(version=published))
    refused(lambda: Provision.objects.filter(version=published).update(version=in_work))


def test_its_text_stays(published):
    refused(lambda: VersionText.objects.filter(version=published).update(lines=[{"n": 1}]))
    refused(lambda: VersionText.objects.filter(version=published).delete())


def test_a_version_in_work_is_free(in_work):
    Provision.objects.filter(version=in_work).update(text="sửa")
    VersionText.objects.filter(version=in_work).update(lines=[{"n": 1}])
    Provision.objects.filter(version=in_work).delete()
    Version.objects.filter(pk=in_work.pk).update(note="sửa")
    VersionText.objects.filter(version=in_work).delete()
    assert not in_work.provisions.exists()


@pytest.mark.postgresql
def test_published_tables_are_not_truncated(published):
    def empty():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("TRUNCATE policies_provision, policies_version, policies_versiontext CASCADE")

    refused(empty)
