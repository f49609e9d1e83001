"""A file becomes a version, or nothing at all."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage

from danban.audit.models import AuditEntry
from danban.common.errors import Refused
from danban.common.uploads import UploadRefused
from danban.demo.docx import build_docx
from danban.demo.dossiers import draft_text
from danban.policies import actions, intake
from danban.policies.models import Alignment, Provision, Version, VersionText
from danban.policies.rules import SecretRefused, StillInWork
from danban.policies.secrecy import Level
from danban.policies.states import VersionState
from tests.policies.files import FIRST, SECOND, docx
from tests.shared_data import shared

pytestmark = pytest.mark.django_db


def files_kept():
    found, waiting = [], [""]
    while waiting:
        folder = waiting.pop()
        try:
            folders, files = default_storage.listdir(folder)
        except FileNotFoundError:
            continue
        waiting += [f"{folder}/{name}".lstrip("/") for name in folders]
        found += [f"{folder}/{name}".lstrip("/") for name in files]
    return set(found)


def outline(version):
    return [(p.unit, p.address) for p in version.provisions.order_by("position") if p.address]


def test_a_draft_is_kept_with_its_structure(dossier, drafter):
    version = actions.upload_version(
        dossier=dossier, data=docx(FIRST), file_name=r"C:\Ho so\Dự thảo 1.docx", note="Bản đầu", by=drafter
    )
    assert (version.number, version.state) == (1, VersionState.UPLOADED)
    assert version.file_name == "Dự thảo 1.docx"
    assert version.file.read() == docx(FIRST) or version.file.size > 0
    assert outline(version) == [
        ("article", "dieu-1"),
        ("article", "dieu-2"),
        ("clause", "dieu-2.khoan-1"),
        ("clause", "dieu-2.khoan-2"),
        ("article", "dieu-3"),
        ("clause", "dieu-3.khoan-1"),
        ("clause", "dieu-3.khoan-2"),
        ("point", "dieu-3.khoan-2.diem-a"),
        ("point", "dieu-3.khoan-2.diem-b"),
        ("article", "dieu-4"),
    ]
    point = version.provisions.get(address="dieu-3.khoan-2.diem-b")
    assert (point.number, point.text, point.parent.address) == ("b", "Ngõ nhỏ thu gom sau.", "dieu-3.khoan-2")
    assert [line["text"] for line in version.text.lines] == FIRST.splitlines()
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor) == ("version.uploaded", f"user:{drafter.pk}")
    assert entry.rows == [["policies.Version", version.pk], ["policies.Dossier", dossier.pk]]
    assert entry.details["sha256"] == version.file_sha256
    assert "Dự thảo 1" not in str(entry.details)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("du-thao.docx", docx(FIRST, header="TỐI MẬT")),
        ("du-thao.docx", docx("MẬT\n" + FIRST)),
        ("du-thao.txt", ("Độ mật: Tuyệt mật\n" + FIRST).encode()),
    ],
)
def test_nothing_is_kept_of_a_file_marked_secret(dossier, drafter, name, data, caplog):
    before = files_kept()
    with pytest.raises(SecretRefused) as refused:
        actions.upload_version(dossier=dossier, data=data, file_name=name, note="", by=drafter)
    assert "bí mật nhà nước" in refused.value.message
    assert refused.value.reasons
    assert not Version.objects.exists()
    assert not VersionText.objects.exists()
    assert not Provision.objects.exists()
    assert files_kept() == before
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.rows, entry.details) == (
        "upload.refused-secret",
        f"user:{drafter.pk}",
        [],
        {},
    )
    assert caplog.text == ""


def test_the_officer_is_told_whom_to_call(dossier, drafter, settings):
    settings.SECRECY_CONTACT = "Phòng Bảo mật, 0252 000 000"
    with pytest.raises(SecretRefused, match="0252 000 000"):
        actions.upload_version(
            dossier=dossier, data=docx("TỐI MẬT\n" + FIRST), file_name="a.docx", note="", by=drafter
        )


def test_a_warning_goes_to_the_second_person(dossier, drafter):
    text = FIRST + "\nTuyệt mật;\nTối mật;"
    version = actions.upload_version(
        dossier=dossier, data=docx(text), file_name="a.docx", note="", by=drafter
    )
    assert any("bí mật nhà nước" in note for note in version.text.notes)
    assert AuditEntry.objects.get().details["secrecy_warnings"] >= 1


def test_a_refused_file_leaves_nothing(dossier, drafter):
    before = files_kept()
    with pytest.raises(UploadRefused):
        actions.upload_version(
            dossier=dossier, data=b"%PDF-1.7 broken", file_name="a.pdf", note="", by=drafter
        )
    assert not Version.objects.exists()
    assert not AuditEntry.objects.exists()
    assert files_kept() == before


def test_one_version_is_in_work_at_a_time(upload):
    upload()
    with pytest.raises(StillInWork):
        upload(SECOND)
    assert Version.objects.count() == 1


def test_a_failure_while_keeping_leaves_no_file(dossier, drafter, monkeypatch):
    before = files_kept()

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(actions.versions, "keep_structure", fail)
    with pytest.raises(RuntimeError):
        actions.upload_version(dossier=dossier, data=docx(FIRST), file_name="a.docx", note="", by=drafter)
    assert files_kept() == before
    assert not Version.objects.exists()


def test_lineage_goes_on_over_a_renumbering(two_versions):
    first, second = two_versions
    was = {p.address: p.lineage for p in first.provisions.all() if p.address}
    now = {p.address: p.lineage for p in second.provisions.all() if p.address}
    assert now["dieu-1"] == was["dieu-1"]
    assert now["dieu-3"] == was["dieu-2"]
    assert now["dieu-4.khoan-2"] == was["dieu-3.khoan-2"]
    assert now["dieu-4.khoan-2.diem-b"] == was["dieu-3.khoan-2.diem-b"]
    assert now["dieu-5"] == was["dieu-4"]
    assert now["dieu-2"] not in was.values()
    assert len(set(now.values())) == len(now)


def test_every_provision_stands_in_the_alignment(two_versions):
    first, second = two_versions
    pairs = Alignment.objects.filter(version=second).select_related("old", "new")
    changes = {
        (pair.old.address if pair.old else None, pair.new.address if pair.new else None): pair.change
        for pair in pairs
        if (pair.old or pair.new).address
    }
    assert changes["dieu-1", "dieu-1"] == "unchanged"
    assert changes[None, "dieu-2"] == "new"
    assert changes["dieu-2", "dieu-3"] == "renumbered"
    assert changes["dieu-3.khoan-2", "dieu-4.khoan-2"] == "edited"
    assert {pair.old_id for pair in pairs} - {None} == set(first.provisions.values_list("pk", flat=True))
    assert {pair.new_id for pair in pairs} - {None} == set(second.provisions.values_list("pk", flat=True))


def test_a_real_draft_decree_of_62_articles(dossier, drafter):
    data = shared("lawtext/docx/226_draft-nd-qlcl-2026.docx").read_bytes()
    version = actions.upload_version(dossier=dossier, data=data, file_name="nd.docx", note="", by=drafter)
    articles = version.provisions.filter(unit="article", address__startswith="dieu-").order_by("position")
    assert [p.number for p in articles] == [str(n) for n in range(1, 63)]
    assert (
        len({p.address for p in version.provisions.all() if p.address})
        == version.provisions.exclude(address="").count()
    )


def test_a_real_pdf_is_read(dossier, drafter):
    data = shared("lawtext/pdf/225_35-2024-qh15.pdf").read_bytes()
    version = actions.upload_version(dossier=dossier, data=data, file_name="luat.pdf", note="", by=drafter)
    assert version.provisions.filter(unit="article").count() > 50
    assert version.file.name.endswith(".pdf")


def test_no_published_document_looks_secret():
    found = {
        path.name: intake.read_draft(path.read_bytes(), kind="docx")["verdict"]
        for path in shared("lawtext/docx").iterdir()
    }
    assert {name for name, verdict in found.items() if verdict != Level.PASS} == set()


def test_the_demo_drafts_align(dossier, drafter, release):
    first, second = (build_docx(draft_text(name)) for name in ("quyet-dinh-v1.txt", "quyet-dinh-v2.txt"))
    one = release(
        actions.upload_version(dossier=dossier, data=first, file_name="1.docx", note="", by=drafter)
    )
    two = actions.upload_version(dossier=dossier, data=second, file_name="2.docx", note="", by=drafter)
    was = set(one.provisions.filter(unit="article").values_list("lineage", flat=True))
    now = set(two.provisions.filter(unit="article").values_list("lineage", flat=True))
    assert len(was & now) >= 0.8 * len(was)


@pytest.mark.parametrize("data", ["\u200b\u200b \ufeff\n".encode(), b"\n  \n\t\n"])
def test_a_file_without_words_is_no_draft(dossier, drafter, data):
    with pytest.raises(Refused):
        actions.upload_version(dossier=dossier, data=data, file_name="trong.txt", note="", by=drafter)
    assert not Version.objects.exists()


def test_a_text_no_page_could_show_is_refused(dossier, drafter, monkeypatch):
    monkeypatch.setattr("danban.policies.rules.MOST_CHARACTERS", 1_000_000)
    before = files_kept()
    long = ("Điều 1. Phạm vi\n" + "rất dài " * 200_000).encode()
    with pytest.raises(Refused, match="dài quá 1 triệu"):
        actions.upload_version(dossier=dossier, data=long, file_name="dai.txt", note="", by=drafter)
    assert not Version.objects.exists()
    assert files_kept() == before
