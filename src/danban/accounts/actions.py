"""Every write on people, agencies and roles."""

from __future__ import annotations

import datetime as dt

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from danban.accounts.models import Agency, Membership, Succession, User
from danban.accounts.queries import password_link
from danban.accounts.rules import exists_on, makes_a_circle
from danban.accounts.states import Act, Level, Role
from danban.audit.actions import SYSTEM, actor_name, record
from danban.common import clock
from danban.common.errors import Refused
from danban.common.text import clean


def _name_of(by: User | None) -> str:
    return actor_name(by) if by else SYSTEM


@transaction.atomic
def add_user(
    *, email: str, full_name: str, title: str = "", password: str | None = None, by: User | None = None
) -> User:
    """A person who can sign in once a password was set; ``by`` None is the command line."""
    email, full_name = email.strip().lower(), clean(full_name)
    if not full_name:
        raise Refused(_("Hãy ghi họ và tên."))
    if User.objects.filter(email=email).exists():
        raise Refused(_("Đã có người dùng với địa chỉ thư này."))
    user = User(email=email, full_name=full_name, title=clean(title))
    user.set_password(password)
    user.save()
    record(Act.USER_ADDED, actor=_name_of(by), rows=[user])
    return user


@transaction.atomic
def deactivate_user(*, user: User, by: User) -> None:
    """The person can no longer sign in; what they did stays theirs."""
    if user.pk == by.pk:
        raise Refused(_("Không thể tự khóa tài khoản của mình."))
    User.objects.filter(pk=user.pk).update(is_active=False)
    record(Act.USER_DEACTIVATED, actor=actor_name(by), rows=[user])


@transaction.atomic
def reactivate_user(*, user: User, by: User) -> None:
    """The person may sign in again, with the password and the factors they had."""
    User.objects.filter(pk=user.pk).update(is_active=True)
    record(Act.USER_REACTIVATED, actor=actor_name(by), rows=[user])


@transaction.atomic
def give_password_link(*, user: User, by: User) -> str:
    """The path of a new one-time link, for whoever cannot receive it by letter. The link is not kept."""
    if not user.is_active:
        raise Refused(_("Tài khoản đang bị khóa: hãy mở khóa trước."))
    record(Act.PASSWORD_LINK_GIVEN, actor=actor_name(by), rows=[user])
    return password_link(user)


@transaction.atomic
def remove_second_factors(*, user: User, by: User) -> None:
    """For a lost phone and lost codes: the person signs in by password and must set up a factor anew."""
    if user.pk == by.pk:
        raise Refused(_("Hãy nhờ một người quản trị khác gỡ xác thực hai lớp của anh/chị."))
    Authenticator.objects.filter(user=user).delete()
    record(Act.SECOND_FACTOR_REMOVED, actor=actor_name(by), rows=[user])


@transaction.atomic
def grant_role(
    *, user: User, agency: Agency, role: str, by: User | None = None, valid_from: dt.date | None = None
) -> Membership:
    """A role in an agency that exists on the day it begins."""
    begins = valid_from or clock.today()
    User.objects.select_for_update().get(pk=user.pk)  # the same role given twice at once
    if not exists_on(agency.valid_from, agency.valid_to, begins):
        raise Refused(_("Cơ quan này không còn (hoặc chưa) hoạt động vào ngày bắt đầu vai trò."))
    if Membership.objects.filter(user=user, agency=agency, role=role, valid_to__isnull=True).exists():
        raise Refused(_("Người này đang giữ vai trò đó ở cơ quan này rồi."))
    membership = Membership.objects.create(user=user, agency=agency, role=role, valid_from=begins)
    record(Act.MEMBERSHIP_GRANTED, actor=_name_of(by), rows=[membership, user, agency], role=role)
    return membership


@transaction.atomic
def end_role(*, membership: Membership, by: User) -> None:
    """The role ends yesterday: it gives nothing from now on. Who manages people stays one of them."""
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if membership.valid_to is not None:
        raise Refused(_("Vai trò này đã kết thúc rồi."))
    if membership.role == Role.ADMIN and membership.user_id == by.pk:
        raise Refused(_("Hãy nhờ một người quản trị khác kết thúc vai trò quản trị của anh/chị."))
    ends = clock.today() - dt.timedelta(days=1)
    Membership.objects.filter(pk=membership.pk).update(valid_to=ends)
    record(Act.MEMBERSHIP_ENDED, actor=actor_name(by), rows=[membership], role=membership.role)


@transaction.atomic
def add_agency(
    *,
    code: str,
    name: str,
    kind: str,
    level: str,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    short_name: str = "",
    parent: Agency | None = None,
    by: User | None = None,
) -> Agency:
    """A body with its dates. The district level ended on 30/06/2025 and takes no new body."""
    if level == Level.DISTRICT and (valid_to is None or valid_to > dt.date(2025, 6, 30)):
        raise Refused(_("Cấp huyện đã kết thúc ngày 30/06/2025: chỉ ghi được cơ quan cũ, có ngày kết thúc."))
    if valid_to and valid_to < valid_from:
        raise Refused(_("Ngày kết thúc phải sau ngày bắt đầu."))
    try:
        with transaction.atomic():
            agency = Agency.objects.create(
                code=code, name=name, kind=kind, level=level, valid_from=valid_from, valid_to=valid_to,
                short_name=short_name, parent=parent,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(_("Đã có cơ quan với mã này.")) from error
    record(Act.AGENCY_ADDED, actor=_name_of(by), rows=[agency])
    return agency


@transaction.atomic
def record_succession(
    *, predecessor: Agency, successor: Agency, on: dt.date, legal_basis: str = "", by: User | None = None
) -> Succession:
    """One body takes over from another; nobody may end up succeeding itself."""
    # All of them: two that are recorded at once could close a circle of which each holds a half.
    list(Agency.objects.select_for_update().order_by("pk").values_list("pk"))
    pairs = set(Succession.objects.values_list("predecessor_id", "successor_id"))
    if predecessor.pk == successor.pk or makes_a_circle(pairs, predecessor.pk, successor.pk):
        raise Refused(_("Nếu ghi như vậy, cơ quan này sẽ kế tục chính nó."))
    if (predecessor.pk, successor.pk) in pairs:
        raise Refused(_("Việc kế tục này đã được ghi."))
    if on <= predecessor.valid_from:
        raise Refused(
            _("Ngày kế tục phải sau ngày cơ quan cũ bắt đầu hoạt động (%(date)s).")
            % {"date": f"{predecessor.valid_from:%d/%m/%Y}"}
        )
    succession = Succession.objects.create(
        predecessor=predecessor, successor=successor, on=on, legal_basis=legal_basis
    )
    if predecessor.valid_to is None:
        Agency.objects.filter(pk=predecessor.pk).update(valid_to=on - dt.timedelta(days=1))
    record(Act.AGENCY_SUCCEEDED, actor=_name_of(by), rows=[predecessor, successor], on=on.isoformat())
    return succession


@transaction.atomic
def add_user_with_role(
    *, email: str, full_name: str, title: str, agency: Agency, role: str, by: User | None = None
) -> User:
    """A person and their first role, both or neither."""
    user = add_user(email=email, full_name=full_name, title=title, by=by)
    grant_role(user=user, agency=agency, role=role, by=by)
    return user
