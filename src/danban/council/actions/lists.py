"""The list of policies with a large social impact: drafted, decided, then never changed."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from danban.accounts.models import User
from danban.audit.actions import actor_name, record
from danban.common import clock
from danban.common.errors import Refused
from danban.common.text import clean
from danban.council import rules
from danban.council.models import Conclusion, ListItem, Meeting, PolicyList
from danban.council.states import Act, ConclusionKind, ListState, MeetingState
from danban.policies.actions import record_decision
from danban.policies.models import Policy


@transaction.atomic
def draft_list(*, meeting: Meeting, title: str, by: User) -> PolicyList:
    """A list for a meeting to decide; a conclusion of the meeting to decide a list is tied to it."""
    if meeting.state == MeetingState.CANCELLED:
        raise rules.WrongMove(_("Cuộc họp này đã hủy."))
    policy_list = PolicyList.objects.create(
        council=meeting.council,
        meeting=meeting,
        title=clean(title),
        drafted_by=by,
        drafted_at=clock.now(),
    )
    record(Act.LIST_DRAFTED, actor=actor_name(by), rows=[policy_list, meeting])
    return policy_list


@transaction.atomic
def put_on_list(
    *, policy_list: PolicyList, policy: Policy, in_scope: bool, reason: str, by: User
) -> ListItem:
    """A policy with the conclusion and its reason; put on again it is changed."""
    policy_list = _in_work(policy_list)
    reason = clean(reason)
    if not reason:
        raise Refused(_("Hãy ghi lý do: vì sao chính sách này có, hoặc không có, tác động lớn đến xã hội."))
    item, _made = ListItem.objects.update_or_create(
        policy_list=policy_list, policy=policy, defaults={"in_scope": in_scope, "reason": reason}
    )
    record(Act.LIST_CHANGED, actor=actor_name(by), rows=[item, policy_list, policy], in_scope=in_scope)
    return item


@transaction.atomic
def take_off_list(*, item: ListItem, by: User) -> None:
    policy_list = _in_work(item.policy_list)
    record(Act.LIST_CHANGED, actor=actor_name(by), rows=[item, policy_list], taken_off=item.policy_id)
    ListItem.objects.filter(pk=item.pk).delete()


@transaction.atomic
def discard_list(*, policy_list: PolicyList, by: User) -> None:
    """A list that was never decided goes."""
    policy_list = _in_work(policy_list)
    record(Act.LIST_DISCARDED, actor=actor_name(by), rows=[policy_list])
    PolicyList.objects.filter(pk=policy_list.pk).delete()


@transaction.atomic
def decide_list(*, policy_list: PolicyList, number: str, decided_on: dt.date, by: User) -> PolicyList:
    """The Council has decided: each policy gets its entry of decision, and the list is closed."""
    policy_list = _in_work(policy_list)
    meeting = policy_list.meeting
    if meeting.state != MeetingState.HELD:
        raise rules.WrongMove(_("Cuộc họp quyết định danh mục chưa được ghi là đã họp."))
    rules.check_decision_day(decided_on, held_on=timezone.localdate(meeting.starts_at), today=clock.today())
    number = clean(number)
    if PolicyList.objects.filter(council=policy_list.council_id, number=number).exists():
        raise Refused(_("Đã có một danh mục mang số này."))
    items = list(policy_list.items.select_related("policy"))
    if not items:
        raise Refused(_("Danh mục chưa có chính sách nào."))
    made = [
        record_decision(
            policy=item.policy,
            agency=policy_list.council.agency,
            in_scope=item.in_scope,
            reason=item.reason,
            list_number=number,
            decided_on=decided_on,
            by=by,
        )
        for item in items
    ]
    policy_list.number, policy_list.decided_on = number, decided_on
    policy_list.state = ListState.DECIDED
    policy_list.decided_by, policy_list.decided_at = by, clock.now()
    policy_list.save()
    _tie_conclusion(policy_list)
    record(
        Act.LIST_DECIDED,
        actor=actor_name(by),
        rows=[policy_list, *made],
        decided_on=decided_on,
        in_scope=sum(item.in_scope for item in items),
        out_of_scope=sum(not item.in_scope for item in items),
    )
    return policy_list


def _tie_conclusion(policy_list: PolicyList) -> None:
    """The first conclusion of the meeting that asks for a list is answered by this one."""
    waiting = Conclusion.objects.filter(
        meeting=policy_list.meeting_id, kind=ConclusionKind.LIST_DECISION, policy_list__isnull=True
    ).first()
    if waiting:
        waiting.policy_list = policy_list
        waiting.save(update_fields=["policy_list"])


def _in_work(policy_list: PolicyList) -> PolicyList:
    rows = PolicyList.objects.select_for_update(of=("self",)).select_related("council__agency", "meeting")
    policy_list = rows.get(pk=policy_list.pk)
    if policy_list.state == ListState.DECIDED:
        raise rules.WrongMove(_("Danh mục đã quyết định thì không sửa. Thay đổi cần một danh mục mới."))
    return policy_list
