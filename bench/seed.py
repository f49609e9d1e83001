"""A database with one draft of 100 articles, its open window, and any number of comments.

Run as a program with DJANGO_SETTINGS_MODULE and DANBAN_DATABASE set: ``python -m bench.seed 5000``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import sys
import uuid

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.core.files.base import ContentFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from danban.accounts import actions as accounts  # noqa: E402
from danban.accounts.models import User  # noqa: E402
from danban.accounts.states import AgencyKind, Level, Role  # noqa: E402
from danban.common.text import fold  # noqa: E402
from danban.consultation.models import Comment, Tally, Window  # noqa: E402
from danban.policies.models import Dossier, Provision, Version, VersionText  # noqa: E402
from danban.policies.states import DocumentType, Field, VersionState  # noqa: E402

ARTICLES, CLAUSES, WORDS = 100, 3, 45
SLUG = "du-thao-do-toc-do"
SENTENCE = (
    "Hộ gia đình, cá nhân có trách nhiệm phân loại chất thải rắn sinh hoạt tại nguồn, lưu giữ trong bao bì phù hợp "
    "và chuyển giao đúng thời gian, địa điểm do Ủy ban nhân dân cấp xã thông báo trên địa bàn tỉnh theo quy định này"
)
OPINION = "Tôi đề nghị quy định rõ giờ thu gom ở thôn, vì bà con đi làm rẫy từ sớm, lần thứ {n}."


def people() -> tuple[User, User, object]:
    """A drafter, an approver, and their agency."""
    start = dt.date(2025, 7, 1)
    agency = accounts.add_agency(
        code="so-do", name="Sở Đo tốc độ", kind=AgencyKind.DEPARTMENT, level=Level.PROVINCE, valid_from=start
    )
    drafter = accounts.add_user(email="soan@do.example", full_name="Người soạn", password=uuid.uuid4().hex)
    approver = accounts.add_user(email="duyet@do.example", full_name="Người duyệt", password=uuid.uuid4().hex)
    accounts.grant_role(user=drafter, agency=agency, role=Role.DRAFTER, valid_from=start)
    accounts.grant_role(user=approver, agency=agency, role=Role.APPROVER, valid_from=start)
    return drafter, approver, agency


def draft() -> Window:
    """One released version of 100 articles of three clauses, open for comments."""
    drafter, approver, agency = people()
    now = timezone.now()
    dossier = Dossier.objects.create(
        slug=SLUG, title="Quyết định đo tốc độ", document_type=DocumentType.CHAIR_DECISION, issuing_body=agency,
        agency=agency, field=Field.ENVIRONMENT, started_on=dt.date(2026, 1, 5), search_text="quyet dinh do toc do",
        about="Đo.", affected="Máy.", changes="Không.", question="Nhanh chưa?", created_by=drafter,
    )  # fmt: skip
    version = Version(
        dossier=dossier, number=1, file=ContentFile(b"do", name="do.docx"), file_name="do.docx",
        file_sha256=hashlib.sha256(b"do").hexdigest(), uploaded_by=drafter, uploaded_at=now,
    )  # fmt: skip
    version.save()
    VersionText.objects.create(version=version, lines=[])
    position = 0
    for number in range(1, ARTICLES + 1):
        article = Provision.objects.create(
            version=version, position=position, unit="article", number=str(number), address=f"dieu-{number}",
            heading=f"Quy định về việc thứ {number}",
        )  # fmt: skip
        Provision.objects.bulk_create(
            Provision(
                version=version, position=position + clause, parent=article, unit="clause", number=str(clause),
                address=f"dieu-{number}.khoan-{clause}", text=SENTENCE + ".",
            )
            for clause in range(1, CLAUSES + 1)
        )  # fmt: skip
        position += CLAUSES + 1
    version.state, version.released_by, version.released_at = VersionState.RELEASED, approver, now
    version.secrecy_checked_by, version.secrecy_checked_at = drafter, now
    version.save()
    today = timezone.localdate()
    return Window.objects.create(
        dossier=dossier, version=version, opens_on=today, closes_on=today + dt.timedelta(days=30),
        opened_by=drafter, created_at=now,
    )  # fmt: skip


def comments(window: Window, count: int) -> None:
    """Comments spread over the articles, with the tally rows they would have left behind."""
    articles = list(window.version.provisions.filter(unit="article"))
    now, today = timezone.now(), timezone.localdate()

    def one(n: int) -> Comment:
        text = OPINION.format(n=n)
        return Comment(
            window=window, version=window.version, provision=articles[n % len(articles)], text=text, folded=fold(text),
            commenter_kind=("person", "organisation", "business", "agency")[n % 17 % 4],
            commenter_key=f"{n:064d}", channel=("web", "letter", "meeting")[n % 3], received_on=today, created_at=now,
            visibility="shown", code_hash=hashlib.sha256(str(n).encode()).hexdigest(), idempotency_key=uuid.UUID(int=n),
            fingerprint=f"{n:064d}",
        )  # fmt: skip

    for start in range(0, count, 5_000):
        Comment.objects.bulk_create([one(n) for n in range(start, min(start + 5_000, count))])
    tallies: dict[tuple[object, ...], int] = {}
    for n in range(count):
        made = (articles[n % len(articles)], ("person", "organisation", "business", "agency")[n % 17 % 4], ("web", "letter", "meeting")[n % 3])  # fmt: skip
        tallies[made] = tallies.get(made, 0) + 1
    Tally.objects.bulk_create(
        Tally(
            window=window, provision=article, state="received", commenter_kind=kind, channel=channel, n=total
        )
        for (article, kind, channel), total in tallies.items()
    )


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    comments(draft(), int(sys.argv[1]))
