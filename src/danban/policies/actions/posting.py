"""The dated table of least posting days: a new rule is a new row, the rule before it ends the day before."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from danban.accounts.models import User
from danban.audit.actions import actor_name, record
from danban.common.errors import Refused
from danban.common.text import clean
from danban.policies import queries
from danban.policies.models import PostingRule
from danban.policies.states import Act


@transaction.atomic
def set_posting_rule(
    *,
    document_type: str,
    window_kind: str,
    min_days: int,
    valid_from: dt.date,
    legal_basis: str,
    verified: bool,
    note: str,
    by: User,
) -> PostingRule:
    """A rule from a day on. Refused when a rule begins on that day or later already."""
    later = queries.posting_rule_after(document_type, window_kind, valid_from)
    if later:
        raise Refused(
            _("Đã có quy định bắt đầu từ %(day)s. Hãy chọn ngày sau đó.")
            % {"day": f"{later.valid_from:%d/%m/%Y}"}
        )
    held = queries.posting_rule_for(document_type, window_kind, valid_from)
    if held:
        held.valid_to = valid_from - dt.timedelta(days=1)
        held.save(update_fields=["valid_to"])
    rule = PostingRule.objects.create(
        document_type=document_type, window_kind=window_kind, min_days=min_days, valid_from=valid_from,
        legal_basis=clean(legal_basis), verified=verified, note=clean(note),
    )  # fmt: skip
    record(
        Act.POSTING_RULE_SET,
        actor=actor_name(by),
        rows=[rule, held] if held else [rule],
        document_type=document_type,
        window_kind=window_kind,
        min_days=min_days,
        valid_from=valid_from,
        verified=verified,
    )
    return rule


@transaction.atomic
def confirm_posting_rule(*, rule: PostingRule, legal_basis: str, by: User) -> PostingRule:
    """Someone read the official text and says where the number stands."""
    rule.legal_basis, rule.verified = clean(legal_basis), True
    rule.save(update_fields=["legal_basis", "verified"])
    record(Act.POSTING_RULE_CONFIRMED, actor=actor_name(by), rows=[rule], legal_basis=rule.legal_basis)
    return rule
