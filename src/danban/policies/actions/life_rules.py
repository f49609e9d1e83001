"""The dated tables behind a dossier's life: what a move needs, who must be asked, within how many days.

A rule is never edited away: one that no longer holds ends on a day, a new one is a new row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from danban.accounts.models import Agency, User
from danban.audit.actions import actor_name, record
from danban.common.errors import Refused
from danban.common.text import clean
from danban.policies.models import ConsulteeRule, ReplyTerm, StageRule
from danban.policies.states import Act

LifeRule = StageRule | ConsulteeRule | ReplyTerm


@transaction.atomic
def set_stage_rule(
    *,
    document_type: str,
    stage: str,
    requirement: str,
    valid_from: dt.date,
    legal_basis: str,
    verified: bool,
    note: str,
    by: User,
) -> StageRule:
    """From a day on, a document of a type shows something before it enters a stage."""
    same = {"document_type": document_type, "stage": stage, "requirement": requirement}
    _refuse_beside(StageRule.objects.filter(**same), valid_from)
    rule = StageRule.objects.create(
        **same, valid_from=valid_from, legal_basis=clean(legal_basis), verified=verified, note=clean(note)
    )
    _note(rule, by)
    return rule


@transaction.atomic
def set_consultee_rule(
    *,
    document_type: str,
    name: str,
    agencies: Collection[Agency],
    valid_from: dt.date,
    legal_basis: str,
    verified: bool,
    note: str,
    by: User,
) -> ConsulteeRule:
    """From a day on, a body must be asked about a type of document."""
    same = {"document_type": document_type, "name": " ".join(clean(name).split())}
    _refuse_beside(ConsulteeRule.objects.filter(**same), valid_from)
    rule = ConsulteeRule.objects.create(
        **same, valid_from=valid_from, legal_basis=clean(legal_basis), verified=verified, note=clean(note)
    )
    rule.agencies.set(agencies)
    _note(rule, by)
    return rule


@transaction.atomic
def set_reply_term(
    *, days: int, valid_from: dt.date, legal_basis: str, verified: bool, note: str, by: User
) -> ReplyTerm:
    """From a day on, bodies that are asked have so many days. The term before ends the day before."""
    if ReplyTerm.objects.filter(valid_from__gte=valid_from).exists():
        raise Refused(_("Đã có thời hạn bắt đầu từ ngày này hoặc sau đó. Hãy chọn ngày sau nữa."))
    ReplyTerm.objects.filter(_holds_on(valid_from)).update(valid_to=valid_from - dt.timedelta(days=1))
    rule = ReplyTerm.objects.create(
        days=days, valid_from=valid_from, legal_basis=clean(legal_basis), verified=verified, note=clean(note)
    )
    _note(rule, by)
    return rule


@transaction.atomic
def choose_consultees(*, rule: ConsulteeRule, agencies: Collection[Agency], by: User) -> None:
    """Which bodies of this province the words of a rule mean."""
    rule.agencies.set(agencies)
    record(
        Act.CONSULTEES_CHOSEN,
        actor=actor_name(by),
        rows=[rule],
        agencies=sorted(agency.pk for agency in agencies),
    )


@transaction.atomic
def confirm_life_rule(*, rule: LifeRule, legal_basis: str, by: User) -> None:
    """Someone read the official text and says where it stands; from now on the rule refuses."""
    rule.legal_basis, rule.verified = clean(legal_basis), True
    rule.save(update_fields=["legal_basis", "verified"])
    record(Act.LIFE_RULE_CONFIRMED, actor=actor_name(by), rows=[rule], legal_basis=rule.legal_basis)


@transaction.atomic
def end_life_rule(*, rule: LifeRule, last_day: dt.date, by: User) -> None:
    """A rule holds no more after a day. One that has its last day may end earlier, never later: another may
    have followed it."""
    if last_day < rule.valid_from:
        raise Refused(
            _("Ngày cuối không thể trước ngày bắt đầu %(day)s.") % {"day": f"{rule.valid_from:%d/%m/%Y}"}
        )
    if rule.valid_to is not None and last_day > rule.valid_to:
        raise Refused(
            _("Dòng này đã hết áp dụng từ sau ngày %(day)s. Muốn áp dụng tiếp, hãy thêm dòng mới.")
            % {"day": f"{rule.valid_to:%d/%m/%Y}"}
        )
    rule.valid_to = last_day
    rule.save(update_fields=["valid_to"])
    record(Act.LIFE_RULE_ENDED, actor=actor_name(by), rows=[rule], last_day=last_day)


def _note(rule: LifeRule, by: User) -> None:
    record(
        Act.LIFE_RULE_SET,
        actor=actor_name(by),
        rows=[rule],
        valid_from=rule.valid_from,
        legal_basis=rule.legal_basis,
        verified=rule.verified,
    )


def _refuse_beside(rules: QuerySet[Any], valid_from: dt.date) -> None:
    """Two rules on one thing would hold on one day."""
    if rules.filter(_holds_on(valid_from)).exists():
        raise Refused(_("Yêu cầu này đã có trong bảng. Hãy cho dòng cũ hết áp dụng trước ngày này."))


def _holds_on(day: dt.date) -> Q:
    """Rules that hold on a day or later."""
    return Q(valid_to__isnull=True) | Q(valid_to__gte=day)
