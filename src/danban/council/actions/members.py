"""The Council is set up anew; members are recognised and relieved."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from danban.accounts.models import Agency, User
from danban.audit.actions import actor_name, record
from danban.common.errors import Refused
from danban.common.text import clean, fold
from danban.council import queries, rules
from danban.council.models import Council, Member
from danban.council.states import Act, Seat


@transaction.atomic
def establish_council(
    *, agency: Agency, name: str, decision_number: str, valid_from: dt.date, by: User
) -> Council:
    """A Council by its decision. The one in office before ends on the day before, and with it its terms."""
    rules.check_council_agency(agency.kind, agency.level)
    before = Council.objects.select_for_update().filter(agency=agency, valid_to__isnull=True).first()
    if before:
        if valid_from <= before.valid_from:
            raise Refused(
                _("Hội đồng hiện nay có từ %(day)s; Hội đồng mới phải bắt đầu sau ngày đó.")
                % {"day": f"{before.valid_from:%d/%m/%Y}"}
            )
        before.valid_to = valid_from - dt.timedelta(days=1)
        before.save(update_fields=["valid_to"])
    elif Council.objects.filter(agency=agency, valid_to__gte=valid_from).exists():
        raise Refused(_("Ngày này vẫn thuộc về một Hội đồng trước. Hãy chọn ngày sau đó."))
    council = Council.objects.create(
        agency=agency, name=clean(name), decision_number=clean(decision_number), valid_from=valid_from
    )
    rows = [council, before] if before else [council]
    record(Act.COUNCIL_ESTABLISHED, actor=actor_name(by), rows=rows, valid_from=valid_from)
    return council


@transaction.atomic
def recognise_member(
    *,
    council: Council,
    name: str,
    title: str,
    agency: Agency | None,
    seat: str,
    valid_from: dt.date,
    recognised_by: str,
    by: User,
    user: User | None = None,
) -> Member:
    """A person becomes a member from a day on, by a decision."""
    council = Council.objects.select_for_update().get(pk=council.pk)
    if valid_from < council.valid_from or (council.valid_to and valid_from > council.valid_to):
        raise Refused(
            _("Ngày này không thuộc thời gian của Hội đồng theo %(number)s.")
            % {"number": council.decision_number}
        )
    name = clean(name)
    folded = fold(name)
    rules.check_terms(valid_from, council.valid_to, queries.terms_of(council, folded=folded, user=user))
    member = Member.objects.create(
        council=council,
        name=name,
        folded=folded,
        title=clean(title),
        agency=agency,
        seat=Seat(seat),
        user=user,
        valid_from=valid_from,
        recognised_by=clean(recognised_by),
    )
    record(
        Act.MEMBER_RECOGNISED, actor=actor_name(by), rows=[member, council], seat=seat, valid_from=valid_from
    )
    return member


@transaction.atomic
def relieve_member(*, member: Member, valid_to: dt.date, relieved_by: str, by: User) -> Member:
    """A term ends; ``valid_to`` is its last day."""
    member = Member.objects.select_for_update().get(pk=member.pk)
    if member.valid_to is not None:
        raise Refused(_("Người này đã thôi từ trước."))
    if valid_to < member.valid_from:
        raise Refused(_("Ngày thôi phải từ ngày được công nhận trở đi."))
    member.valid_to, member.relieved_by = valid_to, clean(relieved_by)
    member.save(update_fields=["valid_to", "relieved_by"])
    record(Act.MEMBER_RELIEVED, actor=actor_name(by), rows=[member], valid_to=valid_to)
    return member
