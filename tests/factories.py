"""Believable rows for tests. A factory makes the least that is valid; tests name what they mean."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid

import factory
from django.core.files.base import ContentFile
from django.utils import timezone
from factory.django import DjangoModelFactory

from danban.accounts.models import Agency, Membership, User
from danban.accounts.states import AgencyKind, Level, Role
from danban.common.text import fold
from danban.consultation.models import Comment, Tally, Window
from danban.consultation.states import Channel, CommenterKind
from danban.plan.models import Assignment, Plan, Task
from danban.plan.states import Part, PlanKind, PlanState
from danban.policies.models import Dossier, Policy, Provision, Version, VersionText
from danban.policies.states import DocumentType, Field, VersionState

PASSWORD = "mat-khau-thu-nghiem-1"


class AgencyFactory(DjangoModelFactory):
    class Meta:
        model = Agency

    code = factory.Sequence(lambda n: f"so-{n}")
    name = factory.Sequence(lambda n: f"Sở Thử nghiệm {n}")
    kind = AgencyKind.DEPARTMENT
    level = Level.PROVINCE
    valid_from = dt.date(2025, 7, 1)


class UserFactory(DjangoModelFactory):
    """``UserFactory(role=Role.DRAFTER, agency=agency)`` holds that role there from 2025-07-01."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"can-bo-{n}@tinh.example")
    full_name = factory.Sequence(lambda n: f"Cán bộ Thử {n}")

    role = None
    agency = None

    @classmethod
    def _create(cls, model_class, *args, role=None, agency=None, **kwargs):
        user = model_class(**kwargs)
        user.set_password(PASSWORD)
        user.save()
        if role:
            Membership.objects.create(
                user=user, agency=agency or AgencyFactory(), role=role, valid_from=dt.date(2025, 7, 1)
            )
        return user


class DossierFactory(DjangoModelFactory):
    class Meta:
        model = Dossier

    title = factory.Sequence(lambda n: f"Quyết định ban hành Quy định thử nghiệm số {n}")
    slug = factory.Sequence(lambda n: f"quyet-dinh-thu-nghiem-{n}")
    document_type = DocumentType.CHAIR_DECISION
    agency = factory.SubFactory(AgencyFactory)
    issuing_body = factory.SelfAttribute("agency")
    field = Field.ENVIRONMENT
    started_on = dt.date(2026, 1, 5)
    about = "Sửa cách thu gom rác ở khu dân cư."
    affected = "Mọi hộ gia đình trong tỉnh."
    changes = "Rác được chia thành ba loại."
    question = "Ba loại có dễ làm ở nhà không?"
    search_text = factory.LazyAttribute(lambda o: fold(o.title))
    created_by = factory.LazyAttribute(lambda o: UserFactory(role=Role.DRAFTER, agency=o.agency))


class VersionFactory(DjangoModelFactory):
    """A version with two articles, the first with two clauses; released unless told otherwise.

    Rows are written straight, in the order the database's triggers allow: provisions first, release last.
    """

    class Meta:
        model = Version

    dossier = factory.SubFactory(DossierFactory)
    number = factory.Sequence(lambda n: n + 1)
    file_name = "du-thao.docx"
    uploaded_at = factory.LazyFunction(timezone.now)

    @classmethod
    def _create(cls, model_class, *args, released=True, provisions=None, **kwargs):
        agency = kwargs["dossier"].agency
        kwargs.setdefault("uploaded_by", UserFactory(role=Role.DRAFTER, agency=agency))
        data = uuid.uuid4().bytes
        version = model_class(
            file=ContentFile(data, name="du-thao.docx"),
            file_sha256=hashlib.sha256(data).hexdigest(),
            **kwargs,
        )
        version.save()
        VersionText.objects.create(version=version, lines=[])
        make_provisions(version, provisions or DEFAULT_PROVISIONS)
        if released:
            now = timezone.now()
            approver = UserFactory(role=Role.APPROVER, agency=agency)
            version.state = VersionState.RELEASED
            version.secrecy_checked_by = version.uploaded_by
            version.secrecy_checked_at = version.released_at = now
            version.released_by = approver
            version.save()
        return version


DEFAULT_PROVISIONS = [
    ("article", "1", "dieu-1", "Phạm vi điều chỉnh", ""),
    ("clause", "1", "dieu-1.khoan-1", "", "Quy định này quy định việc phân loại rác tại nhà."),
    ("clause", "2", "dieu-1.khoan-2", "", "Rác được chia thành ba loại."),
    ("article", "2", "dieu-2", "Đối tượng áp dụng", "Hộ gia đình, cá nhân trên địa bàn tỉnh."),
]


