"""A kept file stands or falls with its row, and no browser opens it in our name."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from danban.common.files import kept_with_its_row, made, sent, streamed, written
from danban.policies.models import Version


def unsaved(name="x.docx"):
    return Version(file=ContentFile(b"word", name=name), file_name="dự thảo.docx")


def keep(version, then=lambda: None):
    with kept_with_its_row(version.file):
        version.file.save("x.docx", version.file.file, save=False)
        assert default_storage.exists(version.file.name)
        then()


def broken():
    raise ZeroDivisionError


@pytest.mark.django_db
def test_a_file_goes_with_the_transaction_that_was_undone():
    version = unsaved()
    with pytest.raises(ZeroDivisionError):
        keep(version, then=broken)
    assert not default_storage.exists(version.file.name)


@pytest.mark.django_db
def test_a_file_stays_with_the_transaction_that_was_kept():
    version = unsaved()
    keep(version)
    assert default_storage.exists(version.file.name)


@pytest.mark.django_db
def test_a_file_is_sent_to_be_saved_under_its_own_name():
    version = unsaved()
    version.file.save("x.docx", version.file.file, save=False)
    response = sent(version.file, version.file_name)
    assert b"".join(response) == b"word"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''d")


@pytest.mark.django_db
def test_a_file_of_ours_says_its_kind_by_its_ending():
    paper = made(b"word", "báo cáo.docx")
    assert paper.content == b"word"
    assert paper["Content-Type"].endswith("wordprocessingml.document")
    assert paper["Content-Disposition"] == "attachment; filename*=utf-8''b%C3%A1o%20c%C3%A1o.docx"
    lines = streamed(iter(["a\n", "b\n"]), "bang.csv")
    assert b"".join(lines) == b"a\nb\n"
    assert (lines["Content-Type"], lines["Content-Disposition"]) == (
        "text/csv; charset=utf-8",
        'attachment; filename="bang.csv"',
    )
    sheet = written(lambda out: out.write(b"xl"), "bang.xlsx")
    assert sheet.getvalue() == b"xl"
    assert sheet["Content-Type"].endswith("spreadsheetml.sheet")
    sheet.close()
    with pytest.raises(KeyError):
        made(b"", "x.exe")