def make_provisions(version, rows):
    """Provision rows from (unit, number, address, heading, text); the parent is the address one step up."""
    made = {}
    for position, (unit, number, address, heading, text) in enumerate(rows):
        parent = made.get(address.rpartition(".")[0])
        made[address] = Provision.objects.create(
            version=version,
            position=position,
            parent=parent,
            unit=unit,
            number=number,
            address=address,
            heading=heading,
            text=text,
        )
    return made


class PolicyFactory(DjangoModelFactory):
    """A policy of a draft of which nobody has said anything."""

    class Meta:
        model = Policy

    dossier = factory.SubFactory(DossierFactory)
    number = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Chính sách thử nghiệm số {n}")
    created_by = factory.SelfAttribute("dossier.created_by")
    created_at = factory.LazyFunction(timezone.now)


class WindowFactory(DjangoModelFactory):
    """Open from five days ago until twenty days from now, on a released version."""

    class Meta:
        model = Window

    version = factory.SubFactory(VersionFactory)
    dossier = factory.SelfAttribute("version.dossier")
    opens_on = factory.LazyFunction(lambda: timezone.localdate() - dt.timedelta(days=5))
    closes_on = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=20))
    opened_by = factory.LazyAttribute(lambda o: o.version.uploaded_by)
    created_at = factory.LazyFunction(timezone.now)


class CommentFactory(DjangoModelFactory):
    """A comment straight into its table, with its tally row, as submit_comment would leave it."""

    class Meta:
        model = Comment

    window = factory.SubFactory(WindowFactory)
    version = factory.SelfAttribute("window.version")
    provision = None
    text = factory.Sequence(lambda n: f"Tôi đề nghị ghi rõ giờ thu gom rác, lần {n}.")
    folded = factory.LazyAttribute(lambda o: fold(o.text))
    commenter_kind = CommenterKind.PERSON
    commenter_key = factory.LazyFunction(lambda: uuid.uuid4().hex * 2)
    channel = Channel.WEB
    received_on = factory.LazyFunction(timezone.localdate)
    created_at = factory.LazyFunction(timezone.now)
    code_hash = factory.LazyFunction(lambda: hashlib.sha256(uuid.uuid4().bytes).hexdigest())
    idempotency_key = factory.LazyFunction(uuid.uuid4)
    fingerprint = factory.LazyAttribute(lambda o: hashlib.sha256(o.text.encode()).hexdigest())

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        comment = model_class(**kwargs)
        comment.save()
        Tally.objects.create(
            window=comment.window,
            provision=comment.provision,
            state=comment.state,
            commenter_kind=comment.commenter_kind,
            channel=comment.channel,
            n=1,
        )
        return comment


class PlanFactory(DjangoModelFactory):
    """A plan in force since a hundred days ago, for a year: no test depends on the day it runs."""

    class Meta:
        model = Plan

    kind = PlanKind.YEARLY
    number = factory.Sequence(lambda n: f"{n + 100}/KH-UBND")
    title = "Truyền thông chính sách có tác động lớn đến xã hội"
    issued_on = factory.LazyAttribute(lambda o: o.starts_on)
    issuer = factory.SubFactory(AgencyFactory)
    lead = factory.SubFactory(AgencyFactory)
    starts_on = factory.LazyFunction(lambda: timezone.localdate() - dt.timedelta(days=100))
    ends_on = factory.LazyAttribute(lambda o: o.starts_on + dt.timedelta(days=365))
    state = PlanState.IN_FORCE
    created_by = factory.SubFactory(UserFactory)
    created_at = factory.LazyFunction(timezone.now)


class TaskFactory(DjangoModelFactory):
    """``TaskFactory(leads=[agency], coordinating=[…])``: a planned task, due in forty days."""

    class Meta:
        model = Task
        skip_postgeneration_save = True

    plan = factory.SubFactory(PlanFactory)
    position = factory.Sequence(lambda n: n % 30_000)
    content = factory.Sequence(lambda n: f"Đăng dự thảo số {n} trên cổng thông tin điện tử")
    due_on = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=40))

    @classmethod
    def _create(cls, model_class, *args, leads=(), coordinating=(), **kwargs):
        task = model_class(**kwargs)
        task.save()
        for part, bodies in ((Part.LEADS, leads), (Part.COORDINATES, coordinating)):
            for body in bodies:
                Assignment.objects.create(task=task, part=part, agency=body)
        return task
